import { at } from './at.ts';
import type { SplitIndices } from './dataset.ts';

export interface JoinedSequences {
  /** [S], the sequences one after the other. */
  readonly ids: Int32Array;
  /** [N+1], in steps. */
  readonly offsets: Int32Array;
  /** Steps of the longest. */
  readonly longest: number;
}

/** Ragged token sequences as one array with offsets. */
export function joinSequences(sequences: readonly Int32Array[]): JoinedSequences {
  const offsets = stepOffsets(sequences);
  const ids = new Int32Array(offsets.at(-1) ?? 0);
  for (const [example, sequence] of sequences.entries()) ids.set(sequence, offsets[example]);
  return { ids, offsets, longest: sequences.reduce((most, { length }) => Math.max(most, length), 0) };
}

/** Where each sequence starts when they stand one after the other, and where the last ends. [N+1] */
export function stepOffsets(sequences: readonly { readonly length: number }[]): Int32Array {
  const offsets = new Int32Array(sequences.length + 1);
  for (const [example, { length }] of sequences.entries()) offsets[example + 1] = (offsets[example] ?? 0) + length;
  return offsets;
}

/** The steps of the examples of each part, for what is answered at every step. */
export function splitSteps(offsets: Int32Array, { train, validation, test }: SplitIndices): SplitIndices {
  const steps = (examples: Int32Array): Int32Array =>
    Int32Array.from(
      [...examples].flatMap((example) => Array.from({ length: at(offsets, example + 1) - at(offsets, example) }, (_, step) => at(offsets, example) + step)),
    );
  return { train: steps(train), validation: steps(validation), test: steps(test) };
}
