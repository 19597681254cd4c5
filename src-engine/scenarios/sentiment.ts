import { DEFAULT_SPLIT, emptyProject } from '../document/defaults.ts';
import type { Project } from '../document/project.ts';
import { BLOCK_COLUMN, chain, COLUMN, node } from './build-graph.ts';
import type { Scenario } from './scenario.ts';

function project(): Project {
  const nodes = [
    node({ id: 'words', kind: 'tokens', label: 'Review', x: 0, y: 40 }),
    node({ id: 'embed', kind: 'embedding', x: COLUMN, y: 40, params: { size: 100, vectors: 'glove-100d', trainable: false } }),
    node({ id: 'bi', kind: 'bidirectional', x: 2 * COLUMN, y: 0, params: { merge: 'concat' } }),
    node({ id: 'gru1', kind: 'gru', parent: 'bi', x: 22, y: 44, params: { units: 32, reset: 'before', recurrentInit: 'uniform' } }),
    node({ id: 'head', kind: 'softmax-head', x: 2 * COLUMN + BLOCK_COLUMN, y: 40 }),
  ];
  return {
    ...emptyProject('Sentiment'),
    graph: chain(nodes, ['words', 'embed', 'bi.state', 'head']),
    data: { source: 'builtin:reviews', options: {}, split: DEFAULT_SPLIT },
    training: {
      optimizer: { kind: 'adam', learningRate: 0.002 },
      batchSize: 32,
      epochs: 10,
      seed: 7,
      clip: { kind: 'norm', max: 5 },
      bptt: { mode: 'full', reduce: 'sum' },
    },
  };
}

export const sentiment: Scenario = {
  id: 'sentiment',
  title: 'Sentiment',
  text: 'Reads a short film review word by word and says whether it is positive or negative.',
  teaches: 'Pre-trained word vectors carry the meaning of adjectives the model has never been trained on; both directions are read.',
  shape: 'many-to-one',
  dataset: 'Film reviews, generated',
  score: '97 %',
  baseline: 'guessing 50 %',
  seconds: 4,
  project,
};
