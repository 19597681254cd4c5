import { describe, expect, it } from 'vitest';
import type { NodeId } from '../../src-engine/document/project.ts';
import type { Replies } from '../../src-main/contract.ts';
import { placeOnScale } from '../../src-renderer/charts/colour-scale.ts';
import { gradientRows } from '../../src-renderer/panels/gradients/gradient-rows.ts';
import type { Quantity } from '../../src-renderer/panels/gradients/quantities.ts';
import { debugScript } from '../../src-renderer/unrolled/debug/debug-script.ts';
import { probeOf, probesOf } from '../../src-renderer/unrolled/debug/debug-probes.ts';
import { exampleModel } from '../../src-renderer/unrolled/example-model.ts';
import { rowsOfLane } from '../../src-renderer/unrolled/lane-rows.ts';
import { layOut } from '../../src-renderer/unrolled/layout.ts';
import type { Lane } from '../../src-renderer/unrolled/network-lanes.ts';
import { shortNumber } from '../../src-renderer/unrolled/paint/node-look.ts';
import { stageSentence, stageTitle } from '../../src-renderer/unrolled/debug/stage-text.ts';
import { placeName, type UnrolledModel } from '../../src-renderer/unrolled/unrolled-model.ts';

type DebugReply = Replies['session.debug'];

const lane = (kind: Lane['kind'], path: string, more: Partial<Lane> = {}): Lane => ({
  kind,
  node: path as NodeId,
  path,
  layer: path.replace(/\.(forward|backward)$/, ''),
  backward: false,
  paired: false,
  axis: 'inputs',
  steps: 'each',
  feeds: [],
  ...more,
});
const LANES: readonly Lane[] = [
  lane('input', 'bits'),
  lane('cell', 'rnn1', { feeds: [{ from: 0, take: 'each', to: 'each' }] }),
  lane('output', 'head', { steps: 'one', feeds: [{ from: 1, take: 'final', to: 'each' }] }),
];

/** Three steps of an RNN of two units; the gradient at the first is not a number. */
const reply: DebugReply = {
  id: 1,
  step: 40,
  steps: 4,
  wholeSteps: 3,
  inputSteps: 3,
  targetSteps: 3,
  read: ['0', '1', '1'].map((text) => ({ text, known: true })),
  targetsFrom: 'data',
  loss: 0.69,
  outputs: [{ t: null, target: 'even', answer: { ranked: [{ class: 'odd', probability: 0.54 }], numbers: [] }, loss: 0.69, weight: 1 }],
  reduce: 'sum',
  windows: [{ from: 1, to: 3, counts: true, loss: 0.69, norm: 2, clippedNorm: 1, clipFactor: 0.5, clippedNumbers: 0, learningRate: 0.1, finite: true }],
  cells: [
    {
      layer: 'rnn1',
      direction: 'forward',
      node: 'rnn1',
      path: 'rnn1',
      units: 2,
      axis: 'inputs',
      length: 3,
      h: [0.5, 0.25, 1.5, 'NaN'],
      c: null,
      gates: [],
      gradient: ['NaN', 0.0031, 0.2, 'NaN'],
      flow: ['NaN', 0.002, 0.1, 'NaN'],
      jacobian: [0.9, 0.8, 0.7, 'NaN'],
    },
  ],
  parameters: [
    {
      parameter: 'rnn1.weight_hh',
      node: 'rnn1',
      shape: [2, 2],
      backward: false,
      norms: [0, 0.5, 2, 0],
      running: [2.2, 2.2, 2, 0],
      windows: [{ copies: 3, sum: 2.2, mean: 2.2 / 3, given: 1.1, weight: 4, update: 0.11 }],
      values: null,
    },
  ],
};

const layout = layOut(LANES, { inputs: 4, targets: 4 });
const script = debugScript(LANES, { inputs: 3, targets: 3 }, reply.windows);

function model(position: number, quantity: Quantity = 'gradient'): UnrolledModel {
  return exampleModel({ layout, reply, script, position, quantity, scale: 'absolute', parameter: 'rnn1.weight_hh', copies: new Map() });
}
const END = script.stages.length - 1;

