import { add, operand, read, sigmoid } from './reference-memory.ts';
import type { ReferenceKernel } from './reference-memory.ts';

function optional(memory: Float64Array, address: number, e: number): number {
  return address === 0 ? 0 : read(memory, address + e);
}

export const lstmForward: ReferenceKernel = (memory, tape, at) => {
  const [gates, cPrev, c, hPrev, h] = [operand(tape, at, 0), operand(tape, at, 1), operand(tape, at, 2), operand(tape, at, 3), operand(tape, at, 4)];
  const [lengths, t, batch, units] = [operand(tape, at, 5), operand(tape, at, 6), operand(tape, at, 7), operand(tape, at, 8)];
  const [peephole, coupled] = [operand(tape, at, 9), operand(tape, at, 10) === 1];
  for (let b = 0; b < batch; b++) {
    const masked = t >= read(memory, lengths + b);
    for (let j = 0; j < units; j++) {
      const e = b * units + j;
      const row = gates + b * 4 * units + j;
      const old = optional(memory, cPrev, e);
      const f = sigmoid(read(memory, row + units) + optional(memory, peephole, units + j) * old);
      const i = coupled ? 1 - f : sigmoid(read(memory, row) + optional(memory, peephole, j) * old);
      const g = Math.tanh(read(memory, row + 2 * units));
      const cell = f * old + i * g;
      const o = sigmoid(read(memory, row + 3 * units) + optional(memory, peephole, 2 * units + j) * cell);
      memory[row] = i;
      memory[row + units] = f;
      memory[row + 2 * units] = g;
      memory[row + 3 * units] = o;
      memory[c + e] = masked ? old : cell;
      memory[h + e] = masked ? optional(memory, hPrev, e) : o * Math.tanh(cell);
    }
  }
};

export const lstmBackward: ReferenceKernel = (memory, tape, at) => {
  const [gates, dh, dc, c] = [operand(tape, at, 0), operand(tape, at, 1), operand(tape, at, 2), operand(tape, at, 3)];
  const [cPrev, dhPrev, lengths, t] = [operand(tape, at, 4), operand(tape, at, 5), operand(tape, at, 6), operand(tape, at, 7)];
  const [batch, units, peephole] = [operand(tape, at, 8), operand(tape, at, 9), operand(tape, at, 10)];
  const coupled = operand(tape, at, 11) === 1;
  for (let b = 0; b < batch; b++) {
    const masked = t >= read(memory, lengths + b);
    for (let j = 0; j < units; j++) {
      const e = b * units + j;
      const row = gates + b * 4 * units + j;
      if (masked) {
        for (let gate = 0; gate < 4; gate++) memory[row + gate * units] = 0;
        if (dhPrev !== 0) add(memory, dhPrev + e, read(memory, dh + e));
        continue;
      }
      const [i, f, g, o] = [read(memory, row), read(memory, row + units), read(memory, row + 2 * units), read(memory, row + 3 * units)];
      const tanhC = Math.tanh(read(memory, c + e));
      const old = optional(memory, cPrev, e);
      const d = read(memory, dh + e);
      const dOutput = d * tanhC * o * (1 - o);
      const dCell = read(memory, dc + e) + d * o * (1 - tanhC * tanhC) + dOutput * optional(memory, peephole, 2 * units + j);
      const dForget = dCell * (coupled ? old - g : old) * f * (1 - f);
      const dInput = coupled ? 0 : dCell * g * i * (1 - i);
      memory[row] = dInput;
      memory[row + units] = dForget;
      memory[row + 2 * units] = dCell * i * (1 - g * g);
      memory[row + 3 * units] = dOutput;
      memory[dc + e] = dCell * f + dForget * optional(memory, peephole, units + j) + dInput * optional(memory, peephole, j);
    }
  }
};
