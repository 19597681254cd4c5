/**
 * What the data says about a model's two ends: the sizes that the document does not repeat.
 * Made by `data/`, kept in model files, needed by the check to fill in widths.
 */

/** z = (x - mean) / deviation, one pair per column; fitted on the training part only. */
export interface Normalisation {
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
}

export type InputSignature =
  | {
      readonly kind: 'tokens';
      readonly unit: 'word' | 'character';
      /** Token texts by id. Id 0 is the unknown token `<unk>`. */
      readonly vocabulary: readonly string[];
    }
  /** Numbers at every step, [B,T,F]. */
  | { readonly kind: 'features'; readonly width: number; readonly columns: readonly string[]; readonly normalisation: Normalisation | null }
  /** One row of numbers for each example, without steps, [B,F]. */
  | { readonly kind: 'vector'; readonly width: number; readonly columns: readonly string[]; readonly normalisation: Normalisation | null };

export type OutputSignature =
  | { readonly kind: 'classes'; readonly classes: readonly string[]; readonly perStep: boolean }
  | {
      readonly kind: 'numbers';
      readonly width: number;
      readonly columns: readonly string[];
      readonly normalisation: Normalisation | null;
      readonly perStep: boolean;
    };

export interface DataSignature {
  readonly input: InputSignature;
  readonly output: OutputSignature;
  /** Steps of the longest sequence, T. */
  readonly longest: number;
}
