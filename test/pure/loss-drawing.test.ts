import { fc } from '../fixtures/laws.ts';
import { describe, expect, it } from 'vitest';
import { decimate } from '../../src-renderer/charts/decimate.ts';
import { smooth } from '../../src-renderer/charts/smooth.ts';

const ramp = (length: number): Float64Array => Float64Array.from({ length }, (_, index) => index + 1);

describe('decimate', () => {
  it('keeps every point where few enough are asked for', () => {
    expect([...decimate(ramp(6), ramp(6), 6, 0, 10, 3)]).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('keeps the smallest and the largest value and the order, whatever the values', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 50, maxLength: 400 }), (values) => {
        const y = Float64Array.from(values);
        const kept = [...decimate(ramp(y.length), y, y.length, 0, y.length + 1, 10)];
        expect(kept.length).toBeLessThanOrEqual(20);
        expect(kept).toEqual([...new Set(kept)].sort((a, b) => a - b));
        const seen = kept.map((index) => y[index] ?? Number.NaN);
        expect(Math.min(...seen)).toBe(Math.min(...values));
        expect(Math.max(...seen)).toBe(Math.max(...values));
      }),
    );
  });

  it('looks only at what is in view, with one point on either side', () => {
    expect([...decimate(ramp(100), ramp(100), 100, 40, 43, 50)]).toEqual([38, 39, 40, 41, 42, 43]);
  });

  it('keeps a value that is not a number', () => {
    const y = ramp(1000);
    y[517] = Number.NaN;
    expect(decimate(ramp(1000), y, 1000, 0, 1001, 20)).toContain(517);
  });
});

describe('smooth', () => {
  it('leaves values alone at weight 0', () => {
    expect([...smooth(ramp(4), 4, 0)]).toEqual([1, 2, 3, 4]);
  });

  it('starts at the first value rather than near zero, and keeps a constant constant', () => {
    const smoothed = smooth(new Float64Array(20).fill(3), 20, 0.95);
    for (const value of smoothed) expect(value).toBeCloseTo(3, 10);
  });

  it('lets a value that stands for many weigh as much as they would', () => {
    const many = smooth(Float64Array.of(1, 5, 5, 5, 5), 5, 0.9);
    const one = smooth(Float64Array.of(1, 5), 2, 0.9, Float64Array.of(1, 4));
    expect(one[1]).toBeCloseTo(many[4] ?? 0, 10);
  });

  it('passes over values that are not finite', () => {
    expect([...smooth(Float64Array.of(2, Number.NaN, 2), 3, 0.5)]).toEqual([2, 2, 2]);
  });
});
