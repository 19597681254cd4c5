import { GEMM } from '../ir/opcodes.ts';
import { RESERVED_FLOATS, RESERVED_WIDE } from './assembly/reserved.ts';

/** C[M,N] = A[M,K] B: as large as a step of a small recurrent layer, and a multiple of every tile. */
const [M, N, K] = [12, 64, 64];
/** One sample: some 60 microseconds of work. */
const PRODUCTS = 40;
/** V8 replaces the first, plain translation of a function by the optimised one in the background; until then nothing is worth measuring. */
const WARM_UP_MS = 40;
const SAMPLES = 12;
/** The wider tiles must win clearly: where vectors are not joined they lose by a third, where they are they win by half. */
const GAIN = 1.1;

/**
 * Whether the kernels' 16-column tiles are the faster ones here: they are where V8 joins adjacent 128-bit vectors into 256 bits (asked to by
 * `--experimental-wasm-revectorize`, on processors that have them). Results have the same bits either way. Takes about 50 ms.
 */
export function measureWidth(module: WebAssembly.Module, now: () => number): boolean {
  const memory = new WebAssembly.Memory({ initial: 2, maximum: 65536, shared: true });
  const { run } = new WebAssembly.Instance(module, { env: { memory } }).exports;
  if (typeof run !== 'function') throw new Error('the kernels export no run function');
  const runTape = run as (tape: number, begin: number, end: number, thread: number, threads: number) => void;
  const ints = new Int32Array(memory.buffer);
  const a = RESERVED_FLOATS;
  const b = a + M * K;
  const c = b + N * K;
  const tape = c + M * N;
  const words = [GEMM, 12, a, K, b, c, N, M, N, K, 0, 0];
  ints.set(words, tape);
  const time = (wide: boolean): number => {
    ints[RESERVED_WIDE] = wide ? 1 : 0;
    const began = now();
    for (let product = 0; product < PRODUCTS; product++) runTape(tape, 0, words.length, 0, 1);
    return now() - began;
  };
  const warm = now() + WARM_UP_MS;
  while (now() < warm) {
    time(true);
    time(false);
  }
  let [wide, narrow] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let sample = 0; sample < SAMPLES; sample++) {
    wide = Math.min(wide, time(true));
    narrow = Math.min(narrow, time(false));
  }
  return narrow > GAIN * wide;
}
