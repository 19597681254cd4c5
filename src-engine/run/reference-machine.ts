import type { Program, Section } from '../ir/program.ts';
import { runReference } from '../kernels/reference.ts';
import type { Machine } from './machine.ts';

/** Runs programs in float64 with the reference kernels: the oracle of the tests, and the way out where WebAssembly SIMD is missing. */
export class ReferenceMachine implements Machine {
  readonly kind = 'reference';
  private memory = new Float64Array(0);
  private tape: Int32Array = new Int32Array(0);

  load(program: Program): void {
    this.tape = program.tape;
    if (program.size <= this.memory.length) return;
    const larger = new Float64Array(program.size);
    larger.set(this.memory);
    this.memory = larger;
  }

  run(section: Section): void {
    runReference(this.memory, this.tape, section.begin, section.end);
  }

  writeFloats(at: number, values: ArrayLike<number>): void {
    this.memory.set(values, at);
  }

  writeInts(at: number, values: ArrayLike<number>): void {
    this.memory.set(values, at);
  }

  fill(at: number, count: number, value: number): void {
    this.memory.fill(value, at, at + count);
  }

  readFloats(at: number, count: number): Float64Array {
    return this.memory.slice(at, at + count);
  }

  read(at: number): number {
    return this.memory[at] ?? Number.NaN;
  }

  close(): void {
    this.memory = new Float64Array(0);
  }
}
