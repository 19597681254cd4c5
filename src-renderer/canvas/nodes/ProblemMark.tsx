import { TriangleAlert } from 'lucide-react';
import { Tooltip } from '../../ui/popups/Tooltip.tsx';

/** A triangle with the reasons on hover; the same sentences are in the node's name for readers and in the inspector. */
export function ProblemMark({ problems }: { readonly problems: readonly string[] }) {
  if (problems.length === 0) return null;
  return (
    <Tooltip label={problems.join(' ')} side="top">
      <span className="problem-mark" role="img" aria-label={`${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}`}>
        <TriangleAlert aria-hidden />
      </span>
    </Tooltip>
  );
}
