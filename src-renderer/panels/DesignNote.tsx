import { useDocument } from '../state/document-store.ts';
import { useProblems } from './problems/use-problems.ts';

/** How large the drawing is, and whether its shapes agree. */
export function DesignNote(): React.JSX.Element {
  const blocks = useDocument((state) => state.project.graph.nodes.length);
  const parameters = useDocument((state) => state.checked.parameters.reduce((sum, each) => sum + each.shape.reduce((size, axis) => size * axis, 1), 0));
  const problems = useProblems().length;
  const verdict = problems === 0 ? 'shapes agree' : `${problems} ${problems === 1 ? 'problem' : 'problems'}`;
  if (blocks === 0) return <span>empty canvas</span>;
  return (
    <span>
      {blocks} {blocks === 1 ? 'block' : 'blocks'} · {parameters.toLocaleString('en')} parameters · {verdict}
    </span>
  );
}
