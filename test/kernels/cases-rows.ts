import { fc } from '../fixtures/laws.ts';
import { ACTIVATION_NONE, ACTIVATION_RELU, ACTIVATION_SIGMOID, ACTIVATION_TANH } from '../../src-engine/ir/opcodes.ts';
import type { Case } from './cases-products.ts';
import { MemoryImage } from './memory-image.ts';

const seed = fc.integer();
const bit = fc.integer({ min: 0, max: 1 });
const rows = fc.integer({ min: 1, max: 20 });
const width = fc.integer({ min: 1, max: 37 });
export const activations = fc.constantFrom(ACTIVATION_NONE, ACTIVATION_TANH, ACTIVATION_SIGMOID, ACTIVATION_RELU);

function each<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

const activate: Case = {
  name: 'activate, activateBackward',
  tolerance: 1e-6,
  images: fc.record({ seed, count: fc.integer({ min: 1, max: 90 }), activation: activations, inPlace: fc.boolean(), accumulate: bit }).map((shape) => {
    const image = new MemoryImage(shape.seed);
    const { count, activation, accumulate } = shape;
    const x = image.floats(count, -6, 6);
    const y = shape.inPlace ? x : image.floats(count);
    image.instruction('activate', { x, y, count, activation });
    image.instruction('activateBackward', { y, dy: image.floats(count), dx: image.floats(count), count, activation, accumulate });
    return image;
  }),
};

const lookup: Case = {
  name: 'gatherRows, scatterRows, oneHot',
  tolerance: 1e-6,
  images: fc.record({ seed, m: rows, n: width, size: fc.integer({ min: 1, max: 6 }) }).map(({ seed, m, n, size }) => {
    const image = new MemoryImage(seed);
    const ids = image.ints(each(m, () => image.int(-1, size - 1)));
    const table = image.floats(size * n);
    image.instruction('gatherRows', { table, ids, y: image.floats(m * n), m, n });
    image.instruction('scatterRows', { table: image.floats(size * n), ids, dy: image.floats(m * n), m, n });
    image.instruction('oneHot', { ids, y: image.floats(m * size), m, n: size });
    return image;
  }),
};

const sequences: Case = {
  name: 'reverse, lastStep, lastStepBackward',
  tolerance: 1e-6,
  images: fc.record({ seed, t: fc.integer({ min: 1, max: 6 }), b: rows, n: width, accumulate: bit }).map(({ seed, t, b, n, accumulate }) => {
    const image = new MemoryImage(seed);
    const lengths = image.ints(each(b, () => image.int(0, t)));
    const x = image.floats(t * b * n);
    image.instruction('reverse', { x, y: image.floats(t * b * n), lengths, t, b, n, accumulate });
    image.instruction('lastStep', { x, y: image.floats(b * n), lengths, t, b, n });
    image.instruction('lastStepBackward', { dy: image.floats(b * n), dx: image.floats(t * b * n), lengths, t, b, n });
    return image;
  }),
};

const softmax: Case = {
  name: 'softmax, softmaxLoss',
  tolerance: 4e-6,
  images: fc.record({ seed, m: rows, n: width, spread: fc.constantFrom(1, 30, 200) }).map(({ seed, m, n, spread }) => {
    const image = new MemoryImage(seed);
    const x = image.floats(m * n, -spread, spread);
    image.instruction('softmax', { x, p: image.floats(m * n), m, n });
    const targets = image.ints(each(m, () => image.int(-1, n - 1)));
    const weights = image.place(each(m, () => Math.max(0, image.float())));
    image.instruction('softmaxLoss', { x, targets, weights, p: image.floats(m * n), dx: image.floats(m * n), loss: image.floats(m), m, n });
    return image;
  }),
};

const squaredLoss: Case = {
  name: 'squaredLoss, sum',
  tolerance: 4e-6,
  images: fc.record({ seed, m: rows, n: width }).map(({ seed, m, n }) => {
    const image = new MemoryImage(seed);
    const weights = image.place(each(m, () => Math.max(0, image.float())));
    const loss = image.floats(m);
    image.instruction('squaredLoss', { y: image.floats(m * n), targets: image.floats(m * n), weights, dy: image.floats(m * n), loss, m, n });
    image.instruction('sum', { x: loss, count: m, y: image.floats(1) });
    return image;
  }),
};

const update: Case = {
  name: 'squaredNorm, clip, sgd, adam',
  tolerance: 4e-6,
  images: fc
    .record({
      seed,
      count: fc.oneof(fc.integer({ min: 1, max: 90 }), fc.integer({ min: 4000, max: 9000 })),
      clipMax: fc.constantFrom(0, 0.5, 1000),
      loss: fc.constantFrom(0.25, Number.NaN, Number.POSITIVE_INFINITY),
    })
    .map(({ seed, count, clipMax, loss }) => {
      const image = new MemoryImage(seed);
      const chunks = Math.ceil(count / 4096);
      const settings = image.place([0.01, 0.9, 0.999, 1e-8, 1 / (1 - 0.9 ** 3), 1 / (1 - 0.999 ** 3), clipMax, 0, 0, 0, loss, 0, 0, 0, 0, 0]);
      const [g, partials] = [image.floats(count), image.floats(chunks)];
      image.instruction('squaredNorm', { x: g, count, partials });
      image.instruction('clip', { partials, count: chunks, settings });
      image.instruction('sgd', { p: image.floats(count), g, count, settings });
      image.instruction('adam', { p: image.floats(count), g, m: image.floats(count), v: image.floats(count, 0, 1), count, settings });
      return image;
    }),
};

const rules: Case = {
  name: 'clipValues, momentum, adagrad, rmsprop, decay',
  tolerance: 4e-6,
  images: fc
    .record({
      seed,
      count: fc.oneof(fc.integer({ min: 1, max: 90 }), fc.integer({ min: 4000, max: 9000 })),
      nesterov: bit,
      finite: bit,
      most: fc.constantFrom(0.01, 0.5, 100),
    })
    .map(({ seed, count, nesterov, finite, most }) => {
      const image = new MemoryImage(seed);
      const settings = image.place([0.01, 0.9, 0.99, 1e-3, 1, 1, 0, 0.7, 0, finite, 0, most, 0.1, 0, 0, 0]);
      const g = image.floats(count);
      image.instruction('clipValues', { x: g, count, partials: image.floats(Math.ceil(count / 4096)), settings });
      image.instruction('momentum', { p: image.floats(count), g, m: image.floats(count), count, settings, nesterov });
      image.instruction('adagrad', { p: image.floats(count), g, v: image.floats(count, 0, 1), count, settings });
      image.instruction('rmsprop', { p: image.floats(count), g, v: image.floats(count, 0, 1), count, settings });
      image.instruction('decay', { p: image.floats(count), count, settings });
      return image;
    }),
};

export const ROW_CASES: readonly Case[] = [activate, lookup, sequences, softmax, squaredLoss, update, rules];
