import type { UnrolledGraph } from '../ir/graph.ts';
import { NORM_CHUNK } from '../ir/opcodes.ts';
import { parameterOf } from './emit-forward.ts';
import type { MemoryPlan } from './plan-memory.ts';
import { floatBits, type Tape } from './tape.ts';

export interface UpdateOptions {
  readonly optimizer: 'sgd' | 'adam';
  /** `mean` divides each parameter's gradient by its number of copies. */
  readonly reduce: 'sum' | 'mean';
}

/** Update section: copies averaged if asked, global norm, clipping, one optimiser instruction over all trainable parameters. */
export function emitUpdate(tape: Tape, plan: MemoryPlan, options: UpdateOptions): void {
  const { shared } = plan;
  const { trainable, gradients, moments, settings } = shared;
  if (options.reduce === 'mean') emitMean(tape, plan, plan.graph);
  tape.emit('squaredNorm', { x: gradients, count: trainable.size, partials: plan.partials });
  tape.emit('barrier', {});
  tape.emit('clip', { partials: plan.partials, count: Math.ceil(trainable.size / NORM_CHUNK), settings });
  tape.emit('barrier', {});
  const update = { p: trainable.at, g: gradients, count: trainable.size, settings };
  if (options.optimizer === 'sgd') tape.emit('sgd', update);
  else tape.emit('adam', { ...update, m: moments, v: moments + trainable.size });
  tape.emit('barrier', {});
}

function emitMean(tape: Tape, plan: MemoryPlan, graph: UnrolledGraph): void {
  for (const { name, copies } of graph.parameters) {
    const { gradient, size } = parameterOf(plan, name);
    if (gradient !== null && copies > 1) tape.emit('scale', { x: gradient, count: size, valueBits: floatBits(1 / copies) });
  }
  tape.emit('barrier', {});
}
