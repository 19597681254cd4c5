import { buildKernels, type Build } from '../kernels/build-kernels.ts';
import { timeBest } from './time-best.ts';

/** `sums` sums of four lanes, nothing loaded, two multiply-adds on each per round. */
function peakSource(sums: number): string {
  const each = (text: (i: number) => string): string => Array.from({ length: sums }, (_, i) => text(i)).join(' ');
  const step = each((i) => `x${i} = madd(u, v, x${i});`);
  return `
import { madd, splat } from './math/vector';
export function peak(rounds: i32): void {
  const u = v128.load(0); const v = v128.load(0);
  ${each((i) => `let x${i} = splat(${i});`)}
  for (; rounds > 0; rounds--) { ${step} ${step} }
  ${each((i) => `v128.store(64, x${i}, ${i * 16});`)}
}`;
}
const ROUNDS = 10_000;

/** What multiply-adds reach on registers alone, one thread, GFLOP/s: the peak that products are measured against. Vectors joined: of 256 bits. */
export async function measurePeak(build: Build, joined = false): Promise<number> {
  // As many sums as registers hold, beside the two factors.
  const sums = joined ? 24 : 12;
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 65536, shared: true });
  const exports: Record<string, unknown> = new WebAssembly.Instance(new WebAssembly.Module(await buildKernels(build, peakSource(sums))), { env: { memory } })
    .exports;
  const peak = exports['peak'] as ((rounds: number) => void) | undefined;
  if (peak === undefined) throw new Error('the peak module exports no peak');
  return (sums * 2 * 8 * ROUNDS) / timeBest(() => peak(ROUNDS)) / 1e6;
}
