import { emptyProject } from '../document/defaults.ts';
import type { Project } from '../document/project.ts';
import { chain, COLUMN, node } from './build-graph.ts';
import type { Scenario } from './scenario.ts';
import { SEATTLE_SPLIT } from './seattle.ts';

function project(): Project {
  const nodes = [
    node({ id: 'days', kind: 'vector', label: '14 days', x: 0, y: 0 }),
    node({ id: 'dense1', kind: 'dense', x: COLUMN, y: 0, params: { units: 32, activation: 'tanh' } }),
    node({ id: 'dense2', kind: 'dense', x: 2 * COLUMN, y: 0, params: { units: 32, activation: 'tanh' } }),
    node({ id: 'head', kind: 'regression-head', x: 3 * COLUMN, y: 0 }),
  ];
  const { training } = emptyProject();
  return {
    ...emptyProject('Feed-forward forecast'),
    graph: chain(nodes, ['days', 'dense1', 'dense2', 'head']),
    data: { source: 'builtin:seattle', options: { readAs: 'vector' }, split: SEATTLE_SPLIT },
    training: { ...training, epochs: 20, seed: 7 },
  };
}

export const feedForward: Scenario = {
  id: 'feed-forward',
  title: 'Feed-forward forecast',
  text: 'Reads two weeks of weather as one row of 42 numbers and forecasts the highest temperature of the next day.',
  teaches:
    'The counterpart of Seattle: a weight for each day, 2,465 in all, and always fourteen days. The recurrent one does as well with 977, shared by all days.',
  shape: 'one-to-one',
  dataset: 'Seattle weather, daily',
  score: 'RMSE 2.9',
  baseline: 'yesterday 3.1',
  seconds: 1,
  project,
};