describe('the picture of one example', () => {
  it('shows a copy’s state once it has run, and its gradient, on the scale of the gradient panel, once it is back', () => {
    expect(model(0).look(1, 2)).toEqual({ kind: 'blank' });
    const forward = model(2).look(1, 2);
    expect(forward).toMatchObject({ kind: 'value' });
    expect(forward.kind === 'value' && forward.text()).toBe('0.25');
    const back = model(END).look(1, 2);
    expect(back).toMatchObject({ kind: 'shade', places: [placeOnScale(Math.fround(0.0031))] });
    expect(back.kind === 'shade' && back.text()).toBe('3e-3');
    expect(model(2, 'jacobian').look(1, 2), 'a Jacobian is known on the way forward').toMatchObject({ kind: 'shade' });
  });

  it('tells a step past the end of the example from a number that is not finite', () => {
    expect(model(END).look(1, 4)).toEqual({ kind: 'masked' });
    expect(model(END).look(1, 1)).toMatchObject({ kind: 'shade', places: [Number.NaN] });
  });

  it('says of a node what it stands for', () => {
    expect(`${placeName(layout, { lane: 1, t: 2 })}, ${model(END).said({ lane: 1, t: 2 })}`).toBe('rnn1:t2, dL/dh 0.00310');
    expect(model(2).said({ lane: 1, t: 2 })).toBe('norm of h 0.250');
    expect(model(0).said({ lane: 1, t: 2 })).toBe('not computed yet');
    expect(model(END).said({ lane: 1, t: 4 })).toContain('masked');
    expect(model(END).said({ lane: 1, t: 1 })).toBe('dL/dh NaN');
    expect(model(0).said({ lane: 0, t: 1 })).toBe('“0”');
    expect(model(END).said({ lane: 2, t: 1 })).toBe('answers odd, wanted even, loss 0.690');
  });

  it('adds a bar for each copy that the walk has come back to, and their sum', () => {
    expect(model(2).bars).toEqual({ bars: [], sum: null });
    const added = (position: number): readonly boolean[] => (model(position).bars?.bars ?? []).map((bar) => bar.added);
    expect(added(4)).toEqual([false, false, false, false]);
    expect(added(5)).toEqual([false, false, true, false]);
    expect(added(6)).toEqual([false, true, true, false]);
    expect(model(5).bars?.sum?.text).toBe('2');
    expect(model(END).bars?.sum?.text).toBe('2.2');
    expect(
      model(END).bars?.bars.map(({ height }) => Number(height.toFixed(3))),
      'parts and sum on one scale',
    ).toEqual([0, 0.227, 0.909, 0]);
  });

  it('follows what the stage is about', () => {
    expect(model(0).followed).toBeNull();
    expect(model(3).followed).toEqual({ lane: 1, t: 3 });
    expect(model(6).followed).toEqual({ lane: 1, t: 2 });
  });

  it('tells each stage in a sentence', () => {
    const told = (position: number): string => `${stageTitle(script.stages[position]!, reply)}: ${stageSentence(script, position, reply)}`;
    expect(told(1)).toBe('forward · t = 1: h at t = 1 comes from the first state and “0”');
    expect(told(3)).toBe('forward · t = 3: h at t = 3 comes from h at t = 2 and “1”');
    expect(told(4)).toBe('loss: Loss 0.690: answered “odd” (54.0 %), wanted “even”');
    expect(told(6)).toBe('backward · t = 2: 2 of 3 copies have added their part to ∂L/∂W');
    expect(told(8)).toBe('update: The sum of the copies’ parts, clipped to 0.500 of it, changes the shared weights once');
  });
});

describe('the rows of the gradient panel', () => {
  it('belong to the lane of their layer and direction, or of their parameters', () => {
    const cell = reply.cells[0]!;
    const both: DebugReply = {
      ...reply,
      cells: [
        { ...cell, layer: 'gru1', node: 'gru1', path: 'gru1.forward' },
        { ...cell, layer: 'gru1', node: 'gru1', path: 'gru1.backward', direction: 'backward' },
      ],
      parameters: ['gru1.forward.weight_hh', 'gru1.backward.weight_hh', 'gru1.backward.bias'].map((parameter) => ({ ...reply.parameters[0]!, parameter })),
    };
    const lanes = [lane('cell', 'gru1.forward'), lane('cell', 'gru1.backward', { backward: true })];
    const labels = (quantity: Quantity, index: number): readonly string[] => {
      const rows = gradientRows(quantity, 'absolute', { frame: probeOf(both), layers: both.cells, reply: probesOf(both), lossStep: null, layer: 0 });
      return rowsOfLane(lanes[index]!, rows, both.cells).map(({ label }) => label);
    };
    expect(labels('gradient', 1)).toEqual(['gru1 ←']);
    expect(labels('copies', 0)).toEqual(['gru1.forward.weight_hh']);
    expect(labels('copies', 1)).toEqual(['gru1.backward.weight_hh', 'gru1.backward.bias']);
  });
});

describe('a number in a node', () => {
  it('has at most four characters beside its sign', () => {
    for (const value of [0, 1, 0.123456, 0.0031, 4e-30, 123.4, 98765, 0.95]) expect(shortNumber(value).length).toBeLessThanOrEqual(5);
    expect([0.0031, 0.123, 1234, -0.5, Number.NaN, Number.POSITIVE_INFINITY].map(shortNumber)).toEqual(['3e-3', '0.12', '1e3', '−0.5', 'NaN', '∞']);
  });
});
