/**
 * Exponential moving average without the pull towards zero at its start; non-finite values are passed over.
 * @param weight share of the past, 0 (no smoothing) up to but not 1
 * @param counts updates that each value stands for; 1 each where it is left out
 * @returns [length] smoothed values
 */
export function smooth(values: Float64Array, length: number, weight: number, counts?: Float64Array): Float64Array {
  const smoothed = new Float64Array(length);
  let average = 0;
  let mass = 0;
  for (let index = 0; index < length; index++) {
    const value = values[index] ?? Number.NaN;
    if (Number.isFinite(value)) {
      const count = counts?.[index] ?? 1;
      const past = count === 1 ? weight : weight ** count;
      average = past * average + (1 - past) * value;
      mass = past * mass + (1 - past);
    }
    smoothed[index] = mass > 0 ? average / mass : Number.NaN;
  }
  return smoothed;
}
