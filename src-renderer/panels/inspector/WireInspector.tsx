import { ArrowRight, Trash2 } from 'lucide-react';
import type { WireType } from '../../../src-engine/document/checked.ts';
import type { WireId } from '../../../src-engine/document/project.ts';
import { axesOf, describeType } from '../../../src-engine/document/shape-text.ts';
import { runCommand } from '../../state/commands.ts';
import { nodeTitle } from '../../state/document/document-kinds.ts';
import { useDocument } from '../../state/document-store.ts';
import { Button } from '../../ui/Button.tsx';
import { HelpButton } from '../glossary/HelpButton.tsx';
import { SectionTitle } from '../../ui/SectionTitle.tsx';

const KIND_NAMES: Readonly<Record<WireType['kind'], string>> = {
  tokens: 'Token ids, one per time step',
  sequence: 'A row of numbers per time step',
  vector: 'One row of numbers per example',
  state: 'A hidden state per example',
};

const AXIS_NAMES: Readonly<Record<string, string>> = { B: 'examples in a batch', T: 'time steps' };

/** One wire: from where to where, and what it carries. */
export function WireInspector({ id }: { readonly id: WireId }) {
  const graph = useDocument((state) => state.project.graph);
  const checked = useDocument((state) => state.checked);
  const wire = graph.wires.find((each) => each.id === id);
  const source = graph.nodes.find((node) => node.id === wire?.from.node);
  const target = graph.nodes.find((node) => node.id === wire?.to.node);
  if (wire === undefined || source === undefined || target === undefined) return null;
  const type = checked.nodes.get(source.id)?.outputs[wire.from.port] ?? null;
  return (
    <section aria-label="Wire">
      <h2 className="inspector-title">
        {nodeTitle(source)} <ArrowRight aria-label="to" /> {nodeTitle(target)}
      </h2>
      <p className="inspector-about">{type === null ? 'What it carries is not known yet.' : KIND_NAMES[type.kind]}</p>
      {type === null ? null : (
        <>
          <SectionTitle aside={describeType(type)} help={<HelpButton term="shape" subject="Shape" />}>
            Shape
          </SectionTitle>
          <dl className="port-table">
            {axesOf(type).map((axis) => (
              <div key={axis} className="port-row">
                <dt>{axis}</dt>
                <dd>{AXIS_NAMES[axis] ?? 'numbers'}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
      <Button className="inspector-action" variant="danger" icon={<Trash2 aria-hidden />} onClick={() => runCommand('edit.delete')}>
        Delete wire
      </Button>
    </section>
  );
}
