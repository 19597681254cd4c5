/**
 * The numbers that a change of a run is judged by: what one step back multiplies the gradient by (better: nearer to 1), the loss (better: lower, or
 * finite again), the largest gradient norm of all updates (better: smaller).
 */
export type RunNumber = 'factor' | 'loss' | 'norm';

/** What a run had come to after so many steps. */
export interface RunMeasure {
  readonly step: number;
  /** What one step back multiplies the gradient by; null where no fit could be made. */
  readonly factor: number | null;
  /** Mean train loss of the last updates; NaN where it was not finite. */
  readonly loss: number;
  /** The largest gradient norm before clipping; NaN or infinite where it was not finite. */
  readonly norm: number;
}

export interface Judgement {
  readonly better: Readonly<Record<RunNumber, boolean>>;
  /** Whether what was predicted to get better did. */
  readonly asPredicted: boolean;
  /** `mixed`: the predicted number or the loss is better, not both. */
  readonly verdict: 'helped' | 'mixed' | 'not';
}

/** A number has changed where it differs by more than this share. */
const NOTABLE = 0.02;

/** How far a factor is from 1, where a gradient keeps its size. */
const distance = ({ factor }: RunMeasure): number => (factor === null || !(factor > 0) ? Number.POSITIVE_INFINITY : Math.abs(Math.log(factor)));

const isLess = (after: number, before: number): boolean => Number.isFinite(after) && !(after >= before * (1 - NOTABLE));

/** Two runs at the same step, with one change between them. A run that ended before that step has not helped. */
export function judgeRemedy(predicted: RunNumber, before: RunMeasure, after: RunMeasure): Judgement {
  const better = { factor: distance(after) < distance(before) - NOTABLE, loss: isLess(after.loss, before.loss), norm: isLess(after.norm, before.norm) };
  const ended = after.step < before.step;
  const verdict = ended || (!better[predicted] && !better.loss) ? 'not' : better[predicted] && better.loss ? 'helped' : 'mixed';
  return { better, asPredicted: !ended && better[predicted], verdict };
}
