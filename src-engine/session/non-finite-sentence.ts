import type { NonFinitePlace } from './protocol.ts';

/** What happened, where and what to do, for a person. `step` counts the updates made before. */
export function nonFiniteSentence(step: number, { layer, t, quantity }: NonFinitePlace): string {
  const where = t === null ? `of ${layer}` : `of ${layer} at t = ${t}`;
  return `Training stopped after ${step} updates: the ${quantity} ${where} is not a finite number. The weights are as they were before. Lower the learning rate or clip the gradient, then reset.`;
}
