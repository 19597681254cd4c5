import { describe, expect, it } from 'vitest';
import type { Probe } from '../../src-engine/history/decode-frames.ts';
import { columnTicks } from '../../src-renderer/charts/column-ticks.ts';
import { placeOnScale } from '../../src-renderer/charts/colour-scale.ts';
import { fitDecay } from '../../src-engine/analyze/decay-fit.ts';
import { decadeSplits } from '../../src-renderer/charts/plot-axes.ts';
import type { ProbesReply } from '../../src-engine/session/protocol.ts';
import {
  gradientRows,
  lagFlowOf,
  meanOverReaching,
  measuredLossStep,
  isFirstWindowOnly,
  windowBoundaries,
  type MapRow,
} from '../../src-renderer/panels/gradients/gradient-rows.ts';
import { canBeLinedUp, lagAtStep, stepAtLag } from '../../src-renderer/state/lined-up.ts';
import { gradientCsv } from '../../src-renderer/panels/gradients/map-picture.ts';
import type { Quantity, Scale } from '../../src-renderer/panels/gradients/quantities.ts';
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

  const layers = [
    { layer: 'gru1', direction: 'forward', node: 'gru1' },
    { layer: 'gru1', direction: 'backward', node: 'gru1' },
  ] as const;
  const rows = (quantity: Quantity, more: { reply?: ProbesReply; lossStep?: number; layer?: number; scale?: Scale } = {}): readonly MapRow[] =>
    gradientRows(quantity, more.scale ?? 'absolute', {
      frame: probe,
      layers,
      reply: more.reply ?? null,
      lossStep: more.lossStep ?? null,
      layer: more.layer ?? 0,
    });

  it('name the layer, the direction it reads in, and each copy of it', () => {
    expect(rows('gradient').map((row) => row.label)).toEqual(['gru1 →', 'gru1 ←']);
    expect(rows('gradient').map((row) => row.name(2))).toEqual(['gru1.forward:t2', 'gru1.backward:t2']);
  });

  it('place a value on the fixed scale, or within its own row', () => {
    const place = (scale: Scale, value: number): number | undefined => rows('gradient', { scale })[0]?.place(value);
    expect(place('absolute', 1e-8)).toBe(0);
    expect(place('absolute', 1e-2)).toBeCloseTo(0.5, 10);
    expect(place('absolute', 1e4)).toBe(1);
    expect(place('row', 1)).toBe(0);
    expect(place('row', 2)).toBe(1);
  });

  const cell = { layer: 'gru1', direction: 'forward', node: 'gru1' } as const;
  const reply: ProbesReply = {
    step: 10,
    rows: 4,
    steps: 2,
    cells: [
      {
        ...cell,
        units: 2,
        gates: [{ gate: 'z', mean: [0.5, 0.5], shut: [0, 1], open: [0.5, 0] }],
        stateNorms: { h: [1, 'Infinity'], c: null },
        jacobian: { rows: 4, values: [0.1, 1] },
      },
    ],
    recurrent: [],
    update: null,
    copies: [{ parameter: 'gru1.weight_hh', node: 'gru1', values: [0, 2] }],
    triangle: {
      lossSteps: [1, 2],
      cells: [
        {
          ...cell,
          flow: [
            [1, 0],
            [0.25, 0.5],
          ],
        },
      ],
    },
  };
  const values = (found: readonly MapRow[]): readonly unknown[] => found.map((row) => [row.label, ...Array.from(row.values)]);

  it('show what was asked for as the engine answered it, and no number past the examples', () => {
    expect(values(rows('jacobian', { reply }))).toEqual([['gru1 →', Math.fround(0.1), 1, Number.NaN]]);
    expect(values(rows('states', { reply }))).toEqual([['gru1 → ‖h‖', 1, Number.POSITIVE_INFINITY, Number.NaN]]);
    expect(values(rows('copies', { reply }))).toEqual([['gru1.weight_hh', 0, 2, Number.NaN]]);
    expect(values(rows('gates', { reply }))).toEqual([
      ['gru1 → z shut', 0, 1, Number.NaN],
      ['gru1 → z open', 0.5, 0, Number.NaN],
    ]);
    expect(rows('gates', { reply })[0]?.place(0.25)).toBe(0.25);
    expect(rows('jacobian', { reply })[0]?.place(1)).toBeCloseTo(0.5, 10);
    expect(rows('states')).toEqual([]);
  });

  it('take the flow of one loss step over the rows that have it, and say where no gradient can be', () => {
    const [last] = rows('flow-from', { reply });
    expect(Array.from(last!.values)).toEqual([0.25, 0.5, Number.NaN]);
    const [first] = rows('flow-from', { reply, lossStep: 1 });
    expect([first?.lossStep, first?.values[0], first?.beyond(0), first?.beyond(1)]).toEqual([1, 1, false, true]);
    expect(rows('triangle', { reply }).map((row) => row.label)).toEqual(['loss at 1', 'loss at 2']);
    expect(measuredLossStep([10, 20, 30], 24)).toBe(1);
    expect(measuredLossStep([10, 20, 30], null)).toBe(2);
  });

  it('count the steps of their own sequence: a decoder ends where the targets do', () => {
    // The first layer reads inputs of at most 2 steps, the second writes targets of at most 3; both rows reach all of theirs.
    const own: Probe = { ...probe, rows: 2, rowsAtStep: Float32Array.of(2, 2, 1), rowsOfCell: Float32Array.of(2, 1, 0, 2, 2, 1) };
    const sources = { frame: own, layers, reply: null, lossStep: null, layer: 0 } as const;
    const [input, decoder] = gradientRows('gradient', 'absolute', sources);
    expect(Array.from(input!.values)).toEqual([1, 2, Number.NaN]);
    expect(Array.from(decoder!.values)).toEqual([2, 0.5, 0]);
    expect([0, 1, 2].map((column) => input!.beyond(column))).toEqual([false, false, true]);
    expect([0, 1, 2].map((column) => decoder!.beyond(column))).toEqual([false, false, false]);
    expect([...lagFlowOf(own, 0)]).toEqual([1, 0.5]);
    const copies = { ...reply, copies: [{ parameter: 'gru1.weight_hh', node: 'gru1', values: [0, 2, 'NaN' as const] }] };
    const [copy] = gradientRows('copies', 'absolute', { ...sources, reply: copies });
    expect([0, 1, 2].map((column) => copy!.beyond(column))).toEqual([false, false, true]);
  });

  it('a step back from the loss is a time step of an example, and back again; a backward copy ends at t = 1', () => {
    expect([0, 1, 4].map((lag) => stepAtLag(lag, 5, false))).toEqual([5, 4, 1]);
    expect([0, 1, 4].map((lag) => stepAtLag(lag, 5, true))).toEqual([1, 2, 5]);
    for (const backward of [false, true]) for (let t = 1; t <= 5; t++) expect(stepAtLag(lagAtStep(t, 5, backward), 5, backward)).toBe(t);
  });

  it('are lined up at the loss where examples of unequal length have one each, at their last step', () => {
    const ragged: Probe = { ...probe, gradientNorm: probe.flow };
    expect(canBeLinedUp(ragged, 'gradient', null)).toBe(true);
    expect(canBeLinedUp(ragged, 'gradient', 2), 'a truncated window').toBe(false);
    expect(canBeLinedUp(ragged, 'jacobian', null), 'a quantity of each step').toBe(false);
    expect(canBeLinedUp(probe, 'gradient', null), 'a loss at every step').toBe(false);
    expect(canBeLinedUp(probe, 'flow', null)).toBe(true);
    expect(canBeLinedUp({ ...ragged, rowsAtStep: Float32Array.of(4, 4, 0) }, 'gradient', null), 'examples of one length').toBe(false);
    const [forward] = gradientRows('gradient', 'row', { frame: ragged, layers, reply: null, lossStep: null, layer: 0, linedUp: true });
    expect(Array.from(forward!.values)).toEqual([Number.NaN, 0.5, 1]);
    expect([0.5, 1].map((value) => forward!.place(value))).toEqual([0, 1]);
    const csv = gradientCsv({
      quantity: 'gradient',
      rows: [forward!],
      columns: 3,
      linedUp: true,
      masked: (column) => column === 0,
      measured: 0,
      absolute: true,
    });
    expect(
      csv
        .trim()
        .split('\n')
        .map((line) => line.trim()),
    ).toEqual(['layer,direction,steps before the loss,value', 'gru1,forward,2,', 'gru1,forward,1,0.5', 'gru1,forward,0,1']);
  });

  it('end at the windows of truncated BPTT', () => {
    expect(windowBoundaries(2, 5)).toEqual([2, 4]);
    expect(windowBoundaries(5, 5)).toEqual([]);
    expect(windowBoundaries(null, 5)).toEqual([]);
  });

  it('are measured on the first window of truncated BPTT alone', () => {
    const behind = (column: number): boolean => column >= 2;
    expect(isFirstWindowOnly(2, 5, behind, windowBoundaries(2, 5))).toBe(true);
    expect(isFirstWindowOnly(2, 5, (column, row) => behind(column) && row === 0, windowBoundaries(2, 5))).toBe(false);
    expect(isFirstWindowOnly(2, 5, behind, windowBoundaries(null, 5))).toBe(false);
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
