import type { OnnxNode, Tensor } from './onnx-file.ts';

/**
 * An axis of a tensor: steps, batch, directions of a recurrent operator, features, one of size 1; `a0` and `a1` are the first two of the
 * input until an operator says which of them are the steps.
 */
export type Axis = 'T' | 'B' | 'D' | 'F' | '1' | 'a0' | 'a1';

/** What a tensor of the file is here. */
export type Value =
  | ({ readonly kind: 'constant' } & Tensor)
  /** Zeros of any size. */
  | { readonly kind: 'zeros' }
  /** Whole numbers that follow from the sizes of the input, or the lengths of its rows. */
  | { readonly kind: 'sizes' }
  | Data
  /** Final states of several layers and directions, one above the other. */
  | { readonly kind: 'states'; readonly items: readonly Data[] };

/** What leaves a block of the document. */
export interface Data {
  readonly kind: 'data';
  readonly node: string;
  readonly port: 'out' | 'state';
  readonly axes: readonly Axis[];
  /** Features of all directions together; 1 for token ids. */
  readonly width: number;
  readonly directions: 1 | 2;
  /** An LSTM's c, which nothing but another LSTM may start from. */
  readonly isCell: boolean;
  /** One direction's part alone. */
  readonly half: 0 | 1 | null;
  /** What was applied last and may be the head's; nothing has read it yet. */
  readonly ending: 'softmax' | 'log-softmax' | 'sigmoid' | null;
}

/** An operator that cannot be made into a block, in words that end the sentence. */
export class NoBlock extends Error {}

export function integerAttribute(node: OnnxNode, name: string, usual: number): number {
  const found = node.attribute.find((each) => each.name === name);
  return found === undefined ? usual : Number(found.i);
}

export function integersAttribute(node: OnnxNode, name: string): readonly number[] | null {
  return node.attribute.find((each) => each.name === name)?.ints.map(Number) ?? null;
}

export function textAttribute(node: OnnxNode, name: string, usual: string): string {
  const found = node.attribute.find((each) => each.name === name);
  return found === undefined ? usual : new TextDecoder().decode(found.s);
}

export function textsAttribute(node: OnnxNode, name: string): readonly string[] | null {
  return node.attribute.find((each) => each.name === name)?.strings.map((each) => new TextDecoder().decode(each)) ?? null;
}

/** Place of an axis that may be counted from the end. */
export function placeOf(axis: number, rank: number): number {
  return axis < 0 ? axis + rank : axis;
}

/** A constant's numbers, rounded to whole ones; null for anything else. */
export function wholeNumbers(value: Value | null | undefined): readonly number[] | null {
  return value?.kind === 'constant' ? Array.from(value.values) : null;
}
