import type { ClassMeasures } from './class-tally.ts';
import type { Measure } from './dataset.ts';

/** What else there is to say of the same answers. Null where a measure means nothing for these targets. */
export interface Measures {
  /** Share of right classes; of right steps where there is one target per step. */
  readonly accuracy: number | null;
  /** Mean F1 of the classes that occur among targets or answers. */
  readonly macroF1: number | null;
  /** In the order of the classes; null with more than 60 of them. */
  readonly perClass: readonly ClassMeasures[] | null;
  /** [C,C], a row for each true class, a column for each answer; null with more than 60 classes. */
  readonly confusion: readonly (readonly number[])[] | null;
  /** e^loss, of classes at every step. */
  readonly perplexity: number | null;
  /** loss / ln 2, of classes at every step, where they are characters. */
  readonly bitsPerCharacter: number | null;
  /** Share of the sequences whose every step is right; null where they are read in windows. */
  readonly exactMatch: number | null;
  readonly mae: number | null;
  readonly rmse: number | null;
}

/** What nothing is known of. */
export const NO_MEASURES: Measures = {
  accuracy: null,
  macroF1: null,
  perClass: null,
  confusion: null,
  perplexity: null,
  bitsPerCharacter: null,
  exactMatch: null,
  mae: null,
  rmse: null,
};

/** Where each measure stands. */
export const MEASURES = {
  accuracy: 'accuracy',
  'macro-f1': 'macroF1',
  'exact-match': 'exactMatch',
  perplexity: 'perplexity',
  'bits-per-character': 'bitsPerCharacter',
  rmse: 'rmse',
  mae: 'mae',
} as const satisfies Record<Measure, keyof Measures>;

/** The measures that are one number. */
export function plainMeasures(measures: Measures): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.values(MEASURES).flatMap((key) => (measures[key] === null ? [] : [[key, measures[key]]])));
}
