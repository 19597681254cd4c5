import {
  NORM_CHUNK,
  SETTING_BETA1,
  SETTING_BETA2,
  SETTING_CLIP_SCALE,
  SETTING_CLIP_VALUE,
  SETTING_EPSILON,
  SETTING_FINITE,
  SETTING_LEARNING_RATE,
  SETTING_WEIGHT_DECAY,
} from '../ir/opcodes.ts';
import { add, operand, read } from './reference-memory.ts';
import type { ReferenceKernel } from './reference-memory.ts';

export const clipValues: ReferenceKernel = (memory, tape, at) => {
  const [x, count, partials, settings] = [operand(tape, at, 0), operand(tape, at, 1), operand(tape, at, 2), operand(tape, at, 3)];
  const most = read(memory, settings + SETTING_CLIP_VALUE);
  for (let chunk = 0; chunk * NORM_CHUNK < count; chunk++) {
    let changed = 0;
    for (let e = chunk * NORM_CHUNK; e < Math.min(count, (chunk + 1) * NORM_CHUNK); e++) {
      const value = read(memory, x + e);
      if (Math.abs(value) > most) changed += 1;
      memory[x + e] = Math.max(-most, Math.min(most, value));
    }
    memory[partials + chunk] = changed;
  }
};

export const momentum: ReferenceKernel = (memory, tape, at) => {
  const [p, g, m] = [operand(tape, at, 0), operand(tape, at, 1), operand(tape, at, 2)];
  const [count, settings, nesterov] = [operand(tape, at, 3), operand(tape, at, 4), operand(tape, at, 5) === 1];
  if (read(memory, settings + SETTING_FINITE) === 0) return;
  const beta = read(memory, settings + SETTING_BETA1);
  for (let e = 0; e < count; e++) {
    const gradient = read(memory, settings + SETTING_CLIP_SCALE) * read(memory, g + e);
    const mean = beta * read(memory, m + e) + gradient;
    memory[m + e] = mean;
    add(memory, p + e, -read(memory, settings + SETTING_LEARNING_RATE) * (nesterov ? gradient + beta * mean : mean));
  }
};

export const adagrad: ReferenceKernel = (memory, tape, at) => {
  adaptive(memory, tape, at, () => ({ keep: 1, take: 1 }));
};

export const rmsprop: ReferenceKernel = (memory, tape, at) => {
  adaptive(memory, tape, at, (beta) => ({ keep: beta, take: 1 - beta }));
};

export const decay: ReferenceKernel = (memory, tape, at) => {
  const [p, count, settings] = [operand(tape, at, 0), operand(tape, at, 1), operand(tape, at, 2)];
  if (read(memory, settings + SETTING_FINITE) === 0) return;
  const rate = read(memory, settings + SETTING_LEARNING_RATE) * read(memory, settings + SETTING_WEIGHT_DECAY);
  for (let e = 0; e < count; e++) add(memory, p + e, -rate * read(memory, p + e));
};

/** v = keep v + take g^2; p -= rate g / (sqrt(v) + epsilon). */
function adaptive(memory: Float64Array, tape: Int32Array, at: number, weights: (beta: number) => { readonly keep: number; readonly take: number }): void {
  const [p, g, v] = [operand(tape, at, 0), operand(tape, at, 1), operand(tape, at, 2)];
  const [count, settings] = [operand(tape, at, 3), operand(tape, at, 4)];
  if (read(memory, settings + SETTING_FINITE) === 0) return;
  const { keep, take } = weights(read(memory, settings + SETTING_BETA2));
  for (let e = 0; e < count; e++) {
    const gradient = read(memory, settings + SETTING_CLIP_SCALE) * read(memory, g + e);
    const square = keep * read(memory, v + e) + take * gradient * gradient;
    memory[v + e] = square;
    add(memory, p + e, (-read(memory, settings + SETTING_LEARNING_RATE) * gradient) / (Math.sqrt(square) + read(memory, settings + SETTING_EPSILON)));
  }
}
