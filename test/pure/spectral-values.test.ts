import { fc } from '../fixtures/laws.ts';
import { describe, expect, it } from 'vitest';
import { largestEigenvalueModulus } from '../../src-engine/analyze/eigenvalues.ts';
import { largestSingularValue } from '../../src-engine/analyze/singular-value.ts';
import { createRandom, randomNormal } from '../../src-engine/data/random.ts';

type Matrix = Float64Array;

const RUNS = { seed: 20140601, numRuns: 30 };
const anySeed = fc.integer({ min: 0, max: 1e6 });

function randomMatrix(n: number, seed: number): Matrix {
  const random = createRandom(seed);
  return Float64Array.from({ length: n * n }, () => randomNormal(random));
}

function product(a: Matrix, b: Matrix, n: number): Matrix {
  return Float64Array.from({ length: n * n }, (_, e) => {
    let total = 0;
    for (let k = 0; k < n; k++) total += a[Math.floor(e / n) * n + k]! * b[k * n + (e % n)]!;
    return total;
  });
}

const transposed = (a: Matrix, n: number): Matrix => a.map((_, e) => a[(e % n) * n + Math.floor(e / n)]!);

/** Q D Q^T with a random orthogonal Q by Gram and Schmidt. */
function turned(blocks: Matrix, n: number, seed: number): Matrix {
  const q = gramSchmidt(randomMatrix(n, seed), n);
  return product(product(q, blocks, n), transposed(q, n), n);
}

function gramSchmidt(matrix: Matrix, n: number): Matrix {
  const rows: number[][] = [];
  for (let row = 0; row < n; row++) {
    let x = [...matrix.slice(row * n, (row + 1) * n)];
    // Twice: once is not enough in floating point.
    for (let time = 0; time < 2; time++) {
      for (const other of rows) {
        const along = x.reduce((total, value, e) => total + value * other[e]!, 0);
        x = x.map((value, e) => value - along * other[e]!);
      }
    }
    const length = Math.hypot(...x);
    rows.push(x.map((value) => value / length));
  }
  return Float64Array.from(rows.flat());
}

/** Gelfand: the 2^k-th root of the norm of the 2^k-th power, by squaring. */
function byPowers(matrix: Matrix, n: number): number {
  let power = matrix;
  let log = 0;
  for (let k = 0; k < 26; k++) {
    const squared = product(power, power, n);
    const norm = Math.hypot(...squared);
    power = squared.map((value) => value / norm);
    log += Math.log(norm) / 2 ** (k + 1);
  }
  return Math.exp(log);
}

/** e_k to e_(k+1), the last to the first. */
const cycle = (n: number): Matrix => Float64Array.from({ length: n * n }, (_, e) => Number(Math.floor(e / n) === ((e % n) + 1) % n));

describe('the largest modulus of the eigenvalues', () => {
  it.each([
    ['a number', [-3], 3],
    ['zeros', [0, 0, 0, 0], 0],
    ['a rotation by 90 degrees, stretched', [0, -2, 2, 0], 2],
    ['a triangle', [1, 5, 7, 0, -4, 2, 0, 0, 3], 4],
    ['a nilpotent matrix', [0, 1, 0, 0, 0, 1, 0, 0, 0], 0],
    ['one pair and one number of equal modulus', [0, -2, 0, 2, 0, 0, 0, 0, 2], 2],
  ])('of %s is known', (_, values, expected) => {
    expect(largestEigenvalueModulus(Float64Array.from(values), Math.sqrt(values.length))).toBeCloseTo(expected, 12);
  });

  it.each([3, 4, 5, 16, 40])('of a cycle of %i is 1, though all eigenvalues have that modulus', (n) => {
    expect(largestEigenvalueModulus(cycle(n), n)).toBeCloseTo(1, 10);
  });

  it('of an orthogonal matrix is 1', () => {
    for (const n of [2, 7, 30, 100]) expect(largestEigenvalueModulus(gramSchmidt(randomMatrix(n, n), n), n)).toBeCloseTo(1, 10);
  });

  it('of turned blocks is that of the blocks', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 4, maxLength: 12 }), anySeed, (numbers, seed) => {
        const half = Math.floor(numbers.length / 2);
        const n = 2 * half;
        const blocks = new Float64Array(n * n);
        for (let pair = 0; pair < half; pair++) {
          const [re, im] = [numbers[2 * pair]!, numbers[2 * pair + 1]!];
          for (const [row, column, value] of [[0, 0, re], [0, 1, -im], [1, 0, im], [1, 1, re]] as const) blocks[(2 * pair + row) * n + 2 * pair + column] = value; // prettier-ignore
        }
        const expected = Math.max(...Array.from({ length: half }, (_, pair) => Math.hypot(numbers[2 * pair]!, numbers[2 * pair + 1]!)));
        expect(largestEigenvalueModulus(turned(blocks, n, seed), n)).toBeCloseTo(expected, 9);
      }),
      RUNS,
    );
  });

  it('of a random matrix is the limit of the roots of the norms of its powers', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 24 }), anySeed, (n, seed) => {
        const matrix = randomMatrix(n, seed);
        expect(largestEigenvalueModulus(matrix, n) / byPowers(matrix, n)).toBeCloseTo(1, 6);
      }),
      RUNS,
    );
  });
});

describe('the largest singular value', () => {
  it.each([
    ['a number', [-3], 3],
    ['zeros', [0, 0, 0, 0], 0],
    ['a shear', [1, 1, 0, 1], (1 + Math.sqrt(5)) / 2],
  ])('of %s is known', (_, values, expected) => {
    expect(largestSingularValue(Float64Array.from(values), Math.sqrt(values.length))).toBeCloseTo(expected, 12);
  });

  it('is the root of the largest eigenvalue of J^T J, exact up to 16 and by iteration above', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), anySeed, (n, seed) => {
        const matrix = randomMatrix(n, seed);
        const expected = Math.sqrt(largestEigenvalueModulus(product(transposed(matrix, n), matrix, n), n));
        expect(largestSingularValue(matrix, n) / expected).toBeCloseTo(1, n <= 16 ? 12 : 8);
      }),
      RUNS,
    );
  });
});

it.each([20, 60, 120])('the largest singular value is found among %i that lie close together', (n) => {
  const diagonal = (value: (place: number) => number): Matrix => Float64Array.from({ length: n * n }, (_, e) => (e % (n + 1) === 0 ? value(e / (n + 1)) : 0));
  expect(
    largestSingularValue(
      turned(
        diagonal((place) => 3 * (1 - place / 1000)),
        n,
        n,
      ),
      n,
    ) / 3,
  ).toBeCloseTo(1, 6);
  expect(
    largestSingularValue(
      turned(
        diagonal((place) => 0.8 ** place),
        n,
        n,
      ),
      n,
    ),
  ).toBeCloseTo(1, 9);
  expect(largestSingularValue(gramSchmidt(randomMatrix(n, n), n), n)).toBeCloseTo(1, 9);
  expect(largestSingularValue(new Float64Array(n * n), n)).toBe(0);
});

it.each([Number.NaN, Infinity])('a matrix with %f has neither', (value) => {
  const matrix = Float64Array.of(value, 1, 1, 1);
  expect(largestEigenvalueModulus(matrix, 2)).toBeNaN();
  expect(largestSingularValue(matrix, 2)).toBeNaN();
});
