import { formatNumber } from '../../charts/format-number.ts';
import type { Measured } from '../../state/fork-store.ts';

/** A loss or a factor has changed where it differs by more than this share. */
const NOTABLE = 0.02;

const factorText = ({ factor }: Measured): string => (factor === null ? 'none to fit' : factor.toFixed(2));
const lossText = ({ loss }: Measured): string => (Number.isFinite(loss) ? formatNumber(loss) : 'not finite');

/** How far a factor is from 1, where a gradient keeps its size. */
const distance = ({ factor }: Measured): number => (factor === null ? Number.POSITIVE_INFINITY : Math.abs(Math.log(factor)));

export interface ForkText {
  readonly verdict: 'helped' | 'mixed' | 'not';
  /** After how many steps, and both numbers before and after. */
  readonly numbers: string;
  readonly sentence: string;
}

/** Whether the change helped: the gradient nearer to keeping its size, the loss lower at the same step. */
export function forkText(before: Measured, after: Measured): ForkText {
  const steadier = distance(after) < distance(before) - NOTABLE;
  const less = Number.isFinite(after.loss) && !(after.loss >= before.loss * (1 - NOTABLE));
  const numbers = `After ${after.step.toLocaleString('en')} steps: factor per step ${factorText(before)} before, ${factorText(after)} now; loss ${lossText(before)} before, ${lossText(after)} now.`;
  if (after.step < before.step) return { verdict: 'not', numbers, sentence: `It did not help: the run ended before step ${before.step.toLocaleString('en')}.` };
  if (steadier && less) return { verdict: 'helped', numbers, sentence: 'It helped: the gradient keeps its size better, and the loss is lower.' };
  if (less) return { verdict: 'mixed', numbers, sentence: 'The loss is lower, though the gradient keeps its size no better.' };
  if (steadier) return { verdict: 'mixed', numbers, sentence: 'The gradient keeps its size better, but the loss is not lower yet.' };
  return { verdict: 'not', numbers, sentence: 'It did not help.' };
}
