import { dot, norm, times } from './matrix.ts';
import { finish, type Turns } from './turns.ts';

/** Multiplications spent at most on one matrix: 1,000 iterations at H = 2,000. */
const BUDGET = 4e9;
const MOST_ITERATIONS = 5000;
/** The two directions fit the matrix this well, relative. */
const ENOUGH = 1e-9;

/**
 * Largest modulus of the eigenvalues of a square matrix [n,n], float64. Power iteration; since the largest eigenvalues of a real matrix may be a
 * complex pair, the last three iterates x, Ax, A^2x are fitted by A^2x = p Ax + q x, whose z^2 = p z + q has the pair as its roots. Stops at a
 * relative misfit of 1e-9. Where the largest two moduli are so near that the budget ends first, the result lies between them.
 */
export function spectralRadius(matrix: Float64Array, n: number): number {
  return finish(spectralRadiusInTurns(matrix, n));
}

/** The same, a turn for each product. */
export function* spectralRadiusInTurns(matrix: Float64Array, n: number): Turns<number> {
  const iterations = Math.max(20, Math.min(MOST_ITERATIONS, Math.floor(BUDGET / (n * n))));
  let x: Float64Array = Float64Array.from({ length: n }, (_, e) => 1 + ((e * 7919) % 97) / 97);
  let radius = 0;
  for (let iteration = 0; iteration < iterations; iteration++) {
    const once = times(matrix, x, n);
    const size = norm(once);
    if (size === 0) return 0;
    if (iteration % 10 === 9) {
      const twice = times(matrix, once, n);
      const fit = fitPair(x, once, twice);
      radius = fit.radius;
      if (fit.misfit < ENOUGH) break;
    }
    x = once.map((value) => value / size);
    yield;
  }
  return radius;
}

/** Least squares of z = p y + q x, as p and q of the direction of x and what is left of y beside it. */
function fitPair(x: Float64Array, y: Float64Array, z: Float64Array): { readonly radius: number; readonly misfit: number } {
  const along = dot(x, y) / dot(x, x);
  const beside = y.map((value, e) => value - along * (x[e] ?? 0));
  // One real eigenvalue: y is x times it.
  if (norm(beside) <= ENOUGH * norm(y)) return { radius: Math.abs(along), misfit: 0 };
  const p = dot(beside, z) / dot(beside, beside);
  const q = dot(x, z) / dot(x, x) - p * along;
  const misfit = norm(z.map((value, e) => value - p * (y[e] ?? 0) - q * (x[e] ?? 0))) / norm(z);
  const inside = p * p + 4 * q;
  const radius = inside < 0 ? Math.sqrt(-q) : (Math.abs(p) + Math.sqrt(inside)) / 2;
  return { radius, misfit };
}
