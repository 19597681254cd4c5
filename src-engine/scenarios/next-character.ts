import { emptyProject } from '../document/defaults.ts';
import type { Project } from '../document/project.ts';
import { chain, COLUMN, node } from './build-graph.ts';
import type { Scenario } from './scenario.ts';

function project(): Project {
  const nodes = [
    node({ id: 'characters', kind: 'tokens', label: 'Text', x: 0, y: 0 }),
    node({ id: 'embed', kind: 'embedding', x: COLUMN, y: 0, params: { size: 32, vectors: 'random', trainable: true } }),
    node({ id: 'lstm1', kind: 'lstm', x: 2 * COLUMN, y: 0, params: { units: 256 } }),
    node({ id: 'head', kind: 'softmax-head', x: 3 * COLUMN, y: 0 }),
  ];
  return {
    ...emptyProject('Next character'),
    graph: chain(nodes, ['characters', 'embed', 'lstm1', 'head']),
    data: { source: 'builtin:moby-dick', options: { unit: 'character', length: 1024 }, split: { train: 0.9, validation: 0.05, test: 0.05, seed: 1 } },
    training: {
      optimizer: { kind: 'adam', learningRate: 0.006 },
      batchSize: 16,
      epochs: 4,
      seed: 7,
      clip: { kind: 'norm', max: 0.5 },
      bptt: { mode: 'truncated', window: 48, reduce: 'sum' },
      schedule: { kind: 'cosine', final: 0.05 },
    },
  };
}

export const nextCharacter: Scenario = {
  id: 'next-character',
  title: 'Next character',
  text: 'Reads Moby Dick character by character and says which comes next; it writes on from whatever you type.',
  teaches:
    'Nobody tells the model what a word is: spelling, spaces and quotation marks come from guessing the next character, and the texts it writes get better while it trains.',
  shape: 'many-to-many',
  dataset: 'Moby Dick, by characters',
  score: '2.05 bits a character',
  baseline: 'frequency 4.42',
  seconds: 360,
  project,
};
