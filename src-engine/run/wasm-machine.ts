import type { Program, Section } from '../ir/program.ts';
import { RESERVED_SCRATCH, RESERVED_WIDE, SCRATCH_FLOATS } from '../kernels/assembly/reserved.ts';
import type { Kernels } from '../kernels/load-kernels.ts';
import type { Machine } from './machine.ts';
import { Team, type RunTape, type StartHelper } from './team.ts';
import { ThreadChoice } from './thread-choice.ts';

const PAGE_FLOATS = 65536 / 4;
/** Floats of a cache line. */
const ALIGNMENT = 16;
/** Floats of memory below which a program is too small to share: the shapes of the benchmark below it ran faster alone. */
const TEAM_FROM = 1_000_000;
/** 4 GiB: the most a 32-bit WebAssembly memory can have. */
const MAXIMUM_PAGES = 65536;

type WasmKernels = Extract<Kernels, { kind: 'relaxed' | 'simd' }>;

/** How many threads a machine may use, and how it gets them. */
export interface Threads {
  /** The calling thread included. */
  readonly count: number;
  /** `measured` uses the team where it is faster; `always` is for tests and benchmarks. */
  readonly use: 'measured' | 'always';
  readonly start: StartHelper;
  /** Milliseconds. */
  readonly now: () => number;
}

/** Runs programs with the SIMD kernels on one shared linear memory: one call per section, no crossing per op. */
export class WasmMachine implements Machine {
  readonly kind: 'relaxed' | 'simd';
  private readonly memory: WebAssembly.Memory;
  private readonly runTape: RunTape;
  private readonly threads: Threads | null;
  private readonly module: WebAssembly.Module;
  /** Started by the first program that is worth it. */
  private team: Team | null = null;
  private choices = new WeakMap<Program, Map<string, ThreadChoice>>();
  private floats: Float32Array;
  private ints: Int32Array;
  private loaded: Program | null = null;

  constructor(kernels: WasmKernels, threads: Threads | null = null) {
    this.kind = kernels.kind;
    this.memory = new WebAssembly.Memory({ initial: 16, maximum: MAXIMUM_PAGES, shared: true });
    this.runTape = instantiate(kernels.module, this.memory);
    this.threads = threads;
    this.module = kernels.module;
    this.floats = new Float32Array(this.memory.buffer);
    this.ints = new Int32Array(this.memory.buffer);
    this.ints[RESERVED_WIDE] = kernels.wide === true ? 1 : 0;
  }

  /** Throws RangeError where 4 GiB do not suffice: callers check `program.size` against the estimate first. */
  load(program: Program): void {
    if (this.loaded === program) return;
    this.team ??= this.startTeam(program);
    // The kernels' own scratch, one piece for each thread, stands behind the program.
    const scratch = Math.ceil(program.size / ALIGNMENT) * ALIGNMENT;
    this.reserve(scratch + (this.team?.size ?? 1) * SCRATCH_FLOATS);
    this.ints[RESERVED_SCRATCH] = scratch;
    this.ints.set(program.tape, program.tapeAt);
    this.loaded = program;
  }

  private startTeam(program: Program): Team | null {
    const { threads } = this;
    if (threads === null || threads.count < 2 || (threads.use === 'measured' && program.size < TEAM_FROM)) return null;
    return new Team(threads.count, this.runTape, { module: this.module, memory: this.memory }, threads.start);
  }

  private reserve(floats: number): void {
    if (floats <= this.floats.length) return;
    this.memory.grow(Math.ceil((floats - this.floats.length) / PAGE_FLOATS));
    this.floats = new Float32Array(this.memory.buffer);
    this.ints = new Int32Array(this.memory.buffer);
  }

  run(section: Section): void {
    if (this.loaded === null) throw new Error('no program is loaded');
    if (section.end <= section.begin) return;
    if (this.threads === null || this.team === null) this.runAlone(this.loaded, section);
    else if (this.threads.use === 'always') this.team.run(this.loaded.tapeAt, section.begin, section.end);
    else this.runMeasured(this.loaded, section, this.team, this.threads.now);
  }

  close(): void {
    this.team?.close();
  }

  private runAlone(program: Program, section: Section): void {
    this.runTape(program.tapeAt, section.begin, section.end, 0, 1);
  }

  private runMeasured(program: Program, section: Section, team: Team, now: () => number): void {
    if (!team.ready) {
      this.runAlone(program, section);
      return;
    }
    const choice = this.choiceFor(program, section);
    const began = now();
    if (choice.next() === 'team') team.run(program.tapeAt, section.begin, section.end);
    else this.runAlone(program, section);
    choice.took(now() - began);
  }

  private choiceFor(program: Program, section: Section): ThreadChoice {
    const choices = this.choices.get(program) ?? new Map<string, ThreadChoice>();
    this.choices.set(program, choices);
    const key = `${section.begin}-${section.end}`;
    const choice = choices.get(key) ?? new ThreadChoice();
    choices.set(key, choice);
    return choice;
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

/** The kernels' one function, on the given memory. */
export function instantiate(module: WebAssembly.Module, memory: WebAssembly.Memory): RunTape {
  const { run } = new WebAssembly.Instance(module, { env: { memory } }).exports;
  if (typeof run !== 'function') throw new Error('the kernels export no run function');
  return run as RunTape;
}
