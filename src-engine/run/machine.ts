import type { Program, Section } from '../ir/program.ts';

/** What carries out a program: one linear memory and the kernels. Offsets are in floats. */
export interface Machine {
  readonly kind: 'relaxed' | 'simd' | 'reference';
  /** Makes the program the current one: memory large enough, tape in place. Parameters and optimiser state stay where they are. */
  load(program: Program): void;
  /** Runs a section of the current program. */
  run(section: Section): void;
  writeFloats(at: number, values: ArrayLike<number>): void;
  writeInts(at: number, values: ArrayLike<number>): void;
  fill(at: number, count: number, value: number): void;
  /** A copy, float32 or float64 as the machine has it. */
  readFloats(at: number, count: number): Float32Array | Float64Array;
  read(at: number): number;
  /** Gives back its threads. */
  close(): void;
}
