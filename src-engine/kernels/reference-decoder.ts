import { SETTING_DROPOUT, SETTING_DROPOUT_COUNTER, SETTING_DROPOUT_SEED, SETTING_PROGRESS } from '../ir/opcodes.ts';
import { mix } from './reference-layers.ts';
import { floatOperand, operand, read } from './reference-memory.ts';
import type { ReferenceKernel } from './reference-memory.ts';

export const shiftTargets: ReferenceKernel = (memory, tape, at) => {
  const [targets, ids, steps, batch] = [operand(tape, at, 0), operand(tape, at, 1), operand(tape, at, 2), operand(tape, at, 3)];
  for (let e = 0; e < steps * batch; e++) memory[ids + e] = e < batch ? 0 : Math.max(0, 1 + read(memory, targets + e - batch));
};

export const argmaxIds: ReferenceKernel = (memory, tape, at) => {
  const [p, ids, m, n] = [operand(tape, at, 0), operand(tape, at, 1), operand(tape, at, 2), operand(tape, at, 3)];
  for (let row = 0; row < m; row++) memory[ids + row] = p === 0 ? 0 : largest(memory, p + row * n, n) + 1;
};

/** Column of the first largest of p [N]. */
function largest(memory: Float64Array, p: number, n: number): number {
  let best = 0;
  for (let column = 1; column < n; column++) if (read(memory, p + column) > read(memory, p + best)) best = column;
  return best;
}

export const mixTargets: ReferenceKernel = (memory, tape, at) => {
  const [targets, p, ids, m, n] = [operand(tape, at, 0), operand(tape, at, 1), operand(tape, at, 2), operand(tape, at, 3), operand(tape, at, 4)];
  const [first, begin, end] = [operand(tape, at, 5), floatOperand(tape, at, 6), floatOperand(tape, at, 7)];
  const [stream, settings] = [operand(tape, at, 8), operand(tape, at, 9)];
  const on = read(memory, settings + SETTING_DROPOUT) === 1;
  const [seed, update] = [read(memory, settings + SETTING_DROPOUT_SEED), read(memory, settings + SETTING_DROPOUT_COUNTER)];
  const key = mix(mix(mix(seed) + update) + stream);
  const below = Math.floor((begin + (end - begin) * read(memory, settings + SETTING_PROGRESS)) * 2 ** 24 + 0.5);
  for (let row = 0; row < m; row++) {
    const wanted = !on || mix(key + Math.imul(first + row, 0x9e3779b9)) >>> 8 < below;
    memory[ids + row] = p === 0 ? 0 : wanted ? Math.max(0, 1 + read(memory, targets + row)) : largest(memory, p + row * n, n) + 1;
  }
};
