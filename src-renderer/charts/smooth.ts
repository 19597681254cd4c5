/**
 * Exponential moving average without the pull towards zero at its start; non-finite values are passed over.
 * @param weight share of the past, 0 (no smoothing) up to but not 1
 * @returns [length] smoothed values
 */
export function smooth(values: Float64Array, length: number, weight: number): Float64Array {
  const smoothed = new Float64Array(length);
  let average = 0;
  let mass = 0;
  for (let index = 0; index < length; index++) {
    const value = values[index] ?? Number.NaN;
    if (Number.isFinite(value)) {
      average = weight * average + (1 - weight) * value;
      mass = weight * mass + (1 - weight);
    }
    smoothed[index] = mass > 0 ? average / mass : Number.NaN;
  }
  return smoothed;
}
