import { fc } from '../fixtures/laws.ts';
import { describe, expect, test } from 'vitest';
import { countLengths, countValues } from '../../src-engine/data/histogram.ts';
import { sampleRows } from '../../src-engine/data/preview-samples.ts';
import { previewDataset } from '../../src-engine/data/preview.ts';
import { load } from './data-builders.ts';

describe('a histogram of lengths', () => {
  test('counts every length once, in bins of equal width', () => {
    expect(countLengths([1, 2, 2, 5, 6], 3)).toEqual({ from: 1, width: 2, counts: [3, 0, 2], mean: 3.2 });
  });

  test('of equal lengths is one bin; of none, none', () => {
    expect(countLengths([7, 7], 30)).toEqual({ from: 7, width: 1, counts: [2], mean: 7 });
    expect(countLengths([], 30)).toEqual({ from: 0, width: 1, counts: [], mean: 0 });
  });

  test('loses none and has no more bins than allowed', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5000 }), { minLength: 1 }), fc.integer({ min: 1, max: 40 }), (lengths, most) => {
        const { from, width, counts } = countLengths(lengths, most);
        expect(counts.reduce((a, b) => a + b, 0)).toBe(lengths.length);
        expect(counts.length).toBeLessThanOrEqual(most);
        for (const [bin, count] of counts.entries()) {
          const inside = lengths.filter((length) => length >= from + bin * width && length < from + (bin + 1) * width);
          expect(count).toBe(inside.length);
        }
      }),
    );
  });
});

test('a histogram of values has its ends in its first and last share and leaves out what is no number', () => {
  expect(countValues([0, 1, NaN, 10, Infinity], 5)).toEqual({ from: 0, to: 10, counts: [2, 0, 0, 0, 1] });
  expect(countValues([3, 3], 5)).toBeNull();
});

describe('a preview', () => {
  test('of names: lengths, both classes by part, the letters by frequency', async () => {
    const data = await load('builtin:names');
    const { lengths, balance, frequent, series, targets } = previewDataset(data);
    expect(lengths.counts.reduce((a, b) => a + b, 0)).toBe(data.count);
    expect(balance?.classes.map(({ name }) => name)).toEqual(['female', 'male']);
    expect(balance?.classes.reduce((sum, { test }) => sum + test, 0)).toBe(data.split.test.length);
    expect(frequent[0]?.token).toBe('a');
    expect(frequent.map(({ count }) => count)).toEqual(frequent.map(({ count }) => count).sort((a, b) => b - a));
    expect([series, targets]).toEqual([null, null]);
    expect(sampleRows(data)[0]).toMatchObject({ target: expect.stringMatching(/^(fe)?male$/) as string });
  });

  test('of CO2: the series with its parts one after the other', async () => {
    const { series, balance, frequent } = previewDataset(await load('builtin:co2'));
    expect(series?.columns[0]?.values.length).toBe(series?.places.length);
    expect(series?.validationStart).toBeGreaterThan(0);
    expect(series?.testStart).toBeGreaterThan(series?.validationStart ?? Infinity);
    expect([balance, frequent]).toEqual([null, []]);
  });

  test('of the adding problem: its sums, and no series, since its rows have no order', async () => {
    const { series, targets } = previewDataset(await load('builtin:adding', { options: { count: 500 } }));
    expect(series).toBeNull();
    expect(targets?.from).toBeGreaterThanOrEqual(0);
    expect(targets?.to).toBeLessThanOrEqual(2);
  });

  test.each(['builtin:names', 'builtin:reviews', 'builtin:co2', 'builtin:recall'])('of %s is small and JSON keeps it', async (source) => {
    const text = JSON.stringify(previewDataset(await load(source)));
    expect(text.length).toBeLessThan(60_000);
    expect(JSON.stringify(JSON.parse(text))).toBe(text);
  });
});
