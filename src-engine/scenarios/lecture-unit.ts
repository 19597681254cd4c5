import { DEFAULT_SPLIT, emptyProject } from '../document/defaults.ts';
import type { Project } from '../document/project.ts';
import { chain, COLUMN, node } from './build-graph.ts';
import type { Scenario } from './scenario.ts';

function project(): Project {
  const nodes = [
    node({ id: 'bits', kind: 'tokens', label: 'Bits', x: 0, y: 0 }),
    node({ id: 'onehot', kind: 'one-hot', label: 'x', x: COLUMN, y: 0 }),
    node({ id: 'rnn1', kind: 'rnn', label: 'RNN unit', x: 2 * COLUMN, y: 0, params: { units: 8, activation: 'sigmoid', recurrentInit: 'uniform' } }),
    node({ id: 'head', kind: 'softmax-head', label: 'y', x: 3 * COLUMN, y: 0 }),
  ];
  const { training } = emptyProject();
  return {
    ...emptyProject('RNN unit'),
    graph: chain(nodes, ['bits', 'onehot', 'rnn1', 'head']),
    data: { source: 'builtin:parity', options: { length: 12, perStep: true }, split: DEFAULT_SPLIT },
    training: { ...training, optimizer: { kind: 'adam', learningRate: 0.01 }, epochs: 20, seed: 7 },
  };
}

export const lectureUnit: Scenario = {
  id: 'rnn-unit',
  title: 'The RNN unit',
  text: 'Says after every bit whether the ones so far are even or odd.',
  teaches: "The unit of the lecture: h' = sigmoid(W h + U x), y = softmax(W_o h') at every step, the same W, U and W_o for all. Small enough to step through.",
  shape: 'many-to-many',
  dataset: 'Bits, generated',
  score: '100 %',
  baseline: 'guessing 50 %',
  seconds: 1,
  project,
};
