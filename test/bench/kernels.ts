import { performance } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { INSTRUCTIONS, type InstructionName, type Operand } from '../../src-engine/ir/instruction-set.ts';
import { ACTIVATION_SIGMOID, ACTIVATION_TANH } from '../../src-engine/ir/opcodes.ts';
import { RESERVED_SCRATCH, RESERVED_WIDE, SCRATCH_FLOATS } from '../../src-engine/kernels/assembly/reserved.ts';
import { measureWidth } from '../../src-engine/kernels/measure-width.ts';
import { buildKernels, BUILDS, type Build } from '../kernels/build-kernels.ts';
import { measurePeak } from './peak.ts';
import { timeBest } from './time-best.ts';

/**
 * Speed of single instructions on one thread: GFLOP/s of the products and their share of what multiply-adds reach on registers alone, nanoseconds per
 * element of the rest. Run: node test/bench/kernels.ts [relaxed|simd] [joined]; joined: V8 is told to join adjacent vectors into 256 bits.
 */

type Exported = (...values: number[]) => void;

class Bench {
  private readonly memory = new WebAssembly.Memory({ initial: 1024, maximum: 65536, shared: true });
  private readonly floats = new Float32Array(this.memory.buffer);
  private readonly ints = new Int32Array(this.memory.buffer);
  private readonly run: Exported;
  private readonly wide: boolean;
  /** GFLOP/s. */
  readonly peak: number;
  private position = 0;

  constructor(module: WebAssembly.Module, wide: boolean, peak: number) {
    this.run = new WebAssembly.Instance(module, { env: { memory: this.memory } }).exports['run'] as Exported;
    this.wide = wide;
    this.peak = peak;
    this.reset();
  }

  reset(): void {
    this.ints[RESERVED_SCRATCH] = 64;
    this.ints[RESERVED_WIDE] = this.wide ? 1 : 0;
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

  /** Milliseconds of one instruction. It runs many times on the same memory: callers see to it that numbers do not run away. */
  instruction<N extends InstructionName>(name: N, operands: Readonly<Record<Operand<N>, number>>): number {
    const { code, operands: order } = INSTRUCTIONS[name];
    const words = [code, order.length + 2, ...(order as readonly Operand<N>[]).map((each) => operands[each])];
    const at = this.intsOf(words.length, 0);
    this.ints.set(words, at);
    return timeBest(() => this.run(at, 0, words.length, 0, 1));
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
if (process.argv.includes('joined')) setFlagsFromString('--experimental-wasm-revectorize');
for (const build of asked === undefined ? BUILDS : [asked as Build]) {
  const module = new WebAssembly.Module(await buildKernels(build));
  const wide = measureWidth(module, () => performance.now());
  const bench = new Bench(module, wide, await measurePeak(build, wide));
  print(`\n${build}, ${wide ? '256' : '128'} bits`, `${bench.peak.toFixed(1)} GFLOP/s`, 'peak');
  products(bench);
  pointwise(bench);
}
