import { describe, expect, test } from 'vitest';
import { checkGraph } from '../../src-engine/document/check.ts';
import { connect, disconnect, moveNodes, setEnabled, setLabel, setParam } from '../../src-engine/document/edits.ts';
import type { Graph } from '../../src-engine/document/project.ts';
import { sentiment } from '../../src-engine/scenarios/sentiment.ts';
import { editedNodes, staleParameters } from '../../src-renderer/state/runs/run-edited.ts';
import { id, WORDS } from './document-builders.ts';

const trained = sentiment.project().graph;
const edited = (now: Graph) => [...editedNodes(trained, now)];
const stale = (now: Graph) => [...staleParameters(checkGraph(trained, WORDS), checkGraph(now, WORDS))];

describe('since the last training', () => {
  test('a name and a position are no edits, and keep every weight', () => {
    const now = moveNodes(setLabel(trained, id('gru1'), 'Memory'), new Map([[id('bi'), { x: 1, y: 2 }]]));
    expect(edited(now)).toEqual([]);
    expect(stale(now)).toEqual([]);
  });

  test('an option marks its node, and a size exactly the parameters of that size', () => {
    const now = setParam(trained, id('gru1'), 'units', 20);
    expect(edited(now)).toEqual(['gru1']);
    expect(stale(now)).toEqual([
      ...['forward', 'backward'].flatMap((direction) => ['weight_ih', 'weight_hh', 'bias'].map((name) => `gru1.${direction}.${name}`)),
      'head.weight',
    ]);
    expect(edited(setParam(now, id('gru1'), 'units', 32))).toEqual([]);
  });

  test('another start marks exactly the parameters that start otherwise', () => {
    const started = setParam(trained, id('gru1'), 'recurrentInit', 'identity');
    expect(stale(started)).toEqual(['forward', 'backward'].map((direction) => `gru1.${direction}.weight_hh`));
    const fed = setParam(trained, id('gru1'), 'inputInit', 'he');
    expect(stale(fed)).toEqual(['forward', 'backward'].map((direction) => `gru1.${direction}.weight_ih`));
  });

  test('a switch and another wire mark the node they change', () => {
    expect(edited(setEnabled(trained, id('gru1'), false))).toEqual(['gru1']);
    const rewired = connect(
      disconnect(
        trained,
        trained.wires.filter((wire) => wire.to.node === 'head').map((wire) => wire.id),
      ),
      { node: id('bi'), port: 'out' },
      { node: id('head'), port: 'in' },
    );
    expect(edited(rewired)).toEqual(['head']);
  });
});
