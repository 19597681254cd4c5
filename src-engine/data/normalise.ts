import type { Normalisation } from '../document/signature.ts';
import { at } from './at.ts';

/** Mean and deviation of each column over the given rows of [N,width]; a constant column keeps deviation 1. */
export function fitNormalisation(values: Float64Array, width: number, rows: Int32Array): Normalisation {
  const mean: number[] = [];
  const deviation: number[] = [];
  for (let column = 0; column < width; column += 1) {
    const sum = rows.reduce((total, row) => total + at(values, row * width + column), 0);
    const average = sum / rows.length;
    const squares = rows.reduce((total, row) => total + (at(values, row * width + column) - average) ** 2, 0);
    mean.push(average);
    deviation.push(Math.sqrt(squares / rows.length) || 1);
  }
  return { mean, deviation };
}

/** z = (x - mean) / deviation by column, as float32. */
export function normalised(values: ArrayLike<number>, normalisation: Normalisation | null): Float32Array {
  if (normalisation === null) return Float32Array.from(values);
  const width = normalisation.mean.length;
  return Float32Array.from(values, (value, index) => (value - at(normalisation.mean, index % width)) / at(normalisation.deviation, index % width));
}
