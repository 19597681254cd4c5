import { fc } from '../fixtures/laws.ts';
import { describe, expect, it } from 'vitest';
import { fitDecay } from '../../src-engine/analyze/decay-fit.ts';
import { diagnose } from '../../src-engine/analyze/diagnosis.ts';

const geometric = (factor: number, steps: number, start = 0.3): number[] => Array.from({ length: steps }, (_, lag) => start * factor ** lag);

/** `near` per step for `bend` steps, `far` per step from there on. */
const bent = (near: number, bend: number, far: number, steps: number): number[] =>
  Array.from({ length: steps }, (_, lag) => 0.3 * near ** Math.min(lag, bend) * far ** Math.max(0, lag - bend));

const PROPERTY = { seed: 20260101, numRuns: 300 };
const lengths = fc.integer({ min: 2, max: 200 });
const starts = fc.double({ min: 1e-3, max: 1e3, noNaN: true });
/** Away from where the verdict turns. */
const factors = fc.oneof(
  fc.double({ min: 0.3, max: 0.895, noNaN: true }),
  fc.double({ min: 0.905, max: 1.095, noNaN: true }),
  fc.double({ min: 1.105, max: 2, noNaN: true }),
);

describe('the fitted decay', () => {
  it('finds the factor, the half-life and the start of a geometric decay', () => {
    const fit = fitDecay(geometric(0.83, 30));
    expect(fit?.factorPerStep).toBeCloseTo(0.83, 10);
    expect(fit?.halfLife).toBeCloseTo(Math.log(0.5) / Math.log(0.83), 8);
    expect(Math.exp(fit?.intercept ?? 0)).toBeCloseTo(0.3, 10);
    expect(fit).toMatchObject({ doubling: null, from: 0, to: 29, whole: true });
  });

  it('gives every exact exponential its factor to a millionth, whatever its length and size', () => {
    fc.assert(
      fc.property(factors, lengths, starts, (factor, steps, start) => {
        const flow = geometric(factor, steps, start);
        fc.pre(flow.every((value) => Number.isFinite(value) && value > 0));
        const fit = fitDecay(flow)!;
        expect(Math.abs(fit.factorPerStep / factor - 1)).toBeLessThan(1e-6);
        expect(fit).toMatchObject({ from: 0, to: steps - 1, whole: true, verdict: factor < 0.9 ? 'vanishing' : factor > 1.1 ? 'exploding' : 'healthy' });
      }),
      PROPERTY,
    );
  });

  it('is called vanishing where it is steep and then flat, with the factor of the steep part', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.2, max: 0.75, noNaN: true }),
        fc.integer({ min: 100, max: 200 }),
        fc.double({ min: 0.97, max: 1.03, noNaN: true }),
        (near, steps, far) => {
          const bend = Math.ceil(Math.log(1e-4) / Math.log(near));
          fc.pre(bend >= 5);
          const fit = fitDecay(bent(near, bend, far, steps))!;
          expect(fit.verdict).toBe('vanishing');
          expect(Math.abs(fit.factorPerStep / near - 1)).toBeLessThan(1e-3);
          expect(fit).toMatchObject({ from: 0, whole: false });
          expect(Math.abs(fit.to - bend)).toBeLessThanOrEqual(1);
        },
      ),
      PROPERTY,
    );
  });

  it('was called healthy by one line through such a bend', () => {
    const flow = bent(0.5, 15, 1, 200);
    const lags = flow.map((_, lag) => lag);
    const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    const slope = mean(lags.map((lag) => (lag - mean(lags)) * Math.log(flow[lag]!))) / mean(lags.map((lag) => (lag - mean(lags)) ** 2));
    expect(Math.exp(slope)).toBeGreaterThan(0.95);
    expect(fitDecay(flow)?.verdict).toBe('vanishing');
  });

  it('is judged by the ride on the cell state where it loses a little at first and then keeps its size, as in an LSTM', () => {
    const fit = fitDecay(bent(0.7, 8, 1.01, 62))!;
    expect(fit.verdict).toBe('healthy');
    expect(fit.factorPerStep).toBeCloseTo(1.01, 2);
    expect(fit).toMatchObject({ to: 61, whole: false });
  });

  it('sees what happens far from the loss where the near part keeps it', () => {
    const fit = fitDecay(bent(1, 60, 0.6, 100))!;
    expect(fit.verdict).toBe('vanishing');
    expect(fit.factorPerStep).toBeCloseTo(0.6, 2);
    expect(fitDecay(bent(1, 60, 1.6, 100))?.verdict).toBe('exploding');
  });

  it('keeps one line through noise', () => {
    fc.assert(
      fc.property(factors, fc.array(fc.double({ min: -0.3, max: 0.3, noNaN: true }), { minLength: 40, maxLength: 120 }), (factor, noise) => {
        const flow = noise.map((each, lag) => 0.3 * factor ** lag * Math.exp(each));
        expect(fitDecay(flow)).toMatchObject({ from: 0, to: noise.length - 1, whole: true });
      }),
      PROPERTY,
    );
  });

  it('does not hang on the size of the gradient', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 1e-6, max: 1, noNaN: true }), { minLength: 2, maxLength: 80 }), starts, (flow, size) => {
        const [one, other] = [fitDecay(flow)!, fitDecay(flow.map((value) => value * size))!];
        expect(other.verdict).toBe(one.verdict);
        expect(other.factorPerStep / one.factorPerStep).toBeCloseTo(1, 6);
      }),
      PROPERTY,
    );
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

  it('has no half-life where the gradient grows, but the time to double', () => {
    expect(fitDecay(geometric(2, 8))).toMatchObject({ halfLife: null });
    expect(fitDecay(geometric(2, 8))?.doubling).toBeCloseTo(1, 10);
  });

  it('is vanishing where it ends in zeros: less than the least number is left', () => {
    expect(fitDecay([1, 0.99, 0.98, 0, 0, 0])?.verdict).toBe('vanishing');
    expect(fitDecay([1, 0, 0, Number.NaN])).toMatchObject({ verdict: 'vanishing', factorPerStep: 0, halfLife: 0 });
  });

  it('is exploding where it overflows', () => {
    expect(diagnose([1, 2, 4, Number.POSITIVE_INFINITY]).verdict).toBe('exploding');
    expect(diagnose([1, Number.POSITIVE_INFINITY]).verdict).toBe('exploding');
  });

  it('says nothing of fewer than two values', () => {
    for (const flow of [[1], [0, 0, 1, 0], [0, 0], [], [Number.NaN, 1, Number.NaN]]) {
      expect(fitDecay(flow)).toBeNull();
      expect(diagnose(flow)).toEqual({ factorPerStep: null, halfLife: null, doubling: null, verdict: 'healthy' });
    }
  });
});
