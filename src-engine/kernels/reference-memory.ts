/** Reading the reference's memory and tape. An offset outside them is a bug of the compiler: NaN spreads and the tests see it. */

export function read(memory: Float64Array, at: number): number {
  return memory[at] ?? Number.NaN;
}

export function add(memory: Float64Array, at: number, value: number): void {
  memory[at] = read(memory, at) + value;
}

/** Operand `index` of the instruction whose operands start at `at`. */
export function operand(tape: Int32Array, at: number, index: number): number {
  return tape[at + index] ?? 0;
}

const floats = new Float32Array(1);
const bits = new Int32Array(floats.buffer);

/** The float32 whose bits an operand holds. */
export function floatOperand(tape: Int32Array, at: number, index: number): number {
  bits[0] = operand(tape, at, index);
  return floats[0] ?? 0;
}

export function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
