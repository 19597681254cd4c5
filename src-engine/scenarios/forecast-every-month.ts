import { emptyProject } from '../document/defaults.ts';
import type { Project } from '../document/project.ts';
import { chain, COLUMN, node } from './build-graph.ts';
import { forecast } from './forecast.ts';
import type { Scenario } from './scenario.ts';

function project(): Project {
  const nodes = [
    node({ id: 'months', kind: 'features', label: 'Months', x: 0, y: 0 }),
    node({ id: 'gru1', kind: 'gru', x: COLUMN, y: 0, params: { units: 32, reset: 'before', recurrentInit: 'uniform' } }),
    node({ id: 'head', kind: 'regression-head', x: 2 * COLUMN, y: 0 }),
  ];
  const lastOnly = forecast.project();
  return {
    ...emptyProject('Forecast, every month'),
    graph: chain(nodes, ['months', 'gru1', 'head']),
    data: lastOnly.data === null ? null : { ...lastOnly.data, options: { perStep: true } },
    training: lastOnly.training,
  };
}

export const forecastEveryMonth: Scenario = {
  id: 'forecast-every-month',
  title: 'Forecast, every month',
  text: 'Reads monthly carbon dioxide over Mauna Loa and, at every month, forecasts the one after it.',
  teaches: 'Without "last step" the head answers at every step: 24 targets a window instead of one, and gradient enters at every step.',
  shape: 'many-to-many',
  dataset: 'Mauna Loa CO2, monthly',
  score: 'RMSE 0.39',
  baseline: 'season 0.50',
  seconds: 1,
  project,
};
