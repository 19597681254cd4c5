import { expect } from 'vitest';
import { INSTRUCTIONS } from '../../src-engine/ir/instruction-set.ts';
import type { Program, Section } from '../../src-engine/ir/program.ts';
import { RESERVED_SCRATCH } from '../../src-engine/kernels/assembly/reserved.ts';
import type { Machine } from '../../src-engine/run/machine.ts';

type RunTape = (tape: number, begin: number, end: number, thread: number, threads: number) => void;

/**
 * A team without threads: between two barriers each member does all its shares before the next one starts, in the given order. Where a
 * program lacks a barrier, some order reads a share that is not there yet or is gone already.
 */
export class InterleavedMachine implements Machine {
  readonly kind = 'simd';
  private readonly memory: WebAssembly.Memory;
  private readonly floats: Float32Array;
  private readonly ints: Int32Array;
  private readonly runTape: RunTape;
  private readonly order: readonly number[];
  private program: Program | null = null;

  constructor(binary: Uint8Array<ArrayBuffer>, order: readonly number[]) {
    this.memory = new WebAssembly.Memory({ initial: 256, maximum: 65536, shared: true });
    const instance = new WebAssembly.Instance(new WebAssembly.Module(binary), { env: { memory: this.memory } });
    this.runTape = instance.exports['run'] as RunTape;
    this.floats = new Float32Array(this.memory.buffer);
    this.ints = new Int32Array(this.memory.buffer);
    this.order = order;
  }

  /** What the program calculates starts as NaN, so that nothing is right by being left over. */
  load(program: Program): void {
    this.program = program;
    this.fill(program.shared.end, program.tapeAt - program.shared.end, Number.NaN);
    this.ints.set(program.tape, program.tapeAt);
    // The kernels' scratch, a piece for each thread, stands behind the program; the memory is large enough for both.
    this.ints[RESERVED_SCRATCH] = Math.ceil(program.size / 16) * 16;
  }

  run({ begin, end }: Section): void {
    const { tape, tapeAt } = this.program!;
    let start = begin;
    for (let word = begin; word < end; word += tape[word + 1]!) {
      if (tape[word] !== INSTRUCTIONS.barrier.code) continue;
      for (const thread of this.order) this.runTape(tapeAt, start, word, thread, this.order.length);
      start = word + tape[word + 1]!;
    }
    expect(start, 'a section ends with a barrier').toBe(end);
  }

  writeFloats(at: number, values: ArrayLike<number>): void {
    this.floats.set(values, at);
  }

  writeInts(at: number, values: ArrayLike<number>): void {
    this.ints.set(values, at);
  }

  fill(at: number, count: number, value: number): void {
    this.floats.fill(value, at, at + count);
  }

  readFloats(at: number, count: number): Float32Array {
    return this.floats.slice(at, at + count);
  }

  read(at: number): number {
    return this.floats[at]!;
  }

  close(): void {}
}

export const ORDERS: readonly (readonly number[])[] = [
  [0, 1],
  [1, 0],
  [2, 0, 1],
  [4, 3, 2, 1, 0],
];
