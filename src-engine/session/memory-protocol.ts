import type { MemorySpan, TriedLag } from '../analyze/lag-search.ts';

/**
 * The memory-length probe: one cell of a project, alone, is trained to recall a symbol over growing lags, from new weights each, with the project's optimizer,
 * clipping and BPTT. What is open in the session stays as it is.
 */
export interface MemoryRequest {
  /** The document's JSON value. */
  readonly project: unknown;
  /** An RNN, GRU or LSTM of it. */
  readonly node: string;
  readonly seed: number;
  /** Most updates at each lag; fewer where recall is perfect before. */
  readonly updates: number;
  /** Most time for all of it. */
  readonly seconds: number;
  /** No lag beyond this is tried. */
  readonly longest: number;
}

/** What one step back multiplies the gradient by, and the steps until half is left (negative: until it doubles); null where there is none to fit. */
export interface MemoryDecay {
  readonly factor: number | null;
  readonly halfLife: number | null;
}

export interface MemoryPoint extends TriedLag {
  /** Made at this lag. */
  readonly updates: number;
  /** Before the first update, and after the last. */
  readonly before: MemoryDecay;
  readonly after: MemoryDecay;
  /** False where a number ceased to be finite; the accuracy is that of the weights before. */
  readonly finite: boolean;
}

export interface MemoryReply extends MemorySpan {
  readonly cell: { readonly kind: string; readonly units: number };
  /** In the order of their lags. */
  readonly points: readonly MemoryPoint[];
  /** Accuracy of guessing, and the one below which recall has collapsed. */
  readonly chance: number;
  readonly threshold: number;
  /** Why it ended: the span is found, the longest lag held, the time was up, or it was cancelled. */
  readonly ended: 'found' | 'longest' | 'time' | 'cancelled';
  readonly seconds: number;
}

export interface MemoryProgress {
  /** In the order of their lags. */
  readonly points: readonly MemoryPoint[];
  /** The lag that is being trained, and the updates made there. */
  readonly lag: number;
  readonly updates: number;
  /** So far. */
  readonly seconds: number;
}
