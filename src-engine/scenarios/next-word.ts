import { emptyProject } from '../document/defaults.ts';
import type { Project } from '../document/project.ts';
import { chain, node } from './build-graph.ts';
import type { Scenario } from './scenario.ts';

/** Five in a row: as near as their wires' labels allow. */
const COLUMN = 228;

function project(): Project {
  const nodes = [
    node({ id: 'words', kind: 'tokens', label: 'Text', x: 0, y: 0 }),
    node({ id: 'embed', kind: 'embedding', x: COLUMN, y: 0, params: { size: 100, vectors: 'glove-100d', trainable: true } }),
    node({ id: 'lstm1', kind: 'lstm', x: 2 * COLUMN, y: 0, params: { units: 192 } }),
    node({ id: 'dropout', kind: 'dropout', x: 3 * COLUMN, y: 0, params: { rate: 0.3 } }),
    node({ id: 'head', kind: 'softmax-head', x: 4 * COLUMN, y: 0 }),
  ];
  return {
    ...emptyProject('Next word'),
    graph: chain(nodes, ['words', 'embed', 'lstm1', 'dropout', 'head']),
    data: {
      source: 'builtin:moby-dick',
      options: { unit: 'word', vocabulary: 4000, length: 128 },
      split: { train: 0.9, validation: 0.05, test: 0.05, seed: 1 },
    },
    training: {
      optimizer: { kind: 'adam', learningRate: 0.003 },
      batchSize: 16,
      epochs: 4,
      seed: 7,
      clip: { kind: 'norm', max: 1 },
      bptt: { mode: 'truncated', window: 32, reduce: 'sum' },
      schedule: { kind: 'cosine', final: 0.05 },
    },
  };
}

export const nextWord: Scenario = {
  id: 'next-word',
  title: 'Next word',
  text: 'Reads Moby Dick word by word and ranks the words that may come next: "the boy crossed the ___".',
  teaches:
    'A language model gives every word of its vocabulary a probability; perplexity says among how many words it still wavers, here a third of what word frequencies leave.',
  shape: 'many-to-many',
  dataset: 'Moby Dick, by words',
  score: 'perplexity 118',
  baseline: 'frequency 348',
  seconds: 200,
  project,
};
