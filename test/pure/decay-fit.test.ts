import { describe, expect, it } from 'vitest';
import { fitDecay } from '../../src-renderer/charts/decay-fit.ts';

const geometric = (factor: number, steps: number): number[] => Array.from({ length: steps }, (_, lag) => 0.3 * factor ** lag);

describe('fitDecay', () => {
  it('finds the factor, the half-life and the start of a geometric decay', () => {
    const fit = fitDecay(geometric(0.83, 30));
    expect(fit?.factorPerStep).toBeCloseTo(0.83, 10);
    expect(fit?.halfLife).toBeCloseTo(Math.log(0.5) / Math.log(0.83), 8);
    expect(Math.exp(fit?.intercept ?? 0)).toBeCloseTo(0.3, 10);
  });

  it.each([
    [0.89, 'vanishing'],
    [0.91, 'healthy'],
    [1, 'healthy'],
    [1.09, 'healthy'],
    [1.11, 'exploding'],
  ] as const)('calls a factor of %d %s', (factor, verdict) => {
    expect(fitDecay(geometric(factor, 12))?.verdict).toBe(verdict);
  });

  it('passes over zeros and non-finite values without moving the lag of the others', () => {
    const flow = geometric(0.5, 10);
    flow[3] = 0;
    flow[5] = Number.NaN;
    flow[7] = Number.POSITIVE_INFINITY;
    expect(fitDecay(flow)?.factorPerStep).toBeCloseTo(0.5, 10);
  });

  it('gives the time to double as a negative half-life where the gradient grows', () => {
    expect(fitDecay(geometric(2, 8))?.halfLife).toBeCloseTo(-1, 10);
  });

  it('does not fit fewer than two points', () => {
    expect(fitDecay([1])).toBeNull();
    expect(fitDecay([0, 0, 1, 0])).toBeNull();
  });
});
