import { emptyProject } from '../document/defaults.ts';
import type { Project } from '../document/project.ts';
import { BLOCK_COLUMN, chain, COLUMN, node } from './build-graph.ts';
import { names } from './names.ts';
import type { Scenario } from './scenario.ts';

function project(): Project {
  const nodes = [
    node({ id: 'letters', kind: 'tokens', label: 'Name', x: 0, y: 40 }),
    node({ id: 'embed', kind: 'embedding', x: COLUMN, y: 40, params: { size: 16, vectors: 'random', trainable: true } }),
    node({ id: 'stack', kind: 'stack', label: 'Two layers', x: 2 * COLUMN, y: 0, params: { repeats: 2 } }),
    node({ id: 'rnn1', kind: 'rnn', parent: 'stack', x: 22, y: 44, params: { units: 64, activation: 'tanh', recurrentInit: 'uniform' } }),
    node({ id: 'last', kind: 'last-step', x: 2 * COLUMN + BLOCK_COLUMN, y: 40 }),
    node({ id: 'head', kind: 'softmax-head', x: 3 * COLUMN + BLOCK_COLUMN, y: 40 }),
  ];
  const { data, training } = names.project();
  return { ...emptyProject('Deep RNN'), graph: chain(nodes, ['letters', 'embed', 'stack', 'last', 'head']), data, training };
}

export const deepRnn: Scenario = {
  id: 'deep-rnn',
  title: 'Deep RNN',
  text: 'The task of Names with two layers: the second reads the hidden states of the first.',
  teaches: 'Each layer has weights of its own, shared over time, and its own gradient. On short names it wins little over the one layer of Names (85 %).',
  shape: 'many-to-one',
  dataset: 'First names by gender',
  score: '86 %',
  baseline: 'guessing 59 %',
  seconds: 6,
  project,
};
