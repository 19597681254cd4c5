/** Up to this size the value is exact; above it power iteration comes within its tolerance. */
const EXACT_UP_TO = 16;
const MOST_SWEEPS = 30;
const MOST_ITERATIONS = 500;
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

/** Power iteration on J^T J; the estimate grows towards the value and stops when it grows by less than 1e-9 of itself. */
function byPowers(matrix: Float64Array, n: number): number {
  let x = normalised(Float64Array.from({ length: n }, (_, e) => 1 + ((e * 7919) % 97) / 97));
  let value = 0;
  for (let iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
    const image = times(matrix, x, n);
    const next = Math.sqrt(dot(image, image));
    if (next === 0 || next - value <= ENOUGH * next) return Math.max(next, value);
    value = next;
    x = normalised(timesTransposed(matrix, image, n));
  }
  return value;
}

function normalised(x: Float64Array): Float64Array {
  const size = Math.sqrt(dot(x, x));
  return size === 0 ? x : x.map((value) => value / size);
}

function times(matrix: Float64Array, x: Float64Array, n: number): Float64Array {
  const y = new Float64Array(n);
  for (let row = 0; row < n; row++) {
    let total = 0;
    for (let column = 0; column < n; column++) total += (matrix[row * n + column] ?? 0) * (x[column] ?? 0);
    y[row] = total;
  }
  return y;
}

function timesTransposed(matrix: Float64Array, x: Float64Array, n: number): Float64Array {
  const y = new Float64Array(n);
  for (let row = 0; row < n; row++) {
    const factor = x[row] ?? 0;
    for (let column = 0; column < n; column++) y[column] = (y[column] ?? 0) + factor * (matrix[row * n + column] ?? 0);
  }
  return y;
}

function dot(a: Float64Array, b: Float64Array): number {
  let total = 0;
  for (let e = 0; e < a.length; e++) total += (a[e] ?? 0) * (b[e] ?? 0);
  return total;
}
