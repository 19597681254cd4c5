import { beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_SPLIT, emptyProject } from '../../src-engine/document/defaults.ts';
import type { GraphNode, ParamValue, Project, TrainingSpec } from '../../src-engine/document/project.ts';
import { chain, node } from '../../src-engine/scenarios/build-graph.ts';
import type { EngineFiles } from '../../src-engine/session/engine-files.ts';
import type { TestScore } from '../../src-engine/session/protocol.ts';
import { engineFiles, openSession } from './session-fixture.ts';

/*
 * Two tasks whose answer stands up to a hundred steps back. Within a task all cells have the same units, start of W_hh, data, seed, learning
 * rate, clipping and number of updates; the LSTM alone has a forget bias, above 1 as dependencies this long ask for (Tallec and Ollivier 2018).
 */

const SEED = 1;
const MINUTES = 60_000;

type Cell = 'rnn' | 'gru' | 'lstm';

interface Task {
  readonly source: string;
  /** What comes before the cell. */
  readonly inputs: readonly GraphNode[];
  readonly head: string;
  readonly start: Readonly<Record<string, ParamValue>>;
  readonly forgetBias: number;
  readonly learningRate: number;
  readonly steps: number;
}

const ADDING: Task = {
  source: 'builtin:adding',
  inputs: [node({ id: 'numbers', kind: 'features', x: 0, y: 0 })],
  head: 'regression-head',
  start: { units: 32, recurrentInit: 'orthogonal' },
  forgetBias: 3,
  learningRate: 0.01,
  steps: 1500,
};

/**
 * The vectors of the tokens are wide and fixed, so that every distractor strikes hard at a state it should not change. With one-hot tokens,
 * whose distractors hardly move the state, a tanh RNN with an orthogonal start learns this task too. A GRU has no bias to
 * make it remember; with a spectral radius of 3 some of its update gates begin nearly shut.
 */
const RECALL: Task = {
  source: 'builtin:recall',
  inputs: [
    node({ id: 'tokens', kind: 'tokens', x: 0, y: 0 }),
    node({ id: 'embed', kind: 'embedding', x: 0, y: 0, params: { size: 64, vectors: 'random', trainable: false } }),
  ],
  head: 'softmax-head',
  start: { units: 48, recurrentInit: 'spectral', spectralRadius: 3 },
  forgetBias: 4,
  learningRate: 0.003,
  steps: 800,
};

/** What the cell has besides the units and the start. */
function cellOptions(cell: Cell, { forgetBias }: Task): Readonly<Record<string, ParamValue>> {
  return { rnn: { activation: 'tanh' }, gru: { reset: 'after' }, lstm: { forgetBias } }[cell];
}

function projectOf(task: Task, cell: Cell, start: Task['start']): Project {
  const nodes = [
    ...task.inputs,
    node({ id: 'cell', kind: cell, x: 0, y: 0, params: { ...start, ...cellOptions(cell, task) } }),
    node({ id: 'last', kind: 'last-step', x: 0, y: 0 }),
    node({ id: 'head', kind: task.head, x: 0, y: 0 }),
  ];
  const training: TrainingSpec = {
    ...emptyProject().training,
    optimizer: { kind: 'adam', learningRate: task.learningRate },
    epochs: 6,
    seed: SEED,
    clip: { kind: 'norm', max: 1 },
  };
  const ids = nodes.map(({ id }) => id);
  return { ...emptyProject(task.source), graph: chain(nodes, ids), data: { source: task.source, options: {}, split: DEFAULT_SPLIT }, training };
}

let engine: EngineFiles;
beforeAll(async () => {
  engine = await engineFiles();
});

async function train(task: Task, cell: Cell, start = task.start): Promise<TestScore> {
  const { session, next } = openSession(engine);
  const { problems } = await session.handlers.open({ project: projectOf(task, cell, start), threads: 1 });
  expect(problems).toEqual([]);
  await session.handlers.start({ steps: task.steps });
  const { test, steps } = await next('done');
  expect(steps).toBe(task.steps);
  if (test === null) throw new Error('no test score');
  return test;
}

describe('the adding problem of 100 steps: root mean squared error on the test part, over that of the mean', () => {
  const errorOf = async (cell: Cell): Promise<number> => {
    const { score, baseline } = await train(ADDING, cell);
    return score / baseline;
  };

  it.each(['gru', 'lstm'] as const)('%s: a tenth', { timeout: 5 * MINUTES }, async (cell) => {
    expect(await errorOf(cell)).toBeLessThanOrEqual(0.1);
  });

  it('tanh RNN: more than half', { timeout: 5 * MINUTES }, async () => {
    expect(await errorOf('rnn')).toBeGreaterThan(0.5);
  });
});

describe('recall over 100 distractors: share of wrong answers on the test part, over that of the most frequent letter', () => {
  const errorOf = async (cell: Cell, start?: Task['start']): Promise<number> => {
    const { score, baseline } = await train(RECALL, cell, start);
    return (1 - score) / (1 - baseline);
  };

  it.each(['gru', 'lstm'] as const)('%s: a tenth', { timeout: 5 * MINUTES }, async (cell) => {
    expect(await errorOf(cell)).toBeLessThanOrEqual(0.1);
  });

  it('tanh RNN: more than half, also from an orthogonal start, where its gradient fades least', { timeout: 5 * MINUTES }, async () => {
    expect(await errorOf('rnn')).toBeGreaterThan(0.5);
    expect(await errorOf('rnn', { units: 48, recurrentInit: 'orthogonal' })).toBeGreaterThan(0.5);
  });
});
