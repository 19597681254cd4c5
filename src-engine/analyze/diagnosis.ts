import { fitDecay, type DecayFit, type DecayVerdict } from './decay-fit.ts';

/** As in `DecayFit`; null where there are too few steps to tell. */
export interface Diagnosis {
  readonly factorPerStep: number | null;
  readonly halfLife: number | null;
  readonly doubling: number | null;
  readonly verdict: DecayVerdict;
}

/** What the decay of a flow means, also of one that cannot be fitted: a flow without a finite number left is exploding, one that says nothing is healthy. */
export function diagnose(flow: ArrayLike<number>): Diagnosis {
  const fit: DecayFit | null = fitDecay(flow);
  if (fit !== null) return fit;
  const overflowed = Array.from(flow).includes(Number.POSITIVE_INFINITY);
  return { factorPerStep: null, halfLife: null, doubling: null, verdict: overflowed ? 'exploding' : 'healthy' };
}
