import { describe, expect, test } from 'vitest';
import { reachesCard } from '../bench/card-score.ts';

describe('a test score beside what its card says', () => {
  test.each([
    ['85 %', 'accuracy', 0.8525, true],
    ['85 %', 'accuracy', 0.8449, false],
    ['99 %', 'exact-match', 0.99, true],
    ['RMSE 0.40', 'rmse', 0.4017, true],
    ['RMSE 0.40', 'rmse', 0.4051, false],
    ['2.04 bits a character', 'bits-per-character', 2.0449, true],
    ['perplexity 118', 'perplexity', 119, false],
    ['stops', 'rmse', 0.1, null],
  ])('%s, %s %f: %s', (card, metric, score, reached) => {
    expect(reachesCard(card, metric, score)).toBe(reached);
  });
});
