import { fc } from '../fixtures/laws.ts';
import { POOL_MAX, POOL_MEAN, SETTING_DROPOUT, SETTING_DROPOUT_COUNTER, SETTING_DROPOUT_SEED, SETTINGS_SIZE } from '../../src-engine/ir/opcodes.ts';
import type { Case } from './cases-products.ts';
import { floatBits, MemoryImage } from './memory-image.ts';

const seed = fc.integer();
const bit = fc.integer({ min: 0, max: 1 });
const rows = fc.integer({ min: 1, max: 12 });
const width = fc.integer({ min: 1, max: 37 });

const layerNorm: Case = {
  name: 'layerNormForward, layerNormBackward',
  tolerance: 1e-5,
  images: fc.record({ seed, m: rows, n: fc.integer({ min: 2, max: 37 }), accumulate: bit }).map(({ seed, m, n, accumulate }) => {
    const image = new MemoryImage(seed);
    const [normal, scales, weight] = [image.floats(m * n), image.floats(m), image.floats(n)];
    const epsilonBits = floatBits(0.01);
    image.instruction('layerNormForward', { x: image.floats(m * n), y: image.floats(m * n), normal, scales, weight, bias: image.floats(n), m, n, epsilonBits });
    image.instruction('layerNormBackward', { dy: image.floats(m * n), normal, scales, weight, dx: image.floats(m * n), m, n, accumulate });
    return image;
  }),
};

const steps = { seed, t: fc.integer({ min: 1, max: 6 }), b: rows, n: width, accumulate: bit };

function lengthsOf(image: MemoryImage, b: number, t: number): number {
  return image.ints(Array.from({ length: b }, () => image.int(0, t)));
}

const pool: Case = {
  name: 'poolForward, poolBackward',
  tolerance: 2e-6,
  images: fc.record({ ...steps, mode: fc.constantFrom(POOL_MEAN, POOL_MAX) }).map(({ seed, t, b, n, accumulate, mode }) => {
    const image = new MemoryImage(seed);
    const lengths = lengthsOf(image, b, t);
    // Few different values: some largest ones stand at several steps.
    const x = image.place(Array.from({ length: t * b * n }, () => image.int(-3, 3) / 2));
    const y = image.floats(b * n);
    image.instruction('poolForward', { x, y, lengths, t, b, n, mode });
    image.instruction('poolBackward', { x, y, dy: image.floats(b * n), dx: image.floats(t * b * n), lengths, t, b, n, mode, accumulate });
    return image;
  }),
};

const attention: Case = {
  name: 'attentionForward, attentionBackward',
  tolerance: 1e-5,
  images: fc.record({ ...steps, wanted: fc.boolean(), spread: fc.constantFrom(1, 30) }).map(({ seed, t, b, n, accumulate, wanted, spread }) => {
    const image = new MemoryImage(seed);
    const lengths = lengthsOf(image, b, t);
    const [scores, x] = [image.floats(t * b, -spread, spread), image.floats(t * b * n)];
    image.instruction('attentionForward', { scores, x, y: image.floats(b * n), lengths, t, b, n });
    const [dy, dscores, dx] = [image.floats(b * n), image.floats(t * b), wanted ? image.floats(t * b * n) : 0];
    image.instruction('attentionBackward', { p: scores, x, dy, dscores, dx, lengths, t, b, n, accumulate });
    return image;
  }),
};

