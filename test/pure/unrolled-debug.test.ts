import { fc } from '../fixtures/laws.ts';
import { describe, expect, it } from 'vitest';
import type { NodeId } from '../../src-engine/document/project.ts';
import { AT_START, debugStep, isCurrent, reachedAt, type DebugAction, type DebugState } from '../../src-renderer/unrolled/debug/debug-machine.ts';
import { debugScript, type DebugScript, type DebugSpan } from '../../src-renderer/unrolled/debug/debug-script.ts';
import { latestAdded } from '../../src-renderer/unrolled/example-model.ts';
import type { Feed, Lane } from '../../src-renderer/unrolled/network-lanes.ts';

const lane = (kind: Lane['kind'], path: string, feeds: readonly Feed[], more: Partial<Lane> = {}): Lane => ({
  kind,
  node: path as NodeId,
  path,
  layer: path,
  backward: false,
  paired: false,
  axis: 'inputs',
  steps: 'each',
  feeds,
  ...more,
});
const each = (from: number): Feed => ({ from, take: 'each', to: 'each' });
const final = (from: number): Feed => ({ from, take: 'final', to: 'each' });

/** Input, one cell, one answer at the end. */
const RNN = [lane('input', 'x', []), lane('cell', 'rnn1', [each(0)]), lane('output', 'head', [final(1)], { steps: 'one' })];
const whole = (to: number): readonly DebugSpan[] => [{ from: 1, to, counts: true }];
const three = debugScript(RNN, { inputs: 3, targets: 3 }, whole(3));

const phases = ({ stages }: DebugScript): readonly string[] => stages.map((stage) => ('t' in stage ? `${stage.phase} ${stage.t}` : stage.phase));

