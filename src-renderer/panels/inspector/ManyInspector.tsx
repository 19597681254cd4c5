import { Trash2 } from 'lucide-react';
import { countParameters } from '../../../src-engine/document/shape-text.ts';
import { runCommand } from '../../state/commands.ts';
import { useDocument } from '../../state/document-store.ts';
import { Button } from '../../ui/Button.tsx';

/** Several things selected at once. */
export function ManyInspector() {
  const nodes = useDocument((state) => state.selection.nodes.length);
  const wires = useDocument((state) => state.selection.wires.length);
  const parameters = useDocument(({ checked, selection }) => selection.nodes.reduce((sum, id) => sum + countParameters(checked, id), 0));
  const parts = [nodes === 0 ? '' : `${nodes} ${nodes === 1 ? 'block' : 'blocks'}`, wires === 0 ? '' : `${wires} ${wires === 1 ? 'wire' : 'wires'}`];
  return (
    <section aria-label="Selection">
      <h2 className="inspector-title">{parts.filter((part) => part !== '').join(' and ')}</h2>
      <p className="inspector-about">{parameters === 0 ? 'Drag to move them together.' : `${parameters.toLocaleString('en-GB')} parameters together.`}</p>
      <Button className="inspector-action" variant="danger" icon={<Trash2 aria-hidden />} onClick={() => runCommand('edit.delete')}>
        Delete selection
      </Button>
    </section>
  );
}
