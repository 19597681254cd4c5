import { add, operand, read, sigmoid } from './reference-memory.ts';
import type { ReferenceKernel } from './reference-memory.ts';

/** Value at an address that may be absent (0): an absent state is zeros. */
function optional(memory: Float64Array, address: number, e: number): number {
  return address === 0 ? 0 : read(memory, address + e);
}

export const gruGatesForward: ReferenceKernel = (memory, tape, at) => {
  const [gates, hPrev, rh, batch, units] = [operand(tape, at, 0), operand(tape, at, 1), operand(tape, at, 2), operand(tape, at, 3), operand(tape, at, 4)];
  for (let b = 0; b < batch; b++) {
    for (let j = 0; j < units; j++) {
      const row = gates + b * 3 * units + j;
      const r = sigmoid(read(memory, row));
      memory[row] = r;
      memory[row + units] = sigmoid(read(memory, row + units));
      memory[rh + b * units + j] = r * optional(memory, hPrev, b * units + j);
    }
  }
};

export const gruGatesBackward: ReferenceKernel = (memory, tape, at) => {
  const [gates, drh, hPrev, dhPrev] = [operand(tape, at, 0), operand(tape, at, 1), operand(tape, at, 2), operand(tape, at, 3)];
  const [lengths, t, batch, units] = [operand(tape, at, 4), operand(tape, at, 5), operand(tape, at, 6), operand(tape, at, 7)];
  for (let b = 0; b < batch; b++) {
    const masked = t >= read(memory, lengths + b);
    for (let j = 0; j < units; j++) {
      const e = b * units + j;
      const row = gates + b * 3 * units + j;
      const r = read(memory, row);
      memory[row] = masked ? 0 : read(memory, drh + e) * optional(memory, hPrev, e) * r * (1 - r);
      if (!masked && dhPrev !== 0) add(memory, dhPrev + e, read(memory, drh + e) * r);
    }
  }
};

export const gruBlendForward: ReferenceKernel = (memory, tape, at) => {
  const [gates, hPrev, h, lengths] = [operand(tape, at, 0), operand(tape, at, 1), operand(tape, at, 2), operand(tape, at, 3)];
  const [t, batch, units] = [operand(tape, at, 4), operand(tape, at, 5), operand(tape, at, 6)];
  for (let b = 0; b < batch; b++) {
    const masked = t >= read(memory, lengths + b);
    for (let j = 0; j < units; j++) {
      const e = b * units + j;
      const row = gates + b * 3 * units + j;
      const previous = optional(memory, hPrev, e);
      const z = read(memory, row + units);
      const n = Math.tanh(read(memory, row + 2 * units));
      memory[row + 2 * units] = n;
      memory[h + e] = masked ? previous : z * previous + (1 - z) * n;
    }
  }
};

export const gruBlendBackward: ReferenceKernel = (memory, tape, at) => {
  const [gates, dh, hPrev, dhPrev] = [operand(tape, at, 0), operand(tape, at, 1), operand(tape, at, 2), operand(tape, at, 3)];
  const [lengths, t, batch, units] = [operand(tape, at, 4), operand(tape, at, 5), operand(tape, at, 6), operand(tape, at, 7)];
  for (let b = 0; b < batch; b++) {
    const masked = t >= read(memory, lengths + b);
    for (let j = 0; j < units; j++) {
      const e = b * units + j;
      const row = gates + b * 3 * units + j;
      const [z, n, d] = [read(memory, row + units), read(memory, row + 2 * units), read(memory, dh + e)];
      memory[row + units] = masked ? 0 : d * (optional(memory, hPrev, e) - n) * z * (1 - z);
      memory[row + 2 * units] = masked ? 0 : d * (1 - z) * (1 - n * n);
      if (dhPrev !== 0) add(memory, dhPrev + e, masked ? d : d * z);
    }
  }
};

export const gruAfterForward: ReferenceKernel = (memory, tape, at) => {
  const [gates, hp, hPrev, h] = [operand(tape, at, 0), operand(tape, at, 1), operand(tape, at, 2), operand(tape, at, 3)];
  const [lengths, t, batch, units] = [operand(tape, at, 4), operand(tape, at, 5), operand(tape, at, 6), operand(tape, at, 7)];
  for (let b = 0; b < batch; b++) {
    const masked = t >= read(memory, lengths + b);
    for (let j = 0; j < units; j++) {
      const e = b * units + j;
      const row = gates + b * 3 * units + j;
      const part = hp + b * 3 * units + j;
      const previous = optional(memory, hPrev, e);
      const r = sigmoid(read(memory, row) + read(memory, part));
      const z = sigmoid(read(memory, row + units) + read(memory, part + units));
      const n = Math.tanh(read(memory, row + 2 * units) + r * read(memory, part + 2 * units));
      memory[row] = r;
      memory[row + units] = z;
      memory[row + 2 * units] = n;
      memory[h + e] = masked ? previous : z * previous + (1 - z) * n;
    }
  }
};

export const gruAfterBackward: ReferenceKernel = (memory, tape, at) => {
  const [gates, hp, dh, hPrev, dhPrev] = [operand(tape, at, 0), operand(tape, at, 1), operand(tape, at, 2), operand(tape, at, 3), operand(tape, at, 4)];
  const [lengths, t, batch, units] = [operand(tape, at, 5), operand(tape, at, 6), operand(tape, at, 7), operand(tape, at, 8)];
  for (let b = 0; b < batch; b++) {
    const masked = t >= read(memory, lengths + b);
    for (let j = 0; j < units; j++) {
      const e = b * units + j;
      const row = gates + b * 3 * units + j;
      const part = hp + b * 3 * units + j;
      const [r, z, n, d] = [read(memory, row), read(memory, row + units), read(memory, row + 2 * units), read(memory, dh + e)];
      const dn = masked ? 0 : d * (1 - z) * (1 - n * n);
      const dr = masked ? 0 : dn * read(memory, part + 2 * units) * r * (1 - r);
      const dz = masked ? 0 : d * (optional(memory, hPrev, e) - n) * z * (1 - z);
      memory[row] = dr;
      memory[row + units] = dz;
      memory[row + 2 * units] = dn;
      memory[part] = dr;
      memory[part + units] = dz;
      memory[part + 2 * units] = masked ? 0 : dn * r;
      if (dhPrev !== 0) add(memory, dhPrev + e, masked ? d : d * z);
    }
  }
};
