import type { Graph, Project, SplitSpec, TrainingSpec } from './project.ts';

export const PROJECT_FORMAT = 'unroll/project';
export const PROJECT_VERSION = 1;

export const DEFAULT_NAME = 'Untitled';

export const DEFAULT_LEARNING_RATE = { adam: 0.002, adamw: 0.002, rmsprop: 0.002, adagrad: 0.02, sgd: 0.1 } as const;

/** PyTorch's weight decay of AdamW, where a project names none. */
export const DEFAULT_WEIGHT_DECAY = 0.01;

export const DEFAULT_TRAINING: TrainingSpec = {
  optimizer: { kind: 'adam', learningRate: DEFAULT_LEARNING_RATE.adam },
  batchSize: 32,
  epochs: 10,
  seed: 1,
  clip: { kind: 'norm', max: 5 },
  bptt: { mode: 'full', reduce: 'sum' },
};

export const DEFAULT_SCHEDULE = {
  step: { every: 5, factor: 0.5 },
  cosine: { final: 0 },
  plateau: { factor: 0.5, patience: 2 },
} as const;

/** Steps of a window of truncated BPTT, where a project names none. */
export const DEFAULT_WINDOW = 50;

export const DEFAULT_EARLY_STOP = { patience: 5, minDelta: 0 } as const;

export const DEFAULT_SPLIT: SplitSpec = { train: 0.8, validation: 0.1, test: 0.1, seed: 1 };

const EMPTY_GRAPH: Graph = { nodes: [], wires: [] };

/** A project without nodes or data. */
export function emptyProject(name: string = DEFAULT_NAME): Project {
  return { format: PROJECT_FORMAT, version: PROJECT_VERSION, name, graph: EMPTY_GRAPH, data: null, training: DEFAULT_TRAINING };
}
