import { DEFAULT_SPLIT, emptyProject } from '../document/defaults.ts';
import type { Project } from '../document/project.ts';
import { BLOCK_COLUMN, chain, COLUMN, node } from './build-graph.ts';
import type { Scenario } from './scenario.ts';

function project(): Project {
  const nodes = [
    node({ id: 'question', kind: 'tokens', label: 'Question', x: 0, y: 40 }),
    node({ id: 'embed', kind: 'embedding', x: COLUMN, y: 40, params: { size: 16, vectors: 'random', trainable: true } }),
    node({ id: 'bi', kind: 'bidirectional', x: 2 * COLUMN, y: 0, params: { merge: 'concat' } }),
    node({ id: 'lstm1', kind: 'lstm', parent: 'bi', x: 22, y: 44, params: { units: 64, recurrentInit: 'orthogonal' } }),
    node({ id: 'decoder1', kind: 'decoder', x: 2 * COLUMN + BLOCK_COLUMN, y: 40, params: { units: 128, cell: 'lstm', size: 16 } }),
    node({ id: 'head', kind: 'softmax-head', x: 3 * COLUMN + BLOCK_COLUMN, y: 40 }),
  ];
  return {
    ...emptyProject('Addition'),
    graph: chain(nodes, ['question', 'embed', 'bi.state', 'decoder1', 'head']),
    data: { source: 'builtin:addition', options: {}, split: DEFAULT_SPLIT },
    training: {
      optimizer: { kind: 'adam', learningRate: 0.008 },
      schedule: { kind: 'cosine', final: 0 },
      batchSize: 32,
      epochs: 7,
      seed: 7,
      clip: { kind: 'norm', max: 5 },
      bptt: { mode: 'full', reduce: 'sum' },
    },
  };
}

export const addition: Scenario = {
  id: 'addition',
  title: 'Addition',
  text: 'Reads a sum such as 123+456 and writes the result digit by digit, from the right as on paper, until it decides that it is done.',
  teaches: 'An encoder hands its final state, h and c, to a decoder that reads its own answers; questions and answers differ in length.',
  shape: 'encoder-decoder',
  dataset: 'Sums of numbers to 999, generated',
  score: '99.5 %',
  baseline: 'guessing 0 %',
  seconds: 60,
  project,
};
