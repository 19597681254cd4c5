import { fc } from '../fixtures/laws.ts';
import { describe, expect, it } from 'vitest';
import { checkGraph } from '../../src-engine/document/check.ts';
import type { CheckedGraph } from '../../src-engine/document/checked.ts';
import type { Graph, GraphNode, NodeId } from '../../src-engine/document/project.ts';
import { countParameters, describeType, plainType } from '../../src-engine/document/shape-text.ts';
import type { DataSignature } from '../../src-engine/document/signature.ts';
import { countReads } from './count-reads.ts';
import { graph, id, node, NUMBERS, port, TAGS, WORDS } from './document-builders.ts';

/** tokens -> embedding -> the given nodes -> softmax head, wired in a row; children are left to their blocks. */
function classifier(...middle: readonly GraphNode[]): Graph {
  const nodes = [node('words', 'tokens'), node('embed', 'embedding', { size: 10 }), ...middle, node('head', 'softmax-head')];
  const top = nodes.filter((each) => each.parent === undefined).map((each) => each.id);
  return graph(
    nodes,
    top.slice(1).map((to, place) => `${top[place] ?? ''} -> ${to}`),
  );
}

function codes(checked: CheckedGraph): readonly string[] {
  return checked.problems.map((each) => `${each.code} ${each.node ?? each.wire ?? ''}`.trim());
}

function parameterList(drawn: Graph, signature: DataSignature | null = WORDS): Readonly<Record<string, string>> {
  return Object.fromEntries(checkGraph(drawn, signature).parameters.map((each) => [each.name, each.shape.join(' x ')]));
}

function output(checked: CheckedGraph, text: string): string | null {
  const { node: owner, port: name } = port(text, 'out');
  const type = checked.nodes.get(owner)?.outputs[name] ?? null;
  return type === null ? null : plainType(type);
}

describe('shape inference', () => {
  it('follows a classifier from token ids to classes', () => {
    const checked = checkGraph(classifier(node('gru1', 'gru', { units: 4 }), node('last', 'last-step')), WORDS);
    expect(codes(checked)).toEqual([]);
    expect(checked.order).toEqual(['words', 'embed', 'gru1', 'last', 'head']);
    expect(['words', 'embed', 'gru1', 'gru1.state', 'last', 'head'].map((each) => output(checked, each))).toEqual([
      'B x T',
      'B x T x 10',
      'B x T x 4',
      'B x 4',
      'B x 4',
      'B x 2',
    ]);
  });

  it('takes widths from the data, and leaves them open without data', () => {
    const drawn = graph([node('x', 'features'), node('rnn1', 'rnn', { units: 3 }), node('head', 'regression-head')], ['x -> rnn1', 'rnn1.state -> head']);
    const checked = checkGraph(drawn, NUMBERS);
    expect(codes(checked)).toEqual([]);
    expect(parameterList(drawn, NUMBERS)).toEqual({
      'rnn1.weight_ih': '3 x 5',
      'rnn1.weight_hh': '3 x 3',
      'rnn1.bias': '3',
      'head.weight': '2 x 3',
      'head.bias': '2',
    });
    const open = checkGraph(drawn, null);
    expect(open.ok).toBe(true);
    expect(output(open, 'x')).toBe('B x T x F');
    expect(parameterList(drawn, null)).toEqual({ 'rnn1.weight_hh': '3 x 3', 'rnn1.bias': '3' });
  });

  it('keeps the steps through dense layers and heads where the answer is per step', () => {
    const checked = checkGraph(classifier(node('gru1', 'gru', { units: 4 }), node('dense1', 'dense', { units: 7 })), TAGS);
    expect(codes(checked)).toEqual([]);
    expect([output(checked, 'dense1'), output(checked, 'head')]).toEqual(['B x T x 7', 'B x T x 3']);
  });

  it('gives one-hot the width of the vocabulary and no parameters', () => {
    const drawn = graph(
      [node('words', 'tokens'), node('hot', 'one-hot'), node('rnn1', 'rnn', { units: 2 }), node('head', 'softmax-head')],
      ['words -> hot', 'hot -> rnn1', 'rnn1.state -> head'],
    );
    expect(parameterList(drawn)).toMatchObject({ 'rnn1.weight_ih': '2 x 3' });
    expect(Object.keys(parameterList(drawn)).filter((name) => name.startsWith('hot'))).toEqual([]);
  });

  it.each([
    ['concat', 'B x T x 8', 'B x 8', '2 x 8'],
    ['sum', 'B x T x 4', 'B x 4', '2 x 4'],
    ['mean', 'B x T x 4', 'B x 4', '2 x 4'],
  ])('merges both directions by %s', (merge, out, state, head) => {
    const drawn = classifier(node('bi', 'bidirectional', { merge }), node('gru1', 'gru', { units: 4 }, 'bi'), node('last', 'last-step'));
    const checked = checkGraph(drawn, WORDS);
    expect(codes(checked)).toEqual([]);
    expect([output(checked, 'bi'), output(checked, 'bi.state')]).toEqual([out, state]);
    expect(parameterList(drawn)).toMatchObject({ 'head.weight': head });
  });

  it('writes chips with the sign and sentences with the letter', () => {
    expect(describeType({ kind: 'sequence', features: 100 })).toBe('B × T × 100');
    expect(plainType({ kind: 'state', features: null })).toBe('B x H');
  });

  it('is quick enough to run while a wire is dragged: its work grows with the nodes and no faster, up to 1,000', () => {
    const work = (nodes: number): number => {
      const cells = Array.from({ length: nodes }, (_, place) => node(`gru${place}`, 'gru', { units: 4 }));
      const { counted, reads } = countReads(classifier(...cells, node('last', 'last-step')));
      expect(checkGraph(counted, WORDS).ok).toBe(true);
      return reads();
    };
    const [half, whole] = [work(500), work(1000)];
    expect(whole / half).toBeLessThan(2.1);
    expect(whole / 1000, 'reads for each node').toBeLessThan(500);
  });
});

