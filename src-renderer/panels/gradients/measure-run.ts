import type { RunMeasure } from '../../../src-engine/document/remedies/judge-remedy.ts';
import { fitDecay } from '../../../src-engine/analyze/decay-fit.ts';
import type { RunData } from '../../state/run-store.ts';
import { lagFlowOf } from './gradient-rows.ts';

/** Updates whose mean stands for the loss at a step: one batch alone says little. */
const UPDATES = 20;

/** What the run has come to: its latest step, the decay of a layer's gradient there, the loss, and the largest norm so far. Null before the first frame. */
export function measureNow(run: RunData, layer: number): RunMeasure | null {
  const frame = run.frames.at(-1);
  if (frame === undefined) return null;
  const step = run.series.step[run.series.length - 1] ?? frame.step;
  const loss = run.stopped === null ? run.series.meanLoss(step, UPDATES) : Number.NaN;
  return { step, factor: fitDecay(lagFlowOf(frame, layer))?.factorPerStep ?? null, loss, norm: run.largestNorm };
}

/** The same for the moment the run passed `step`; null until it has, or has ended before. */
export function measureAt(run: RunData, layer: number, step: number): RunMeasure | null {
  const made = run.series.step[run.series.length - 1] ?? 0;
  const ended = run.stopped !== null || run.done !== null;
  if (made < step) return ended ? measureNow(run, layer) : null;
  const frame = run.frames.find((each) => each.step >= step) ?? (ended || run.status?.state === 'paused' ? run.frames.at(-1) : undefined);
  if (frame === undefined) return null;
  return { step, factor: fitDecay(lagFlowOf(frame, layer))?.factorPerStep ?? null, loss: run.series.meanLoss(step, UPDATES), norm: run.largestNorm };
}
