import { lazy, Suspense } from 'react';
import { replaceKind } from '../../../src-engine/document/edits.ts';
import { isShown } from '../../../src-engine/document/params.ts';
import { isCellKind, kindSpec, NODE_KINDS } from '../../../src-engine/document/node-kinds.ts';
import type { GraphNode, NodeId } from '../../../src-engine/document/project.ts';
import { kindLook, nodeTitle } from '../../state/document/document-kinds.ts';
import { documentActions, useDocument } from '../../state/document-store.ts';
import { Field } from '../../ui/fields/Field.tsx';
import { SectionTitle } from '../../ui/SectionTitle.tsx';
import { Select } from '../../ui/fields/Select.tsx';
import { HelpButton } from '../glossary/HelpButton.tsx';
import { ChildList } from './ChildList.tsx';
import { equationsOf } from './equations.ts';
import { NodeHeader } from './NodeHeader.tsx';
import { NodeProblems } from './NodeProblems.tsx';
import { ParameterTable } from './ParameterTable.tsx';
import { ParamField } from './ParamField.tsx';
import { PortTable } from './PortTable.tsx';
import { sizesOf } from './sizes.ts';
import { WeightHistograms } from './WeightHistograms.tsx';

/** The typesetting is large; it comes with the first equation that is looked at. */
const Equations = lazy(async () => ({ default: (await import('./Equations.tsx')).Equations }));

/** One node: name, problems, options, equations with today's sizes, arrays. */
export function NodeInspector({ id }: { readonly id: NodeId }) {
  const node = useDocument(({ project }) => project.graph.nodes.find((each) => each.id === id));
  const checked = useDocument((state) => state.checked.nodes.get(id));
  if (node === undefined) return null;
  const spec = kindSpec(node.kind);
  const equations = spec === null ? null : equationsOf(node);
  const sizes = checked === undefined ? [] : sizesOf(checked);
  return (
    <section aria-label={`${nodeTitle(node)}: options`}>
      <NodeHeader node={node} />
      <p className="inspector-about">{spec?.about ?? 'This version does not know this kind of block. It is kept as it is and saved unchanged.'}</p>
      <NodeProblems id={id} />
      {isCellKind(node.kind) ? <CellType node={node} /> : null}
      {(spec?.params ?? [])
        .filter((field) => isShown(field, node))
        .map((field) => (
          <ParamField key={field.name} node={node} field={field} />
        ))}
      {checked === undefined || checked.children.length === 0 ? null : <ChildList ids={checked.children} />}
      {checked === undefined ? null : <PortTable node={checked} />}
      {equations === null ? null : (
        <>
          <SectionTitle>Equations</SectionTitle>
          <Suspense fallback={<div className="equations" style={{ height: 22 + equations.length * 25 }} />}>
            <Equations lines={equations} />
          </Suspense>
          {sizes.length === 0 ? null : <SizeList sizes={sizes} />}
        </>
      )}
      {checked === undefined ? null : <ParameterTable node={checked} />}
      <WeightHistograms id={id} />
    </section>
  );
}

function SizeList({ sizes }: { readonly sizes: readonly string[] }) {
  return (
    <ul className="equation-sizes" aria-label="Sizes">
      {sizes.map((size) => (
        <li key={size}>{size}</li>
      ))}
    </ul>
  );
}

const CELLS = Object.values(NODE_KINDS)
  .filter((spec) => spec.group === 'Cells')
  .map(({ kind, title }) => ({ value: kind, label: title }));

const ABOUT_TYPE = 'Another cell in the same place: wires, name and the options both have stay.';

/** Another cell in the same place: wires, name and the options both have stay. */
function CellType({ node }: { readonly node: GraphNode }) {
  return (
    <Field label="Cell type" about={ABOUT_TYPE} help={<HelpButton term="cell" subject="Cell type" about={ABOUT_TYPE} />}>
      {({ control }) => (
        <Select
          id={control}
          value={node.kind}
          options={CELLS}
          onChange={(kind) => {
            const label = `${kindLook(node.kind).title} to ${kindLook(kind).title}`;
            if (kind !== node.kind) documentActions.edit(label, (graph) => replaceKind(graph, node.id, kind));
          }}
        />
      )}
    </Field>
  );
}