describe('parameters', () => {
  it('have the names, shapes, gates and order of engine.md', () => {
    const drawn = classifier(
      node('rnn1', 'rnn', { units: 2 }),
      node('gru1', 'gru', { units: 3, reset: 'after' }),
      node('lstm1', 'lstm', { units: 4 }),
      node('dense1', 'dense', { units: 5 }),
      node('last', 'last-step'),
    );
    expect(Object.entries(parameterList(drawn))).toEqual([
      ['embed.weight', '3 x 10'],
      ['rnn1.weight_ih', '2 x 10'],
      ['rnn1.weight_hh', '2 x 2'],
      ['rnn1.bias', '2'],
      ['gru1.weight_ih', '9 x 2'],
      ['gru1.weight_hh', '9 x 3'],
      ['gru1.bias', '9'],
      ['gru1.bias_hn', '3'],
      ['lstm1.weight_ih', '16 x 3'],
      ['lstm1.weight_hh', '16 x 4'],
      ['lstm1.bias', '16'],
      ['dense1.weight', '5 x 4'],
      ['dense1.bias', '5'],
      ['head.weight', '2 x 5'],
      ['head.bias', '2'],
    ]);
    const gates = new Map(checkGraph(drawn, WORDS).parameters.map((each) => [each.name, each.gates.join('')]));
    expect([gates.get('rnn1.bias'), gates.get('gru1.bias'), gates.get('gru1.bias_hn'), gates.get('lstm1.weight_hh')]).toEqual(['', 'rzn', '', 'ifgo']);
  });

  it('have a direction inside a bidirectional block, forward first', () => {
    const drawn = classifier(
      node('bi', 'bidirectional'),
      node('gru1', 'gru', { units: 4 }, 'bi'),
      node('gru2', 'gru', { units: 2 }, 'bi'),
      node('last', 'last-step'),
    );
    const cells = Object.entries(parameterList(drawn)).filter(([name]) => name.endsWith('weight_ih'));
    expect(cells).toEqual([
      ['gru1.forward.weight_ih', '12 x 10'],
      ['gru2.forward.weight_ih', '6 x 4'],
      ['gru1.backward.weight_ih', '12 x 10'],
      ['gru2.backward.weight_ih', '6 x 4'],
    ]);
  });

  it('have an index where a stack repeats, and none where it does not', () => {
    const stacked = (repeats: number) =>
      classifier(node('stack1', 'stack', { repeats }), node('lstm1', 'lstm', { units: 4 }, 'stack1'), node('last', 'last-step'));
    expect(Object.keys(parameterList(stacked(1)))).toContain('lstm1.weight_ih');
    expect(parameterList(stacked(2))).toMatchObject({ 'lstm1[0].weight_ih': '16 x 10', 'lstm1[1].weight_ih': '16 x 4', 'head.weight': '2 x 4' });
  });

  it('name the index before the direction, whichever block is outside', () => {
    const inner = [node('bi', 'bidirectional', {}, 'stack1'), node('gru1', 'gru', { units: 4 }, 'bi')];
    const biInStack = classifier(node('stack1', 'stack', { repeats: 2 }), ...inner, node('last', 'last-step'));
    expect(parameterList(biInStack)).toMatchObject({ 'gru1[0].forward.weight_ih': '12 x 10', 'gru1[1].backward.weight_ih': '12 x 8' });
    const stackInBi = classifier(
      node('bi', 'bidirectional'),
      node('stack1', 'stack', { repeats: 2 }, 'bi'),
      node('gru1', 'gru', { units: 4 }, 'stack1'),
      node('last', 'last-step'),
    );
    expect(parameterList(stackInBi)).toMatchObject({ 'gru1[0].forward.weight_ih': '12 x 10', 'gru1[1].backward.weight_ih': '12 x 4' });
    expect(output(checkGraph(stackInBi, WORDS), 'bi.state')).toBe('B x 8');
  });

  it('are frozen where the embedding is', () => {
    const drawn = classifier(node('gru1', 'gru'), node('last', 'last-step'));
    const frozen = { ...drawn, nodes: drawn.nodes.map((each) => (each.kind === 'embedding' ? { ...each, params: { size: 10, trainable: false } } : each)) };
    expect(
      checkGraph(frozen, WORDS)
        .parameters.filter((each) => !each.trainable)
        .map((each) => each.name),
    ).toEqual(['embed.weight']);
  });

  it('are counted with those of the children', () => {
    const checked = checkGraph(classifier(node('bi', 'bidirectional'), node('gru1', 'gru', { units: 4 }, 'bi'), node('last', 'last-step')), WORDS);
    expect(countParameters(checked, id('bi'))).toBe(2 * (12 * 10 + 12 * 4 + 12));
    expect(countParameters(checked, id('gru1'))).toBe(countParameters(checked, id('bi')));
  });

  it('may not share a name', () => {
    const dotted = id('a.forward');
    const plain = classifier(node('bi', 'bidirectional'), node('a', 'gru', {}, 'bi'), node('b', 'gru'), node('last', 'last-step'));
    const rename = (name: NodeId): NodeId => (name === 'b' ? dotted : name);
    const drawn: Graph = {
      nodes: plain.nodes.map((each) => ({ ...each, id: rename(each.id) })),
      wires: plain.wires.map(({ from, to, ...rest }) => ({ ...rest, from: { ...from, node: rename(from.node) }, to: { ...to, node: rename(to.node) } })),
    };
    expect(codes(checkGraph(plain, WORDS))).toEqual([]);
    expect(codes(checkGraph(drawn, WORDS))).toEqual(['U007 a.forward', 'U007 a.forward', 'U007 a.forward']);
  });

  it('of any sound row of layers have unique names and fit the layer before', () => {
    const layer = fc.record({
      kind: fc.constantFrom('rnn', 'gru', 'lstm', 'dense'),
      units: fc.integer({ min: 1, max: 9 }),
      block: fc.constantFrom('', 'stack', 'bidirectional'),
    });
    fc.assert(
      fc.property(fc.array(layer, { minLength: 1, maxLength: 6 }), (layers) => {
        const middle = layers.flatMap(({ kind, units, block }, place) => {
          const holder = kind === 'dense' && block === 'bidirectional' ? '' : block;
          const cell = node(`c${place}`, kind, { units }, holder === '' ? undefined : `b${place}`);
          return holder === '' ? [cell] : [node(`b${place}`, holder), cell];
        });
        const checked = checkGraph(classifier(...middle, node('last', 'last-step')), WORDS);
        expect(codes(checked)).toEqual([]);
        expect(new Set(checked.parameters.map((each) => each.name)).size).toBe(checked.parameters.length);
        for (const each of checked.nodes.values()) {
          const width = each.inputs['in']?.kind === 'sequence' ? each.inputs['in'].features : null;
          for (const { name, shape } of each.parameters) if (name.endsWith('weight_ih')) expect(shape[1]).toBe(width);
        }
      }),
      { seed: 11, numRuns: 100 },
    );
  });
});

