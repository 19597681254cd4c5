import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LossSeries } from '../../src-engine/history/loss-series.ts';
import { setTraining } from '../../src-engine/document/project-edits.ts';
import { findScenario } from '../../src-engine/scenarios/scenarios.ts';
import { EngineThread } from '../../src-main/host/engine-thread.ts';
import type { Runs } from '../../src-main/host/runs/open-runs.ts';
import { buildEngine } from './cli-fixture.ts';
import { testRuns } from './runs-fixture.ts';

let engine: EngineThread;
let runs: Runs;

beforeAll(async () => {
  await buildEngine();
  const root = join(import.meta.dirname, '../..');
  engine = new EngineThread({ worker: new URL('../../src-engine/session/worker.ts', import.meta.url), engineDirectory: join(root, 'out/engine') });
  runs = testRuns(engine);
});
afterAll(async () => {
  await runs.close();
  await engine.close();
});

const names = setTraining(findScenario('names')!.project(), { epochs: 1 });

async function open(project: unknown): Promise<void> {
  runs.expect({ text: JSON.stringify(project), document: { id: 'doc', fileName: null, version: null, saved: false }, opening: 'w' });
  const reply = await runs.engine.request('open', { project });
  expect(reply).toMatchObject({ ok: true, value: { problems: [] } });
}

/** Trains to the end; resolves when the engine says that it is done. */
async function trained(): Promise<void> {
  const done = new Promise<void>((resolve) => {
    const end = engine.onEvent(({ event }) => {
      if (event !== 'done') return;
      end();
      resolve();
    });
  });
  await runs.engine.request('start', {});
  await done;
}

/** What the model says, without the list of the weights that the session keeps of its own run. */
async function answer(): Promise<unknown> {
  const reply = await runs.engine.request('classify', { input: { text: 'anna' } });
  return reply.ok ? { ...reply.value, kept: null } : reply.problems;
}

describe('a run of the real engine', () => {
  it('is kept with every update, and opened again answers with the weights it ended with, though others trained since', async () => {
    await open(names);
    await trained();
    const before = await answer();
    const { runs: listed } = await runs.handlers['runs.list']({ document: 'doc', handle: null });
    const [run] = listed;
    expect(run).toMatchObject({ state: 'done', score: { part: 'test', metric: 'accuracy' } });
    const { history } = await runs.handlers['runs.read']({ id: run!.id });
    const series = LossSeries.decode(Buffer.from(history.points, 'base64'));
    expect(series.length).toBe(run!.steps);
    expect([...series.step.subarray(0, series.length)]).toEqual(Array.from({ length: run!.steps }, (_, index) => index + 1));
    expect(history.frames.length).toBeGreaterThan(0);

    await open(setTraining(names, { seed: 99, epochs: 1 }));
    await trained();
    expect(await answer()).not.toEqual(before);
    await expect.poll(async () => (await runs.handlers['runs.list']({ document: 'doc', handle: null })).runs.every(({ hasWeights }) => hasWeights)).toBe(true);
    const { session } = await runs.handlers['runs.reopen']({ id: run!.id, opening: 'w2' });
    expect(session).toMatchObject({ run: run!.id, status: { state: 'paused', step: run!.steps } });
    expect(await answer()).toEqual(before);
  }, 120_000);
});
