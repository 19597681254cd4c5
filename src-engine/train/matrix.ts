/** y [n] of A x, of a square matrix [n,n] and x [n]. */
export function times(matrix: Float64Array, x: Float64Array, n: number): Float64Array {
  const y = new Float64Array(n);
  for (let row = 0; row < n; row++) {
    let total = 0;
    for (let column = 0; column < n; column++) total += (matrix[row * n + column] ?? 0) * (x[column] ?? 0);
    y[row] = total;
  }
  return y;
}

export function dot(a: Float64Array, b: Float64Array): number {
  let total = 0;
  for (let e = 0; e < a.length; e++) total += (a[e] ?? 0) * (b[e] ?? 0);
  return total;
}

export function norm(x: Float64Array): number {
  return Math.sqrt(dot(x, x));
}
