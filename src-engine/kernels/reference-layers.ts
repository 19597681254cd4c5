import { SETTING_DROPOUT, SETTING_DROPOUT_COUNTER, SETTING_DROPOUT_SEED } from '../ir/opcodes.ts';
import { add, floatOperand, operand, read } from './reference-memory.ts';
import type { ReferenceKernel } from './reference-memory.ts';

export const layerNormForward: ReferenceKernel = (memory, tape, at) => {
  const [x, y, normal, scales] = [operand(tape, at, 0), operand(tape, at, 1), operand(tape, at, 2), operand(tape, at, 3)];
  const [weight, bias, m, n] = [operand(tape, at, 4), operand(tape, at, 5), operand(tape, at, 6), operand(tape, at, 7)];
  const epsilon = floatOperand(tape, at, 8);
  for (let row = 0; row < m; row++) {
    let mean = 0;
    for (let column = 0; column < n; column++) mean += read(memory, x + row * n + column) / n;
    let variance = 0;
    for (let column = 0; column < n; column++) variance += (read(memory, x + row * n + column) - mean) ** 2 / n;
    const scale = 1 / Math.sqrt(variance + epsilon);
    memory[scales + row] = scale;
    for (let column = 0; column < n; column++) {
      const e = row * n + column;
      const value = (read(memory, x + e) - mean) * scale;
      memory[normal + e] = value;
      memory[y + e] = value * read(memory, weight + column) + read(memory, bias + column);
    }
  }
};

export const layerNormBackward: ReferenceKernel = (memory, tape, at) => {
  const [dy, normal, scales, weight] = [operand(tape, at, 0), operand(tape, at, 1), operand(tape, at, 2), operand(tape, at, 3)];
  const [dx, m, n, accumulate] = [operand(tape, at, 4), operand(tape, at, 5), operand(tape, at, 6), operand(tape, at, 7) === 1];
  for (let row = 0; row < m; row++) {
    let mean = 0;
    let slope = 0;
    for (let column = 0; column < n; column++) {
      const g = read(memory, dy + row * n + column) * read(memory, weight + column);
      mean += g / n;
      slope += (g * read(memory, normal + row * n + column)) / n;
    }
    for (let column = 0; column < n; column++) {
      const e = row * n + column;
      const g = read(memory, dy + e) * read(memory, weight + column);
      const d = read(memory, scales + row) * (g - mean - read(memory, normal + e) * slope);
      if (accumulate) add(memory, dx + e, d);
      else memory[dx + e] = d;
    }
  }
};

/** A bijection of 32 bits in which every input bit moves every output bit (Wellons 2018, lowbias32). */
export function mix(value: number): number {
  let x = value | 0;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return x ^ (x >>> 16);
}

export const dropout: ReferenceKernel = (memory, tape, at) => {
  const [x, y, count, threshold] = [operand(tape, at, 0), operand(tape, at, 1), operand(tape, at, 2), operand(tape, at, 3)];
  const [scale, stream, settings, accumulate] = [floatOperand(tape, at, 4), operand(tape, at, 5), operand(tape, at, 6), operand(tape, at, 7) === 1];
  const first = operand(tape, at, 8);
  const on = read(memory, settings + SETTING_DROPOUT) === 1;
  const [seed, update] = [read(memory, settings + SETTING_DROPOUT_SEED), read(memory, settings + SETTING_DROPOUT_COUNTER)];
  const key = mix(mix(mix(seed) + update) + stream);
  for (let e = 0; e < count; e++) {
    const keep = mix(key + Math.imul(first + e, 0x9e3779b9)) >>> 8 >= threshold;
    const value = on ? (keep ? scale * read(memory, x + e) : 0) : read(memory, x + e);
    if (accumulate) add(memory, y + e, value);
    else memory[y + e] = value;
  }
};
