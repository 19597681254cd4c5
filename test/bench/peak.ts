import { buildKernels, type Build } from '../kernels/build-kernels.ts';
import { timeBest } from './time-best.ts';

/** Twelve sums of four lanes, nothing loaded: 24 multiply-adds of 4 lanes per round. */
const PEAK_SOURCE = `
import { madd, splat } from './vector';
export function peak(rounds: i32): void {
  const u = v128.load(0); const v = v128.load(16);
  ${Array.from({ length: 12 }, (_, i) => `let x${i} = splat(${i});`).join(' ')}
  for (; rounds > 0; rounds--) { ${Array.from({ length: 24 }, (_, i) => `x${i % 12} = madd(u, v, x${i % 12});`).join(' ')} }
  ${Array.from({ length: 12 }, (_, i) => `v128.store(64, x${i}, ${i * 16});`).join(' ')}
}`;
const ROUNDS = 10_000;

/** What multiply-adds reach on registers alone, one thread, GFLOP/s: the peak that products are measured against. */
export async function measurePeak(build: Build): Promise<number> {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 65536, shared: true });
  const exports: Record<string, unknown> = new WebAssembly.Instance(new WebAssembly.Module(await buildKernels(build, PEAK_SOURCE)), { env: { memory } })
    .exports;
  const peak = exports['peak'] as ((rounds: number) => void) | undefined;
  if (peak === undefined) throw new Error('the peak module exports no peak');
  return (24 * 8 * ROUNDS) / timeBest(() => peak(ROUNDS)) / 1e6;
}
