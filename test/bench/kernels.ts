import { performance } from 'node:perf_hooks';
import { INSTRUCTIONS, type InstructionName, type Operand } from '../../src-engine/ir/instruction-set.ts';
import { ACTIVATION_SIGMOID, ACTIVATION_TANH } from '../../src-engine/ir/opcodes.ts';
import { RESERVED_SCRATCH, RESERVED_WIDE, SCRATCH_FLOATS } from '../../src-engine/kernels/assembly/reserved.ts';
import { buildKernels, BUILDS, type Build } from '../kernels/build-kernels.ts';

/**
 * Speed of single instructions on one thread, each as the fastest of many timed samples (others on the machine only slow it): GFLOP/s of the products (and share of what multiply-adds reach on
 * registers alone), nanoseconds per element of the rest. Run: node [--experimental-wasm-revectorize] test/bench/kernels.ts [relaxed|simd]
 */

/** Milliseconds one timed sample lasts at least, and samples taken. */
const SAMPLE_MS = 1;
const SAMPLES = 40;

/** Twelve sums of four lanes, nothing loaded: 24 multiply-adds of 4 lanes per round. */
const PEAK_SOURCE = `
import { madd, splat } from './vector';
export function peak(rounds: i32): void {
  const u = v128.load(0); const v = v128.load(16);
  ${Array.from({ length: 12 }, (_, i) => `let x${i} = splat(${i});`).join(' ')}
  for (; rounds > 0; rounds--) { ${Array.from({ length: 24 }, (_, i) => `x${i % 12} = madd(u, v, x${i % 12});`).join(' ')} }
  ${Array.from({ length: 12 }, (_, i) => `v128.store(64, x${i}, ${i * 16});`).join(' ')}
}`;

/** Whether V8 was told to join adjacent vectors: the kernels then use their wider tiles. */
const WIDE = process.execArgv.includes('--experimental-wasm-revectorize');

type Exported = (...values: number[]) => void;

function exported(binary: Uint8Array<ArrayBuffer>, memory: WebAssembly.Memory, name: string): Exported {
  return new WebAssembly.Instance(new WebAssembly.Module(binary), { env: { memory } }).exports[name] as Exported;
}

/** Milliseconds of one call in the fastest sample. */
function time(call: () => void): number {
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
  return samples[0]! / repeats;
}

class Bench {
  private readonly memory = new WebAssembly.Memory({ initial: 1024, maximum: 65536, shared: true });
  private readonly floats = new Float32Array(this.memory.buffer);
  private readonly ints = new Int32Array(this.memory.buffer);
  private readonly run: Exported;
  readonly peak: number;
  private position = 0;

  constructor(kernels: Uint8Array<ArrayBuffer>, peak: Uint8Array<ArrayBuffer>) {
    this.run = exported(kernels, this.memory, 'run');
    const rounds = exported(peak, new WebAssembly.Memory({ initial: 1, maximum: 65536, shared: true }), 'peak');
    this.peak = (24 * 8 * 1e4) / time(() => rounds(1e4)) / 1e6;
    this.reset();
  }

  reset(): void {
    this.ints[RESERVED_SCRATCH] = 64;
    this.ints[RESERVED_WIDE] = WIDE ? 1 : 0;
    this.position = 64 + SCRATCH_FLOATS;
  }

  floatsOf(count: number, low = -0.5, high = 0.5): number {
    const at = this.position;
    for (let each = 0; each < count; each++) this.floats[at + each] = low + (high - low) * (((each * 7919) % 1009) / 1009);
    this.position = Math.ceil((at + count) / 16) * 16;
    return at;
  }

  intsOf(count: number, value: number): number {
    const at = this.position;
    this.ints.fill(value, at, at + count);
    this.position = Math.ceil((at + count) / 16) * 16;
    return at;
  }

  /** Milliseconds of one instruction; those that would run away when repeated have `restore` before each (its time taken off by the caller's choice of size). */
  instruction<N extends InstructionName>(name: N, operands: Readonly<Record<Operand<N>, number>>): number {
    const { code, operands: order } = INSTRUCTIONS[name];
    const words = [code, order.length + 2, ...(order as readonly Operand<N>[]).map((each) => operands[each])];
    const at = this.intsOf(words.length, 0);
    this.ints.set(words, at);
    return time(() => this.run(at, 0, words.length, 0, 1));
  }
}

function products(bench: Bench): void {
  const shapes = [
    [32, 512, 128],
    [32, 128, 512],
    [16, 512, 128],
    [8, 512, 128],
    [64, 2048, 512],
    [32, 2048, 512],
    [1600, 512, 64],
    [3200, 2048, 100],
    [16, 128, 32],
    [4, 512, 128],
    [3, 512, 128],
    [2, 512, 128],
    [1, 512, 128],
    [1, 2048, 512],
    [1, 64, 16],
    [50, 64, 8],
    [32, 27, 128],
  ] as const;
  for (const [m, n, k] of shapes) {
    bench.reset();
    const b = bench.floatsOf(Math.ceil(n / 8) * 8 * k);
    const operands = { a: bench.floatsOf(m * k), lda: k, b, c: bench.floatsOf(m * n), ldc: n, m, n, k, bias: bench.floatsOf(n), accumulate: 0 };
    product('gemm', [m, n, k], bench.instruction('gemm', operands), bench.peak);
  }
  const reductions = [
    [1600, 512, 128],
    [1600, 512, 64],
    [1600, 256, 64],
    [3200, 2048, 512],
    [3200, 2048, 100],
    [512, 128, 32],
    [50, 64, 16],
    [50, 64, 8],
    [32, 512, 128],
    [1600, 512, 1],
  ] as const;
  for (const [m, n, k] of reductions) {
    bench.reset();
    const operands = { c: bench.floatsOf(m * n), ldc: n, a: bench.floatsOf(m * k), lda: k, w: bench.floatsOf(n * k), ldw: k, m, n, k, accumulate: 0 };
    product('gemmTn', [m, n, k], bench.instruction('gemmTn', operands), bench.peak);
  }
}

