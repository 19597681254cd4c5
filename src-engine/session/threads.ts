import { Worker } from 'node:worker_threads';
import type { Threads } from '../run/wasm-machine.ts';

/** More than this many threads never helped on the models this is for: a batch has too few rows to share. */
const MOST = 8;

/** Kernel threads as worker threads running `file` (`kernel-thread.js`). `count` null: one per core. */
export function workerThreads(file: URL, count: number | null, cores: number, now: () => number): Threads {
  return {
    count: count ?? Math.min(MOST, cores),
    use: 'measured',
    now,
    start: (place) => {
      // A helper that cannot start is never ready and the run goes on alone; what made it fail is a bug all the same and ends this thread.
      new Worker(file, { workerData: place })
        .on('error', (error) => {
          throw error;
        })
        .unref();
    },
  };
}
