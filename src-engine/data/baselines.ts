import { at } from './at.ts';
import type { Baseline, SplitIndices } from './dataset.ts';

/** The class that is most frequent in training, given as the answer to every test example. */
export function majorityBaseline(classes: Int32Array, split: SplitIndices): Baseline {
  const counts = new Map<number, number>();
  for (const example of split.train) {
    const target = at(classes, example);
    counts.set(target, (counts.get(target) ?? 0) + 1);
  }
  const [majority] = [...counts].reduce((best, each) => (each[1] > best[1] ? each : best));
  const hits = split.test.filter((example) => at(classes, example) === majority).length;
  return { name: 'majority class', metric: 'accuracy', score: hits / split.test.length };
}

/** The mean of the training targets, given as the answer to every test example. Root mean squared error in the unit of the targets, [N]. */
export function meanBaseline(targets: Float64Array, split: SplitIndices): Baseline {
  const mean = split.train.reduce((total, example) => total + at(targets, example), 0) / split.train.length;
  const squares = split.test.reduce((total, example) => total + (at(targets, example) - mean) ** 2, 0);
  return { name: 'mean of the training part', metric: 'rmse', score: Math.sqrt(squares / split.test.length) };
}

const YEAR = 12;
/** Months over which the growth since the year before is averaged: three were better than one, six or twelve on the training part. */
const TREND_MONTHS = 3;

/**
 * Root mean squared error, in the unit of the series, of `x[t+h-12] + trend` at the given forecast origins t; trend is the mean of
 * `x[t-j] - x[t-j-12]` over j = 0, 1, 2.
 */
export function seasonalNaiveBaseline(series: readonly number[], origins: Int32Array, horizon: number): Baseline {
  let squares = 0;
  for (const origin of origins) {
    let trend = 0;
    for (let back = 0; back < TREND_MONTHS; back += 1) trend += (at(series, origin - back) - at(series, origin - back - YEAR)) / TREND_MONTHS;
    squares += (at(series, origin + horizon - YEAR) + trend - at(series, origin + horizon)) ** 2;
  }
  return { name: 'same month last year plus trend', metric: 'rmse', score: Math.sqrt(squares / origins.length) };
}
