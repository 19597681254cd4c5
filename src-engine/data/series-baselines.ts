import { at } from './at.ts';
import type { Baseline } from './dataset.ts';
import type { SeriesColumn, SeriesExamples, SeriesPlan } from './series-examples.ts';
import { rowsAhead } from './series-examples.ts';

/**
 * Root mean squared error, in the unit of the data, of a forecast for every target of the test part: column by column in the order of `plan.targets`, row t
 * holding what is forecast at row t for row t + horizon. Targets without a forecast are left out; null where none has one.
 */
export function forecastBaseline(name: string, plan: SeriesPlan, { ends, split }: SeriesExamples, forecasts: readonly Float64Array[]): Baseline | null {
  let [squares, count] = [0, 0];
  const steps = plan.perStep ? plan.window : 1;
  for (const example of split.test) {
    const end = at(ends, example);
    for (let row = end - steps + 1; row <= end; row += 1) {
      const errors = plan.targets.map(({ values }, column) => at(values, row) - (forecasts[column]?.[row] ?? Number.NaN));
      if (!errors.every(Number.isFinite)) continue;
      squares += errors.reduce((sum, error) => sum + error ** 2, 0) / errors.length;
      count += 1;
    }
  }
  return count === 0 ? null : { name, metric: 'rmse', score: Math.sqrt(squares / count) };
}

/** Each column goes on as it is now: the naive forecast. `columns` are the series themselves, in the order of the targets. */
export function naiveForecast(columns: readonly SeriesColumn[]): readonly Float64Array[] {
  return columns.map(({ values }) => values);
}

/** Each column repeats its last whole season, of `season` rows: the seasonal naive forecast. */
export function seasonalForecast(columns: readonly SeriesColumn[], horizon: number, season: number): readonly Float64Array[] {
  return columns.map(({ values }) => rowsAhead(values, horizon - season * Math.ceil(horizon / season)));
}
