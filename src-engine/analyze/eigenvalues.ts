import { spectralRadiusInTurns } from '../train/spectral-radius.ts';
import { finish, type Turns } from '../train/turns.ts';

/** Up to this size all eigenvalues are found; above it power iteration stands in (its accuracy: `train/spectral-radius.ts`). */
const EXACT_UP_TO = 256;
const MOST_ITERATIONS = 60;

/**
 * Largest modulus of the eigenvalues of a square matrix [n,n], float64, complex pairs included. Hessenberg form by Householder reflections, then
 * Francis steps with two shifts at once (Golub and Van Loan, Matrix Computations, 7.4 and 7.5). NaN where the matrix has a number that is not
 * finite.
 */
export function largestEigenvalueModulus(matrix: Float64Array, n: number): number {
  return finish(largestEigenvalueModulusInTurns(matrix, n));
}

/** The same, a turn for each reflection of the Hessenberg form and each Francis step: n^2 numbers. */
export function* largestEigenvalueModulusInTurns(matrix: Float64Array, n: number): Turns<number> {
  if (!matrix.every((value) => Number.isFinite(value))) return Number.NaN;
  if (n > EXACT_UP_TO) return yield* spectralRadiusInTurns(matrix, n);
  const work: Square = { values: matrix.slice(), n };
  yield* toHessenberg(work);
  return (yield* deflate(work)) ?? (yield* spectralRadiusInTurns(matrix, n));
}

interface Square {
  readonly values: Float64Array;
  readonly n: number;
}

function at({ values, n }: Square, row: number, column: number): number {
  return values[row * n + column] ?? 0;
}

/** I - factor v v^T takes x to a multiple of the first unit vector; null where x is there. */
function reflectionOf(x: readonly number[]): { readonly v: readonly number[]; readonly factor: number } | null {
  const [first = 0, ...rest] = x;
  if (rest.every((value) => value === 0)) return null;
  const scale = Math.max(...x.map(Math.abs));
  const length = scale * Math.sqrt(x.reduce((total, value) => total + (value / scale) ** 2, 0));
  const head = first + (first < 0 ? -length : length);
  const v = [1, ...rest.map((value) => value / head)];
  return { v, factor: 2 / v.reduce((total, value) => total + value * value, 0) };
}

/** The similarity by the reflection of `x` to its first element, which stands at row k: rows k .. in the given columns, columns k .. in the given rows. */
function reflect(work: Square, x: readonly number[], k: number, columns: readonly [number, number], rows: readonly [number, number]): void {
  const reflection = reflectionOf(x);
  if (reflection === null) return;
  const { values, n } = work;
  const { v, factor } = reflection;
  for (let column = columns[0]; column <= columns[1]; column++) {
    let total = 0;
    for (let e = 0; e < v.length; e++) total += (v[e] ?? 0) * at(work, k + e, column);
    for (let e = 0; e < v.length; e++) values[(k + e) * n + column] = at(work, k + e, column) - factor * total * (v[e] ?? 0);
  }
  for (let row = rows[0]; row <= rows[1]; row++) {
    let total = 0;
    for (let e = 0; e < v.length; e++) total += (v[e] ?? 0) * at(work, row, k + e);
    for (let e = 0; e < v.length; e++) values[row * n + k + e] = at(work, row, k + e) - factor * total * (v[e] ?? 0);
  }
}

function* toHessenberg(work: Square): Turns<void> {
  const { values, n } = work;
  for (let column = 0; column < n - 2; column++) {
    const x = Array.from({ length: n - column - 1 }, (_, e) => at(work, column + 1 + e, column));
    reflect(work, x, column + 1, [column, n - 1], [0, n - 1]);
    for (let row = column + 2; row < n; row++) values[row * n + column] = 0;
    yield;
  }
}

/** Splits eigenvalues off the end, one or two at a time; null where one will not come off. */
function* deflate(work: Square): Turns<number | null> {
  let radius = 0;
  let iteration = 0;
  let high = work.n - 1;
  while (high >= 0) {
    const low = blockBegin(work, high);
    if (high - low > 1) {
      if (iteration === MOST_ITERATIONS) return null;
      iteration += 1;
      francisStep(work, low, high, iteration % 10 === 0);
      yield;
      continue;
    }
    radius = Math.max(radius, low === high ? Math.abs(at(work, high, high)) : pairModulus(work, low));
    high = low - 1;
    iteration = 0;
  }
  return radius;
}

/** First row of the last block: above it stands a zero, as far as float64 can tell. */
function blockBegin(work: Square, high: number): number {
  for (let row = high; row > 0; row--) {
    const around = Math.abs(at(work, row, row)) + Math.abs(at(work, row - 1, row - 1));
    if (Math.abs(at(work, row, row - 1)) <= Number.EPSILON * around || at(work, row, row - 1) === 0) return row;
  }
  return 0;
}

/** Larger modulus of the two eigenvalues of the block at (k,k). */
function pairModulus(work: Square, k: number): number {
  const [a, b, c, d] = [at(work, k, k), at(work, k, k + 1), at(work, k + 1, k), at(work, k + 1, k + 1)];
  const [mean, half] = [(a + d) / 2, (a - d) / 2];
  const inside = half * half + b * c;
  return inside < 0 ? Math.hypot(mean, Math.sqrt(-inside)) : Math.abs(mean) + Math.sqrt(inside);
}

/** One step with both eigenvalues of the last 2 x 2 block as shifts; an odd shift breaks the cycles in which those can be caught. */
function francisStep(work: Square, low: number, high: number, odd: boolean): void {
  const [a, b, c, d] = [at(work, high - 1, high - 1), at(work, high - 1, high), at(work, high, high - 1), at(work, high, high)];
  const size = Math.abs(c) + Math.abs(at(work, high - 1, high - 2));
  const sum = odd ? 1.5 * size : a + d;
  const product = odd ? size * size : a * d - b * c;
  const [first, side, below] = [at(work, low, low), at(work, low, low + 1), at(work, low + 1, low)];
  const second = at(work, low + 1, low + 1);
  let x = [first * first + side * below - sum * first + product, below * (first + second - sum), below * at(work, low + 2, low + 1)];
  for (let k = low; k < high; k++) {
    if (k > low) x = [at(work, k, k - 1), at(work, k + 1, k - 1), ...(k + 2 <= high ? [at(work, k + 2, k - 1)] : [])];
    reflect(work, x, k, [Math.max(low, k - 1), high], [low, Math.min(k + 3, high)]);
    // What the reflection made zero is so exactly.
    if (k > low) for (let row = k + 1; row < k + x.length; row++) work.values[row * work.n + k - 1] = 0;
  }
}
