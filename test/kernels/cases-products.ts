import { fc } from '../fixtures/laws.ts';
import { PANEL } from '../../src-engine/ir/opcodes.ts';
import { floatBits, MemoryImage } from './memory-image.ts';

/** A family of images that each run one kind of instruction. */
export interface Case {
  readonly name: string;
  readonly images: fc.Arbitrary<MemoryImage>;
  /** Relative above 1, absolute below. */
  readonly tolerance: number;
}

const seed = fc.integer();
const bit = fc.integer({ min: 0, max: 1 });
const rows = fc.integer({ min: 1, max: 40 });
const small = fc.integer({ min: 1, max: 45 });
const gap = fc.integer({ min: 0, max: 5 });

const gemm: Case = {
  name: 'gemm',
  tolerance: 1e-5,
  images: fc.record({ seed, m: rows, n: small, k: fc.integer({ min: 0, max: 60 }), gap, bias: bit, accumulate: bit, transpose: bit }).map((shape) => {
    const { m, n, k, accumulate, transpose } = shape;
    const image = new MemoryImage(shape.seed);
    const [lda, ldc, ldw] = [k + shape.gap, n + shape.gap, (transpose ? k : n) + shape.gap];
    const w = image.floats((transpose ? n : k) * ldw + 1);
    const b = image.floats(Math.ceil(n / PANEL) * PANEL * k);
    image.instruction('pack', { w, ldw, b, n, k, transpose });
    const bias = shape.bias ? image.floats(n) : 0;
    image.instruction('gemm', { a: image.floats(m * lda + 1), lda, b, c: image.floats(m * ldc), ldc, m, n, k, bias, accumulate });
    return image;
  }),
};

const gemmTn: Case = {
  name: 'gemmTn',
  tolerance: 3e-5,
  images: fc
    .record({
      seed,
      m: fc.oneof(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 250, max: 600 })),
      n: small,
      k: fc.oneof({ weight: 4, arbitrary: small }, { weight: 1, arbitrary: fc.integer({ min: 250, max: 300 }) }),
      gap,
      accumulate: bit,
    })
    .map((shape) => {
      const { m, n, k, accumulate } = shape;
      const image = new MemoryImage(shape.seed);
      const [ldc, lda, ldw] = [n + shape.gap, k + shape.gap, k + shape.gap];
      image.instruction('gemmTn', { c: image.floats(m * ldc), ldc, a: image.floats(m * lda), lda, w: image.floats(n * ldw), ldw, m, n, k, accumulate });
      return image;
    }),
};

const columnSum: Case = {
  name: 'columnSum',
  tolerance: 1e-5,
  images: fc.record({ seed, m: rows, n: small, gap, accumulate: bit }).map((shape) => {
    const image = new MemoryImage(shape.seed);
    const { m, n, accumulate } = shape;
    const ldc = n + shape.gap;
    image.instruction('columnSum', { c: image.floats(m * ldc), ldc, y: image.floats(n), m, n, accumulate });
    return image;
  }),
};

const columnDot: Case = {
  name: 'columnDot',
  tolerance: 1e-5,
  images: fc.record({ seed, m: fc.integer({ min: 0, max: 40 }), n: small, gap, accumulate: bit }).map((shape) => {
    const image = new MemoryImage(shape.seed);
    const { m, n, accumulate } = shape;
    const [ldc, lda] = [n + shape.gap, n + 3];
    image.instruction('columnDot', { c: image.floats(m * ldc), ldc, a: image.floats(m * lda), lda, y: image.floats(n), m, n, accumulate });
    return image;
  }),
};

const copyColumns: Case = {
  name: 'copyColumns',
  tolerance: 1e-6,
  images: fc.record({ seed, m: rows, n: small, gap, accumulate: bit, scale: fc.constantFrom(1, 0.3, -2) }).map((shape) => {
    const image = new MemoryImage(shape.seed);
    const { m, n, accumulate } = shape;
    const [lds, ldd] = [n + shape.gap, n + 2];
    const scaleBits = floatBits(shape.scale);
    image.instruction('copyColumns', { src: image.floats(m * lds), lds, dst: image.floats(m * ldd), ldd, m, n, accumulate, scaleBits });
    return image;
  }),
};

const rowNorms: Case = {
  name: 'rowNorms',
  tolerance: 1e-6,
  images: fc.record({ seed, m: rows, n: small, gap }).map((shape) => {
    const image = new MemoryImage(shape.seed);
    const { m, n } = shape;
    image.instruction('rowNorms', { x: image.floats(m * (n + shape.gap)), ldx: n + shape.gap, y: image.floats(m), m, n });
    return image;
  }),
};

const fillAndScale: Case = {
  name: 'fill, scale',
  tolerance: 1e-6,
  images: fc.record({ seed, count: fc.integer({ min: 0, max: 90 }), value: fc.constantFrom(0, 1.5, -3) }).map((shape) => {
    const image = new MemoryImage(shape.seed);
    const { count } = shape;
    image.instruction('fill', { x: image.floats(count), count, valueBits: floatBits(shape.value) });
    image.instruction('scale', { x: image.floats(count), count, valueBits: floatBits(shape.value) });
    return image;
  }),
};

export const PRODUCT_CASES: readonly Case[] = [gemm, gemmTn, columnSum, columnDot, copyColumns, rowNorms, fillAndScale];
