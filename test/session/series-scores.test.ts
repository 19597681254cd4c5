import { beforeAll, describe, expect, it } from 'vitest';
import type { Project, TrainingSpec } from '../../src-engine/document/project.ts';
import type { EngineFiles } from '../../src-engine/session/engine-files.ts';
import type { SessionEvents, TestScore } from '../../src-engine/session/protocol.ts';
import { engineFiles, openSession, scenarioProject } from './session-fixture.ts';

/* The templates that train within seconds; `npm run scores` trains all of them. */

const SECONDS = 1000;

let engine: EngineFiles;
beforeAll(async () => {
  engine = await engineFiles();
});

async function ended(project: Project): Promise<SessionEvents['done'] | SessionEvents['stopped']> {
  const { session, next } = openSession(engine);
  expect((await session.handlers.open({ project, threads: 1 })).problems).toEqual([]);
  await session.handlers.start({});
  return Promise.race([next('done'), next('stopped')]);
}

async function scoreOf(project: Project): Promise<TestScore> {
  const end = await ended(project);
  if (!('test' in end) || end.test === null) throw new Error('no test score');
  return end.test;
}

function trainedBy(id: string, changes: Partial<TrainingSpec>): Project {
  const project = scenarioProject(id);
  return { ...project, training: { ...project.training, ...changes } };
}

describe('templates of series and vectors', { timeout: 60 * SECONDS }, () => {
  it('Seattle, recurrent and feed-forward: both beat yesterday, and so last year', async () => {
    for (const id of ['seattle', 'feed-forward']) {
      const { metric, score, baseline } = await scoreOf(scenarioProject(id));
      expect([metric, baseline.toFixed(2)]).toEqual(['rmse', '3.06']);
      expect(score).toBeLessThanOrEqual(2.9);
    }
  });

  it('carbon dioxide at every month: below the season', async () => {
    const { score, baseline } = await scoreOf(scenarioProject('forecast-every-month'));
    expect(score).toBeLessThanOrEqual(0.4);
    expect(baseline).toBeGreaterThan(0.5);
  });

  it('one to one: 97 % of the penguins', async () => {
    expect((await scoreOf(scenarioProject('one-to-one'))).score).toBeGreaterThanOrEqual(0.97);
  });

  it('sine waves: an error of a twentieth; three times as much without the first state', async () => {
    const project = scenarioProject('sine');
    const withState = await scoreOf(project);
    const without = {
      ...project.graph,
      nodes: project.graph.nodes.filter(({ id }) => id !== 'start'),
      wires: project.graph.wires.filter(({ from, to }) => from.node !== 'start' && to.node !== 'start'),
    };
    expect(withState.score).toBeLessThanOrEqual(0.05);
    expect((await scoreOf({ ...project, graph: without })).score).toBeGreaterThan(2 * withState.score);
  });

  it('parity and the RNN unit: every answer right; parity without short sequences: nothing learned', async () => {
    expect((await scoreOf(scenarioProject('parity'))).score).toBeGreaterThanOrEqual(0.99);
    expect((await scoreOf(scenarioProject('rnn-unit'))).score).toBeGreaterThanOrEqual(0.99);
    const project = trainedBy('parity', { epochs: 5 });
    expect((await scoreOf({ ...project, data: { ...project.data!, options: { length: 20 } } })).score).toBeLessThan(0.6);
  });
});

describe('templates of the gradient lab', { timeout: 60 * SECONDS }, () => {
  it('exploding gradients: stops at a number beyond use, after hundreds of updates; with clipping it solves the task', async () => {
    const end = await ended(scenarioProject('exploding'));
    expect(end).toMatchObject({ reason: 'non-finite' });
    expect('step' in end ? end.step : 0).toBeGreaterThan(100);
    const { score, baseline } = await scoreOf(trainedBy('exploding', { clip: { kind: 'norm', max: 1 } }));
    expect(score).toBeLessThan(0.5 * baseline);
  });

  it('the mean of the copies learns nothing where the sum, or the mean at twelve times the rate, learns all', async () => {
    expect((await scoreOf(scenarioProject('bptt-mean'))).score).toBeLessThan(0.6);
    expect((await scoreOf(trainedBy('bptt-mean', { bptt: { mode: 'full', reduce: 'sum' } }))).score).toBeGreaterThanOrEqual(0.99);
    expect((await scoreOf(trainedBy('bptt-mean', { optimizer: { kind: 'sgd', learningRate: 12 * 0.3 } }))).score).toBeGreaterThanOrEqual(0.99);
  });

  it('truncated BPTT guesses what full BPTT recalls', async () => {
    const { score, baseline } = await scoreOf(scenarioProject('truncated-bptt'));
    expect(score).toBeLessThan(baseline + 0.05);
    expect((await scoreOf(trainedBy('truncated-bptt', { bptt: { mode: 'full', reduce: 'sum' } }))).score).toBeGreaterThanOrEqual(0.95);
  });
});
