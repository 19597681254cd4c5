import { fc } from '../fixtures/laws.ts';
import { expect, it } from 'vitest';
import { createRandom, randomNormal } from '../../src-engine/data/random.ts';
import { initialise } from '../../src-engine/train/initialise.ts';
import { spectralRadius } from '../../src-engine/train/spectral-radius.ts';

/** Gelfand: the 2^k-th root of the norm of the 2^k-th power, by squaring. */
function byPowers(matrix: Float64Array, n: number): number {
  let power = matrix;
  let logScale = 0;
  const squarings = 24;
  for (let k = 0; k < squarings; k++) {
    const squared = Float64Array.from({ length: n * n }, (_, e) => {
      let total = 0;
      for (let j = 0; j < n; j++) total += power[Math.floor(e / n) * n + j]! * power[j * n + (e % n)]!;
      return total;
    });
    const norm = Math.hypot(...squared);
    power = squared.map((value) => value / norm);
    logScale += Math.log(norm) / 2 ** (k + 1);
  }
  return Math.exp(logScale);
}

it.each([
  ['a number', [-3], 1, 3],
  ['a diagonal', [2, 0, 0, -5], 2, 5],
  ['a rotation by 90 degrees, stretched', [0, -2, 2, 0], 2, 2],
  ['zeros', [0, 0, 0, 0], 2, 0],
])('the spectral radius of %s is known', (_, values, n, expected) => {
  expect(spectralRadius(Float64Array.from(values), n)).toBeCloseTo(expected, 12);
});

it('agrees with the growth of the powers of random matrices', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), fc.integer(), (n, seed) => {
      const random = createRandom(seed);
      const matrix = Float64Array.from({ length: n * n }, () => randomNormal(random));
      expect(spectralRadius(matrix, n) / byPowers(matrix, n)).toBeCloseTo(1, 4);
    }),
    { seed: 20260101, numRuns: 40 },
  );
});

it('scales every gate block of a recurrent weight to the chosen radius', () => {
  const n = 24;
  const parameter = { name: 'w', shape: [3 * n, n], trainable: true, at: 0, size: 3 * n * n, gradient: null };
  const values = initialise(parameter, { kind: 'spectral', size: n, radius: 0.9 }, {}, createRandom(4));
  for (let gate = 0; gate < 3; gate++) {
    const block = Float64Array.from(values.subarray(gate * n * n, (gate + 1) * n * n));
    expect(byPowers(block, n)).toBeCloseTo(0.9, 4);
  }
});
