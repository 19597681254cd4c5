import { fc } from '../fixtures/laws.ts';
import { describe, expect, test } from 'vitest';
import { splitAtRandom, splitByTime } from '../../src-engine/data/split.ts';
import { problemsOf, split } from './data-builders.ts';

const shares = fc.tuple(fc.integer({ min: 10, max: 80 }), fc.integer({ min: 10, max: 80 })).filter(([first, second]) => first + second <= 90);

describe('a split at random', () => {
  test('gives every example to exactly one part, in the shares asked for', () => {
    fc.assert(
      fc.property(fc.integer({ min: 20, max: 500 }), shares, fc.integer(), (count, [train, validation], seed) => {
        const spec = split(train / 100, validation / 100, (100 - train - validation) / 100, seed);
        const parts = splitAtRandom(count, spec);
        const all = [...parts.train, ...parts.validation, ...parts.test].sort((left, right) => left - right);
        expect(all).toEqual(Array.from({ length: count }, (_, example) => example));
        expect(Math.abs(parts.test.length - count * spec.test)).toBeLessThanOrEqual(0.5);
        // A share of a hundredth is no binary fraction: 325 * 0.68 is 221.00000000000003.
        expect(Math.abs(parts.train.length - count * spec.train)).toBeLessThanOrEqual(1 + 1e-9);
      }),
      { examples: [[325, [68, 10], 0]] },
    );
  });

  test('depends on the seed and on nothing else', () => {
    expect(splitAtRandom(100, split(0.8, 0.1, 0.1, 4))).toEqual(splitAtRandom(100, split(0.8, 0.1, 0.1, 4)));
    expect(splitAtRandom(100, split(0.8, 0.1, 0.1, 5))).not.toEqual(splitAtRandom(100, split(0.8, 0.1, 0.1, 4)));
  });
});

test('a split by time trains before it validates and validates before it tests', () => {
  const parts = splitByTime([3, 4, 5, 6, 7, 8, 9], 10, split(0.6, 0.2, 0.2));
  expect(parts).toEqual({ train: Int32Array.of(0, 1, 2), validation: Int32Array.of(3, 4), test: Int32Array.of(5, 6) });
});

describe('a split that cannot be made', () => {
  test('U004 where the shares do not add up to 1, or one is not above 0', async () => {
    expect(await problemsOf(() => splitAtRandom(100, split(0.8, 0.1, 0.2)))).toMatchObject([{ code: 'U004', path: 'data.split' }]);
    expect(await problemsOf(() => splitAtRandom(100, split(0.9, 0, 0.1)))).toMatchObject([{ code: 'U004', path: 'data.split' }]);
    expect(await problemsOf(() => splitAtRandom(100, split(Number.NaN, 0.1, 0.1)))).toMatchObject([{ code: 'U004' }]);
  });

  test('U032 where a part comes out empty', async () => {
    expect(await problemsOf(() => splitAtRandom(3, split(0.8, 0.1, 0.1)))).toMatchObject([{ code: 'U032', path: 'data.split' }]);
    expect(await problemsOf(() => splitByTime([9], 10, split(0.6, 0.2, 0.2)))).toMatchObject([{ code: 'U032' }]);
  });
});
