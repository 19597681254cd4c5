/** Memory of the reference: one element per float offset; integer arrays stand in it as whole numbers. */
export type ReferenceMemory = Float64Array;

/** One instruction: reads its operands at `at`, `at + 1`, ... of the tape. */
export type ReferenceKernel = (memory: ReferenceMemory, tape: Int32Array, at: number) => void;

/** NaN where the offset is outside the memory, a bug of the compiler: it spreads and the tests see it. */
export function read(memory: ReferenceMemory, at: number): number {
  return memory[at] ?? Number.NaN;
}

export function add(memory: ReferenceMemory, at: number, value: number): void {
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
