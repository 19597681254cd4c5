import type { CheckedNode, WireType } from '../../../src-engine/document/checked.ts';
import { kindSpec } from '../../../src-engine/document/node-kinds.ts';
import { describeType } from '../../../src-engine/document/shape-text.ts';
import { HelpButton } from '../glossary/HelpButton.tsx';
import { SectionTitle } from '../../ui/SectionTitle.tsx';

/** What goes in and comes out, with shapes. Free optional ports are left out. */
export function PortTable({ node }: { readonly node: CheckedNode }) {
  const spec = kindSpec(node.node.kind);
  if (spec === null) return null;
  const inputs = spec.inputs.filter((port) => !port.optional || node.inputs[port.name]).map((port) => ({ ...port, type: node.inputs[port.name] ?? null }));
  const outputs = spec.outputs.map((port) => ({ ...port, type: node.outputs[port.name] ?? null }));
  return (
    <section>
      <SectionTitle help={<HelpButton term="shape" subject="Shapes" />}>Shapes</SectionTitle>
      <dl className="port-table">
        {[...inputs, ...outputs].map((port) => (
          <div key={port.label} className="port-row">
            <dt>{port.label}</dt>
            <dd>{text(port.type)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function text(type: WireType | null): string {
  return type === null ? 'not known yet' : describeType(type);
}
