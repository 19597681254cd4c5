import { DEFAULT_SPLIT, emptyProject } from '../document/defaults.ts';
import type { Project } from '../document/project.ts';
import { COLUMN, node, wired } from './build-graph.ts';
import type { Scenario } from './scenario.ts';

const UNITS = 32;

function project(): Project {
  const nodes = [
    node({ id: 'wave', kind: 'vector', label: 'Frequency, phase', x: 0, y: 0 }),
    node({ id: 'repeat', kind: 'repeat', x: COLUMN, y: 0 }),
    node({ id: 'start', kind: 'dense', label: 'First state', x: COLUMN, y: 140, params: { units: UNITS, activation: 'tanh' } }),
    node({ id: 'gru1', kind: 'gru', x: 2 * COLUMN, y: 0, params: { units: UNITS, reset: 'before', recurrentInit: 'orthogonal' } }),
    node({ id: 'head', kind: 'regression-head', x: 3 * COLUMN, y: 0 }),
  ];
  const { training } = emptyProject();
  return {
    ...emptyProject('Sine waves'),
    graph: wired(nodes, [
      ['wave', 'repeat'],
      ['wave', 'start'],
      ['repeat', 'gru1'],
      ['start', 'gru1.initial'],
      ['gru1', 'head'],
    ]),
    data: { source: 'builtin:sine', options: {}, split: DEFAULT_SPLIT },
    training: { ...training, optimizer: { kind: 'adam', learningRate: 0.005 }, epochs: 20, seed: 7, clip: { kind: 'norm', max: 1 } },
  };
}

export const sine: Scenario = {
  id: 'sine',
  title: 'Sine waves',
  text: 'Reads a frequency and a phase once and draws the wave they describe, step by step.',
  teaches: 'One vector becomes a sequence: it is repeated at every step, and it sets the first state. Cut the wire to the first state and the error triples.',
  shape: 'one-to-many',
  dataset: 'Sine waves, generated',
  score: 'RMSE 0.03',
  baseline: 'mean 0.70',
  seconds: 3,
  project,
};
