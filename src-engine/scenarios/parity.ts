import { DEFAULT_SPLIT, emptyProject } from '../document/defaults.ts';
import type { Project } from '../document/project.ts';
import { chain, COLUMN, node } from './build-graph.ts';
import type { Scenario } from './scenario.ts';

function project(): Project {
  const nodes = [
    node({ id: 'bits', kind: 'tokens', label: 'Bits', x: 0, y: 0 }),
    node({ id: 'onehot', kind: 'one-hot', x: COLUMN, y: 0 }),
    node({ id: 'rnn1', kind: 'rnn', x: 2 * COLUMN, y: 0, params: { units: 16, activation: 'tanh', recurrentInit: 'uniform' } }),
    node({ id: 'last', kind: 'last-step', x: 3 * COLUMN, y: 0 }),
    node({ id: 'head', kind: 'softmax-head', x: 4 * COLUMN, y: 0 }),
  ];
  const { training } = emptyProject();
  return {
    ...emptyProject('Parity'),
    graph: chain(nodes, ['bits', 'onehot', 'rnn1', 'last', 'head']),
    data: { source: 'builtin:parity', options: { length: 20, shortest: 1 }, split: DEFAULT_SPLIT },
    training: { ...training, optimizer: { kind: 'adam', learningRate: 0.005 }, epochs: 20, seed: 7, clip: { kind: 'norm', max: 1 } },
  };
}

export const parity: Scenario = {
  id: 'parity',
  title: 'Parity',
  text: 'Reads up to 20 bits and says whether the number of ones is even or odd.',
  teaches: 'A state of one bit, flipped at every one. It is learned from the short sequences upwards: give all of them 20 bits and nothing is learned.',
  shape: 'many-to-one',
  dataset: 'Bits, generated',
  score: '100 %',
  baseline: 'guessing 52 %',
  seconds: 1,
  project,
};
