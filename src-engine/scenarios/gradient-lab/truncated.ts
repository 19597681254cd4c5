import { DEFAULT_SPLIT, emptyProject } from '../../document/defaults.ts';
import type { Project } from '../../document/project.ts';
import { chain, COLUMN, node } from '../build-graph.ts';
import type { Scenario } from '../scenario.ts';

function project(): Project {
  const nodes = [
    node({ id: 'symbols', kind: 'tokens', label: 'Symbols', x: 0, y: 0 }),
    node({ id: 'embed', kind: 'embedding', x: COLUMN, y: 0, params: { size: 64, vectors: 'random', trainable: false } }),
    node({ id: 'lstm1', kind: 'lstm', x: 2 * COLUMN, y: 0, params: { units: 48, forgetBias: 1, recurrentInit: 'uniform' } }),
    node({ id: 'last', kind: 'last-step', x: 3 * COLUMN, y: 0 }),
    node({ id: 'head', kind: 'softmax-head', x: 4 * COLUMN, y: 0 }),
  ];
  const { training } = emptyProject();
  return {
    ...emptyProject('Truncated BPTT'),
    graph: chain(nodes, ['symbols', 'embed', 'lstm1', 'last', 'head']),
    data: { source: 'builtin:recall', options: { lag: 20 }, split: DEFAULT_SPLIT },
    training: {
      ...training,
      optimizer: { kind: 'adam', learningRate: 0.003 },
      epochs: 6,
      seed: 7,
      clip: { kind: 'norm', max: 1 },
      bptt: { mode: 'truncated', window: 5, reduce: 'sum' },
    },
  };
}

export const truncated: Scenario = {
  id: 'truncated-bptt',
  title: 'Truncated BPTT',
  text: 'An LSTM has to recall a letter over 20 digits, and is trained by windows of 5 steps: the state goes on, the gradient ends at the edge of each window.',
  teaches: 'It guesses: no gradient ever reaches the letter. Set BPTT to full in the training panel, and the same model recalls every letter.',
  shape: 'many-to-one',
  topic: 'gradient-lab',
  dataset: 'Delayed recall, generated',
  score: '11 %',
  baseline: 'guessing 12 %',
  seconds: 3,
  project,
};
