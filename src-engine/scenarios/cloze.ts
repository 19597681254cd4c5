import { emptyProject } from '../document/defaults.ts';
import type { Project } from '../document/project.ts';
import { BLOCK_COLUMN, chain, COLUMN, node } from './build-graph.ts';
import type { Scenario } from './scenario.ts';

function project(): Project {
  const nodes = [
    node({ id: 'words', kind: 'tokens', label: 'Sentence', x: 0, y: 40 }),
    node({ id: 'embed', kind: 'embedding', x: COLUMN, y: 40, params: { size: 100, vectors: 'glove-100d', trainable: false } }),
    node({ id: 'bi', kind: 'bidirectional', x: 2 * COLUMN, y: 0, params: { merge: 'concat' } }),
    node({ id: 'gru1', kind: 'gru', parent: 'bi', x: 22, y: 44, params: { units: 64, reset: 'before' } }),
    node({ id: 'head', kind: 'softmax-head', x: 2 * COLUMN + BLOCK_COLUMN, y: 40 }),
  ];
  return {
    ...emptyProject('Fill in the blank'),
    graph: chain(nodes, ['words', 'embed', 'bi', 'head']),
    data: { source: 'builtin:cloze', options: {}, split: { train: 0.9, validation: 0.05, test: 0.05, seed: 1 } },
    training: {
      optimizer: { kind: 'adam', learningRate: 0.004 },
      batchSize: 32,
      epochs: 2,
      seed: 7,
      clip: { kind: 'norm', max: 1 },
      bptt: { mode: 'full', reduce: 'sum' },
      schedule: { kind: 'cosine', final: 0.05 },
    },
  };
}

export const cloze: Scenario = {
  id: 'cloze',
  title: 'Fill in the blank',
  text: 'Reads a sentence with a word left out and ranks the words that may stand there: "The cat ___ the street that was flat".',
  teaches: 'Words on both sides count: with a cell of twice the units that reads from the left only, perplexity is 178.',
  shape: 'many-to-many',
  dataset: 'Moby Dick, words left out',
  score: 'perplexity 103',
  baseline: 'frequency 372',
  seconds: 90,
  project,
};
