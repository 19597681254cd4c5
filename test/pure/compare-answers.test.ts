import { describe, expect, it } from 'vitest';
import { largestDifference } from '../../src-engine/session/export/compare-answers.ts';

describe('how far two lists of answers are apart', () => {
  it('is the largest difference, relative for numbers beyond 1', () => {
    expect(largestDifference([[[0.5, 0.25]]], [[[0.5, 0.125]]])).toBe(0.125);
    expect(largestDifference([[[[400], [2]]]], [[[[404], [2]]]])).toBe(0.01);
    expect(largestDifference([[[Infinity]]], [[[Infinity]]])).toBe(0);
  });

  it.each([
    ['a row more', [[[1], [1]]], [[[1]]]],
    ['a step more', [[[[1], [1]]]], [[[[1]]]]],
    ['one batch without answers', [[[1]], [[1]]], [[[1]]]],
    ['no number', [[[1]]], [[[Number.NaN]]]],
    ['infinity for a number', [[[1]]], [[[Infinity]]]],
  ])('has no bound for %s', (_what, expected, found) => {
    expect(largestDifference(expected, found)).toBe(Infinity);
  });
});
