import { useShallow } from 'zustand/react/shallow';
import type { RunSummary } from '../../../src-main/contract.ts';
import { isRunning, useRun, type RunData } from '../../state/run-store.ts';

/** Updates whose mean stands for the loss, as in the host's record. */
const UPDATES = 20;

/** The run with its numbers as the window hears them while it trains; as it was kept otherwise. */
export function useLiveRun(run: RunSummary, current: boolean): RunSummary {
  const heard = useRun(useShallow((state) => (current && isRunning(state) ? numbersOf(state) : null)));
  const validation = useRun((state) => (current ? (state.validations.at(-1) ?? null) : null));
  if (heard === null || heard.steps < run.steps) return run;
  const score = validation === null ? run.score : { part: 'validation' as const, metric: validation.metric, score: validation.score };
  return { ...run, ...heard, state: 'running', score };
}

function numbersOf({ series, points, progress }: RunData): Pick<RunSummary, 'steps' | 'seconds' | 'loss'> {
  const steps = series.step[points - 1] ?? 0;
  const loss = series.meanLoss(steps, UPDATES);
  const seconds = progress === null ? 0 : progress.step / Math.max(progress.stepsPerSecond, 1e-9);
  return { steps, seconds, loss: Number.isFinite(loss) ? loss : null };
}
