import { DEFAULT_SPLIT, emptyProject } from '../document/defaults.ts';
import type { Project } from '../document/project.ts';
import { chain, COLUMN, node } from './build-graph.ts';
import type { Scenario } from './scenario.ts';

function project(): Project {
  const nodes = [
    node({ id: 'who', kind: 'vector', label: 'Gender, letter', x: 0, y: 0 }),
    node({ id: 'dense1', kind: 'dense', x: COLUMN, y: 0, params: { units: 128, activation: 'tanh' } }),
    node({ id: 'decoder1', kind: 'decoder', x: 2 * COLUMN, y: 0, params: { units: 128, cell: 'gru', size: 16 } }),
    node({ id: 'head', kind: 'softmax-head', x: 3 * COLUMN, y: 0 }),
  ];
  return {
    ...emptyProject('Name writer'),
    graph: chain(nodes, ['who', 'dense1', 'decoder1', 'head']),
    data: { source: 'builtin:name-letters', options: {}, split: DEFAULT_SPLIT },
    training: {
      optimizer: { kind: 'adam', learningRate: 0.003 },
      schedule: { kind: 'cosine', final: 0 },
      batchSize: 32,
      epochs: 8,
      seed: 7,
      clip: { kind: 'norm', max: 5 },
      bptt: { mode: 'full', reduce: 'sum' },
    },
  };
}

export const nameLetters: Scenario = {
  id: 'name-letters',
  title: 'Name writer',
  text: 'Is given a gender and a first letter, and writes a first name letter by letter until it decides that the name ends.',
  teaches: 'One row of numbers becomes a sequence: it is the state that the decoder starts from, and every letter written is read for the next one.',
  shape: 'one-to-many',
  dataset: 'First names by gender',
  score: 'perplexity 6.2',
  baseline: 'letters by frequency 15.0',
  seconds: 5,
  project,
};
