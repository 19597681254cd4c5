import type { CheckedNode } from '../../../src-engine/document/checked.ts';
import { isCellKind } from '../../../src-engine/document/node-kinds.ts';

/** The sizes of a node's equations, `W_x 100 × 64` and so on; empty where they cannot be known yet. Rows are the input's axis, as in X W. */
export function sizesOf(node: CheckedNode): readonly string[] {
  const shapeOf = (name: string) => node.parameters.find((parameter) => parameter.name.split('.').at(-1) === name)?.shape;
  if (!isCellKind(node.node.kind)) {
    const weight = shapeOf('weight');
    const [outputs, inputs] = weight ?? [];
    return outputs === undefined || inputs === undefined ? [] : [`X 1 \u00d7 ${inputs}`, `W ${inputs} \u00d7 ${outputs}`, `b ${outputs}`];
  }
  const [, inputs] = shapeOf('weight_ih') ?? [];
  const [, units] = shapeOf('weight_hh') ?? [];
  if (inputs === undefined || units === undefined) return [];
  return [`X 1 \u00d7 ${inputs}`, `H 1 \u00d7 ${units}`, `W\u2093 ${inputs} \u00d7 ${units}`, `W\u2095 ${units} \u00d7 ${units}`];
}