const losses: Case = {
  name: 'sigmoidLoss, huberLoss',
  tolerance: 4e-6,
  images: fc.record({ seed, m: rows, n: width, spread: fc.constantFrom(1, 30, 200), delta: fc.constantFrom(0.25, 1) }).map((shape) => {
    const { m, n } = shape;
    const image = new MemoryImage(shape.seed);
    const targets = image.ints(Array.from({ length: m }, () => image.int(-1, n === 1 ? 1 : n - 1)));
    const weights = image.place(Array.from({ length: m }, () => Math.max(0, image.float())));
    const [x, p] = [image.floats(m * n, -shape.spread, shape.spread), image.floats(m * Math.max(2, n))];
    image.instruction('sigmoidLoss', { x, targets, weights, p, dx: image.floats(m * n), loss: image.floats(m), m, n });
    const [y, values, deltaBits] = [image.floats(m * n), image.floats(m * n), floatBits(shape.delta)];
    image.instruction('huberLoss', { y, targets: values, weights, dy: image.floats(m * n), loss: image.floats(m), m, n, deltaBits });
    return image;
  }),
};

const dropout: Case = {
  name: 'dropout',
  tolerance: 1e-6,
  images: fc
    .record({ seed, count: fc.integer({ min: 1, max: 90 }), rate: fc.constantFrom(0, 0.1, 0.5, 0.9), on: bit, stream: fc.nat(5), accumulate: bit })
    .map(({ seed, count, rate, on, stream, accumulate }) => {
      const image = new MemoryImage(seed);
      const slots = new Array<number>(SETTINGS_SIZE).fill(0);
      slots[SETTING_DROPOUT] = on;
      slots[SETTING_DROPOUT_SEED] = image.int(-2147483648, 2147483647);
      slots[SETTING_DROPOUT_COUNTER] = image.int(0, 1e6);
      const settings = image.ints(slots);
      const [threshold, scaleBits] = [Math.round(rate * 2 ** 24), floatBits(1 / (1 - rate))];
      image.instruction('dropout', { x: image.floats(count), y: image.floats(count), count, threshold, scaleBits, stream, settings, accumulate, first: 3 });
      return image;
    }),
};

const decoder: Case = {
  name: 'shiftTargets, argmaxIds',
  tolerance: 0,
  images: fc.record({ seed, t: fc.integer({ min: 1, max: 6 }), b: rows, n: width, first: fc.boolean() }).map(({ seed, t, b, n, first }) => {
    const image = new MemoryImage(seed);
    const targets = image.ints(Array.from({ length: t * b }, () => image.int(-1, n - 1)));
    const zeros = (count: number): number => image.ints(new Array<number>(count).fill(0));
    image.instruction('shiftTargets', { targets, ids: zeros(t * b), t, b });
    // Few different values: some largest ones stand in several columns.
    const p = first ? 0 : image.place(Array.from({ length: b * n }, () => image.int(0, 3) / 4));
    image.instruction('argmaxIds', { p, ids: zeros(b), m: b, n });
    return image;
  }),
};

const mixed: Case = {
  name: 'mixTargets',
  tolerance: 0,
  images: fc
    .record({
      seed,
      m: rows,
      n: width,
      share: fc.constantFrom(0, 0.25, 1),
      on: bit,
      first: fc.nat(40),
      stream: fc.integer({ min: -3, max: -1 }),
      start: fc.boolean(),
    })
    .map(({ seed, m, n, share, on, first, stream, start }) => {
      const image = new MemoryImage(seed);
      const slots = new Array<number>(SETTINGS_SIZE).fill(0);
      slots[SETTING_DROPOUT] = on;
      slots[SETTING_DROPOUT_SEED] = image.int(-2147483648, 2147483647);
      slots[SETTING_DROPOUT_COUNTER] = image.int(0, 1e6);
      const settings = image.ints(slots);
      const targets = image.ints(Array.from({ length: m }, () => image.int(-1, n - 1)));
      const p = start ? 0 : image.place(Array.from({ length: m * n }, () => image.int(0, 3) / 4));
      const ids = image.ints(new Array<number>(m).fill(0));
      // Progress is 0: what it ends with has no part in it.
      image.instruction('mixTargets', { targets, p, ids, m, n, first, beginBits: floatBits(share), endBits: floatBits(0.5), stream, settings });
      return image;
    }),
};

export const LAYER_CASES: readonly Case[] = [decoder, mixed, layerNorm, pool, attention, losses, dropout];
