import { Worker } from 'node:worker_threads';
import type { Threads } from '../run/wasm-machine.ts';

/** More than this many threads never helped on the models this is for: a batch has too few rows to share. */
const MOST = 8;

/** Kernel threads as worker threads running `file` (`kernel-thread.js`). They end when the machines that they serve are closed. */
export class KernelThreads {
  private readonly file: URL;
  private readonly cores: number;
  private readonly now: () => number;
  private readonly running = new Set<Worker>();
  private waiting: (() => void)[] = [];

  /** `now` in milliseconds. */
  constructor(file: URL, cores: number, now: () => number) {
    this.file = file;
    this.cores = cores;
    this.now = now;
  }

  /** For one machine. `count` null: one per core. */
  forMachine(count: number | null): Threads {
    return {
      count: count ?? Math.min(MOST, this.cores),
      use: 'measured',
      now: this.now,
      start: (place) => {
        // A helper that cannot start is never ready and the run goes on alone; what made it fail is a bug all the same and ends this thread.
        const worker = new Worker(this.file, { workerData: place });
        worker.on('error', (error) => {
          throw error;
        });
        worker.on('exit', () => {
          this.left(worker);
        });
        worker.unref();
        this.running.add(worker);
      },
    };
  }

  /** Threads that have not ended. */
  get count(): number {
    return this.running.size;
  }

  /** Resolves when the last one has ended; does not keep the process alive by itself. */
  ended(): Promise<void> {
    return this.running.size === 0 ? Promise.resolve() : new Promise((resolve) => this.waiting.push(resolve));
  }

  private left(worker: Worker): void {
    this.running.delete(worker);
    if (this.running.size > 0) return;
    for (const resolve of this.waiting) resolve();
    this.waiting = [];
  }
}
