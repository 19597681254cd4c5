export type Verdict = 'vanishing' | 'healthy' | 'exploding';

export interface Diagnosis {
  /** What one step back in time multiplies the gradient by; null where there are too few steps to tell. */
  readonly factorPerStep: number | null;
  /** Steps after which half of the gradient is gone (negative: until it has doubled); null where the factor is 1 or unknown. */
  readonly halfLife: number | null;
  readonly verdict: Verdict;
}

/** Below this factor per step the gradient is called vanishing: a tenth is left after 22 steps. */
const VANISHING_BELOW = 0.9;
/** Above this factor per step it is called exploding: tenfold after 24 steps. */
const EXPLODING_ABOVE = 1.1;

/**
 * Fits flow[lag] = a * factor^lag by least squares of ln flow against lag, over the finite positive entries. `flow` is the mean norm of
 * dL/dh by distance from the loss step. A flow with an infinite or NaN entry beyond lag 0 is exploding whatever the fit.
 */
export function diagnose(flow: ArrayLike<number>): Diagnosis {
  const points: { lag: number; log: number }[] = [];
  let overflow = false;
  for (let lag = 0; lag < flow.length; lag++) {
    const value = flow[lag] ?? Number.NaN;
    if (Number.isFinite(value) && value > 0) points.push({ lag, log: Math.log(value) });
    else if (value === Infinity) overflow = true;
  }
  const slope = leastSquaresSlope(points);
  const factor = slope === null ? null : Math.exp(slope);
  if (overflow) return { factorPerStep: factor, halfLife: halfLifeOf(slope), verdict: 'exploding' };
  if (factor === null) return { factorPerStep: null, halfLife: null, verdict: 'healthy' };
  return { factorPerStep: factor, halfLife: halfLifeOf(slope), verdict: verdictOf(factor) };
}

function verdictOf(factor: number): Verdict {
  if (factor < VANISHING_BELOW) return 'vanishing';
  return factor > EXPLODING_ABOVE ? 'exploding' : 'healthy';
}

function halfLifeOf(slope: number | null): number | null {
  return slope === null || slope === 0 ? null : Math.log(0.5) / slope;
}

/** Null with fewer than two points. */
function leastSquaresSlope(points: readonly { readonly lag: number; readonly log: number }[]): number | null {
  const n = points.length;
  if (n < 2) return null;
  const meanLag = points.reduce((total, { lag }) => total + lag, 0) / n;
  const meanLog = points.reduce((total, { log }) => total + log, 0) / n;
  const covariance = points.reduce((total, { lag, log }) => total + (lag - meanLag) * (log - meanLog), 0);
  const variance = points.reduce((total, { lag }) => total + (lag - meanLag) ** 2, 0);
  return covariance / variance;
}
