import type { FieldSpec } from '../kind-spec.ts';
import { kindSpec } from '../node-kinds.ts';
import { describeField, isFieldValue } from '../params.ts';
import type { Problem } from '../problems.ts';
import { problem } from '../problems.ts';
import type { GraphNode } from '../project.ts';

/** U009 for an unknown kind, U004 for values outside their bounds, U022 for options the kind does not have. */
export function checkParams(node: GraphNode, place: number): readonly Problem[] {
  const spec = kindSpec(node.kind);
  const path = `graph.nodes[${place}]`;
  if (spec === null) return [unknownKind(node, `${path}.kind`)];
  return Object.entries(node.params).flatMap(([name, value]) => {
    const field = spec.params.find((each) => each.name === name);
    const place = { node: node.id, path: `${path}.params.${name}` };
    if (field !== undefined) return isFieldValue(field, value) ? [] : [valueProblem(node, field, value, place)];
    if (isOff(value)) return [];
    const names = spec.params.map((each) => each.name).join(', ');
    return [
      problem(
        'U022',
        `${spec.title} has no option "${name}".`,
        names === '' ? 'Remove it: this block has no options.' : `Remove it or use one of its options: ${names}.`,
        place,
      ),
    ];
  });
}

/** An option that is switched off asks for nothing, so a block without it does the same. */
function isOff(value: unknown): boolean {
  return value === false || value === 0 || value === 'none';
}

function valueProblem(node: GraphNode, field: FieldSpec, value: unknown, place: { readonly node: GraphNode['id']; readonly path: string }): Problem {
  return problem('U004', `${field.label} of ${node.id} is ${JSON.stringify(value)}.`, `Give ${describeField(field)}.`, place);
}

/** A node of a kind that is kept, but does nothing. */
export function unknownKind(node: GraphNode, path: string): Problem {
  const message = `${node.id} is of the kind "${node.kind}", which this version of Unroll does not know.`;
  return problem('U009', message, 'Replace it or remove it; it is kept when you save.', { node: node.id, path });
}
