import { useDocument } from '../../state/document-store.ts';
import { ManyInspector } from './ManyInspector.tsx';
import { NodeInspector } from './NodeInspector.tsx';
import { TrainingInspector } from './training/TrainingInspector.tsx';
import { WireInspector } from './WireInspector.tsx';
import './inspector.css';

/** F1 in a field explains it. */
function helpOnField(event: React.KeyboardEvent<HTMLElement>) {
  if (event.key !== 'F1' || !(event.target instanceof Element)) return;
  const button = event.target.closest('.ui-field')?.querySelector('.help-button');
  if (!(button instanceof HTMLButtonElement)) return;
  event.preventDefault();
  button.click();
}

/** What is selected, with everything that can be set about it; with nothing selected, how the model is trained. Fills its parent. */
export function Inspector() {
  const node = useDocument(({ selection }) => (selection.nodes.length === 1 ? (selection.nodes[0] ?? null) : null));
  const wire = useDocument(({ selection }) => (selection.nodes.length === 0 && selection.wires.length === 1 ? (selection.wires[0] ?? null) : null));
  const count = useDocument(({ selection }) => selection.nodes.length + selection.wires.length);
  return (
    <div className="inspector" onKeyDown={helpOnField}>
      {node === null ? null : <NodeInspector key={node} id={node} />}
      {wire === null ? null : <WireInspector key={wire} id={wire} />}
      {count > 1 ? <ManyInspector /> : null}
      {count === 0 ? <TrainingInspector /> : null}
    </div>
  );
}
