import { describe, expect, test } from 'vitest';
import { checkGraph } from '../../src-engine/document/check.ts';
import { connect, disconnect, findNode, setParent } from '../../src-engine/document/edits.ts';
import type { Graph, NodeId } from '../../src-engine/document/project.ts';
import { sentiment } from '../../src-engine/scenarios/sentiment.ts';
import { addBesideEdit, addEdit, remedyEdit } from '../../src-renderer/canvas/edits/add-edits.ts';
import { findFit } from '../../src-renderer/canvas/edits/fitting-ports.ts';
import { looseNeighbour } from '../../src-renderer/canvas/loose-neighbour.ts';
import { canHold, dropEdit, goesBetween, landingIn, spliceEdit, staysPut } from '../../src-renderer/canvas/edits/flow-to-edits.ts';
import { placeNodes } from '../../src-renderer/canvas/layout/place-nodes.ts';
import { graph, id, node, NUMBERS, port, wireId, WORDS } from './document-builders.ts';

const drawn = sentiment.project().graph;
const CENTRE = { x: 0, y: 0 };

function addBeside(now: Graph, kind: string, beside: string | null): Graph {
  return addBesideEdit(now, WORDS, kind, beside === null ? null : id(beside), CENTRE).change(now);
}

function wiresOf(now: Graph): readonly string[] {
  return now.wires.map((wire) => `${wire.from.node}.${wire.from.port} -> ${wire.to.node}.${wire.to.port}`);
}

function overlaps(now: Graph): boolean {
  const places = placeNodes(now);
  const top = now.nodes.filter((each) => each.parent === undefined).flatMap((each) => places.get(each.id) ?? []);
  return top.some((a, index) =>
    top.slice(index + 1).some((b) => a.left < b.left + b.width && b.left < a.left + a.width && a.top < b.top + b.height && b.top < a.top + a.height),
  );
}

describe('a block added beside one that it cannot be wired to', () => {
  const words = addBeside({ nodes: [], wires: [] }, 'tokens', null);
  const loose = addBeside(words, 'rnn', 'tokens1');

  test('comes with the reason and the block that goes between', () => {
    expect(wiresOf(loose)).toEqual([]);
    const found = looseNeighbour(loose, WORDS, id('tokens1'), id('rnn1'))!;
    expect([found.from, found.to]).toEqual([port('tokens1', 'out'), port('rnn1', 'in')]);
    expect(found.problem.remedy?.label).toBe('Insert Embedding');
  });

  test('but without either where it was wired, where it is alone, or where nothing comes before it', () => {
    expect(looseNeighbour(addBeside(words, 'embedding', 'tokens1'), WORDS, id('tokens1'), id('embed1'))).toBeNull();
    expect(looseNeighbour(words, WORDS, null, id('tokens1'))).toBeNull();
    expect(looseNeighbour(addBeside(loose, 'features', 'rnn1'), WORDS, id('rnn1'), id('features1'))).toBeNull();
  });
});

describe('adding beside the selection', () => {
  test('block after block makes a model that trains', () => {
    let now = graph([], []);
    let selected: string | null = null;
    for (const kind of ['tokens', 'embedding', 'gru', 'last-step', 'softmax-head']) {
      now = addBeside(now, kind, selected);
      selected = now.nodes.at(-1)?.id ?? null;
    }
    expect(checkGraph(now, WORDS).problems).toEqual([]);
    expect(overlaps(now)).toBe(false);
  });

  test('a head beside a bidirectional block takes its final state', () => {
    const headless = { nodes: drawn.nodes.filter((each) => each.id !== 'head'), wires: drawn.wires.filter((wire) => wire.to.node !== 'head') };
    expect(wiresOf(addBeside(headless, 'softmax-head', 'bi'))).toContain('bi.state -> head1.in');
  });

  test('a cell beside a child joins the block, after it', () => {
    const now = addBeside(drawn, 'lstm', 'gru1');
    expect(placeNodes(now).get(id('bi'))?.children).toEqual(['gru1', 'lstm1']);
  });

  test('what the block cannot hold stands outside of it', () => {
    const now = addBeside(drawn, 'dense', 'gru1');
    expect(now.nodes.at(-1)?.parent).toBeUndefined();
    expect(overlaps(now)).toBe(false);
  });

  test('a port that is fed already is left alone', () => {
    expect(wiresOf(addBeside(drawn, 'tokens', 'embed'))).toEqual(wiresOf(drawn));
  });
});

