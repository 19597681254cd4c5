import { fc } from '../fixtures/laws.ts';
import { describe, expect, it } from 'vitest';
import { entryAt, rememberThinned } from '../../src-engine/history/thin-history.ts';

interface Entry {
  readonly step: number;
}

function history(steps: readonly number[], most: number): readonly Entry[] {
  return steps.reduce<readonly Entry[]>((kept, step) => rememberThinned(kept, { step }, most), []);
}

describe('a thinned history', () => {
  it('is bounded and in order, and holds the first and the latest entry, whenever they come', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 2, maxLength: 400 }), fc.integer({ min: 2, max: 40 }), (gaps, most) => {
        let step = 0;
        const all = gaps.map((gap) => {
          step += gap;
          return step;
        });
        const steps = history(all, most).map((entry) => entry.step);
        expect(steps.length).toBe(Math.min(most, all.length));
        expect(steps).toEqual([...steps].sort((a, b) => a - b));
        expect([steps[0], steps.at(-1)]).toEqual([all[0], all.at(-1)]);
        expect(steps.every((each) => all.includes(each))).toBe(true);
      }),
    );
  });

  it('keeps everything while there is room', () => {
    expect(history([3, 5, 9], 3)).toEqual([{ step: 3 }, { step: 5 }, { step: 9 }]);
  });

  it.each([
    [1000, 40],
    [20_000, 60],
    [20_000, 240],
  ])('after %i entries leaves %i whose gaps grow in proportion to their age', (count, most) => {
    const steps = history(
      Array.from({ length: count }, (_, index) => index + 1),
      most,
    ).map((entry) => entry.step);
    // Evenly spread on a logarithmic scale, neighbours stand a factor of count ** (1 / most) apart in age.
    const even = count ** (1 / most) - 1;
    for (const [index, step] of steps.slice(1).entries()) {
      const gap = step - (steps[index] ?? 0);
      expect(gap, `before step ${step}`).toBeLessThanOrEqual(1 + 4 * even * (count - step + 1));
    }
    expect(steps.slice(-3)).toEqual([count - 2, count - 1, count]);
  });

  it('forgets what a reset run had', () => {
    expect(rememberThinned([{ step: 10 }, { step: 20 }], { step: 10 }, 5)).toEqual([{ step: 10 }]);
  });

  it('answers with what stood at a step', () => {
    const entries = [{ step: 10 }, { step: 20 }];
    expect([5, 10, 19, 99, null].map((step) => entryAt(entries, step)?.step)).toEqual([10, 10, 10, 20, 20]);
    expect(entryAt<Entry>([], null)).toBeUndefined();
  });
});
