import { performance } from 'node:perf_hooks';

/** Milliseconds one timed sample lasts at least, and samples taken. */
const SAMPLE_MS = 1;
const SAMPLES = 40;

/** Milliseconds of one call in the fastest sample: others on the machine only slow it. */
export function timeBest(call: () => void): number {
  const warmUntil = performance.now() + 200;
  while (performance.now() < warmUntil) call();
  let repeats = 1;
  const sample = (): number => {
    const begin = performance.now();
    for (let each = 0; each < repeats; each++) call();
    return performance.now() - begin;
  };
  while (sample() < SAMPLE_MS) repeats *= 2;
  const samples = Array.from({ length: SAMPLES }, sample).sort((a, b) => a - b);
  return (samples[0] ?? Number.NaN) / repeats;
}
