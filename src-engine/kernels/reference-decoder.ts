import { operand, read } from './reference-memory.ts';
import type { ReferenceKernel } from './reference.ts';

export const shiftTargets: ReferenceKernel = (memory, tape, at) => {
  const [targets, ids, steps, batch] = [operand(tape, at, 0), operand(tape, at, 1), operand(tape, at, 2), operand(tape, at, 3)];
  for (let e = 0; e < steps * batch; e++) memory[ids + e] = e < batch ? 0 : Math.max(0, 1 + read(memory, targets + e - batch));
};

export const argmaxIds: ReferenceKernel = (memory, tape, at) => {
  const [p, ids, m, n] = [operand(tape, at, 0), operand(tape, at, 1), operand(tape, at, 2), operand(tape, at, 3)];
  for (let row = 0; row < m; row++) {
    let best = 0;
    for (let column = 1; column < n && p !== 0; column++) if (read(memory, p + row * n + column) > read(memory, p + row * n + best)) best = column;
    memory[ids + row] = p === 0 ? 0 : best + 1;
  }
};
