import type { Dataset } from '../data/dataset.ts';

/** -ln of the least positive float32, 2^-149: above it the right answer's probability is 0 in float32, and the logarithm of that not finite. */
const CROSS_ENTROPY_LIMIT = 149 * Math.LN2;
/** Of targets with deviation 1: predictions tens of thousands of deviations away. */
const SQUARED_ERROR_LIMIT = 1e9;

/**
 * The mean loss above which a step counts as not finite and its update is refused; 0 where there is no such bound (targets that are not
 * normalised). A model of saturated cells can sit at such a loss forever with every number finite: its gradients are 0.
 */
export function lossLimit({ output }: Dataset['signature']): number {
  if (output.kind === 'classes') return CROSS_ENTROPY_LIMIT;
  return output.normalisation === null ? 0 : SQUARED_ERROR_LIMIT;
}
