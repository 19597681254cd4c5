import { MOST_VALIDATIONS, rememberThinned } from '../history/thin-history.ts';
import type { ScheduleOptions } from './schedule.ts';
import type { Score } from './score.ts';

/** Ends a run when the validation loss has not fallen by more than `minDelta` in `patience` validations. */
export interface EarlyStopOptions {
  readonly patience: number;
  readonly minDelta: number;
}

/** One validation; null where a number was not finite. */
export type HistoryPoint = {
  readonly epoch: number;
  readonly step: number;
  readonly validationLoss: number | null;
  readonly validationScore: number | null;
};

export interface BestPoint {
  readonly epoch: number;
  readonly step: number;
  readonly loss: number;
}

export interface CourseState {
  /** Oldest first; at most `MOST_VALIDATIONS`, thinned with age: a run of days keeps no more of them than one of minutes. */
  readonly history: readonly HistoryPoint[];
  /** Lowest validation loss that early stopping saw. */
  readonly best: BestPoint | null;
  /** Validations since then. */
  readonly waited: number;
  readonly plateau: { readonly lowest: number | null; readonly waited: number; readonly factor: number };
}

export const FRESH_COURSE: CourseState = { history: [], best: null, waited: 0, plateau: { lowest: null, waited: 0, factor: 1 } };

/** What PyTorch's ReduceLROnPlateau takes for no better: a loss not lower than this share of the lowest. */
const PLATEAU_SHARE = 1 - 1e-4;

export interface Verdict {
  readonly course: CourseState;
  /** This is the best validation so far: its weights are worth keeping. */
  readonly isBest: boolean;
  /** Patience has run out. */
  readonly stop: boolean;
}

/** The run's course after one more validation. A loss that is not finite is never the better one. */
export function validated(
  course: CourseState,
  { loss, score }: Pick<Score, 'loss' | 'score'>,
  place: { readonly epoch: number; readonly step: number },
  schedule: ScheduleOptions,
  earlyStop: EarlyStopOptions | null,
): Verdict {
  const point = { ...place, validationLoss: finiteOrNull(loss), validationScore: finiteOrNull(score) };
  const history = rememberThinned(course.history, point, MOST_VALIDATIONS);
  const isBest = earlyStop !== null && Number.isFinite(loss) && (course.best === null || loss < course.best.loss - earlyStop.minDelta);
  const waited = isBest ? 0 : course.waited + 1;
  const plateau = schedule.kind === 'plateau' ? afterPlateau(course.plateau, loss, schedule) : course.plateau;
  return {
    course: { history, best: isBest ? { ...place, loss } : course.best, waited, plateau },
    isBest,
    stop: earlyStop !== null && waited >= earlyStop.patience,
  };
}

/** As PyTorch's ReduceLROnPlateau: the rate falls when more than `patience` validations in a row brought nothing. */
function afterPlateau(
  { lowest, waited, factor }: CourseState['plateau'],
  loss: number,
  schedule: { readonly factor: number; readonly patience: number },
): CourseState['plateau'] {
  if (Number.isFinite(loss) && (lowest === null || loss < lowest * PLATEAU_SHARE)) return { lowest: loss, waited: 0, factor };
  if (waited < schedule.patience) return { lowest, waited: waited + 1, factor };
  return { lowest, waited: 0, factor: factor * schedule.factor };
}

function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
