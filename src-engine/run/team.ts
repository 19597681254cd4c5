/**
 * The team of kernel threads: the calling thread and `size - 1` others, in lock-step on one memory. All run the same tape section, each its
 * share of every instruction, and meet at the tape's barriers; a section ends with one, so when `run` returns here all shares are done.
 *
 * The control words are shared. A helper waits for GENERATION to move, then reads the section; the caller writes the section first.
 */
const GENERATION = 0;
const TAPE = 1;
const BEGIN = 2;
const END = 3;
const CLOSED = 4;
const READY = 5;
const CONTROL_WORDS = 16;

/** Looks at the generation before sleeping, some tens of microseconds: the time between two training steps. */
const SPINS = 20_000;

export type RunTape = (tape: number, begin: number, end: number, thread: number, threads: number) => void;

/** What a helper thread is given; all of it is shared, nothing copied. */
export interface HelperPlace {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly control: Int32Array<SharedArrayBuffer>;
  readonly thread: number;
  readonly threads: number;
}

/** Starts a thread that calls `serveTeam` with what it is given. */
export type StartHelper = (place: HelperPlace) => void;

export class Team {
  readonly size: number;
  private readonly control: Int32Array<SharedArrayBuffer>;
  private readonly runTape: RunTape;

  constructor(size: number, runTape: RunTape, shared: Pick<HelperPlace, 'module' | 'memory'>, start: StartHelper) {
    this.size = size;
    this.runTape = runTape;
    this.control = new Int32Array(new SharedArrayBuffer(CONTROL_WORDS * 4));
    for (let thread = 1; thread < size; thread++) start({ ...shared, control: this.control, thread, threads: size });
  }

  /** True once every helper serves: before, a run would wait for threads that are still starting, or that never will. */
  get ready(): boolean {
    return Atomics.load(this.control, READY) === this.size - 1;
  }

  /** Runs a section with all threads. It must end with a barrier. */
  run(tape: number, begin: number, end: number): void {
    Atomics.store(this.control, TAPE, tape);
    Atomics.store(this.control, BEGIN, begin);
    Atomics.store(this.control, END, end);
    Atomics.add(this.control, GENERATION, 1);
    Atomics.notify(this.control, GENERATION);
    this.runTape(tape, begin, end, 0, this.size);
  }

  /** The helpers return from `serveTeam`. */
  close(): void {
    Atomics.store(this.control, CLOSED, 1);
    Atomics.add(this.control, GENERATION, 1);
    Atomics.notify(this.control, GENERATION);
  }
}

/** A helper thread's whole life: runs its share of every section until the team is closed. */
export function serveTeam(runTape: RunTape, { control, thread, threads }: HelperPlace): void {
  Atomics.add(control, READY, 1);
  for (let generation = 0; ;) {
    for (let spin = 0; spin < SPINS && Atomics.load(control, GENERATION) === generation; spin++);
    while (Atomics.load(control, GENERATION) === generation) Atomics.wait(control, GENERATION, generation);
    // Never more than one behind: the caller cannot pass a section's barriers without this thread.
    generation += 1;
    if (Atomics.load(control, CLOSED) === 1) return;
    runTape(Atomics.load(control, TAPE), Atomics.load(control, BEGIN), Atomics.load(control, END), thread, threads);
  }
}
