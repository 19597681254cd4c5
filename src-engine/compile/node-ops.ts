import { choiceParam, numberParam } from '../document/params.ts';
import type { GraphNode } from '../document/project.ts';
import type { Activation, Family, FamilyId, FamilyOp } from '../ir/graph.ts';

export type HeadKind = 'softmax-head' | 'sigmoid-head' | 'regression-head';

export function lossOf(node: GraphNode, kind: HeadKind, x: FamilyId): FamilyOp {
  if (kind === 'softmax-head') return { op: 'softmax-loss', x };
  if (kind === 'sigmoid-head') return { op: 'sigmoid-loss', x };
  return choiceParam(node, 'loss') === 'huber' ? { op: 'huber-loss', x, delta: numberParam(node, 'delta') } : { op: 'squared-loss', x };
}

export function activationOf(value: string): Activation {
  if (value === 'none' || value === 'tanh' || value === 'sigmoid' || value === 'relu') return value;
  throw new Error(`unknown activation ${value}`);
}

export function mergeOf(value: string): 'concat' | 'sum' | 'mean' {
  if (value === 'concat' || value === 'sum' || value === 'mean') return value;
  throw new Error(`unknown merge ${value}`);
}

/** What a decoder reads at each step; `before`: the families there are, which decide its stream of draws. Which family answers is not known yet. */
export function classBefore(node: GraphNode, feedback: boolean, before: readonly Family[]): FamilyOp {
  const previous = { family: 0 as FamilyId, initial: null };
  if (feedback) return { op: 'feedback', previous };
  const [begin, end] = [numberParam(node, 'teacherBegin'), numberParam(node, 'teacherEnd')];
  if (begin === 1 && end === 1) return { op: 'previous-targets' };
  // Streams of dropout count from 0 upwards.
  const stream = -1 - before.filter((family) => family.op.op === 'mixed-targets').length;
  return { op: 'mixed-targets', previous, begin, end, stream };
}
