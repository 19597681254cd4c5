import { DEFAULT_SPLIT, emptyProject } from '../document/defaults.ts';
import type { Project } from '../document/project.ts';
import { chain, node } from './build-graph.ts';
import type { Scenario } from './scenario.ts';

/** Five in a row: as near as their wires' labels allow. */
const COLUMN = 222;

function project(): Project {
  const nodes = [
    node({ id: 'letters', kind: 'tokens', label: 'Name', x: 0, y: 0 }),
    node({ id: 'embed', kind: 'embedding', x: COLUMN, y: 0, params: { size: 16, vectors: 'random', trainable: true } }),
    node({ id: 'rnn1', kind: 'rnn', x: 2 * COLUMN, y: 0, params: { units: 64, activation: 'tanh', recurrentInit: 'uniform' } }),
    node({ id: 'last', kind: 'last-step', x: 3 * COLUMN, y: 0 }),
    node({ id: 'head', kind: 'softmax-head', x: 4 * COLUMN, y: 0 }),
  ];
  return {
    ...emptyProject('Names'),
    graph: chain(nodes, ['letters', 'embed', 'rnn1', 'last', 'head']),
    data: { source: 'builtin:names', options: {}, split: DEFAULT_SPLIT },
    training: {
      optimizer: { kind: 'adam', learningRate: 0.002 },
      batchSize: 32,
      epochs: 15,
      seed: 7,
      clip: { kind: 'norm', max: 5 },
      bptt: { mode: 'full', reduce: 'sum' },
    },
  };
}

export const names: Scenario = {
  id: 'names',
  title: 'Names',
  text: 'Reads a first name letter by letter and says whether it is more often given to girls or to boys.',
  teaches: 'At first the gradient of a plain RNN fades towards the first letters; swap the cell for an LSTM: it fades less, and the score rises.',
  shape: 'many-to-one',
  dataset: 'First names by gender',
  score: '85 %',
  baseline: 'guessing 59 %',
  seconds: 2,
  project,
};
