import { SETTING_CLIP_SCALE, SETTING_NORM } from '../ir/opcodes.ts';
import type { SharedLayout } from '../ir/program.ts';
import type { Machine } from '../run/machine.ts';

/** One update, measured. */
export interface UpdateMeasure {
  /** The update's number, from 1. */
  readonly step: number;
  /** Global gradient norm before and after clipping. */
  readonly norm: number;
  readonly clippedNorm: number;
  /** L2 norm of the change over that of the weights before it, of each trainable parameter; Infinity or NaN where they were zeros. */
  readonly ratios: readonly { readonly parameter: string; readonly ratio: number }[];
}

/** Right after update number `step`; `before` are the trainable weights before it. */
export function measureUpdate(machine: Machine, layout: SharedLayout, before: ArrayLike<number>, step: number): UpdateMeasure {
  const after = machine.readFloats(layout.trainable.at, layout.trainable.size);
  const gradients = machine.readFloats(layout.gradients, layout.trainable.size);
  const ratios = layout.parameters.flatMap(({ name, trainable, at, size }) => {
    if (!trainable) return [];
    const begin = at - layout.trainable.at;
    let [change, weight] = [0, 0];
    for (let e = begin; e < begin + size; e++) {
      change += ((after[e] ?? 0) - (before[e] ?? 0)) ** 2;
      weight += (before[e] ?? 0) ** 2;
    }
    return [{ parameter: name, ratio: Math.sqrt(change) / Math.sqrt(weight) }];
  });
  // Clipping by value has changed the gradients themselves; clipping by norm scales them as they are used.
  const scale = machine.read(layout.settings + SETTING_CLIP_SCALE);
  let squares = 0;
  for (const value of gradients) squares += value * value;
  return { step, norm: machine.read(layout.settings + SETTING_NORM), clippedNorm: Math.sqrt(squares) * scale, ratios };
}
