import { describe, expect, it } from 'vitest';
import { checkGraph } from '../../src-engine/document/check.ts';
import type { Graph } from '../../src-engine/document/project.ts';
import { plainType } from '../../src-engine/document/shape-text.ts';
import { graph, node, NUMBERS, WORDS } from './document-builders.ts';

const START = [node('words', 'tokens'), node('embed', 'embedding', { size: 10 })];
const HEAD = node('head', 'softmax-head');

/** Two cells of the given units behind an embedding, joined, then a last step and a head. */
function joined(kind: 'concat' | 'add', units: readonly [number, number]): Graph {
  const nodes = [...START, node('a', 'gru', { units: units[0] }), node('b', 'lstm', { units: units[1] }), node('j', kind), node('last', 'last-step'), HEAD];
  return graph(nodes, ['words -> embed', 'embed -> a', 'embed -> b', 'a -> j.in1', 'b -> j.in2', 'j -> last', 'last -> head']);
}

function out(drawn: Graph, id: string, data = WORDS): string | null {
  const type = [...checkGraph(drawn, data).nodes.values()].find((each) => each.node.id === id)?.outputs['out'] ?? null;
  return type === null ? null : plainType(type);
}

function parameters(drawn: Graph, data = WORDS): Readonly<Record<string, string>> {
  return Object.fromEntries(checkGraph(drawn, data).parameters.map((each) => [each.name, each.shape.join(' x ')]));
}

describe('nodes that join', () => {
  it('put widths side by side, or keep the one width', () => {
    expect(out(joined('concat', [3, 4]), 'j')).toBe('B x T x 7');
    expect(out(joined('add', [4, 4]), 'j')).toBe('B x T x 4');
    expect(checkGraph(joined('concat', [3, 4]), WORDS).problems).toEqual([]);
  });

  it('refuse to add different widths, and say which', () => {
    const [found] = checkGraph(joined('add', [3, 4]), WORDS).problems;
    expect(found).toMatchObject({ code: 'U014', node: 'j' });
    expect(found?.message).toContain('axis F is 3 on one side and 4 on the other');
  });

  it('refuse a sequence beside a vector', () => {
    const drawn = graph(
      [...START, node('a', 'gru', { units: 4 }), node('j', 'add'), node('last', 'last-step'), HEAD],
      ['words -> embed', 'embed -> a', 'a -> j.in1', 'a.state -> j.in2', 'j -> last', 'last -> head'],
    );
    expect(checkGraph(drawn, WORDS).problems).toMatchObject([{ code: 'U013', node: 'j' }]);
  });

  it('need two inputs', () => {
    const drawn = graph(
      [...START, node('a', 'gru', { units: 4 }), node('j', 'add'), node('last', 'last-step'), HEAD],
      ['words -> embed', 'embed -> a', 'a -> j.in1', 'j -> last', 'last -> head'],
    );
    expect(checkGraph(drawn, WORDS).problems).toMatchObject([{ code: 'U011', node: 'j' }]);
  });
});

it('a pool gives a vector, and attention has a matrix and a vector to learn', () => {
  const pooled = (mode: string): Graph =>
    graph([...START, node('a', 'gru', { units: 4 }), node('pool1', 'pool', { mode }), HEAD], ['words -> embed', 'embed -> a', 'a -> pool1', 'pool1 -> head']);
  expect(out(pooled('mean'), 'pool1')).toBe('B x 4');
  expect(parameters(pooled('attention'))).toMatchObject({ 'pool1.weight': '4 x 4', 'pool1.vector': '4' });
  expect(Object.keys(parameters(pooled('max'))).filter((name) => name.startsWith('pool1'))).toEqual([]);
});

it('a repeat turns a vector into a sequence', () => {
  const drawn = graph(
    [...START, node('a', 'gru', { units: 4 }), node('again', 'repeat'), node('b', 'rnn', { units: 3 }), HEAD],
    ['words -> embed', 'embed -> a', 'a.state -> again', 'again -> b', 'b.state -> head'],
  );
  expect(out(drawn, 'again')).toBe('B x T x 4');
  expect(checkGraph(drawn, WORDS).ok).toBe(true);
});

it('a sigmoid head has one output for two classes', () => {
  const drawn = graph([...START, node('a', 'gru', { units: 4 }), node('head', 'sigmoid-head')], ['words -> embed', 'embed -> a', 'a.state -> head']);
  expect(parameters(drawn)).toMatchObject({ 'head.weight': '1 x 4', 'head.bias': '1' });
  expect(checkGraph(graph([node('x', 'features'), node('head', 'sigmoid-head')], ['x -> head']), NUMBERS).problems[0]).toMatchObject({ code: 'U020' });
});

describe('a stack with a residual', () => {
  const stacked = (units: number, params: Readonly<Record<string, boolean | number>>): Graph =>
    graph(
      [...START, node('stack1', 'stack', { repeats: 2, ...params }), node('a', 'gru', { units }, 'stack1'), node('last', 'last-step'), HEAD],
      ['words -> embed', 'embed -> stack1', 'stack1 -> last', 'last -> head'],
    );

  it('keeps the width where input and output agree', () => {
    expect(checkGraph(stacked(10, { residual: true, dropout: 0.3 }), WORDS).problems).toEqual([]);
  });

  it('is refused once where they do not, with both shapes', () => {
    const { problems } = checkGraph(stacked(6, { residual: true }), WORDS);
    expect(problems).toMatchObject([{ code: 'U014', node: 'a' }]);
    expect(problems[0]?.message).toContain('B x T x 10');
    expect(checkGraph(stacked(6, {}), WORDS).problems).toEqual([]);
  });
});

it('an LSTM with peephole has a weight per unit for each of three gates', () => {
  const drawn = graph([...START, node('a', 'lstm', { units: 4, peephole: true }), HEAD], ['words -> embed', 'embed -> a', 'a.state -> head']);
  expect(parameters(drawn)).toMatchObject({ 'a.weight_ci': '4', 'a.weight_cf': '4', 'a.weight_co': '4' });
});