function product(name: string, [m, n, k]: readonly [number, number, number], ms: number, peak: number): void {
  const rate = (2 * m * n * k) / ms / 1e6;
  const share = ((100 * rate) / peak).toFixed(0);
  print(`${name} ${m}x${n}x${k}`, `${rate.toFixed(1)} GFLOP/s`, `${share} % of peak`, `${(ms * 1000).toFixed(2)} us`);
}

function pointwise(bench: Bench): void {
  const [b, h_] = [32, 128];
  const count = b * h_;
  const each = (name: string, elements: number, ms: number): void =>
    print(name, `${((ms * 1e6) / elements).toFixed(3)} ns/element`, `${(ms * 1000).toFixed(2)} us`);
  const state = (): number => bench.floatsOf(count);
  const cell = { t: 0, b, h_ };
  bench.reset();
  const lengths = bench.intsOf(b, 1);
  const large = 1 << 14;
  const x = bench.floatsOf(large);
  each('activate tanh', large, bench.instruction('activate', { x, y: bench.floatsOf(large), count: large, activation: ACTIVATION_TANH }));
  each('activate sigmoid', large, bench.instruction('activate', { x, y: bench.floatsOf(large), count: large, activation: ACTIVATION_SIGMOID }));
  each('softmax 512x32', large, bench.instruction('softmax', { x, p: bench.floatsOf(large), m: 512, n: 32 }));
  const gates = bench.floatsOf(4 * count);
  const common = { lengths, ...cell };
  each('rnnForward', count, bench.instruction('rnnForward', { pre: state(), hPrev: state(), h: state(), ...common, activation: ACTIVATION_TANH }));
  each(
    'rnnBackward',
    count,
    bench.instruction('rnnBackward', { dh: state(), h: state(), dpre: state(), dhPrev: state(), ...common, activation: ACTIVATION_TANH }),
  );
  each('gruGatesForward', count, bench.instruction('gruGatesForward', { gates, hPrev: state(), rh: state(), b, h_ }));
  each('gruBlendForward', count, bench.instruction('gruBlendForward', { gates, hPrev: state(), h: state(), ...common }));
  each('gruAfterForward', count, bench.instruction('gruAfterForward', { gates, hp: bench.floatsOf(3 * count), hPrev: state(), h: state(), ...common }));
  const options = { peephole: 0, coupled: 0 };
  each('lstmForward', count, bench.instruction('lstmForward', { gates, cPrev: state(), c: state(), hPrev: state(), h: state(), ...common, ...options }));
  const zero = bench.floatsOf(count, 0, 0);
  const backward = { dh: zero, dc: bench.floatsOf(count, 0, 0), c: state(), cPrev: state(), dhPrev: 0, ...common, ...options };
  each('lstmBackward', count, bench.instruction('lstmBackward', { gates, ...backward }));
  each('gruBlendBackward', count, bench.instruction('gruBlendBackward', { gates, dh: zero, hPrev: state(), dhPrev: state(), ...common }));
  each('gruGatesBackward', count, bench.instruction('gruGatesBackward', { gates, drh: zero, hPrev: state(), dhPrev: state(), ...common }));
  const parameters = 1 << 17;
  const settings = bench.floatsOf(16, 0.4, 0.6);
  const moments = { g: bench.floatsOf(parameters), m: bench.floatsOf(parameters), v: bench.floatsOf(parameters, 0, 1) };
  each('adam 131072', parameters, bench.instruction('adam', { p: bench.floatsOf(parameters), ...moments, count: parameters, settings }));
  each('squaredNorm 131072', parameters, bench.instruction('squaredNorm', { x: moments.g, count: parameters, partials: bench.floatsOf(64) }));
  const packed = bench.floatsOf(512 * 128);
  each('pack 512x128 transposed', 65536, bench.instruction('pack', { w: x, ldw: 128, b: packed, n: 512, k: 128, transpose: 1 }));
  each('pack 128x512', 65536, bench.instruction('pack', { w: x, ldw: 128, b: packed, n: 128, k: 512, transpose: 0 }));
  each(
    'columnSum 1600x512',
    819200,
    bench.instruction('columnSum', { c: bench.floatsOf(819200), ldc: 512, y: bench.floatsOf(512), m: 1600, n: 512, accumulate: 0 }),
  );
}

function print(...cells: readonly string[]): void {
  console.log(cells.map((cell, index) => (index === 0 ? cell.padEnd(28) : cell.padStart(18))).join(''));
}

const asked = process.argv[2];
for (const build of asked === undefined ? BUILDS : [asked as Build]) {
  const bench = new Bench(await buildKernels(build), await buildKernels(build, PEAK_SOURCE));
  print(`\n${build}: peak`, `${bench.peak.toFixed(1)} GFLOP/s`);
  products(bench);
  pointwise(bench);
}
