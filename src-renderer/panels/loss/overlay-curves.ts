import uPlot from 'uplot';
import { smooth } from '../../charts/smooth.ts';
import type { PastRun } from '../../state/runs/runs-store.ts';
import { lossData, type Curve, type LossData, type XRange } from './loss-data.ts';

/** A kept run's smoothed train loss beside the present curves. */
export interface Overlay {
  readonly id: string;
  readonly name: string;
  /** Among the ticked runs, which decides how it looks. */
  readonly place: number;
  /** A colour variable. */
  readonly colour: string;
  /** Of its line, so that colour is not the only sign. */
  readonly dash: readonly number[];
  readonly values: Curve;
}

export interface LossPicture extends LossData {
  readonly overlays: readonly Overlay[];
}

/** One for each run that can be drawn at once. */
const LOOKS = [
  { colour: '--shape', dash: [7, 4] },
  { colour: '--warn', dash: [2, 3] },
  { colour: '--block', dash: [10, 3, 2, 3] },
  { colour: '--negative', dash: [4, 2] },
  { colour: '--bad', dash: [1, 4] },
] as const;

/** How the run in that place among the ticked ones is drawn, everywhere. */
export function overlayLook(place: number): (typeof LOOKS)[number] {
  return LOOKS[place % LOOKS.length] ?? LOOKS[0];
}

interface OverlayRequest {
  readonly runs: readonly (PastRun & { readonly name: string; readonly place: number })[];
  readonly range: XRange;
  readonly buckets: number;
  readonly log: boolean;
  /** Of the smoothing: share of the past. */
  readonly weight: number;
}

/** The curves of the plot and those of kept runs on one ascending x; each runs on where another one has a point. */
export function withOverlays(data: LossData, { runs, range, buckets, log, weight }: OverlayRequest): LossPicture {
  if (runs.length === 0) return { ...data, overlays: [] };
  const curves = runs.map(({ history: { series } }) => {
    const smoothed = smooth(series.mean, series.length, weight, series.count);
    return lossData({ series, smoothed, validations: [], range, buckets, log });
  });
  const main = [[...data.step], data.raw, data.smoothed, data.validation, data.score];
  const joined = uPlot.join([main, ...curves.map(({ step, smoothed }) => [[...step], smoothed])] as uPlot.AlignedData[]);
  const [step, raw, smoothed, validation, score, ...others] = joined as [number[], ...Curve[]];
  return {
    step,
    raw: raw ?? [],
    smoothed: smoothed ?? [],
    validation: validation ?? [],
    score: score ?? [],
    overlays: runs.map(({ id, name, place }, index) => ({ id, name, place, ...overlayLook(place), values: others[index] ?? [] })),
  };
}
