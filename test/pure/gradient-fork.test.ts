import { describe, expect, it } from 'vitest';
import type { ProbesReply } from '../../src-engine/session/protocol.ts';
import { causesOf } from '../../src-renderer/panels/gradients/causes.ts';
import { forkText } from '../../src-renderer/panels/gradients/fork-text.ts';
import { LossSeries } from '../../src-engine/history/loss-series.ts';

describe('what a remedy did', () => {
  const before = { step: 300, factor: 0.71, loss: 0.69 };

  it('is said with both numbers, before and after, at the same step', () => {
    const { verdict, numbers, sentence } = forkText(before, { step: 300, factor: 0.99, loss: 0.21 });
    expect(numbers).toBe('After 300 steps: factor per step 0.71 before, 0.99 now; loss 0.690 before, 0.210 now.');
    expect(sentence).toBe('It helped: the gradient keeps its size better, and the loss is lower.');
    expect(verdict).toBe('helped');
  });

  it('is not praised for one of the two, or for none', () => {
    expect(forkText(before, { step: 300, factor: 0.95, loss: 0.7 }).verdict).toBe('mixed');
    expect(forkText(before, { step: 300, factor: 0.4, loss: 0.3 }).verdict).toBe('mixed');
    expect(forkText(before, { step: 300, factor: 0.7, loss: 0.69 }).verdict).toBe('not');
    expect(forkText(before, { step: 300, factor: 1.6, loss: 0.9 }).verdict).toBe('not');
  });

  it('counts a loss that is finite again as lower, and a run that ended before as no help', () => {
    const exploded = { step: 600, factor: 1.3, loss: Number.NaN };
    expect(forkText(exploded, { step: 600, factor: 1.02, loss: 0.13 }).verdict).toBe('helped');
    expect(forkText(exploded, { step: 600, factor: 1.02, loss: 0.13 }).numbers).toContain('loss not finite before, 0.130 now');
    expect(forkText(exploded, { step: 90, factor: 1.02, loss: Number.NaN })).toMatchObject({
      verdict: 'not',
      sentence: 'It did not help: the run ended before step 600.',
    });
  });
});

describe('the series of a run', () => {
  const series = new LossSeries();
  const step = Float64Array.of(1, 2, 3, 4);
  series.append({ step, trainLoss: Float64Array.of(4, 3, 2, 1), learningRate: step, gradientNorm: step, clipped: Float64Array.of(1, 1, 0, 0) });

  it('has a mean loss up to a step, and a share of clipped updates', () => {
    expect(series.meanLoss(3, 2)).toBe(2.5);
    expect(series.meanLoss(99, 2)).toBe(1.5);
    expect(series.meanLoss(0, 2)).toBeNaN();
    expect(series.clippedShare()).toBe(0.5);
    expect(series.clippedShare(2)).toBe(0);
    expect(new LossSeries().clippedShare()).toBe(0);
  });
});

describe('causes', () => {
  it('are the spectral radii of the layer and direction, and the share of each gate that is saturated', () => {
    const backward = { layer: 'gru1', direction: 'backward', node: 'gru1' } as const;
    const reply: ProbesReply = {
      step: 1,
      rows: 1,
      steps: 2,
      cells: [
        {
          ...backward,
          units: 2,
          gates: [{ gate: 'update', mean: [0.5, 0.5], shut: [0.25, 0.25], open: [0.5, 'NaN'] }],
          stateNorms: { h: [1, 1], c: null },
          jacobian: null,
        },
      ],
      recurrent: [
        { parameter: 'gru1.forward.weight_hh', block: 'update', radius: 3 },
        { parameter: 'gru1.backward.weight_hh', block: 'update', radius: 0.5 },
      ],
      update: null,
      copies: null,
      triangle: null,
    };
    expect(causesOf(backward, reply).map(({ name, value }) => [name, value])).toEqual([
      ['spectral radius', '0.50'],
      ['update saturated', '75 %'],
    ]);
    expect(causesOf({ ...backward, layer: 'other' }, reply)).toEqual([]);
    expect(causesOf(backward, null)).toEqual([]);
  });
});
