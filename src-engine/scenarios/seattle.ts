import { DEFAULT_SPLIT, emptyProject } from '../document/defaults.ts';
import type { Project, SplitSpec } from '../document/project.ts';
import { chain, COLUMN, node } from './build-graph.ts';
import type { Scenario } from './scenario.ts';

/** The last of the four years almost whole for the test. */
export const SEATTLE_SPLIT: SplitSpec = { ...DEFAULT_SPLIT, train: 0.7, validation: 0.1, test: 0.2 };

function project(): Project {
  const nodes = [
    node({ id: 'days', kind: 'features', label: 'Days', x: 0, y: 0 }),
    node({ id: 'gru1', kind: 'gru', x: COLUMN, y: 0, params: { units: 16, reset: 'before', recurrentInit: 'uniform' } }),
    node({ id: 'last', kind: 'last-step', x: 2 * COLUMN, y: 0 }),
    node({ id: 'head', kind: 'regression-head', x: 3 * COLUMN, y: 0 }),
  ];
  const { training } = emptyProject();
  return {
    ...emptyProject('Seattle'),
    graph: chain(nodes, ['days', 'gru1', 'last', 'head']),
    data: { source: 'builtin:seattle', options: {}, split: SEATTLE_SPLIT },
    training: { ...training, optimizer: { kind: 'adam', learningRate: 0.003 }, epochs: 20, seed: 7 },
  };
}

export const seattle: Scenario = {
  id: 'seattle',
  title: 'Seattle',
  text: 'Reads two weeks of highest temperatures and the season, and forecasts the highest temperature of the next day in °C.',
  teaches: 'Tomorrow is mostly like today: the forecast "as yesterday" is far harder to beat (3.1 °C) than "as on this day last year" (4.9 °C).',
  shape: 'many-to-one',
  dataset: 'Seattle weather, daily',
  score: 'RMSE 2.9',
  baseline: 'yesterday 3.1',
  seconds: 1,
  project,
};
