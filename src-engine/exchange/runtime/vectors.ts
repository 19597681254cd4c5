/** Numbers of one step, or of one example. */
export type Vector = Float64Array;

export const EMPTY: Vector = new Float64Array(0);

/** W x, [O], of the rows of a row-major matrix [..,I] from `firstRow` on; with `bias` [O] added. */
export function times(weight: Float32Array, x: Vector, rows: number, firstRow = 0, bias?: Float32Array): Vector {
  const width = x.length;
  const result = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    let sum = bias?.[row] ?? 0;
    const at = (firstRow + row) * width;
    for (let column = 0; column < width; column++) sum += (weight[at + column] ?? 0) * (x[column] ?? 0);
    result[row] = sum;
  }
  return result;
}

export function sum(a: Vector, b: ArrayLike<number>): Vector {
  return a.map((value, place) => value + (b[place] ?? 0));
}

export function product(a: Vector, b: ArrayLike<number>): Vector {
  return a.map((value, place) => value * (b[place] ?? 0));
}

export function joined(parts: readonly Vector[]): Vector {
  return Float64Array.from(parts.flatMap((part) => [...part]));
}

export const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

const FUNCTIONS: Readonly<Record<string, (x: number) => number>> = { tanh: Math.tanh, sigmoid, relu: (x) => Math.max(0, x) };

/** The named function of every number; the numbers as they are where the name is none of tanh, sigmoid and relu. */
export function activated(name: string, x: Vector): Vector {
  const f = FUNCTIONS[name];
  return f === undefined ? x : x.map(f);
}

export function softmax(x: Vector): Vector {
  const largest = Math.max(...x);
  const shares = x.map((value) => Math.exp(value - largest));
  const total = totalOf(shares);
  return shares.map((share) => share / total);
}

export function totalOf(x: Vector): number {
  return x.reduce((all, each) => all + each, 0);
}

/** Place of the largest number, the first of equal ones. */
export function argmax(x: Vector): number {
  return x.reduce((best, value, place) => (value > (x[best] ?? 0) ? place : best), 0);
}
