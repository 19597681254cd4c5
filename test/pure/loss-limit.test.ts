import { describe, expect, it } from 'vitest';
import { lossLimit } from '../../src-engine/train/loss-limit.ts';
import { NUMBERS, TAGS, WORDS } from './document-builders.ts';

describe('the loss above which nothing can be learnt any more', () => {
  it('of classes is where float32 has no probability left for the right answer', () => {
    for (const signature of [TAGS, WORDS]) {
      expect(Math.fround(Math.exp(-lossLimit(signature) * 0.999))).toBeGreaterThan(0);
      expect(Math.fround(Math.exp(-lossLimit(signature) * 1.02))).toBe(0);
    }
  });

  it('of numbers there is one only where they are normalised: a unit of ten million is a unit like any other', () => {
    expect(lossLimit(NUMBERS)).toBe(0);
    const normalisation = { mean: [0, 0], deviation: [1, 1] };
    const limit = lossLimit({ ...NUMBERS, output: { kind: 'numbers', width: 2, columns: ['y', 'z'], normalisation, perStep: false } });
    // Ten thousand deviations off, a prediction still can come back; a million, it does not.
    expect(limit).toBeGreaterThan(1e4 ** 2);
    expect(limit).toBeLessThan(1e6 ** 2);
  });
});
