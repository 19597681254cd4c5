import { NORM_CHUNK } from '../ir/opcodes.ts';
import { parameterOf } from './emit-forward.ts';
import type { MemoryPlan } from './plan-memory.ts';
import { floatBits, type Tape } from './tape.ts';

export interface UpdateOptions {
  readonly optimizer: 'sgd' | 'adam';
}

/** Update section: global norm, clipping, one optimiser instruction over all trainable parameters. */
export function emitUpdate(tape: Tape, plan: MemoryPlan, options: UpdateOptions): void {
  const { shared } = plan;
  const { trainable, gradients, moments, settings } = shared;
  tape.emit('squaredNorm', { x: gradients, count: trainable.size, partials: plan.partials });
  tape.emit('barrier', {});
  tape.emit('clip', { partials: plan.partials, count: Math.ceil(trainable.size / NORM_CHUNK), settings });
  tape.emit('barrier', {});
  const update = { p: trainable.at, g: gradients, count: trainable.size, settings };
  if (options.optimizer === 'sgd') tape.emit('sgd', update);
  else tape.emit('adam', { ...update, m: moments, v: moments + trainable.size });
  tape.emit('barrier', {});
}

/** Ends the backward section where copies are averaged: each parameter's gradient divided by its number of copies. */
export function emitMean(tape: Tape, plan: MemoryPlan): void {
  for (const { name, copies } of plan.graph.parameters) {
    const { gradient, size } = parameterOf(plan, name);
    if (gradient !== null && copies > 1) tape.emit('scale', { x: gradient, count: size, valueBits: floatBits(1 / copies) });
  }
  tape.emit('barrier', {});
}
