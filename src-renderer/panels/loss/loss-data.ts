import type { Validation } from '../../../src-engine/session/protocol.ts';
import { decimate } from '../../charts/decimate.ts';
import type { LossSeries } from '../../../src-engine/history/loss-series.ts';

export interface XRange {
  readonly from: number;
  readonly to: number;
}

/** One value per x: null where the curve breaks, undefined where this curve has no point and runs on. */
export type Curve = (number | null | undefined)[];

export interface LossData {
  readonly step: readonly number[];
  readonly raw: Curve;
  readonly smoothed: Curve;
  readonly validation: Curve;
  readonly score: Curve;
}

export interface LossDataRequest {
  readonly series: LossSeries;
  /** [series.length] */
  readonly smoothed: Float64Array;
  readonly validations: readonly Validation[];
  readonly range: XRange;
  /** Points of the train curve are thinned to at most twice this many. */
  readonly buckets: number;
  /** On a log axis what is not positive cannot be drawn. */
  readonly log: boolean;
}

/** The curves of the loss plot on one ascending x, thinned to what the eye can tell apart. */
export function lossData({ series, smoothed, validations, range, buckets, log }: LossDataRequest): LossData {
  const drawable = (value: number | undefined): number | null => (value !== undefined && Number.isFinite(value) && (!log || value > 0) ? value : null);
  const kept = decimate(series.step, series.trainLoss, series.length, range.from, range.to, buckets);
  const data = { step: [] as number[], raw: [] as Curve, smoothed: [] as Curve, validation: [] as Curve, score: [] as Curve };
  let next = 0;
  const put = (step: number, index: number | null, validation: Validation | null): void => {
    data.step.push(step);
    data.raw.push(index === null ? undefined : drawable(series.trainLoss[index]));
    data.smoothed.push(index === null ? undefined : drawable(smoothed[index]));
    data.validation.push(validation === null ? undefined : drawable(validation.loss));
    data.score.push(validation === null ? undefined : Number.isFinite(validation.score) ? validation.score : null);
  };
  for (const index of kept) {
    const step = series.step[index] ?? 0;
    for (let before = validations[next]; before !== undefined && before.step < step; before = validations[++next]) put(before.step, null, before);
    const here = validations[next];
    const same = here?.step === step;
    put(step, index, same ? here : null);
    if (same) next++;
  }
  for (const after of validations.slice(next)) put(after.step, null, after);
  return data;
}

/** Steps to show while the run grows: a round number a little beyond the last one, so that the axis moves seldom. */
export function growingRange(lastStep: number, totalSteps: number): XRange {
  const wanted = Math.max(20, lastStep * 1.05);
  const decade = 10 ** Math.floor(Math.log10(wanted));
  const round = [1, 1.5, 2, 3, 4, 6, 8, 10].map((each) => each * decade).find((each) => each >= wanted) ?? wanted;
  return { from: 0, to: totalSteps > 0 ? Math.max(lastStep, Math.min(round, totalSteps)) : round };
}
