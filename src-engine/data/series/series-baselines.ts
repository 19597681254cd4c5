import { at } from '../at.ts';
import type { Baseline, Dataset } from '../dataset.ts';
import type { SeriesColumn } from './series.ts';
import type { SeriesExamples, SeriesPlan } from './series-examples.ts';
import { rowsAhead } from './series-examples.ts';

/** What is forecast without a model, as in `forecastBaseline`. */
export interface PlainForecast {
  readonly name: string;
  readonly columns: readonly Float64Array[];
}

/** The forecast of least RMSE as the baseline; its MAE and both errors of the others as further ones. Null where none has a target. */
export function forecastBaselines(
  plan: SeriesPlan,
  examples: SeriesExamples,
  forecasts: readonly PlainForecast[],
): Required<Pick<Dataset, 'baseline' | 'baselines'>> | null {
  const measured = forecasts.flatMap(({ name, columns }) => {
    const rmse = forecastBaseline(name, plan, examples, columns);
    const mae = forecastBaseline(name, plan, examples, columns, 'mae');
    return rmse === null || mae === null ? [] : [{ rmse, mae }];
  });
  const [best, ...others] = measured.toSorted((left, right) => left.rmse.score - right.rmse.score);
  return best === undefined ? null : { baseline: best.rmse, baselines: [best.mae, ...others.flatMap(({ rmse, mae }) => [rmse, mae])] };
}

/**
 * Root mean squared error (or mean absolute error), in the unit of the data, of a forecast for every target of the test part: column by column in the order of `plan.targets`, row t
 * holding what is forecast at row t for row t + horizon. Targets without a forecast are left out; null where none has one.
 */
export function forecastBaseline(
  name: string,
  plan: SeriesPlan,
  { ends, split }: SeriesExamples,
  forecasts: readonly Float64Array[],
  metric: 'rmse' | 'mae' = 'rmse',
): Baseline | null {
  let [sum, count] = [0, 0];
  const steps = plan.perStep ? plan.window : 1;
  for (const example of split.test) {
    const end = at(ends, example);
    for (let row = end - steps + 1; row <= end; row += 1) {
      const errors = plan.targets.map(({ values }, column) => at(values, row) - (forecasts[column]?.[row] ?? Number.NaN));
      if (!errors.every(Number.isFinite)) continue;
      sum += errors.reduce((total, error) => total + (metric === 'rmse' ? error ** 2 : Math.abs(error)), 0) / errors.length;
      count += 1;
    }
  }
  return count === 0 ? null : { name, metric, score: metric === 'rmse' ? Math.sqrt(sum / count) : sum / count };
}

/** Each column goes on as it is now: the naive forecast. `columns` are the series themselves, in the order of the targets. */
export function naiveForecast(columns: readonly SeriesColumn[]): readonly Float64Array[] {
  return columns.map(({ values }) => values);
}

/** Each column repeats its last whole season, of `season` rows: the seasonal naive forecast. */
export function seasonalForecast(columns: readonly SeriesColumn[], horizon: number, season: number): readonly Float64Array[] {
  return columns.map(({ values }) => rowsAhead(values, horizon - season * Math.ceil(horizon / season)));
}
