import {
  NORM_CHUNK,
  SETTING_BETA1,
  SETTING_BETA2,
  SETTING_CLIP_MAX,
  SETTING_CLIP_SCALE,
  SETTING_CORRECTION1,
  SETTING_CORRECTION2,
  SETTING_EPSILON,
  SETTING_FINITE,
  SETTING_LEARNING_RATE,
  SETTING_LOSS,
  SETTING_LOSS_LIMIT,
  SETTING_NORM,
} from '../ir/opcodes.ts';
import { operand, read } from './reference-memory.ts';
import type { ReferenceKernel } from './reference-memory.ts';

export const squaredNorm: ReferenceKernel = (memory, tape, at) => {
  const [x, count, partials] = [operand(tape, at, 0), operand(tape, at, 1), operand(tape, at, 2)];
  for (let chunk = 0; chunk * NORM_CHUNK < count; chunk++) {
    let total = 0;
    for (let e = chunk * NORM_CHUNK; e < Math.min(count, (chunk + 1) * NORM_CHUNK); e++) total += read(memory, x + e) ** 2;
    memory[partials + chunk] = total;
  }
};

export const clip: ReferenceKernel = (memory, tape, at) => {
  const [partials, count, settings] = [operand(tape, at, 0), operand(tape, at, 1), operand(tape, at, 2)];
  let total = 0;
  for (let chunk = 0; chunk < count; chunk++) total += read(memory, partials + chunk);
  const norm = Math.sqrt(total);
  const max = read(memory, settings + SETTING_CLIP_MAX);
  memory[settings + SETTING_NORM] = norm;
  memory[settings + SETTING_CLIP_SCALE] = max > 0 && norm > max ? max / norm : 1;
  const loss = read(memory, settings + SETTING_LOSS);
  const limit = read(memory, settings + SETTING_LOSS_LIMIT);
  memory[settings + SETTING_FINITE] = Number.isFinite(norm) && Number.isFinite(loss) && !(limit > 0 && loss > limit) ? 1 : 0;
};

export const sgd: ReferenceKernel = (memory, tape, at) => {
  const [p, g, count, settings] = [operand(tape, at, 0), operand(tape, at, 1), operand(tape, at, 2), operand(tape, at, 3)];
  if (read(memory, settings + SETTING_FINITE) === 0) return;
  const rate = read(memory, settings + SETTING_LEARNING_RATE) * read(memory, settings + SETTING_CLIP_SCALE);
  for (let e = 0; e < count; e++) memory[p + e] = read(memory, p + e) - rate * read(memory, g + e);
};

export const adam: ReferenceKernel = (memory, tape, at) => {
  const [p, g, m, v] = [operand(tape, at, 0), operand(tape, at, 1), operand(tape, at, 2), operand(tape, at, 3)];
  const [count, settings] = [operand(tape, at, 4), operand(tape, at, 5)];
  if (read(memory, settings + SETTING_FINITE) === 0) return;
  const setting = (slot: number): number => read(memory, settings + slot);
  for (let e = 0; e < count; e++) {
    const gradient = setting(SETTING_CLIP_SCALE) * read(memory, g + e);
    const mean = setting(SETTING_BETA1) * read(memory, m + e) + (1 - setting(SETTING_BETA1)) * gradient;
    const square = setting(SETTING_BETA2) * read(memory, v + e) + (1 - setting(SETTING_BETA2)) * gradient * gradient;
    memory[m + e] = mean;
    memory[v + e] = square;
    const step = (mean * setting(SETTING_CORRECTION1)) / (Math.sqrt(square * setting(SETTING_CORRECTION2)) + setting(SETTING_EPSILON));
    memory[p + e] = read(memory, p + e) - setting(SETTING_LEARNING_RATE) * step;
  }
};
