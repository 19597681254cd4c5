import { POOL_MAX } from '../ir/opcodes.ts';
import { add, operand, read } from './reference-memory.ts';
import type { ReferenceKernel } from './reference-memory.ts';

function put(memory: Float64Array, at: number, value: number, accumulate: boolean): void {
  if (accumulate) add(memory, at, value);
  else memory[at] = value;
}

export const poolForward: ReferenceKernel = (memory, tape, at) => {
  const [x, y, lengths, batch] = [operand(tape, at, 0), operand(tape, at, 1), operand(tape, at, 2), operand(tape, at, 4)];
  const [n, mode] = [operand(tape, at, 5), operand(tape, at, 6)];
  for (let b = 0; b < batch; b++) {
    const length = read(memory, lengths + b);
    for (let column = 0; column < n; column++) {
      const values = Array.from({ length }, (_, t) => read(memory, x + (t * batch + b) * n + column));
      const pooled = mode === POOL_MAX ? Math.max(...values) : values.reduce((total, value) => total + value, 0) / length;
      memory[y + b * n + column] = length === 0 ? 0 : pooled;
    }
  }
};

interface Column {
  readonly x: number;
  readonly stride: number;
  readonly length: number;
  readonly value: number;
}

/** The first step at which the column holds the value; -1 where none does. */
function firstLargest(memory: Float64Array, { x, stride, length, value }: Column): number {
  for (let t = 0; t < length; t++) if (read(memory, x + t * stride) === value) return t;
  return -1;
}

export const poolBackward: ReferenceKernel = (memory, tape, at) => {
  const [x, y, dy, dx] = [operand(tape, at, 0), operand(tape, at, 1), operand(tape, at, 2), operand(tape, at, 3)];
  const [lengths, steps, batch, n] = [operand(tape, at, 4), operand(tape, at, 5), operand(tape, at, 6), operand(tape, at, 7)];
  const [mode, accumulate] = [operand(tape, at, 8), operand(tape, at, 9) === 1];
  for (let b = 0; b < batch; b++) {
    const length = read(memory, lengths + b);
    for (let column = 0; column < n; column++) {
      const d = read(memory, dy + b * n + column);
      const chosen = firstLargest(memory, { x: x + b * n + column, stride: batch * n, length, value: read(memory, y + b * n + column) });
      for (let t = 0; t < steps; t++) {
        const place = (t * batch + b) * n + column;
        const share = mode === POOL_MAX ? (t === chosen ? d : 0) : t < length ? d / length : 0;
        put(memory, dx + place, share, accumulate);
      }
    }
  }
};

export const attentionForward: ReferenceKernel = (memory, tape, at) => {
  const [scores, x, y, lengths] = [operand(tape, at, 0), operand(tape, at, 1), operand(tape, at, 2), operand(tape, at, 3)];
  const [steps, batch, n] = [operand(tape, at, 4), operand(tape, at, 5), operand(tape, at, 6)];
  for (let b = 0; b < batch; b++) {
    const length = read(memory, lengths + b);
    const values = Array.from({ length }, (_, t) => read(memory, scores + t * batch + b));
    const most = Math.max(...values);
    const total = values.reduce((sum, value) => sum + Math.exp(value - most), 0);
    for (let column = 0; column < n; column++) memory[y + b * n + column] = 0;
    for (let t = 0; t < steps; t++) {
      const p = t < length ? Math.exp((values[t] ?? 0) - most) / total : 0;
      memory[scores + t * batch + b] = p;
      if (t >= length) continue;
      for (let column = 0; column < n; column++) add(memory, y + b * n + column, p * read(memory, x + (t * batch + b) * n + column));
    }
  }
};

export const attentionBackward: ReferenceKernel = (memory, tape, at) => {
  const [p, x, dy, dscores] = [operand(tape, at, 0), operand(tape, at, 1), operand(tape, at, 2), operand(tape, at, 3)];
  const [dx, lengths, steps, batch] = [operand(tape, at, 4), operand(tape, at, 5), operand(tape, at, 6), operand(tape, at, 7)];
  const [n, accumulate] = [operand(tape, at, 8), operand(tape, at, 9) === 1];
  for (let b = 0; b < batch; b++) {
    const length = read(memory, lengths + b);
    const through = Array.from({ length }, (_, t) => {
      let total = 0;
      for (let column = 0; column < n; column++) total += read(memory, dy + b * n + column) * read(memory, x + (t * batch + b) * n + column);
      return total;
    });
    const mean = through.reduce((total, dp, t) => total + read(memory, p + t * batch + b) * dp, 0);
    for (let t = 0; t < steps; t++) {
      const place = t * batch + b;
      const share = read(memory, p + place);
      memory[dscores + place] = t < length ? share * ((through[t] ?? 0) - mean) : 0;
      if (dx === 0) continue;
      for (let column = 0; column < n; column++) put(memory, dx + place * n + column, share * read(memory, dy + b * n + column), accumulate);
    }
  }
};
