import type { DataSignature } from '../document/signature.ts';
import type { SeriesOutlook } from './series/series.ts';

/**
 * A data set in memory, ready for batching. N examples; example n owns the steps `offsets[n] .. offsets[n+1]`.
 * S is the total number of steps of all examples.
 */
export interface Dataset {
  /** The `source` that named it, e.g. `builtin:names`. */
  readonly source: string;
  readonly title: string;
  /** True where the rows were made by our own generator; the window says so. */
  readonly generated: boolean;
  readonly signature: DataSignature;
  readonly count: number;
  /** Int32 [N+1], in steps. */
  readonly offsets: Int32Array;
  readonly inputs: DatasetInputs;
  readonly targets: DatasetTargets;
  readonly split: SplitIndices;
  /** What a reader compares the score with: majority class, seasonal naive forecast. Its metric is the data's main metric. */
  readonly baseline: Baseline;
  /** Further ones, by other measures or of other naive answers. */
  readonly baselines?: readonly MeasuredBaseline[];
  /** Initial vectors for the vocabulary, float32 [V,E], by name (`glove-100d`); empty for data without words. */
  readonly vectors: Readonly<Record<string, WordVectors>>;
  /** The example as a person reads it (the name, the review, the month). */
  readonly describe: (example: number) => string;
  /** What the examples were cut from, where that is one series: its picture says more than theirs. */
  readonly series?: SourceSeries | undefined;
  /** How that series goes on: what a forecast fed back needs. */
  readonly outlook?: SeriesOutlook | undefined;
}

/** A series of rows in the order of time, in the unit of its data, NaN where nothing was measured. */
export interface SourceSeries {
  readonly columns: readonly string[];
  /** [rows, columns] */
  readonly values: Float64Array;
  /** The name of a row: a date, or its number. */
  readonly label: (row: number) => string;
  /** First rows of the validation and the test part. */
  readonly validationStart: number;
  readonly testStart: number;
}

export interface WordVectors {
  readonly size: number;
  /** Float32 [V,size], rows by token id. */
  readonly table: Float32Array;
}

export type DatasetInputs =
  | { readonly kind: 'tokens'; readonly ids: Int32Array /* [S] */ }
  | { readonly kind: 'features'; readonly width: number; readonly values: Float32Array /* [S,F], normalised */ }
  /** One row per example; its steps are those of the targets, or 1 (always 1 where the targets have steps of their own). */
  | { readonly kind: 'vectors'; readonly width: number; readonly values: Float32Array /* [N,F], normalised */ };

export type DatasetTargets =
  | { readonly kind: 'classes'; readonly perStep: false; readonly values: Int32Array /* [N] */ }
  | {
      readonly kind: 'classes';
      readonly perStep: true;
      readonly values: Int32Array /* [S]; with `offsets` as long as all targets together */;
      /** [N+1]: where each example's targets begin, if they have steps of their own (signature: `ownSteps`). */
      readonly offsets?: Int32Array;
    }
  | { readonly kind: 'numbers'; readonly perStep: boolean; readonly width: number; readonly values: Float32Array /* [N,O] or [S,O], normalised */ };

export interface SplitIndices {
  readonly train: Int32Array;
  readonly validation: Int32Array;
  readonly test: Int32Array;
}

/** The score of an answer that needs no model. */
export interface MeasuredBaseline {
  /** e.g. `majority class`, `same month last year plus trend`. */
  readonly name: string;
  readonly metric: Measure;
  /** On the test part, in the unit of the metric. */
  readonly score: number;
}

export interface Baseline extends MeasuredBaseline {
  readonly metric: Metric;
}

/**
 * The main figure of a data set. `accuracy`: share of right classes, 0..1; `exact-match`: share of sequences right at every step, 0..1.
 * Smaller is better for the others: `rmse` and `mae` in the unit of the data; `perplexity` e^loss and `bits-per-character` loss / ln 2 of
 * the mean cross-entropy in nats.
 */
export const METRICS = ['accuracy', 'exact-match', 'perplexity', 'bits-per-character', 'rmse', 'mae'] as const;
export type Metric = (typeof METRICS)[number];

/** Everything that a baseline may be measured by. `macro-f1`: mean of the classes' F1, 0..1. */
export type Measure = Metric | 'macro-f1';

/**
 * B rows padded to T steps, time-major as the engine wants them. A row with length 0 is absent (the last batch of an epoch).
 * Step t of row b stands at t*B + b.
 */
export interface Batch {
  readonly rows: number; //  rows present, <= B
  readonly size: number; //  B
  readonly steps: number; // T
  readonly lengths: Int32Array; // [B]
  /** [B]: steps of each row's targets; left out where they are the inputs'. */
  readonly targetLengths?: Int32Array;
  readonly inputs:
    | { readonly kind: 'tokens'; readonly ids: Int32Array /* [T,B], -1 where padded */ }
    | { readonly kind: 'features'; readonly width: number; readonly values: Float32Array /* [T,B,F], 0 where padded */ }
    | { readonly kind: 'vectors'; readonly width: number; readonly values: Float32Array /* [B,F], 0 where absent */ };
  readonly targets:
    | { readonly kind: 'classes'; readonly perStep: boolean; readonly values: Int32Array /* [B] or [T,B], -1 where absent */ }
    | { readonly kind: 'numbers'; readonly perStep: boolean; readonly width: number; readonly values: Float32Array /* [B,O] or [T,B,O] */ }
    | null;
}

/** Reads a file of built-in data by name (`names.json`); throws where it is missing. Injected: the engine knows no file system. */
export type AssetReader = (name: string) => Promise<Uint8Array>;
