import { DEFAULT_SPLIT, emptyProject } from '../../document/defaults.ts';
import type { Project } from '../../document/project.ts';
import { chain, COLUMN, node } from '../build-graph.ts';
import type { Scenario } from '../scenario.ts';

function project(): Project {
  const nodes = [
    node({ id: 'bits', kind: 'tokens', label: 'Bits', x: 0, y: 0 }),
    node({ id: 'onehot', kind: 'one-hot', x: COLUMN, y: 0 }),
    node({ id: 'rnn1', kind: 'rnn', x: 2 * COLUMN, y: 0, params: { units: 16, activation: 'tanh', recurrentInit: 'uniform' } }),
    node({ id: 'head', kind: 'softmax-head', x: 3 * COLUMN, y: 0 }),
  ];
  const { training } = emptyProject();
  return {
    ...emptyProject('Sum or mean'),
    graph: chain(nodes, ['bits', 'onehot', 'rnn1', 'head']),
    data: { source: 'builtin:parity', options: { length: 12, perStep: true }, split: DEFAULT_SPLIT },
    training: {
      ...training,
      optimizer: { kind: 'sgd', learningRate: 0.3 },
      epochs: 6,
      seed: 7,
      bptt: { mode: 'full', reduce: 'mean' },
    },
  };
}

export const averaged: Scenario = {
  id: 'bptt-mean',
  title: 'Sum or mean',
  text: 'The twelve copies of each weight want twelve updates. Here they are averaged, with plain SGD: too small a step to learn parity.',
  teaches: 'The mean is the sum divided by the number of copies. Set it to sum, or the learning rate to twelve times as much: both learn alike.',
  shape: 'many-to-many',
  topic: 'gradient-lab',
  dataset: 'Bits, generated',
  score: '54 %',
  baseline: 'guessing 50 %',
  seconds: 1,
  project,
};
