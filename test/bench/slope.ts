/** A measure over time: minutes, and mebibytes. */
export interface Sample {
  readonly minutes: number;
  readonly mebibytes: number;
}

/** Least squares through samples: mebibytes a minute, and its standard error. NaN for fewer than three samples. */
export function slopeOf(samples: readonly Sample[]): { readonly slope: number; readonly error: number } {
  const n = samples.length;
  const mean = (pick: (sample: Sample) => number): number => samples.reduce((sum, sample) => sum + pick(sample), 0) / n;
  const [middle, level] = [mean(({ minutes }) => minutes), mean(({ mebibytes }) => mebibytes)];
  const spread = samples.reduce((sum, { minutes }) => sum + (minutes - middle) ** 2, 0);
  const slope = samples.reduce((sum, { minutes, mebibytes }) => sum + (minutes - middle) * (mebibytes - level), 0) / spread;
  const left = samples.reduce((sum, { minutes, mebibytes }) => sum + (mebibytes - level - slope * (minutes - middle)) ** 2, 0);
  return { slope, error: n < 3 ? Number.NaN : Math.sqrt(left / (n - 2) / spread) };
}
