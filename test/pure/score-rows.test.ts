import { describe, expect, it } from 'vitest';
import { NO_MEASURES } from '../../src-engine/data/measures.ts';
import { lossPlotOptions } from '../../src-renderer/panels/loss/loss-plot-options.ts';
import { scoreRows } from '../../src-renderer/panels/scores/score-rows.ts';

const validation = {
  step: 10,
  loss: 1.5,
  metric: 'bits-per-character',
  score: 2.1641,
  count: 100,
  measures: { ...NO_MEASURES, accuracy: 0.5, macroF1: 0.25, perplexity: 4.482, bitsPerCharacter: 2.1641, exactMatch: 0 },
} as const;
const baselines = [
  { name: 'frequency of characters', metric: 'bits-per-character', score: 4.2 },
  { name: 'majority class', metric: 'accuracy', score: 0.18 },
] as const;

describe('the table of scores', () => {
  it('has the main measure first, then what else means something, each beside its own baselines', () => {
    const rows = scoreRows(validation, null, baselines);
    expect(rows.map(({ name }) => name)).toEqual(['bits per character', 'accuracy', 'macro F1', 'exact match', 'perplexity']);
    expect(rows[0]).toEqual({
      name: 'bits per character',
      main: true,
      validation: '2.16',
      test: null,
      baselines: [{ name: 'frequency of characters', score: '4.20' }],
    });
    expect(rows[1]).toMatchObject({ validation: '50.0 %', baselines: [{ name: 'majority class', score: '18.0 %' }] });
    expect(rows[4]?.baselines).toEqual([]);
  });

  it('has the test score beside the validation score once it is taken', () => {
    const test = { ...validation, baseline: 4.2, baselines, measures: { ...validation.measures, bitsPerCharacter: 2.2 } };
    expect(scoreRows(validation, test, baselines)[0]).toMatchObject({ validation: '2.16', test: '2.20' });
    expect(scoreRows(null, test, baselines)[0]).toMatchObject({ validation: null, test: '2.20' });
  });
});

describe('the second axis of the loss plot', () => {
  const axisOf = (metric: Parameters<typeof lossPlotOptions>[0]['metric'], baseline: number | null) => {
    const { scales, axes } = lossPlotOptions({ metric, baseline, log: false, overlays: [], onHover: () => undefined, onZoom: () => undefined });
    const range = scales?.['score']?.range as (plot: unknown, low: number, high: number) => [number, number];
    const values = axes?.[2]?.values as (plot: unknown, ticks: number[]) => string[];
    return { range: range(null, 1, 3), ticks: values(null, [0, 0.5, 2]) };
  };

  it.each(['accuracy', 'exact-match'] as const)('%s is a share of 0 to 100 %%', (metric) => {
    expect(axisOf(metric, 0.5)).toEqual({ range: [0, 1], ticks: ['', '50%', '200%'] });
  });

  it.each(['rmse', 'mae', 'perplexity', 'bits-per-character'] as const)('%s is a plain number, up to the baseline', (metric) => {
    const { range, ticks } = axisOf(metric, 4);
    expect(ticks).toEqual(['', '0.5', '2']);
    expect(range[0]).toBe(0);
    expect(range[1]).toBeCloseTo(4.6, 9);
  });
});
