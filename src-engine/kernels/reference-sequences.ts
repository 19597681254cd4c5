import { ACTIVATION_RELU, ACTIVATION_SIGMOID, ACTIVATION_TANH } from '../ir/opcodes.ts';
import { add, operand, read, sigmoid } from './reference-memory.ts';
import type { ReferenceKernel } from './reference-memory.ts';

/** phi(x) for an activation operand. */
export function activation(code: number, x: number): number {
  if (code === ACTIVATION_TANH) return Math.tanh(x);
  if (code === ACTIVATION_SIGMOID) return sigmoid(x);
  // Not Math.max: relu passes NaN on, as PyTorch's does.
  if (code === ACTIVATION_RELU) return x < 0 ? 0 : x;
  return x;
}

/** phi'(x), from y = phi(x). */
export function activationDerivative(code: number, y: number): number {
  if (code === ACTIVATION_TANH) return 1 - y * y;
  if (code === ACTIVATION_SIGMOID) return y * (1 - y);
  if (code === ACTIVATION_RELU) return y > 0 ? 1 : 0;
  return 1;
}

export const activate: ReferenceKernel = (memory, tape, at) => {
  const x = operand(tape, at, 0);
  const y = operand(tape, at, 1);
  const code = operand(tape, at, 3);
  for (let e = 0; e < operand(tape, at, 2); e++) memory[y + e] = activation(code, read(memory, x + e));
};

export const activateBackward: ReferenceKernel = (memory, tape, at) => {
  const y = operand(tape, at, 0);
  const dy = operand(tape, at, 1);
  const dx = operand(tape, at, 2);
  const code = operand(tape, at, 4);
  const accumulate = operand(tape, at, 5) === 1;
  for (let e = 0; e < operand(tape, at, 3); e++) {
    const value = read(memory, dy + e) * activationDerivative(code, read(memory, y + e));
    memory[dx + e] = accumulate ? read(memory, dx + e) + value : value;
  }
};

export const gatherRows: ReferenceKernel = (memory, tape, at) => {
  const table = operand(tape, at, 0);
  const ids = operand(tape, at, 1);
  const y = operand(tape, at, 2);
  const n = operand(tape, at, 4);
  for (let row = 0; row < operand(tape, at, 3); row++) {
    const id = read(memory, ids + row);
    for (let column = 0; column < n; column++) memory[y + row * n + column] = id < 0 ? 0 : read(memory, table + id * n + column);
  }
};

export const scatterRows: ReferenceKernel = (memory, tape, at) => {
  const table = operand(tape, at, 0);
  const ids = operand(tape, at, 1);
  const dy = operand(tape, at, 2);
  const n = operand(tape, at, 4);
  for (let row = 0; row < operand(tape, at, 3); row++) {
    const id = read(memory, ids + row);
    if (id < 0) continue;
    for (let column = 0; column < n; column++) add(memory, table + id * n + column, read(memory, dy + row * n + column));
  }
};

export const oneHot: ReferenceKernel = (memory, tape, at) => {
  const ids = operand(tape, at, 0);
  const y = operand(tape, at, 1);
  const n = operand(tape, at, 3);
  for (let row = 0; row < operand(tape, at, 2); row++) {
    const id = read(memory, ids + row);
    for (let column = 0; column < n; column++) memory[y + row * n + column] = column === id ? 1 : 0;
  }
};

export const reverse: ReferenceKernel = (memory, tape, at) => {
  const x = operand(tape, at, 0);
  const y = operand(tape, at, 1);
  const lengths = operand(tape, at, 2);
  const steps = operand(tape, at, 3);
  const batch = operand(tape, at, 4);
  const n = operand(tape, at, 5);
  const accumulate = operand(tape, at, 6) === 1;
  for (let t = 0; t < steps; t++) {
    for (let b = 0; b < batch; b++) {
      const length = read(memory, lengths + b);
      for (let column = 0; column < n; column++) {
        const value = t < length ? read(memory, x + ((length - 1 - t) * batch + b) * n + column) : 0;
        if (accumulate) add(memory, y + (t * batch + b) * n + column, value);
        else memory[y + (t * batch + b) * n + column] = value;
      }
    }
  }
};

export const lastStep: ReferenceKernel = (memory, tape, at) => {
  const x = operand(tape, at, 0);
  const y = operand(tape, at, 1);
  const lengths = operand(tape, at, 2);
  const batch = operand(tape, at, 4);
  const n = operand(tape, at, 5);
  for (let b = 0; b < batch; b++) {
    const length = read(memory, lengths + b);
    for (let column = 0; column < n; column++) memory[y + b * n + column] = length > 0 ? read(memory, x + ((length - 1) * batch + b) * n + column) : 0;
  }
};

export const lastStepBackward: ReferenceKernel = (memory, tape, at) => {
  const dy = operand(tape, at, 0);
  const dx = operand(tape, at, 1);
  const lengths = operand(tape, at, 2);
  const batch = operand(tape, at, 4);
  const n = operand(tape, at, 5);
  for (let b = 0; b < batch; b++) {
    const length = read(memory, lengths + b);
    if (length === 0) continue;
    for (let column = 0; column < n; column++) add(memory, dx + ((length - 1) * batch + b) * n + column, read(memory, dy + b * n + column));
  }
};
