import { describe, expect, it } from 'vitest';
import type { RunMeasure } from '../../src-engine/document/remedies/judge-remedy.ts';
import type { ProbesReply } from '../../src-engine/session/protocol.ts';
import { causesOf } from '../../src-renderer/panels/gradients/causes.ts';
import { forkText, predictionText } from '../../src-renderer/panels/gradients/fork-text.ts';
import { probeRateText } from '../../src-renderer/panels/gradients/probe-rate-text.ts';
import { LossSeries } from '../../src-engine/history/loss-series.ts';

describe('what a remedy did', () => {
  const before: RunMeasure = { step: 300, factor: 0.71, loss: 0.69, norm: 3 };

  it('is said with both numbers, before and after, at the same step', () => {
    const { verdict, rows, sentence } = forkText('factor', before, { step: 300, factor: 0.99, loss: 0.21, norm: 5 });
    expect(rows).toEqual([
      { name: 'factor per step', before: '0.71', after: '0.99', better: true, predicted: true },
      { name: 'loss', before: '0.690', after: '0.210', better: true, predicted: false },
      { name: 'largest norm', before: '3.00', after: '5.00', better: false, predicted: false },
    ]);
    expect(sentence).toBe('It helped: the factor per step comes nearer to 1, as predicted, and the loss is lower.');
    expect(verdict).toBe('helped');
  });

  it('is not praised for one of the two, or for none', () => {
    expect(forkText('factor', before, { ...before, factor: 0.95 }).sentence).toBe(
      'As predicted the factor per step comes nearer to 1, but the loss is not lower yet.',
    );
    expect(forkText('factor', before, { ...before, loss: 0.3 }).sentence).toBe(
      'The loss is lower, but not because the factor per step comes nearer to 1: that did not happen.',
    );
    expect(forkText('loss', before, { ...before, loss: 0.3 }).sentence).toBe('It helped, as predicted: the loss is lower.');
    expect(forkText('norm', before, before).sentence).toBe('It did not help: what was predicted, that the largest gradient norm is smaller, did not happen.');
  });

  it('counts a loss that is finite again as better, and a run that ended before as no help', () => {
    const exploded: RunMeasure = { step: 600, factor: 1.3, loss: Number.NaN, norm: Number.POSITIVE_INFINITY };
    const saved = forkText('loss', exploded, { step: 600, factor: 1.02, loss: 0.13, norm: 240 });
    expect(saved.sentence).toBe('It helped, as predicted: the loss is finite.');
    expect(saved.rows.map(({ before: was, after: is }) => [was, is])).toEqual([
      ['1.30', '1.02'],
      ['not finite', '0.130'],
      ['not finite', '240'],
    ]);
    expect(forkText('loss', exploded, { ...exploded, step: 90, factor: null })).toMatchObject({
      verdict: 'not',
      sentence: 'It did not help: the run ended before step 600.',
    });
  });

  it('is predicted in words', () => {
    expect(predictionText({ number: 'factor', because: 'A rotation has only eigenvalues of size 1.' })).toBe(
      'Predicted: the factor per step comes nearer to 1. A rotation has only eigenvalues of size 1.',
    );
  });
});

describe('the sampling rate of the probe', () => {
  it('is said in words, rounded so that it does not flicker', () => {
    expect(probeRateText({ every: 152.4, share: 0.0213 }, 16)).toEqual({
      short: 'every 150 ms, 2.1 %',
      long: 'A frame every 150 ms, on 16 examples, 2.1 % of the time',
    });
    expect(probeRateText({ every: 1284, share: 0.0004 }, 32).short).toBe('every 1.3 s, < 0.1 %');
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
