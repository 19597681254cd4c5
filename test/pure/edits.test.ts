import { describe, expect, it } from 'vitest';
import { checkGraph } from '../../src-engine/document/check.ts';
import * as edits from '../../src-engine/document/edits.ts';
import { NODE_KINDS } from '../../src-engine/document/node-kinds.ts';
import { setData, setName, setTraining } from '../../src-engine/document/project-edits.ts';
import { DEFAULT_SPLIT } from '../../src-engine/document/defaults.ts';
import { graph, id, node, port, projectOf, wireId, WORDS } from './document-builders.ts';

const position = { x: 5, y: 7 };
const drawn = graph(
  [
    node('words', 'tokens'),
    node('embed', 'embedding'),
    node('bi', 'bidirectional'),
    node('gru1', 'gru', { units: 12 }, 'bi'),
    node('rnn1', 'rnn', { units: 9, activation: 'relu', recurrentInit: 'orthogonal' }),
    node('head', 'softmax-head'),
  ],
  ['words -> embed', 'embed -> bi', 'bi -> rnn1', 'rnn1.state -> head'],
);

const wiresOf = (edited: typeof drawn) => edited.wires.map(({ from, to }) => `${from.node}.${from.port} -> ${to.node}.${to.port}`);
const idsOf = (edited: typeof drawn) => edited.nodes.map((each) => each.id);

/** How every cell's weights start where nothing else is said. */
const START = { inputInit: 'uniform', recurrentInit: 'uniform', spectralRadius: 1 };

