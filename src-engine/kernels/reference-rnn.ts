import { add, operand, read } from './reference-memory.ts';
import { activation, activationDerivative } from './reference-sequences.ts';
import type { ReferenceKernel } from './reference-memory.ts';

export const rnnForward: ReferenceKernel = (memory, tape, at) => {
  const [pre, hPrev, h, lengths] = [operand(tape, at, 0), operand(tape, at, 1), operand(tape, at, 2), operand(tape, at, 3)];
  const [t, batch, units, code] = [operand(tape, at, 4), operand(tape, at, 5), operand(tape, at, 6), operand(tape, at, 7)];
  for (let b = 0; b < batch; b++) {
    const masked = t >= read(memory, lengths + b);
    for (let e = b * units; e < (b + 1) * units; e++) {
      if (masked) memory[h + e] = hPrev === 0 ? 0 : read(memory, hPrev + e);
      else memory[h + e] = activation(code, read(memory, pre + e));
    }
  }
};

export const rnnBackward: ReferenceKernel = (memory, tape, at) => {
  const [dh, h, dpre, dhPrev] = [operand(tape, at, 0), operand(tape, at, 1), operand(tape, at, 2), operand(tape, at, 3)];
  const [lengths, t, batch] = [operand(tape, at, 4), operand(tape, at, 5), operand(tape, at, 6)];
  const [units, code] = [operand(tape, at, 7), operand(tape, at, 8)];
  for (let b = 0; b < batch; b++) {
    const masked = t >= read(memory, lengths + b);
    for (let e = b * units; e < (b + 1) * units; e++) {
      memory[dpre + e] = masked ? 0 : read(memory, dh + e) * activationDerivative(code, read(memory, h + e));
      if (masked && dhPrev !== 0) add(memory, dhPrev + e, read(memory, dh + e));
    }
  }
};
