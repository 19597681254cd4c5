import { DEFAULT_SPLIT, emptyProject } from '../document/defaults.ts';
import type { Project } from '../document/project.ts';
import { chain, COLUMN, node } from './build-graph.ts';
import type { Scenario } from './scenario.ts';

function project(): Project {
  const nodes = [
    node({ id: 'months', kind: 'features', label: 'Months', x: 0, y: 0 }),
    node({ id: 'gru1', kind: 'gru', x: COLUMN, y: 0, params: { units: 32, reset: 'before', recurrentInit: 'uniform' } }),
    node({ id: 'last', kind: 'last-step', x: 2 * COLUMN, y: 0 }),
    node({ id: 'head', kind: 'regression-head', x: 3 * COLUMN, y: 0 }),
  ];
  return {
    ...emptyProject('Forecast'),
    graph: chain(nodes, ['months', 'gru1', 'last', 'head']),
    data: { source: 'builtin:co2', options: {}, split: { ...DEFAULT_SPLIT, train: 0.7, validation: 0.1, test: 0.2 } },
    training: {
      optimizer: { kind: 'adam', learningRate: 0.002 },
      batchSize: 16,
      epochs: 30,
      seed: 7,
      clip: { kind: 'norm', max: 1 },
      bptt: { mode: 'full', reduce: 'sum' },
    },
  };
}

export const forecast: Scenario = {
  id: 'forecast',
  title: 'Forecast',
  text: 'Reads two years of monthly carbon dioxide over Mauna Loa and forecasts the next month.',
  teaches: 'A recurrent model corrects the plain seasonal forecast by what the last months did, and is judged against it.',
  shape: 'many-to-one',
  dataset: 'Mauna Loa CO2, monthly',
  score: 'RMSE 0.40',
  baseline: 'season 0.50',
  seconds: 1,
  project,
};