describe('edits', () => {
  it('add a node with a fresh id and the defaults of its kind', () => {
    const added = edits.addNode(drawn, { kind: 'gru', position, params: { units: 3 } });
    expect(added.nodes.at(-1)).toEqual({ id: 'gru2', kind: 'gru', position, params: { units: 3, reset: 'before', updateBias: 0, ...START } });
    expect(() => edits.addNode(drawn, { kind: 'gru', id: id('gru1'), position })).toThrow(/taken/);
  });

  it('add a node to a block before a sibling', () => {
    const added = edits.addNode(drawn, { kind: 'lstm', position, parent: id('bi'), before: id('gru1') });
    expect(checkGraph(added, WORDS).nodes.get(id('bi'))?.children).toEqual(['lstm1', 'gru1']);
  });

  it('remove nodes with what is inside them and every wire that ends there', () => {
    const removed = edits.removeNodes(drawn, [id('bi')]);
    expect(idsOf(removed)).toEqual(['words', 'embed', 'rnn1', 'head']);
    expect(wiresOf(removed)).toEqual(['words.out -> embed.in', 'rnn1.state -> head.in']);
  });

  it('connect by replacing the wire that fed the port', () => {
    const joined = edits.connect(drawn, port('bi.state', 'out'), port('head', 'in'));
    expect(wiresOf(joined)).toEqual(['words.out -> embed.in', 'embed.out -> bi.in', 'bi.out -> rnn1.in', 'bi.state -> head.in']);
    expect(new Set(joined.wires.map((wire) => wire.id)).size).toBe(4);
    expect(wiresOf(edits.disconnect(drawn, [wireId('w4')]))).toHaveLength(3);
  });

  it('swap a cell, keeping id, place, units and wires', () => {
    const swapped = edits.replaceKind(drawn, id('rnn1'), 'lstm');
    expect(swapped.nodes[4]).toEqual({
      id: 'rnn1',
      kind: 'lstm',
      params: { units: 9, forgetBias: 1, peephole: false, coupled: false, ...START, recurrentInit: 'orthogonal' },
    });
    expect(swapped.wires).toEqual(drawn.wires);
    expect(checkGraph(swapped, WORDS).ok).toBe(true);
  });

  it('swap for a kind with fewer ports, cutting the wires that lose theirs', () => {
    expect(wiresOf(edits.replaceKind(drawn, id('rnn1'), 'dense'))).toEqual(['words.out -> embed.in', 'embed.out -> bi.in', 'bi.out -> rnn1.in']);
    expect(idsOf(edits.replaceKind(drawn, id('bi'), 'gru'))).not.toContain('gru1');
  });

  it('insert a node on a wire', () => {
    const inserted = edits.insertOnWire(drawn, wireId('w3'), { kind: 'dense', position });
    expect(wiresOf(inserted)).toEqual(['words.out -> embed.in', 'embed.out -> bi.in', 'rnn1.state -> head.in', 'bi.out -> dense1.in', 'dense1.out -> rnn1.in']);
    expect(checkGraph(inserted, WORDS).ok).toBe(true);
  });

  it('carry out the remedy of a refused wire', () => {
    const broken = edits.connect(drawn, port('rnn1', 'out'), port('head', 'in'));
    const [found] = checkGraph(broken, WORDS).problems;
    expect(found?.remedy?.node).toBe('last-step');
    const mended = edits.insertOnWire(broken, found?.wire ?? wireId(''), { kind: found?.remedy?.node ?? '', position });
    expect(checkGraph(mended, WORDS).ok).toBe(true);
  });

  it('move a node into a block, cutting its wires, and out again', () => {
    const inside = edits.setParent(drawn, id('rnn1'), id('bi'), position);
    expect(wiresOf(inside)).toEqual(['words.out -> embed.in', 'embed.out -> bi.in']);
    expect(checkGraph(inside, null).nodes.get(id('bi'))?.children).toEqual(['gru1', 'rnn1']);
    const outside = edits.setParent(inside, id('rnn1'), null, position);
    expect(outside.nodes.find((each) => each.id === 'rnn1')).not.toHaveProperty('parent');
    expect(() => edits.setParent(drawn, id('bi'), id('gru1'), position)).toThrow(/inside itself/);
  });

  it('change the order of children without cutting the wires of the block', () => {
    const two = edits.addNode(drawn, { kind: 'lstm', position, parent: id('bi') });
    const turned = edits.setParent(two, id('lstm1'), id('bi'), position, id('gru1'));
    expect(checkGraph(turned, WORDS).nodes.get(id('bi'))?.children).toEqual(['lstm1', 'gru1']);
    expect(turned.wires).toEqual(drawn.wires);
  });

  it('set labels, positions and options, and nothing of the wrong type', () => {
    const named = edits.setLabel(drawn, id('rnn1'), 'Reader');
    expect(named.nodes[4]?.label).toBe('Reader');
    expect(edits.setLabel(named, id('rnn1'), '')).toEqual(drawn);
    expect(edits.moveNodes(drawn, new Map([[id('head'), position]])).nodes.at(-1)?.position).toEqual(position);
    expect(edits.setParam(drawn, id('rnn1'), 'units', 20).nodes[4]?.params['units']).toBe(20);
    expect(() => edits.setParam(drawn, id('rnn1'), 'units', '20')).toThrow(/units/);
    expect(() => edits.setParam(drawn, id('rnn1'), 'units', NaN)).toThrow(/units/);
    expect(() => edits.setParam(drawn, id('rnn1'), 'zap', 1)).toThrow(/zap/);
  });

  it('leave the graph they were given alone', () => {
    const before = structuredClone(drawn);
    edits.replaceKind(edits.setParent(edits.removeNodes(drawn, [id('embed')]), id('rnn1'), id('bi'), position), id('gru1'), 'lstm');
    expect(drawn).toEqual(before);
  });

  it('change the parts of a project', () => {
    const data = { source: 'builtin:names', options: {}, split: DEFAULT_SPLIT };
    const project = setTraining(setData(setName(projectOf(drawn), 'Mine'), data), { epochs: 2 });
    expect(project).toMatchObject({ name: 'Mine', data, training: { epochs: 2, batchSize: 32 } });
  });
});

describe('the table of kinds', () => {
  it('has a default within its own bounds for every option, and a letter for every chip', () => {
    for (const spec of Object.values(NODE_KINDS)) {
      expect(spec.letter).toHaveLength(1);
      const fresh = edits.addNode({ nodes: [], wires: [] }, { kind: spec.kind, position });
      expect(checkGraph(fresh, null).problems.filter((each) => each.code === 'U004' || each.code === 'U022')).toEqual([]);
    }
  });
});
