import { fc } from '../fixtures/laws.ts';
import { describe, expect, it } from 'vitest';
import { collapseBelow, nextLag, spanOf, type TriedLag } from '../../src-engine/analyze/lag-search.ts';

const THRESHOLD = collapseBelow(8);

/** Tries lags until the search ends, of a cell that holds up to `holds`. */
function search(holds: number, longest: number): readonly TriedLag[] {
  const tried: TriedLag[] = [];
  for (let lag = nextLag(tried, THRESHOLD, longest); lag !== null; lag = nextLag(tried, THRESHOLD, longest)) {
    tried.push({ lag, accuracy: lag <= holds ? 1 : 0.125 });
    expect(tried.length, 'ends').toBeLessThan(40);
  }
  return tried;
}

const lags = (tried: readonly TriedLag[]): readonly number[] => tried.map(({ lag }) => lag);

describe('the search for the lag at which recall collapses', () => {
  it('has its threshold half-way between guessing and always being right', () => {
    expect(collapseBelow(8)).toBe(0.5625);
    expect(collapseBelow(2)).toBe(0.75);
  });

  it('doubles until one collapses, then halves the gap', () => {
    expect(lags(search(11, 256))).toEqual([1, 2, 4, 8, 16, 12, 10, 11]);
    expect(spanOf(search(11, 256), THRESHOLD)).toEqual({ remembers: 11, collapsesAt: 12 });
  });

  it('ends at once where not even one step is remembered, and at the longest lag where all are', () => {
    expect(lags(search(0, 256))).toEqual([1]);
    expect(spanOf(search(0, 256), THRESHOLD)).toEqual({ remembers: 0, collapsesAt: 1 });
    expect(lags(search(1000, 100))).toEqual([1, 2, 4, 8, 16, 32, 64, 100]);
    expect(spanOf(search(1000, 100), THRESHOLD)).toEqual({ remembers: 100, collapsesAt: null });
  });

  it('finds every collapse to an eighth of the lag that held', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 600 }), fc.integer({ min: 1, max: 512 }), (holds, longest) => {
        const { remembers, collapsesAt } = spanOf(search(holds, longest), THRESHOLD);
        expect(remembers).toBeLessThanOrEqual(Math.min(holds, longest));
        if (holds >= longest) expect([remembers, collapsesAt]).toEqual([longest, null]);
        else expect(collapsesAt! - remembers).toBeLessThanOrEqual(Math.max(1, remembers / 8));
        if (collapsesAt !== null) expect(collapsesAt).toBeGreaterThan(holds);
      }),
    );
  });

  it('does not count what held beyond the first collapse, nor an accuracy that is not a number', () => {
    const tried: readonly TriedLag[] = [
      { lag: 1, accuracy: 1 },
      { lag: 2, accuracy: 0.2 },
      { lag: 4, accuracy: 0.9 },
    ];
    expect(spanOf(tried, THRESHOLD)).toEqual({ remembers: 1, collapsesAt: 2 });
    expect(nextLag(tried, THRESHOLD, 256)).toBeNull();
    expect(spanOf([{ lag: 1, accuracy: Number.NaN }], THRESHOLD)).toEqual({ remembers: 0, collapsesAt: 1 });
  });
});
