import { DEFAULT_SPLIT, emptyProject } from '../document/defaults.ts';
import type { Project } from '../document/project.ts';
import { chain, COLUMN, node } from './build-graph.ts';
import type { Scenario } from './scenario.ts';

function project(): Project {
  const nodes = [
    node({ id: 'measures', kind: 'vector', label: 'Measures', x: 0, y: 0 }),
    node({ id: 'dense1', kind: 'dense', x: COLUMN, y: 0, params: { units: 16, activation: 'tanh' } }),
    node({ id: 'dense2', kind: 'dense', x: 2 * COLUMN, y: 0, params: { units: 16, activation: 'tanh' } }),
    node({ id: 'head', kind: 'softmax-head', x: 3 * COLUMN, y: 0 }),
  ];
  const { training } = emptyProject();
  return {
    ...emptyProject('One to one'),
    graph: chain(nodes, ['measures', 'dense1', 'dense2', 'head']),
    data: { source: 'builtin:penguins', options: {}, split: { ...DEFAULT_SPLIT, train: 0.6, validation: 0.1, test: 0.3 } },
    training: { ...training, optimizer: { kind: 'adam', learningRate: 0.005 }, batchSize: 16, epochs: 20, seed: 7 },
  };
}

export const oneToOne: Scenario = {
  id: 'one-to-one',
  title: 'One to one',
  text: 'Reads four measures of a penguin at once and names its species.',
  teaches: 'A feed-forward network: every layer has weights of its own and the input enters once. There is no time, so there is nothing to unroll.',
  shape: 'one-to-one',
  dataset: 'Penguins of the Palmer Archipelago',
  score: '99 %',
  baseline: 'guessing 41 %',
  seconds: 1,
  project,
};
