import { describe, expect, it } from 'vitest';
import { ACTIVATION_RELU, ACTIVATION_SIGMOID, ACTIVATION_TANH } from '../../src-engine/ir/opcodes.ts';
import { buildKernels, BUILDS } from './build-kernels.ts';
import { MemoryImage } from './memory-image.ts';
import { KernelsUnderTest } from './run-instructions.ts';

/** What the vector functions promise, in units in the last place of the exact result. */
const MOST_ULP = 4;
/** Bit patterns between two floats of the sweep: about a million floats over the whole range, every exponent, both signs. */
const STRIDE = 4099;
const AT_ONCE = 8192;

const floats = new Float32Array(1);
const bits = new Uint32Array(floats.buffer);

function fromBits(pattern: number): number {
  bits[0] = pattern;
  return floats[0]!;
}

/** Distance of neighbouring float32 at x. */
function unit(x: number): number {
  const exponent = Math.max(-126, Math.floor(Math.log2(Math.abs(x))));
  return 2 ** (exponent - 23);
}

function errorInUlp(got: number, exact: number): number {
  if (Number.isNaN(exact)) return Number.isNaN(got) ? 0 : Number.POSITIVE_INFINITY;
  if (got === Math.fround(exact)) return 0;
  return Math.abs(got - exact) / unit(exact);
}

function exactSigmoid(x: number): number {
  return x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x));
}

/** Float32 over the whole range, and the neighbourhoods of the places where something changes. */
function* sweep(): Generator<number> {
  for (let pattern = 0; pattern < 2 ** 32; pattern += STRIDE) yield fromBits(pattern);
  for (const place of [0.25, 0.3466, 0.6931, 1, 9.02, 16.6, 87.3, 88.7, 103.3, 103.97, 104, 105]) {
    floats[0] = place;
    const centre = bits[0]!;
    for (let pattern = centre - 2000; pattern < centre + 2000; pattern++) {
      yield fromBits(pattern);
      yield -fromBits(pattern);
    }
  }
}

/** Largest error over the sweep, and where; whole batches, so that rows of four vectors and single ones both take part. */
function worst(apply: (inputs: readonly number[]) => ArrayLike<number>, exact: (x: number) => number, inputs: Iterable<number>): { ulp: number; x: number } {
  let result = { ulp: 0, x: 0 };
  let batch: number[] = [];
  const check = (): void => {
    const outputs = apply(batch);
    batch.forEach((x, index) => {
      const ulp = errorInUlp(outputs[index]!, exact(x));
      if (!(ulp <= result.ulp)) result = { ulp, x };
    });
    batch = [];
  };
  for (const x of inputs) {
    batch.push(x);
    if (batch.length === AT_ONCE) check();
  }
  check();
  return result;
}

const EXPONENTIAL = `
import { writeConstants } from './constants';
import { expNegative } from './math/vector-math';
export function exponential(x: usize, count: i32): void {
  writeConstants();
  for (; count > 0; count -= 4) { v128.store(x, expNegative(v128.load(x))); x += 16; }
}`;

describe.each(BUILDS)('%s vector functions', async (build) => {
  const kernels = await KernelsUnderTest.build(build);
  const memory = new WebAssembly.Memory({ initial: 2, maximum: 65536, shared: true });
  const module = new WebAssembly.Module(await buildKernels(build, EXPONENTIAL));
  const exponential = new WebAssembly.Instance(module, { env: { memory } }).exports['exponential'] as (x: number, count: number) => void;

  const activate =
    (activation: number) =>
    (inputs: readonly number[]): ArrayLike<number> => {
      const image = new MemoryImage(1);
      const count = inputs.length;
      const y = image.floats(count);
      image.instruction('activate', { x: image.place(inputs), y, count, activation });
      return kernels.after(image, { threads: 1, wide: false }).subarray(y, y + count);
    };

  it('tanh is exact to 4 ulp over the whole float range', () => {
    expect(worst(activate(ACTIVATION_TANH), Math.tanh, sweep()).ulp).toBeLessThanOrEqual(MOST_ULP);
  });

  it('sigmoid is exact to 4 ulp over the whole float range, denormal results included', () => {
    expect(worst(activate(ACTIVATION_SIGMOID), exactSigmoid, sweep()).ulp).toBeLessThanOrEqual(MOST_ULP);
  });

  it('e^x is exact to 4 ulp for every x that is not positive', () => {
    const apply = (inputs: readonly number[]): ArrayLike<number> => {
      const view = new Float32Array(memory.buffer, 4096, AT_ONCE);
      view.set(inputs);
      exponential(4096, AT_ONCE);
      return view.slice(0, inputs.length);
    };
    const inputs = function* (): Generator<number> {
      for (const x of sweep()) if (!(x > 0)) yield x;
    };
    expect(worst(apply, Math.exp, inputs()).ulp).toBeLessThanOrEqual(MOST_ULP);
  });

  it('special values: zeros keep their sign, infinities saturate, NaN passes, whatever its bits', () => {
    const least = fromBits(1);
    const inputs = [0, -0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN, fromBits(0xff812345), least, -least];
    const outputs = (activation: number): number[] => Array.from(activate(activation)(inputs));
    expect(outputs(ACTIVATION_TANH)).toEqual([0, -0, 1, -1, Number.NaN, Number.NaN, least, -least]);
    expect(outputs(ACTIVATION_SIGMOID)).toEqual([0.5, 0.5, 1, 0, Number.NaN, Number.NaN, 0.5, 0.5]);
    expect(outputs(ACTIVATION_RELU).map(Math.abs)).toEqual([0, 0, Number.POSITIVE_INFINITY, 0, Number.NaN, Number.NaN, least, 0]);
  });

  it('an element has the same bits wherever it stands in its row', () => {
    const values = Array.from({ length: 37 }, (_, index) => Math.sin(index * 12.9898) * 20);
    for (const activation of [ACTIVATION_TANH, ACTIVATION_SIGMOID]) {
      const together = activate(activation)(values);
      values.forEach((x, index) => {
        expect(activate(activation)([x])[0]).toBe(together[index]);
      });
    }
  });
});
