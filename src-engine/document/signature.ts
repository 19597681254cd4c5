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
  | {
      readonly kind: 'classes';
      readonly classes: readonly string[];
      readonly perStep: boolean;
      /**
       * Steps of the longest target, where targets have steps of their own (a translation), not those of the inputs: the class `<end>` ends each
       * target. Only with `perStep`.
       */
      readonly ownSteps?: number;
      /** With `ownSteps`: targets are texts written from their last character to their first, as a sum on paper. */
      readonly fromRight?: boolean;
    }
  | {
      readonly kind: 'numbers';
      readonly width: number;
      readonly columns: readonly string[];
      readonly normalisation: Normalisation | null;
      readonly perStep: boolean;
      /**
       * Of each column, the place of the input column whose value at the next step it is, null where it is that of none: such answers can be fed back.
       * Left out: of none.
       */
      readonly next?: readonly (number | null)[];
    };

export interface DataSignature {
  readonly input: InputSignature;
  readonly output: OutputSignature;
  /** Steps of the longest sequence, T; of inputs or targets where these have steps of their own. */
  readonly longest: number;
}

/** The class that ends a target with steps of its own. */
export const END_CLASS = '<end>';

/** True where targets have steps of their own. */
export function hasOwnSteps(output: OutputSignature): boolean {
  return ownStepsOf(output) !== null;
}

/** Steps of the longest target that has steps of its own; null where targets have the inputs' steps, or none. */
export function ownStepsOf(output: OutputSignature): number | null {
  return output.kind === 'classes' && output.perStep ? (output.ownSteps ?? null) : null;
}
