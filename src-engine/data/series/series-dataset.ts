import type { DataSpec } from '../../document/project.ts';
import type { Dataset, SourceSeries } from '../dataset.ts';
import { forecastBaselines, type PlainForecast } from './series-baselines.ts';
import type { SeriesColumn } from './series.ts';
import type { SeriesExamples, SeriesPlan } from './series-examples.ts';
import { splitSizes } from '../split.ts';

export interface SeriesAbout {
  readonly title: string;
  readonly generated: boolean;
  readonly forecasts: readonly PlainForecast[];
  /** The series as it was measured, for its picture. */
  readonly columns: readonly SeriesColumn[];
  /** What the answers change, where they are changes. */
  readonly level?: SeriesColumn | undefined;
  /** The date of a row, or its number. */
  readonly label: (row: number) => string;
  /** The row that an example's last answer is about, as a person reads it. */
  readonly describe: (row: number) => string;
}

/** The windows of a series as a data set. */
export function seriesDataset(spec: DataSpec, plan: SeriesPlan, examples: SeriesExamples, about: SeriesAbout): Dataset {
  const { ends, offsets, inputs, targets, split, inputScale, targetScale } = examples;
  const names = (columns: SeriesPlan['inputs']): readonly string[] => columns.map(({ name }) => name);
  const measured = forecastBaselines(plan, examples, about.forecasts);
  if (measured === null) throw new Error('a series that no plain forecast reaches');
  const fedBack = plan.next === undefined ? {} : { next: plan.next };
  return {
    source: spec.source,
    title: about.title,
    generated: about.generated,
    signature: {
      input: { kind: 'features', width: plan.inputs.length, columns: names(plan.inputs), normalisation: inputScale },
      output: { kind: 'numbers', width: plan.targets.length, columns: names(plan.targets), normalisation: targetScale, perStep: plan.perStep, ...fedBack },
      longest: plan.window,
    },
    count: ends.length,
    offsets,
    inputs,
    targets,
    split,
    ...measured,
    vectors: {},
    describe: (example) => about.describe((ends[example] ?? 0) + plan.horizon),
    series: sourceSeries(plan, about),
    ...(plan.next === undefined ? {} : { outlook: { ends, inputs: plan.inputs, targets: plan.targets, level: about.level ?? null } }),
  };
}

function sourceSeries({ split }: SeriesPlan, { columns, label }: SeriesAbout): SourceSeries {
  const rows = columns[0]?.values.length ?? 0;
  const sizes = splitSizes(rows, split);
  const values = new Float64Array(rows * columns.length);
  for (const [place, column] of columns.entries()) for (const [row, value] of column.values.entries()) values[row * columns.length + place] = value;
  return { columns: columns.map(({ name }) => name), values, label, validationStart: sizes.train, testStart: sizes.train + sizes.validation };
}

/** The same data set read as one row of numbers for each example, the oldest row of the window first: what a feed-forward network reads. One answer each. */
export function asVectors(dataset: Dataset): Dataset {
  const { signature, inputs, targets, count } = dataset;
  const { input, output, longest } = signature;
  if (input.kind !== 'features' || inputs.kind !== 'features' || targets.perStep) throw new Error('only windows with one answer can be read as vectors');
  const width = longest * input.width;
  const everyStep = <T>(row: readonly T[]): readonly T[] => Array.from({ length: longest }, () => row).flat();
  const scale = input.normalisation;
  return {
    ...dataset,
    outlook: undefined,
    signature: {
      input: {
        kind: 'vector',
        width,
        columns: Array.from({ length: width }, (_, place) =>
          nameBefore(input.columns[place % input.width] ?? '', longest - 1 - Math.floor(place / input.width)),
        ),
        normalisation: scale === null ? null : { mean: everyStep(scale.mean), deviation: everyStep(scale.deviation) },
      },
      output,
      longest: 1,
    },
    offsets: Int32Array.from({ length: count + 1 }, (_, example) => example),
    inputs: { kind: 'vectors', width, values: inputs.values },
  };
}

function nameBefore(column: string, steps: number): string {
  return steps === 0 ? column : `${column}, ${steps} before`;
}
