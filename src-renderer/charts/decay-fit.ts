export type DecayVerdict = 'vanishing' | 'healthy' | 'exploding';

export interface DecayFit {
  /** What one step back multiplies the gradient by: exp of the slope of ln(flow) against lag. */
  readonly factorPerStep: number;
  /** Steps until half is left, ln(0.5) / ln(factor); negative where the gradient grows (then: steps until it doubles). */
  readonly halfLife: number;
  /** ln of the fitted flow at lag 0. */
  readonly intercept: number;
  readonly verdict: DecayVerdict;
}

/** Below this factor per step a gradient counts as vanishing, above the other as exploding; as in the engine's diagnosis. */
const vanishingBelow = 0.9;
const explodingAbove = 1.1;

function verdictOf(factor: number): DecayVerdict {
  if (factor < vanishingBelow) return 'vanishing';
  return factor > explodingAbove ? 'exploding' : 'healthy';
}

/**
 * Least squares of ln(flow) against lag, over the finite positive values.
 * @param flow [T] gradient norm by distance from the loss step, index 0 the loss step itself
 * @returns null where fewer than two points can be fitted
 */
export function fitDecay(flow: ArrayLike<number>): DecayFit | null {
  const points = Array.from(flow, (value, lag) => ({ lag, log: Math.log(value) })).filter((point) => Number.isFinite(point.log));
  const n = points.length;
  if (n < 2) return null;
  const meanLag = points.reduce((sum, point) => sum + point.lag, 0) / n;
  const meanLog = points.reduce((sum, point) => sum + point.log, 0) / n;
  const covariance = points.reduce((sum, point) => sum + (point.lag - meanLag) * (point.log - meanLog), 0);
  const variance = points.reduce((sum, point) => sum + (point.lag - meanLag) ** 2, 0);
  const slope = covariance / variance;
  const factorPerStep = Math.exp(slope);
  return { factorPerStep, halfLife: Math.log(0.5) / slope, intercept: meanLog - slope * meanLag, verdict: verdictOf(factorPerStep) };
}
