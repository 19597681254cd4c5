import { DEFAULT_SPLIT, emptyProject } from '../../document/defaults.ts';
import type { Project } from '../../document/project.ts';
import { chain, COLUMN, node } from '../build-graph.ts';
import type { Scenario } from '../scenario.ts';

function project(): Project {
  const nodes = [
    node({ id: 'numbers', kind: 'features', label: 'Numbers', x: 0, y: 0 }),
    node({ id: 'rnn1', kind: 'rnn', x: COLUMN, y: 0, params: { units: 32, activation: 'relu', recurrentInit: 'orthogonal' } }),
    node({ id: 'last', kind: 'last-step', x: 2 * COLUMN, y: 0 }),
    node({ id: 'head', kind: 'regression-head', x: 3 * COLUMN, y: 0 }),
  ];
  const { training } = emptyProject();
  return {
    ...emptyProject('Exploding gradients'),
    graph: chain(nodes, ['numbers', 'rnn1', 'last', 'head']),
    data: { source: 'builtin:adding', options: { length: 30, count: 5000 }, split: DEFAULT_SPLIT },
    training: { ...training, optimizer: { kind: 'sgd', learningRate: 0.02, momentum: 0.9 }, epochs: 12, seed: 1, clip: { kind: 'none' } },
  };
}

export const exploding: Scenario = {
  id: 'exploding',
  title: 'Exploding gradients',
  text: 'Adds the two marked ones of thirty numbers, with a ReLU RNN and without clipping. After some 600 updates a number overflows and the run stops.',
  teaches:
    'Watch the gradient norm before the end; the message names layer and step. Set clipping to norm 1 in the training panel and the same run reaches an RMSE of 0.13.',
  shape: 'many-to-one',
  topic: 'gradient-lab',
  dataset: 'Adding problem, generated',
  score: 'stops',
  baseline: 'mean 0.40',
  seconds: 2,
  project,
};
