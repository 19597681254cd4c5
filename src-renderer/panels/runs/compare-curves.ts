import { smooth } from '../../charts/smooth.ts';
import type { PastRun } from '../../state/runs/runs-store.ts';
import { lossData, type LossData } from '../loss/loss-data.ts';

export interface Curves {
  readonly data: LossData;
}

export interface Compared {
  readonly runs: readonly (Curves | undefined)[];
  /** The ends of both plots' axes. */
  readonly scales: { readonly x: Ends; readonly loss: Ends };
}

interface Ends {
  readonly min: number;
  readonly max: number;
}

/** Points of a curve half as wide as the panel. */
const BUCKETS = 400;

/** The losses of runs on the same axes: from 0 to the last step of any, and to the highest smoothed or validation loss of any. */
export function compareCurves(runs: readonly (PastRun | null)[], weight: number): Compared {
  const ends = runs.map((run) => (run === null ? 0 : (run.history.series.step[run.history.points - 1] ?? 0)));
  const range = { from: 0, to: Math.max(1, ...ends) };
  const curves = runs.map((run) => {
    if (run === null) return undefined;
    const { series, points, validations } = run.history;
    const smoothed = smooth(series.mean, points, weight, series.count);
    return { data: lossData({ series, smoothed, validations, range, buckets: BUCKETS, log: false }) };
  });
  const values = curves.flatMap((curve) => (curve === undefined ? [] : [...curve.data.smoothed, ...curve.data.validation]));
  const finite = values.filter((value) => typeof value === 'number');
  const highest = finite.reduce((most, value) => Math.max(most, value), 0);
  const lowest = finite.reduce((least, value) => Math.min(least, value), 0);
  return { runs: curves, scales: { x: { min: 0, max: range.to }, loss: { min: lowest, max: highest > 0 ? highest * 1.08 : 1 } } };
}
