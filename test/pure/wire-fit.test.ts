import { describe, expect, it } from 'vitest';
import type { Graph } from '../../src-engine/document/project.ts';
import { checkWire, wireChecker } from '../../src-engine/document/wire-fit.ts';
import { countReads } from './count-reads.ts';
import { graph, node, port, TAGS, WORDS } from './document-builders.ts';

const drawn: Graph = graph(
  [
    node('words', 'tokens'),
    node('embed', 'embedding', { size: 10 }),
    node('gru1', 'gru', { units: 64 }),
    node('bi', 'bidirectional'),
    node('lstm1', 'lstm', { units: 5 }, 'bi'),
    node('stack1', 'stack'),
    node('dense1', 'dense', {}, 'stack1'),
    node('rnn1', 'rnn', { units: 10 }),
    node('last', 'last-step'),
    node('strange', 'transformer'),
    node('head', 'softmax-head'),
  ],
  ['words -> embed', 'embed -> gru1', 'gru1 -> rnn1', 'embed -> bi'],
);

function verdict(from: string, to: string, signature = WORDS) {
  const found = checkWire(drawn, signature, port(from, 'out'), port(to, 'in'));
  return found.ok ? 'ok' : found.problem;
}

describe('a wire is accepted', () => {
  it.each([
    ['gru1', 'last'],
    ['gru1.state', 'head'],
    ['bi.state', 'head'],
    ['gru1', 'bi'],
    ['gru1', 'stack1'],
    ['gru1.state', 'stack1'],
    ['gru1', 'strange'],
    ['strange', 'head'],
  ])('from %s to %s', (from, to) => {
    expect(verdict(from, to)).toBe('ok');
  });

  it('into a port that is already fed, because connecting replaces the wire', () => {
    expect(verdict('embed', 'rnn1')).toBe('ok');
  });

  it('from a sequence to a head that answers per step', () => {
    expect(verdict('gru1', 'head', TAGS)).toBe('ok');
  });
});

describe('a wire is refused', () => {
  it('naming both shapes, the axis that failed and the remedy', () => {
    expect(verdict('gru1', 'head')).toMatchObject({
      code: 'U013',
      message: 'B x T x 64 from gru1 meets head (Softmax head), whose "in" takes B x F or B x H: axis T is left over.',
      fix: 'Insert a Last step, or wire the "state" port of gru1.',
      remedy: { kind: 'insert', node: 'last-step', label: 'Insert Last step' },
    });
    expect(verdict('gru1.state', 'rnn1.initial')).toMatchObject({
      code: 'U014',
      message: 'B x 64 from gru1 meets rnn1 (RNN), whose "initial" takes B x 10: axis H is 64 on one side and 10 on the other.',
    });
    expect(verdict('bi.state', 'gru1.initial')).toMatchObject({
      code: 'U014',
      message: 'B x 10 from bi meets gru1 (GRU), whose "initial" takes B x 64: axis H is 10 on one side and 64 on the other.',
      remedy: { kind: 'insert', node: 'dense', label: 'Insert Dense 10 to 64', params: { units: 64 } },
    });
  });

  it.each([
    ['words', 'gru1', 'U013'],
    ['embed', 'embed', 'U010'],
    ['rnn1', 'gru1', 'U010'],
    ['gru1.state', 'bi', 'U013'],
    ['words', 'stack1', 'U013'],
    ['embed', 'lstm1', 'U025'],
    ['lstm1', 'head', 'U025'],
    ['head', 'last', 'U008'],
    ['embed.state', 'head', 'U008'],
    ['gone', 'head', 'U008'],
  ])('from %s to %s: %s', (from, to, code) => {
    expect(verdict(from, to)).toMatchObject({ code });
  });
});

it('one check serves every port of a graph of 1,000 nodes while a wire is dragged', () => {
  const work = (length: number): number => {
    const nodes = Array.from({ length }, (_, place) => node(`gru${place}`, 'gru'));
    const wires = nodes.slice(1).map((each, place) => `gru${place} -> ${each.id}`);
    const { counted, reads } = countReads(graph(nodes, wires));
    const check = wireChecker(counted, WORDS, port(`gru${length / 2}`, 'out'));
    const accepted = nodes.filter((each) => check({ node: each.id, port: 'in' }).ok);
    expect(accepted).toHaveLength(length / 2 - 1);
    return reads();
  };
  expect(work(1000) / work(500)).toBeLessThan(2.1);
});

describe('a wire to a node that joins its inputs', () => {
  const joined = (kind: 'add' | 'concat'): Graph =>
    graph([...drawn.nodes, node('join', kind), node('wide', 'gru', { units: 10 })], ['words -> embed', 'embed -> gru1', 'embed -> wide', 'gru1 -> join.in1']);
  const found = (kind: 'add' | 'concat', from: string, to: string) => {
    const answer = checkWire(joined(kind), WORDS, port(from, 'out'), port(to, 'in'));
    return answer.ok ? 'ok' : answer.problem;
  };

  it('is refused where the widths differ and the numbers are added', () => {
    expect(found('add', 'wide', 'join.in2')).toMatchObject({ code: 'U014', node: 'join' });
    expect(found('concat', 'wide', 'join.in2')).toBe('ok');
  });

  it('is refused where a vector meets a sequence', () => {
    expect(found('concat', 'wide.state', 'join.in2')).toMatchObject({ code: 'U013', node: 'join' });
  });

  it('may take the place of the wire that stands in the way', () => {
    expect(found('add', 'wide', 'join.in1')).toBe('ok');
  });
});
