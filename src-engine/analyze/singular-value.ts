import { dot, norm, times } from '../train/matrix.ts';

/** Up to this size the value is exact; above it an iteration comes within its tolerance. */
const EXACT_UP_TO = 16;
const MOST_SWEEPS = 30;
const MOST_PRODUCTS = 200;
const ENOUGH = 1e-9;

/** Largest singular value (spectral norm) of a square matrix [n,n], float64; NaN where the matrix has a number that is not finite. */
export function largestSingularValue(matrix: Float64Array, n: number): number {
  if (!matrix.every((value) => Number.isFinite(value))) return Number.NaN;
  return n <= EXACT_UP_TO ? byRotations(matrix, n) : byPowers(matrix, n);
}

/** One-sided Jacobi: rotates the rows until they are orthogonal; their lengths are then the singular values (Hestenes 1958). */
function byRotations(matrix: Float64Array, n: number): number {
  const rows = Array.from({ length: n }, (_, row) => matrix.slice(row * n, (row + 1) * n));
  let rotated = true;
  for (let sweep = 0; rotated && sweep < MOST_SWEEPS; sweep++) {
    rotated = false;
    for (const [p, first] of rows.entries()) {
      for (const second of rows.slice(p + 1)) rotated = rotate(first, second) || rotated;
    }
  }
  return Math.sqrt(Math.max(0, ...rows.map((row) => dot(row, row))));
}

/** Makes two rows orthogonal; false where they are. */
function rotate(first: Float64Array, second: Float64Array): boolean {
  const [alpha, beta, gamma] = [dot(first, first), dot(second, second), dot(first, second)];
  if (Math.abs(gamma) <= 1e-15 * Math.sqrt(alpha * beta)) return false;
  const zeta = (beta - alpha) / (2 * gamma);
  const tangent = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
  const cosine = 1 / Math.sqrt(1 + tangent * tangent);
  const sine = cosine * tangent;
  for (let e = 0; e < first.length; e++) {
    const [a, b] = [first[e] ?? 0, second[e] ?? 0];
    first[e] = cosine * a - sine * b;
    second[e] = sine * a + cosine * b;
  }
  return true;
}

/**
 * The products of power iteration on J^T J, combined by Lanczos: each joins J^T J restricted to all iterates so far, a tridiagonal matrix, whose
 * largest eigenvalue grows towards the value's square. Without reorthogonalisation, which the largest one does not need (Paige 1980). Stops when
 * it grows by less than 1e-9 of itself twice in a row.
 */
function byPowers(matrix: Float64Array, n: number): number {
  const diagonal: number[] = [];
  const beside: number[] = [];
  let before: Float64Array = new Float64Array(n);
  let x: Float64Array = normalised(Float64Array.from({ length: n }, (_, e) => 1 + ((e * 7919) % 97) / 97));
  let square = 0;
  let still = 0;
  while (diagonal.length < MOST_PRODUCTS && still < 2) {
    const image = times(matrix, x, n);
    const along = dot(image, image);
    const back = beside.at(-1) ?? 0;
    const y = timesTransposed(matrix, image, n).map((value, e) => value - along * (x[e] ?? 0) - back * (before[e] ?? 0));
    diagonal.push(along);
    const next = largestOfTridiagonal(diagonal, beside, square);
    still = next - square <= ENOUGH * next ? still + 1 : 0;
    square = next;
    const length = norm(y);
    if (length <= Number.EPSILON * next) break;
    beside.push(length);
    before = x;
    x = normalised(y);
  }
  return Math.sqrt(square);
}

/** Largest eigenvalue of the symmetric matrix with this diagonal and what stands beside it, at least `low`, by bisection. */
function largestOfTridiagonal(diagonal: readonly number[], beside: readonly number[], low: number): number {
  const radius = diagonal.map((value, e) => value + (beside[e - 1] ?? 0) + (e < diagonal.length - 1 ? (beside[e] ?? 0) : 0));
  let [below, above] = [low, Math.max(...radius)];
  while (above - below > (ENOUGH / 10) * above) {
    const middle = (below + above) / 2;
    if (isAboveAll(diagonal, beside, middle)) above = middle;
    else below = middle;
  }
  return above;
}

/** Sturm: all pivots of T - value are negative exactly where `value` is above every eigenvalue. */
function isAboveAll(diagonal: readonly number[], beside: readonly number[], value: number): boolean {
  let pivot = -1;
  for (const [e, entry] of diagonal.entries()) {
    pivot = entry - value - (e === 0 ? 0 : (beside[e - 1] ?? 0) ** 2 / pivot);
    if (pivot >= 0) return false;
  }
  return true;
}

function normalised(x: Float64Array): Float64Array {
  const size = norm(x);
  return size === 0 ? x : x.map((value) => value / size);
}

function timesTransposed(matrix: Float64Array, x: Float64Array, n: number): Float64Array {
  const y = new Float64Array(n);
  for (let row = 0; row < n; row++) {
    const factor = x[row] ?? 0;
    for (let column = 0; column < n; column++) y[column] = (y[column] ?? 0) + factor * (matrix[row * n + column] ?? 0);
  }
  return y;
}
