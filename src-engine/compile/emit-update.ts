import { NORM_CHUNK, SETTING_CLIPPED, SETTING_DROPOUT } from '../ir/opcodes.ts';
import { parameterOf, type MemoryPlan } from './plan-memory.ts';
import { floatBits, type Tape } from './tape.ts';

/** How an update is made of gradients; `momentum` and `nesterov` are SGD with a running mean. */
export type UpdateRule = 'sgd' | 'momentum' | 'nesterov' | 'adagrad' | 'rmsprop' | 'adam' | 'adamw';

export interface UpdateOptions {
  readonly optimizer: UpdateRule;
  /** Limits each element of the gradient to the settings' largest value. */
  readonly clipValues?: boolean | undefined;
}

/** Numbers an optimiser keeps of each weight. */
export const MOMENT_SLOTS: Readonly<Record<UpdateRule, number>> = { sgd: 0, momentum: 1, nesterov: 1, adagrad: 1, rmsprop: 1, adam: 2, adamw: 2 };

/** Update section: global norm, clipping, then the optimiser over all trainable parameters at once. */
export function emitUpdate(tape: Tape, plan: MemoryPlan, options: UpdateOptions): void {
  const { trainable, gradients, settings } = plan.shared;
  const chunks = Math.ceil(trainable.size / NORM_CHUNK);
  tape.emit('squaredNorm', { x: gradients, count: trainable.size, partials: plan.partials });
  tape.emit('barrier', {});
  tape.emit('clip', { partials: plan.partials, count: chunks, settings });
  tape.emit('barrier', {});
  if (options.clipValues === true) {
    tape.emit('clipValues', { x: gradients, count: trainable.size, partials: plan.partials, settings });
    tape.emit('barrier', {});
    tape.emit('sum', { x: plan.partials, count: chunks, y: settings + SETTING_CLIPPED });
  }
  emitRule(tape, plan, options.optimizer);
  // Off again: only the next training step switches it on.
  if (plan.graph.families.some((family) => family.op.op === 'dropout')) tape.emit('fill', { x: settings + SETTING_DROPOUT, count: 1, valueBits: 0 });
  tape.emit('barrier', {});
}

function emitRule(tape: Tape, { shared }: MemoryPlan, rule: UpdateRule): void {
  const { trainable, gradients, moments, settings } = shared;
  const update = { p: trainable.at, g: gradients, count: trainable.size, settings };
  const twoMoments = { ...update, m: moments, v: moments + trainable.size };
  switch (rule) {
    case 'sgd':
      return tape.emit('sgd', update);
    case 'momentum':
    case 'nesterov':
      return tape.emit('momentum', { ...update, m: moments, nesterov: rule === 'nesterov' ? 1 : 0 });
    case 'adagrad':
    case 'rmsprop':
      return tape.emit(rule, { ...update, v: moments });
    case 'adam':
      return tape.emit('adam', twoMoments);
    case 'adamw':
      tape.emit('decay', { p: trainable.at, count: trainable.size, settings });
      tape.emit('barrier', {});
      return tape.emit('adam', twoMoments);
  }
}

/** Ends the backward section where copies are averaged: each parameter's gradient divided by its number of copies. */
export function emitMean(tape: Tape, plan: MemoryPlan): void {
  for (const { name, copies } of plan.graph.parameters) {
    const { gradient, size } = parameterOf(plan, name);
    if (gradient !== null && copies > 1) tape.emit('scale', { x: gradient, count: size, valueBits: floatBits(1 / copies) });
  }
  tape.emit('barrier', {});
}
