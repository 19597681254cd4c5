import { floatOperand, operand, read, sigmoid } from './reference-memory.ts';
import type { ReferenceKernel } from './reference-memory.ts';

/** p[row] = softmax(x[row]); returns ln of the sum of exponentials, the largest logit taken out, and that logit. */
function softmaxRow(memory: Float64Array, x: number, p: number, n: number): { readonly largest: number; readonly logSum: number } {
  let largest = -Infinity;
  for (let j = 0; j < n; j++) largest = Math.max(largest, read(memory, x + j));
  let total = 0;
  for (let j = 0; j < n; j++) {
    const value = Math.exp(read(memory, x + j) - largest);
    memory[p + j] = value;
    total += value;
  }
  for (let j = 0; j < n; j++) memory[p + j] = read(memory, p + j) / total;
  return { largest, logSum: Math.log(total) };
}

export const softmax: ReferenceKernel = (memory, tape, at) => {
  const [x, p, m, n] = [operand(tape, at, 0), operand(tape, at, 1), operand(tape, at, 2), operand(tape, at, 3)];
  for (let row = 0; row < m; row++) softmaxRow(memory, x + row * n, p + row * n, n);
};

export const softmaxLoss: ReferenceKernel = (memory, tape, at) => {
  const [x, targets, weights, p] = [operand(tape, at, 0), operand(tape, at, 1), operand(tape, at, 2), operand(tape, at, 3)];
  const [dx, loss, m, n] = [operand(tape, at, 4), operand(tape, at, 5), operand(tape, at, 6), operand(tape, at, 7)];
  for (let row = 0; row < m; row++) {
    const { largest, logSum } = softmaxRow(memory, x + row * n, p + row * n, n);
    const target = read(memory, targets + row);
    const weight = read(memory, weights + row);
    const counts = target >= 0 && weight !== 0;
    memory[loss + row] = counts ? -weight * (read(memory, x + row * n + target) - largest - logSum) : 0;
    for (let j = 0; j < n; j++) memory[dx + row * n + j] = counts ? weight * (read(memory, p + row * n + j) - (j === target ? 1 : 0)) : 0;
  }
};

export const squaredLoss: ReferenceKernel = (memory, tape, at) => {
  const [y, targets, weights, dy] = [operand(tape, at, 0), operand(tape, at, 1), operand(tape, at, 2), operand(tape, at, 3)];
  const [loss, m, n] = [operand(tape, at, 4), operand(tape, at, 5), operand(tape, at, 6)];
  for (let row = 0; row < m; row++) {
    const weight = read(memory, weights + row);
    let total = 0;
    for (let e = row * n; e < (row + 1) * n; e++) {
      const difference = read(memory, y + e) - read(memory, targets + e);
      total += weight === 0 ? 0 : difference * difference;
      memory[dy + e] = weight === 0 ? 0 : 2 * weight * difference;
    }
    memory[loss + row] = weight * total;
  }
};

export const sigmoidLoss: ReferenceKernel = (memory, tape, at) => {
  const [x, targets, weights, p] = [operand(tape, at, 0), operand(tape, at, 1), operand(tape, at, 2), operand(tape, at, 3)];
  const [dx, loss, m, n] = [operand(tape, at, 4), operand(tape, at, 5), operand(tape, at, 6), operand(tape, at, 7)];
  for (let row = 0; row < m; row++) {
    const target = read(memory, targets + row);
    const weight = read(memory, weights + row);
    const counts = target >= 0 && weight !== 0;
    let total = 0;
    for (let j = 0; j < n; j++) {
      const logit = read(memory, x + row * n + j);
      const q = sigmoid(logit);
      const y = n === 1 ? target : target === j ? 1 : 0;
      if (n === 1) {
        memory[p + 2 * row] = sigmoid(-logit);
        memory[p + 2 * row + 1] = q;
      } else memory[p + row * n + j] = q;
      // ln q = min(x, 0) - ln(1 + e^-|x|), ln(1-q) the same of -x.
      total += Math.max(logit, 0) - logit * y + Math.log1p(Math.exp(-Math.abs(logit)));
      memory[dx + row * n + j] = counts ? weight * (q - y) : 0;
    }
    memory[loss + row] = counts ? weight * total : 0;
  }
};

export const huberLoss: ReferenceKernel = (memory, tape, at) => {
  const [y, targets, weights, dy] = [operand(tape, at, 0), operand(tape, at, 1), operand(tape, at, 2), operand(tape, at, 3)];
  const [loss, m, n, delta] = [operand(tape, at, 4), operand(tape, at, 5), operand(tape, at, 6), floatOperand(tape, at, 7)];
  for (let row = 0; row < m; row++) {
    const weight = read(memory, weights + row);
    let total = 0;
    for (let e = row * n; e < (row + 1) * n; e++) {
      const difference = read(memory, y + e) - read(memory, targets + e);
      const size = Math.abs(difference);
      total += size <= delta ? difference ** 2 / 2 : delta * (size - delta / 2);
      memory[dy + e] = weight === 0 ? 0 : weight * Math.max(-delta, Math.min(delta, difference));
    }
    memory[loss + row] = weight === 0 ? 0 : weight * total;
  }
};

export const sum: ReferenceKernel = (memory, tape, at) => {
  const x = operand(tape, at, 0);
  let total = 0;
  for (let e = 0; e < operand(tape, at, 1); e++) total += read(memory, x + e);
  memory[operand(tape, at, 2)] = total;
};
