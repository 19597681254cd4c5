import { copyName } from '../document/copy-name.ts';
import type { NonFinitePlace } from './protocol.ts';

/** What happened, where and what to do, for a person. `step` counts the updates made before. */
export function nonFiniteSentence(step: number, { layer, t, quantity }: NonFinitePlace): string {
  const stopped = `Training stopped after ${step} ${step === 1 ? 'update' : 'updates'}`;
  const advice = 'The next update was refused. Reset, with a lower learning rate or with clipping.';
  if (quantity === 'loss' && t !== null)
    return `${stopped}: the loss is beyond any finite use, with states at an extreme from ${copyName(layer, t)} on. ${advice}`;
  const where = `of ${t === null ? layer : copyName(layer, t)}`;
  return `${stopped}: the ${quantity} ${where} is not a finite number. ${advice}`;
}
