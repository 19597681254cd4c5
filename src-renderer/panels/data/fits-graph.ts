import type { BuiltInData } from '../../../src-engine/document/data/built-in-data.ts';
import type { CheckedGraph } from '../../../src-engine/document/checked.ts';

const heads: Readonly<Record<BuiltInData['output'], ReadonlySet<string>>> = {
  classes: new Set(['softmax-head', 'sigmoid-head']),
  numbers: new Set(['regression-head']),
};

/** True where the graph reads what the data has and answers what it asks for, once or at every step. */
export function fitsGraph({ input, output, answers }: BuiltInData, { nodes }: CheckedGraph): boolean {
  const all = [...nodes.values()];
  const reads = all.some(({ node }) => node.kind === input);
  return reads && all.some(({ node, inputs }) => heads[output].has(node.kind) && (inputs['in']?.kind === 'sequence') === (answers === 'every step'));
}
