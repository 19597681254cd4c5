import type { BuiltInData } from '../../../src-engine/document/built-in-data.ts';
import type { Graph } from '../../../src-engine/document/project.ts';

const heads: Readonly<Record<BuiltInData['output'], ReadonlySet<string>>> = {
  classes: new Set(['softmax-head', 'sigmoid-head']),
  numbers: new Set(['regression-head']),
};

/** True where the graph reads what the data has and answers what it asks for; whether at every step or once is not looked at. */
export function fitsGraph({ input, output }: BuiltInData, { nodes }: Graph): boolean {
  return nodes.some(({ kind }) => kind === input) && nodes.some(({ kind }) => heads[output].has(kind));
}