describe('letting go', () => {
  test('on a wire puts the block into it and makes room', () => {
    const now = addEdit(drawn, 'dense', { kind: 'wire', wire: wireId('w2') }).change(drawn);
    expect(wiresOf(now)).toEqual(expect.arrayContaining(['embed.out -> dense1.in', 'dense1.out -> bi.in']));
    expect(overlaps(now)).toBe(false);
  });

  test('on a wire puts a block that was there already into it', () => {
    const loose = addEdit(drawn, 'dense', { kind: 'canvas', at: { x: 0, y: 500 } }).change(drawn);
    const now = spliceEdit(loose, id('dense1'), wireId('w2')).change(loose);
    expect(wiresOf(now)).toEqual(expect.arrayContaining(['embed.out -> dense1.in', 'dense1.out -> bi.in']));
    expect(overlaps(now)).toBe(false);
    expect(checkGraph(now, WORDS).ok).toBe(true);
  });

  test('in a block places by where it is let go', () => {
    const two = addBeside(drawn, 'lstm', 'gru1');
    const places = placeNodes(two);
    const none = new Set<NodeId>();
    expect(landingIn(places, id('bi'), (places.get(id('gru1'))?.left ?? 0) - 5, none).before).toBe('gru1');
    expect(landingIn(places, id('bi'), (places.get(id('lstm1'))?.left ?? 0) + 5, none).before).toBe('lstm1');
    expect(landingIn(places, id('bi'), 1e6, none).before).toBeUndefined();
  });

  test('out of a block and back is the same order, and staying put is noticed', () => {
    const out = dropEdit(drawn, new Map([[id('gru1'), { x: 10, y: -200 }]]), null);
    expect(out.label).toBe('Move GRU out');
    const moved = out.change(drawn);
    expect(moved.nodes.find((each) => each.id === 'gru1')).toMatchObject({ position: { x: 10, y: -200 } });
    expect(checkGraph(moved, WORDS).problems.map((each) => each.code)).toContain('U016');
    const back = dropEdit(moved, new Map([[id('gru1'), { x: 0, y: 0 }]]), { kind: 'block', block: id('bi'), before: undefined });
    expect(back.label).toBe('Move GRU into Bidirectional');
    expect(checkGraph(back.change(moved), WORDS).ok).toBe(true);
    expect(staysPut(drawn, id('gru1'), { kind: 'block', block: id('bi'), before: undefined })).toBe(true);
  });
});

test('a remedy puts the missing block where nothing else stands', () => {
  const cut = disconnect(drawn, [wireId('w3')]);
  const now = remedyEdit(cut, port('embed', 'out'), port('head', 'in'), { kind: 'insert', node: 'last-step', label: 'Insert Last step' }).change(cut);
  expect(wiresOf(now)).toEqual(expect.arrayContaining(['embed.out -> last1.in', 'last1.out -> head.in']));
  expect(overlaps(now)).toBe(false);
});

test('a block holds what its kind holds, and never two bidirectional ones inside each other', () => {
  const stack = graph([node('bi', 'bidirectional'), node('s', 'stack', {}, 'bi'), node('free', 'stack')], []);
  expect(canHold(stack, id('bi'), 'gru')).toBe(true);
  expect(canHold(stack, id('bi'), 'softmax-head')).toBe(false);
  expect(canHold(stack, id('s'), 'bidirectional')).toBe(false);
  expect(canHold(stack, id('free'), 'bidirectional')).toBe(true);
  expect(setParent(stack, id('free'), id('bi'), CENTRE).nodes.find((each) => each.id === 'free')?.parent).toBe('bi');
});

test('a block that grows pushes what stands behind it, and no further than it must', () => {
  const grown = addBeside(drawn, 'lstm', 'gru1');
  expect(overlaps(grown)).toBe(false);
  const left = (now: Graph) => placeNodes(now).get(id('head'))?.left ?? NaN;
  expect(left(grown)).toBeGreaterThan(left(drawn));
  const out = dropEdit(grown, new Map([[id('lstm1'), { x: 0, y: 400 }]]), null).change(grown);
  const back = dropEdit(out, new Map([[id('lstm1'), { x: 0, y: 0 }]]), { kind: 'block', block: id('bi'), before: undefined }).change(out);
  expect(left(back)).toBe(left(grown));
});

test('what joins several inputs takes each wire at a free one', () => {
  let now = graph([node('a', 'features'), node('b', 'features'), node('both', 'concat')], []);
  for (const source of ['a', 'b']) {
    const fit = findFit(now, NUMBERS, findNode(now, id(source)), findNode(now, id('both')));
    if (fit === null) throw new Error('nothing fits');
    now = connect(now, fit.from, fit.to);
  }
  expect(wiresOf(now)).toEqual(['a.out -> both.in1', 'b.out -> both.in2']);
  expect(goesBetween('concat')).toBe(false);
  expect(goesBetween('dense')).toBe(true);
});
