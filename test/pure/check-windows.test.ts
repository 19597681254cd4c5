import { expect, it } from 'vitest';
import { emptyProject } from '../../src-engine/document/defaults.ts';
import type { Graph } from '../../src-engine/document/project.ts';
import { checkWindows } from '../../src-engine/document/check/check-windows.ts';
import { graph, node } from './document-builders.ts';

function problemsOf(drawn: Graph, mode: 'full' | 'truncated') {
  const project = emptyProject();
  return checkWindows({ ...project, graph: drawn, training: { ...project.training, bptt: { mode, reduce: 'sum' } } });
}

it('truncated BPTT is refused with U040 for what needs whole sequences, naming the block', () => {
  const drawn = graph([node('x', 'features'), node('bi', 'bidirectional'), node('a', 'lstm'), node('b', 'lstm')], ['a.state -> b.initial']);
  expect(problemsOf(drawn, 'full')).toEqual([]);
  const problems = problemsOf(drawn, 'truncated');
  expect(problems.map(({ code, path }) => [code, path])).toEqual(problems.map(() => ['U040', 'training.bptt']));
  expect(problems.map(({ message }) => /"(\w+)"/u.exec(message)![1])).toEqual(['bi', 'b']);
});

it('and takes cells one after another', () => {
  expect(problemsOf(graph([node('x', 'features'), node('a', 'gru'), node('b', 'lstm')], ['x -> a', 'a -> b']), 'truncated')).toEqual([]);
});

it('and refuses what has no steps, or makes or needs them all at once', () => {
  const nodes = ['vector', 'pool', 'repeat', 'decoder'].map((kind) => node(kind, kind));
  expect(problemsOf(graph(nodes, []), 'truncated').map(({ message }) => /"(\w+)"/u.exec(message)![1])).toEqual(['vector', 'pool', 'repeat', 'decoder']);
});
