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
  const offsets = new Int32Array(sequences.length + 1);
  let longest = 0;
  let steps = 0;
  for (const [example, sequence] of sequences.entries()) {
    steps += sequence.length;
    offsets[example + 1] = steps;
    longest = Math.max(longest, sequence.length);
  }
  const ids = new Int32Array(steps);
  for (const [example, sequence] of sequences.entries()) ids.set(sequence, offsets[example]);
  return { ids, offsets, longest };
}
