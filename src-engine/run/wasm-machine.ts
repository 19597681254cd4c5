import type { Program, Section } from '../ir/program.ts';
import type { Kernels } from '../kernels/load-kernels.ts';
import type { Machine } from './machine.ts';

const PAGE_FLOATS = 65536 / 4;
/** 4 GiB: the most a 32-bit WebAssembly memory can have. */
const MAXIMUM_PAGES = 65536;

/** Runs programs with the SIMD kernels on one shared linear memory: one call per section, no crossing per op. */
export class WasmMachine implements Machine {
  readonly kind: 'relaxed' | 'simd';
  private readonly memory: WebAssembly.Memory;
  private readonly runTape: (...values: number[]) => number | undefined;
  private floats: Float32Array;
  private ints: Int32Array;
  private loaded: Program | null = null;

  constructor(kernels: Extract<Kernels, { kind: 'relaxed' | 'simd' }>) {
    this.kind = kernels.kind;
    this.memory = new WebAssembly.Memory({ initial: 16, maximum: MAXIMUM_PAGES, shared: true });
    const { run } = new WebAssembly.Instance(kernels.module, { env: { memory: this.memory } }).exports;
    if (typeof run !== 'function') throw new Error('the kernels export no run function');
    this.runTape = run;
    this.floats = new Float32Array(this.memory.buffer);
    this.ints = new Int32Array(this.memory.buffer);
  }

  /** Throws RangeError where 4 GiB do not suffice: callers check `program.size` against the estimate first. */
  load(program: Program): void {
    if (this.loaded === program) return;
    if (program.size > this.floats.length) {
      this.memory.grow(Math.ceil((program.size - this.floats.length) / PAGE_FLOATS));
      this.floats = new Float32Array(this.memory.buffer);
      this.ints = new Int32Array(this.memory.buffer);
    }
    this.ints.set(program.tape, program.tapeAt);
    this.loaded = program;
  }

  run(section: Section): void {
    if (this.loaded === null) throw new Error('no program is loaded');
    if (section.end > section.begin) this.runTape(this.loaded.tapeAt, section.begin, section.end, 0, 1);
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
    return this.floats[at] ?? Number.NaN;
  }
}
