/** Floats of memory that a program for B rows and T steps takes in all. */
export type ProgramSize = (batch: number, steps: number) => number;

export interface MemoryNeed {
  readonly bytes: number;
  /** Largest batch, and largest number of steps, with which the model would fit; null where not even 1 does. */
  readonly batch: number | null;
  readonly steps: number | null;
}

/** What training with batches of `batch` rows of up to `steps` steps needs; null where it fits into `limit` bytes. */
export function memoryShortage(size: ProgramSize, batch: number, steps: number, limit: number, bytesPerFloat: number): MemoryNeed | null {
  const bytes = size(batch, steps) * bytesPerFloat;
  if (bytes <= limit) return null;
  const fits = (rows: number, length: number): boolean => size(rows, length) * bytesPerFloat <= limit;
  return {
    bytes,
    batch: largestThat((rows) => fits(rows, steps), batch),
    steps: largestThat((length) => fits(batch, length), steps),
  };
}

/** Largest whole number from 1 to below `end` that passes; whoever passes, all below pass. Null where 1 does not. */
function largestThat(passes: (value: number) => boolean, end: number): number | null {
  if (end <= 1 || !passes(1)) return null;
  let low = 1;
  let high = end;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (passes(middle)) low = middle;
    else high = middle;
  }
  return low;
}