describe('the walk through an example', () => {
  it('goes forward step by step, to the loss, back step by step, and to the update', () => {
    expect(phases(three)).toEqual(['start', 'forward 1', 'forward 2', 'forward 3', 'loss', 'backward 3', 'backward 2', 'backward 1', 'update']);
  });

  it('gives a copy its value when the walk comes there, and its gradient on the way back', () => {
    const at = (position: number): readonly string[] => [1, 2, 3].map((t) => reachedAt(three, position, 1, t));
    expect(at(0)).toEqual(['nothing', 'nothing', 'nothing']);
    expect(at(2)).toEqual(['value', 'value', 'nothing']);
    expect(at(4)).toEqual(['value', 'value', 'value']);
    expect(at(6)).toEqual(['value', 'gradient', 'gradient']);
    expect(at(8)).toEqual(['gradient', 'gradient', 'gradient']);
    expect(isCurrent(three, 6, 1, 2)).toBe(true);
    expect(isCurrent(three, 6, 1, 3)).toBe(false);
    expect([4, 5, 6, 7].map((position) => latestAdded(three, position, 1))).toEqual([null, 3, 2, 1]);
    expect(reachedAt(three, 3, 2, 1), 'the answer comes with the loss').toBe('nothing');
    expect(reachedAt(three, 4, 2, 1)).toBe('value');
  });

  it('runs both directions at once where both read the input, and lets what reads them both wait', () => {
    const lanes = [
      lane('input', 'x', []),
      lane('cell', 'forward', [each(0)]),
      lane('cell', 'backward', [each(0)], { backward: true }),
      lane('cell', 'above', [each(1), each(2)]),
      lane('output', 'head', [final(3)], { steps: 'one' }),
    ];
    const script = debugScript(lanes, { inputs: 3, targets: 3 }, whole(3));
    expect(phases(script).slice(1, 7)).toEqual(['forward 1', 'forward 2', 'forward 3', 'forward 1', 'forward 2', 'forward 3']);
    expect([1, 2, 3].map((t) => script.valueAt[1]?.[t - 1])).toEqual([1, 2, 3]);
    expect([1, 2, 3].map((t) => script.valueAt[2]?.[t - 1])).toEqual([3, 2, 1]);
    expect([1, 2, 3].map((t) => script.valueAt[3]?.[t - 1])).toEqual([4, 5, 6]);
    expect(
      [1, 2, 3].map((t) => script.gradientAt[2]?.[t - 1]),
      'a backward cell gives its gradient the other way round',
    ).toEqual([11, 12, 13]);
  });

  it('lets a decoder wait for the end of what it starts from', () => {
    const lanes = [
      lane('input', 'x', []),
      lane('cell', 'encoder', [each(0)]),
      lane('cell', 'decoder', [{ from: 1, take: 'final', to: 'first' }], { axis: 'targets' }),
      lane('output', 'head', [each(2)], { axis: 'targets' }),
    ];
    const script = debugScript(lanes, { inputs: 3, targets: 2 }, whole(3));
    expect(phases(script)).toEqual([
      'start',
      'forward 1',
      'forward 2',
      'forward 3',
      'forward 1',
      'forward 2',
      'loss',
      'backward 2',
      'backward 1',
      'backward 3',
      'backward 2',
      'backward 1',
      'update',
    ]);
    expect([1, 2].map((t) => reachedAt(script, 6, 3, t))).toEqual(['value', 'value']);
  });

  it('with truncated BPTT makes an update for each window that has a loss, and only hands the state on in the others', () => {
    const spans = [
      { from: 1, to: 2, counts: false },
      { from: 3, to: 5, counts: true },
    ];
    const script = debugScript(RNN, { inputs: 5, targets: 5 }, spans);
    expect(phases(script)).toEqual([
      'start',
      'forward 1',
      'forward 2',
      'loss',
      'forward 3',
      'forward 4',
      'forward 5',
      'loss',
      'backward 5',
      'backward 4',
      'backward 3',
      'update',
    ]);
    expect(
      [1, 2, 3].map((t) => reachedAt(script, script.stages.length - 1, 1, t)),
      'no gradient crosses into the first window',
    ).toEqual(['value', 'value', 'gradient']);
  });

  it('never gives a gradient before its value, nor a value before what it is made of', () => {
    const model = fc.array(fc.record({ backward: fc.boolean(), whole: fc.boolean() }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(model, fc.integer({ min: 1, max: 30 }), (cells, steps) => {
        const lanes = [
          lane('input', 'x', []),
          ...cells.map(({ backward, whole: reads }, index) => lane('cell', `c${index}`, [reads && index > 0 ? final(index) : each(index)], { backward })),
          lane('output', 'head', [each(cells.length)]),
        ];
        const script = debugScript(lanes, { inputs: steps, targets: steps }, whole(steps));
        for (const [index, { kind, backward, feeds }] of lanes.entries()) {
          if (kind !== 'cell') continue;
          for (let t = 1; t <= steps; t++) {
            const value = script.valueAt[index]![t - 1]!;
            expect(script.gradientAt[index]![t - 1]).toBeGreaterThan(value);
            const before = script.valueAt[index]![(backward ? t + 1 : t - 1) - 1];
            if (before !== undefined) expect(before).toBeLessThan(value);
            for (const { from, take } of feeds) {
              const source = lanes[from]!;
              const place = take === 'each' ? t : source.backward ? 1 : steps;
              expect(script.valueAt[from]![place - 1]).toBeLessThanOrEqual(value);
            }
          }
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('moving in the walk', () => {
  const go = (state: DebugState, ...actions: readonly DebugAction[]): DebugState => actions.reduce((before, action) => debugStep(before, action, three), state);

  it('stays within it, and ends the playing when moved by hand', () => {
    expect(go(AT_START, { kind: 'previous' }).position).toBe(0);
    expect(go(AT_START, { kind: 'last' }, { kind: 'next' }).position).toBe(8);
    expect(go({ position: 3, playing: true }, { kind: 'next' })).toEqual({ position: 4, playing: false });
    expect(go(AT_START, { kind: 'seek', position: 99 }).position).toBe(8);
    expect(go(AT_START, { kind: 'seek', position: 5 }, { kind: 'first' }).position).toBe(0);
  });

  it('goes to the first step of a phase', () => {
    const to = (phase: 'forward' | 'loss' | 'backward' | 'update'): number => go(AT_START, { kind: 'phase', phase }).position;
    expect([to('forward'), to('loss'), to('backward'), to('update')]).toEqual([1, 4, 5, 8]);
  });

  it('plays to the last stage, stops there, and begins anew when played again', () => {
    let state = go(AT_START, { kind: 'toggle' });
    expect(state.playing).toBe(true);
    for (let tick = 0; tick < 20; tick++) state = go(state, { kind: 'tick' });
    expect(state).toEqual({ position: 8, playing: false });
    expect(go(state, { kind: 'toggle' })).toEqual({ position: 0, playing: true });
    expect(go({ position: 2, playing: true }, { kind: 'toggle' })).toEqual({ position: 2, playing: false });
    expect(go({ position: 2, playing: false }, { kind: 'tick' }).position).toBe(2);
  });
});