describe('the check reports', () => {
  const check = (drawn: Graph, signature: DataSignature | null = WORDS) => codes(checkGraph(drawn, signature));
  const first = (drawn: Graph, signature: DataSignature | null = WORDS) => {
    const [found] = checkGraph(drawn, signature).problems;
    if (found === undefined) throw new Error('no problem');
    return found;
  };

  it('an empty graph: no input, no head', () => {
    expect(check(graph([], []))).toEqual(['U018', 'U019']);
  });

  it('a second head and a second input', () => {
    const drawn = classifier(node('gru1', 'gru'), node('last', 'last-step'));
    const more = graph([...drawn.nodes, node('head2', 'softmax-head'), node('words2', 'tokens')], []);
    const all = check({
      nodes: more.nodes,
      wires: [...drawn.wires, ...graph([], ['last -> head2']).wires.map((wire) => ({ ...wire, id: 'w9' as typeof wire.id }))],
    });
    expect(all).toEqual(['U021 words2', 'U019 head2']);
  });

  it('a sequence that meets a head per sequence, with both shapes, the axis and the remedy', () => {
    const found = first(classifier(node('gru1', 'gru', { units: 64 })));
    expect(found).toMatchObject({ code: 'U013', node: 'head', wire: 'w3', remedy: { kind: 'insert', node: 'last-step', label: 'Insert Last step' } });
    expect(found.message).toBe('B x T x 64 from gru1 meets head (Softmax head), whose "in" takes B x F or B x H: axis T is left over.');
  });

  it('the same behind a bidirectional block, suggesting its state', () => {
    const found = first(classifier(node('bi', 'bidirectional'), node('gru1', 'gru', {}, 'bi')));
    expect(found.fix).toMatch(/"state" port of bi/);
    expect(found.remedy).toMatchObject({ node: 'last-step' });
  });

  it('token ids that meet a cell, with an embedding as the remedy', () => {
    const drawn = graph([node('words', 'tokens'), node('gru1', 'gru'), node('head', 'softmax-head')], ['words -> gru1', 'gru1.state -> head']);
    expect(first(drawn)).toMatchObject({ code: 'U013', node: 'gru1', remedy: { node: 'embedding' } });
  });

  it('a vector that meets a head per step', () => {
    expect(check(classifier(node('gru1', 'gru'), node('last', 'last-step')), TAGS)).toEqual(['U013 head']);
  });

  it('an initial state of the wrong size, with both sizes and a Dense between as the remedy', () => {
    const drawn = classifier(node('gru1', 'gru', { units: 10 }), node('gru2', 'gru', { units: 64 }), node('last', 'last-step'));
    const wires = [...drawn.wires, ...graph([], ['gru1.state -> gru2.initial']).wires.map((wire) => ({ ...wire, id: 'w9' as typeof wire.id }))];
    const found = first({ ...drawn, wires });
    expect(found).toMatchObject({ code: 'U014', wire: 'w9', remedy: { node: 'dense', label: 'Insert Dense 10 to 64', params: { units: 64 } } });
    expect(found.message).toMatch(/B x 10 from gru1 .* B x 64: axis H is 10 on one side and 64 on the other/);
  });

  it('a cycle, naming its nodes once, and still gives the shapes before it', () => {
    const drawn = classifier(node('gru1', 'gru'), node('gru2', 'gru'), node('last', 'last-step'));
    const back = graph([], ['gru2.state -> gru1.initial']).wires.map((wire) => ({ ...wire, id: 'w9' as typeof wire.id }));
    const checked = checkGraph({ ...drawn, wires: [...drawn.wires, ...back] }, WORDS);
    expect(checked.problems.map((each) => each.code)).toEqual(['U010']);
    expect(checked.problems[0]?.message).toMatch(/gru1 -> gru2 -> gru1|gru2 -> gru1 -> gru2/);
    expect(checked.order).toEqual(['words', 'embed']);
  });

  it('an unknown kind, without guessing that a head is missing', () => {
    expect(check(graph([node('x', 'features'), node('strange', 'transformer', { heads: 8 })], ['x -> strange']), null)).toEqual(['U009 strange']);
  });

  it('wires to missing nodes, missing ports, and ports fed twice', () => {
    const drawn = classifier(node('gru1', 'gru'), node('last', 'last-step'));
    const extra = graph([], ['gone -> gru1', 'embed.state -> gru1.initial', 'embed -> last']).wires.map((wire, place) => ({
      ...wire,
      id: `x${place}` as typeof wire.id,
    }));
    const checked = checkGraph({ ...drawn, wires: [...drawn.wires, ...extra] }, WORDS);
    expect(checked.problems.map((each) => [each.code, each.wire])).toEqual([
      ['U008', 'x0'],
      ['U008', 'x1'],
      ['U012', 'x2'],
    ]);
  });

  it('a port that nothing feeds, and a node that leads nowhere', () => {
    const drawn = classifier(node('gru1', 'gru'), node('last', 'last-step'));
    expect(check({ ...drawn, nodes: [...drawn.nodes, node('lonely', 'lstm')] })).toEqual(['U011 lonely']);
    const side = graph([], ['gru1 -> side']).wires.map((wire) => ({ ...wire, id: 'x' as typeof wire.id }));
    expect(check({ nodes: [...drawn.nodes, node('side', 'lstm')], wires: [...drawn.wires, ...side] })).toEqual(['U023 side']);
  });

  it('empty blocks, blocks in what is no block, and children that do not belong', () => {
    const rest = [node('last', 'last-step')];
    expect(check(classifier(node('stack1', 'stack'), ...rest))).toContain('U016 stack1');
    expect(check(classifier(node('gru1', 'gru'), node('gru2', 'gru', {}, 'gru1'), ...rest))).toEqual(['U015 gru2']);
    expect(check(classifier(node('stack1', 'stack'), node('gru1', 'gru', {}, 'stack1'), node('l', 'last-step', {}, 'stack1'), ...rest))).toEqual(['U017 l']);
    const nested = [node('a', 'bidirectional'), node('s', 'stack', {}, 'a'), node('b', 'bidirectional', {}, 's'), node('gru1', 'gru', {}, 'b')];
    expect(check(classifier(...nested, ...rest))).toEqual(['U017 b']);
  });

  it('nodes inside themselves', () => {
    expect(check(classifier(node('a', 'stack', {}, 'b'), node('b', 'stack', {}, 'a'), node('gru1', 'gru'), node('last', 'last-step')))).toEqual([
      'U015 a',
      'U015 b',
    ]);
  });

  it('wires across the edge of a block or against the order of the blocks in it, and accepts those that repeat the order', () => {
    const drawn = classifier(node('stack1', 'stack'), node('gru1', 'gru', {}, 'stack1'), node('gru2', 'gru', {}, 'stack1'), node('last', 'last-step'));
    const withWire = (text: string) =>
      check({ ...drawn, wires: [...drawn.wires, ...graph([], [text]).wires.map((wire) => ({ ...wire, id: 'x' as typeof wire.id }))] });
    expect(withWire('gru1 -> gru2')).toEqual([]);
    expect(withWire('gru2 -> gru1')).toEqual(['U025 gru1']);
    const back = { ...drawn, wires: [...drawn.wires, ...graph([], ['gru2 -> gru1']).wires.map((wire) => ({ ...wire, id: 'x' as typeof wire.id }))] };
    expect(checkGraph(back, WORDS).problems[0]?.message).toContain('the order of stack1, whose blocks run gru1, gru2.');
    expect(withWire('gru1.state -> gru2.initial')).toEqual(['U025 gru2']);
    expect(withWire('embed -> gru1')).toEqual(['U025 gru1']);
    expect(withWire('stack1 -> gru1')).toEqual(['U025 gru1']);
  });

  it('values outside their bounds and options a block does not have, with their place in the file', () => {
    const drawn = classifier(node('gru1', 'gru', { units: 0, reset: 'during', peephole: true, coupled: false }), node('last', 'last-step'));
    const found = checkGraph(drawn, WORDS).problems.map((each) => [each.code, each.path]);
    expect(found).toEqual([
      ['U004', 'graph.nodes[2].params.units'],
      ['U004', 'graph.nodes[2].params.reset'],
      ['U022', 'graph.nodes[2].params.peephole'],
    ]);
  });

  it('inputs, heads and vectors that do not fit the data', () => {
    const words = classifier(node('gru1', 'gru'), node('last', 'last-step'));
    expect(check(words, NUMBERS)).toEqual(['U021 words', 'U020 head']);
    const numbers = graph([node('x', 'features'), node('rnn1', 'rnn'), node('head', 'regression-head')], ['x -> rnn1', 'rnn1.state -> head']);
    expect(check(numbers, WORDS)).toEqual(['U021 x', 'U020 head']);
    const glove = {
      ...words,
      nodes: words.nodes.map((each) => (each.kind === 'embedding' ? { ...each, params: { size: 100, vectors: 'glove-100d' } } : each)),
    };
    expect(check(glove)).toEqual([]);
    expect(check(glove, { ...WORDS, input: { kind: 'tokens', unit: 'character', vocabulary: ['<unk>', 'a'] } })).toEqual(['U021 embed']);
    const short = { ...glove, nodes: glove.nodes.map((each) => (each.kind === 'embedding' ? { ...each, params: { size: 50, vectors: 'glove-100d' } } : each)) };
    expect(check(short)).toEqual(['U004 embed']);
  });

  it('a last step behind a bidirectional block only as a hint', () => {
    const checked = checkGraph(classifier(node('bi', 'bidirectional'), node('gru1', 'gru', {}, 'bi'), node('last', 'last-step')), WORDS);
    expect(checked.ok).toBe(true);
    expect(checked.hints.map((each) => [each.code, each.node])).toEqual([['U026', 'last']]);
  });
});

