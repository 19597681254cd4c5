import { describe, expect, it } from 'vitest';
import type { Probe } from '../../src-renderer/bridge/decode-frames.ts';
import { columnTicks } from '../../src-renderer/charts/column-ticks.ts';
import { placeOnScale } from '../../src-renderer/charts/colour-scale.ts';
import { fitDecay } from '../../src-renderer/charts/decay-fit.ts';
import { decadeSplits } from '../../src-renderer/charts/plot-axes.ts';
import { gradientRows, lagFlowOf, meanOverReaching } from '../../src-renderer/panels/gradients/gradient-rows.ts';
import { verdictText } from '../../src-renderer/panels/gradients/verdict-text.ts';

/** Two layers, three steps; all four rows reach step 1, two reach step 2, none step 3. */
const probe: Probe = {
  step: 10,
  layers: 2,
  steps: 3,
  rows: 4,
  gradientNorm: Float32Array.of(1, 1, 0, 2, 0.5, 0),
  flow: Float32Array.of(0.1, 0.2, 0, 0.3, 0.4, 0),
  rowsAtStep: Float32Array.of(4, 2, 0),
  lagFlow: Float32Array.of(1, 0.5, 0, 1, 0.25, 0),
};

describe('gradient rows', () => {
  it('are means over the rows that reach a step, and no number where none does', () => {
    expect([...meanOverReaching(probe, probe.gradientNorm, 0)]).toEqual([1, 2, Number.NaN]);
    expect([...meanOverReaching(probe, probe.gradientNorm, 1)]).toEqual([2, 1, Number.NaN]);
  });

  it('name the layer and the direction it reads in', () => {
    const layers = [
      { layer: 'gru1', direction: 'forward', node: 'gru1' },
      { layer: 'gru1', direction: 'backward', node: 'gru1' },
    ] as const;
    expect(gradientRows(probe, layers, 'gradient', 'absolute').map((row) => row.label)).toEqual(['gru1 →', 'gru1 ←']);
  });

  it('place a value on the fixed scale, or within its own row', () => {
    const layers = [{ layer: 'gru1', direction: 'forward', node: 'gru1' }] as const;
    const place = (scale: 'absolute' | 'row', value: number): number | undefined => gradientRows(probe, layers, 'gradient', scale)[0]?.place(value);
    expect(place('absolute', 1e-8)).toBe(0);
    expect(place('absolute', 1e-2)).toBeCloseTo(0.5, 10);
    expect(place('absolute', 1e4)).toBe(1);
    expect(place('row', 1)).toBe(0);
    expect(place('row', 2)).toBe(1);
  });

  it('end where the longest row does', () => {
    expect([...lagFlowOf(probe, 1)]).toEqual([1, 0.25]);
  });
});

describe('the scale', () => {
  it('shows a gradient of zero as the coldest', () => {
    expect(placeOnScale(0)).toBe(0);
  });
});

describe('the verdict', () => {
  const words = (factor: number): string => {
    const fit = fitDecay(Array.from({ length: 20 }, (_, lag) => factor ** lag));
    return fit === null ? '' : verdictText(fit).sentence;
  };

  it('says by how much, how fast, and what that is called', () => {
    expect(words(0.83)).toBe('Shrinks to 0.83 per step, half-life 3.7 steps: vanishing.');
    expect(words(0.5)).toBe('Shrinks to 0.50 per step, half-life 1.0 step: vanishing.');
    expect(words(0.97)).toBe('Shrinks to 0.97 per step, half-life 23 steps: healthy.');
    expect(words(1)).toBe('Keeps its size from step to step: healthy.');
    expect(words(1.5)).toBe('Grows to 1.50 per step, doubles every 1.7 steps: exploding.');
  });
});

describe('axis marks', () => {
  it('start at 1, end at T and stand far enough apart to read', () => {
    expect(columnTicks(42, 600)).toEqual([1, 5, 10, 15, 20, 25, 30, 35, 42]);
    expect(columnTicks(1, 600)).toEqual([1]);
    expect(columnTicks(10_000, 300)).toEqual([1, 5000, 10_000]);
  });

  it('are whole decades on a logarithmic axis, thinned where they crowd', () => {
    expect(decadeSplits(1e-4, 1, 10)).toEqual([1e-4, 1e-3, 1e-2, 1e-1, 1]);
    expect(decadeSplits(1e-8, 1e4, 4).length).toBeLessThanOrEqual(5);
    expect(decadeSplits(0.08, 0.9, 8)).toEqual([0.1, 0.2, 0.5]);
  });
});
