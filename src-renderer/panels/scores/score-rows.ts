import type { TestScore, Validation } from '../../../src-engine/session/protocol.ts';
import { metricName, scoreText, type Measure } from '../score-text.ts';

type Baselines = TestScore['baselines'];
type Measures = Validation['measures'];

export interface ScoreRow {
  readonly name: string;
  /** The data's main metric. */
  readonly main: boolean;
  readonly validation: string | null;
  readonly test: string | null;
  readonly baselines: readonly { readonly name: string; readonly score: string }[];
}

const PLACES: Readonly<Record<Measure, (measures: Measures) => number | null>> = {
  accuracy: ({ accuracy }) => accuracy,
  'macro-f1': ({ macroF1 }) => macroF1,
  'exact-match': ({ exactMatch }) => exactMatch,
  'bits-per-character': ({ bitsPerCharacter }) => bitsPerCharacter,
  perplexity: ({ perplexity }) => perplexity,
  rmse: ({ rmse }) => rmse,
  mae: ({ mae }) => mae,
};

const ORDER = Object.keys(PLACES) as Measure[];

/** A row for each measure that means something for the data, its main one first, beside what needs no model. */
export function scoreRows(validation: Validation | null, test: TestScore | null, baselines: Baselines): readonly ScoreRow[] {
  const main = test?.metric ?? validation?.metric ?? null;
  return ORDER.filter((measure) => [validation, test].some((score) => score !== null && PLACES[measure](score.measures) !== null))
    .toSorted((left, right) => Number(right === main) - Number(left === main))
    .map((measure) => {
      const text = (score: Validation | TestScore | null): string | null => {
        const value = score === null ? null : PLACES[measure](score.measures);
        return value === null ? null : scoreText(measure, value);
      };
      return {
        name: metricName(measure),
        main: measure === main,
        validation: text(validation),
        test: text(test),
        baselines: baselines.filter(({ metric }) => metric === measure).map(({ name, score }) => ({ name, score: scoreText(measure, score) })),
      };
    });
}