describe('the check of a hostile graph', () => {
  it('ends at once where nested repeats multiply', () => {
    const stacks = Array.from({ length: 10 }, (_, depth) => node(`s${depth}`, 'stack', { repeats: 64 }, depth === 0 ? undefined : `s${depth - 1}`));
    const checked = checkGraph(classifier(...stacks, node('gru1', 'gru', { units: 1 }, 's9'), node('last', 'last-step')), WORDS);
    expect(codes(checked)).toContainEqual(expect.stringMatching(/^U041/));
  });

  it('ends without overflowing where blocks are nested 5,000 deep', () => {
    const stacks = Array.from({ length: 5000 }, (_, depth) => node(`s${depth}`, 'stack', {}, depth === 0 ? undefined : `s${depth - 1}`));
    expect(codes(checkGraph(classifier(...stacks, node('last', 'last-step')), WORDS))).toContain('U015 s17');
  });

  it('ends soon with 20,000 nodes and 100,000 wires in one tangle', () => {
    const nodes = Array.from({ length: 20_000 }, (_, place) => node(`n${place}`, place % 2 === 0 ? 'gru' : 'mystery'));
    const wires = Array.from({ length: 100_000 }, (_, place) => `n${(place * 7919) % 20_000} -> n${(place * 104_729) % 20_000}.p${place}`);
    // Were it quadratic, it would take hours: the test's own limit ends it.
    expect(checkGraph(graph(nodes, wires), WORDS).ok).toBe(false);
  });
});
