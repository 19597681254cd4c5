import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RequestOf } from '../../src-main/contract.ts';
import type { HeardEvent } from '../../src-main/host/engine-event.ts';
import { openRuns, type Runs } from '../../src-main/host/runs/open-runs.ts';
import { parseRecord, type RunRecord } from '../../src-main/host/runs/run-record.ts';
import { RunStore } from '../../src-main/host/runs/run-store.ts';
import { LossSeries } from '../../src-engine/history/loss-series.ts';
import { setTraining } from '../../src-engine/document/project-edits.ts';
import type { Project } from '../../src-engine/document/project.ts';
import { findScenario } from '../../src-engine/scenarios/scenarios.ts';
import { scriptedEngine } from './scripted-engine.ts';

let folder: string;
let opened: Runs[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unroll-runs-'));
});
afterEach(async () => {
  for (const runs of opened) await runs.close();
  opened = [];
  await rm(folder, { recursive: true });
});

const names = findScenario('names')!.project();
const score = { loss: 0.4, metric: 'accuracy', score: 0.8, count: 10, measures: {} };

function start(kept = true, clock = () => Date.now()) {
  const engine = scriptedEngine();
  let id = 0;
  const files = { pathOf: (handle: string) => (handle === 'h1' ? '/work/names.unroll' : null), handleOf: () => 'h1' };
  const runs = openRuns({
    engine,
    files,
    userFolder: kept ? folder : null,
    clock,
    randomId: () => `run${String(id++)}-${String(Math.random()).slice(2)}`,
    windows: () => 1,
  });
  opened.push(runs);
  const heard: HeardEvent[] = [];
  runs.engine.onHostEvent((event) => heard.push(event));
  const open = async (project: Project, more: Partial<RequestOf<'session.open'>> = {}) => {
    const argument = { text: JSON.stringify(project), document: { id: 'doc', fileName: null, version: null, saved: false }, opening: 'w1', ...more };
    runs.expect(argument);
    await runs.engine.request('open', { project });
  };
  const list = async (document = 'doc', handle: string | null = null) => (await runs.handlers['runs.list']({ document, handle })).runs;
  return { engine, runs, heard, open, list };
}

const rate = (project: Project, learningRate: number): Project => setTraining(project, { optimizer: { ...project.training.optimizer, learningRate } });

describe('runs are kept', () => {
  it('with their difference from the one before, their score and state', async () => {
    const { engine, open, list } = start();
    await open(names);
    expect(await list(), 'nothing was trained yet').toEqual([]);
    engine.train(1, 20);
    engine.say('validation', { step: 20, ...score });
    engine.say('done', { steps: 20, seconds: 2.5, stepsPerSecond: 8, test: { ...score, score: 0.75, baseline: 0.5, baselines: [] }, earlyStop: null });
    await open(rate(names, 0.25));
    engine.train(1, 5);
    const [second, first] = await list();
    expect(first).toMatchObject({ name: 'Run 1', state: 'done', steps: 20, seconds: 2.5, difference: null, score: { part: 'test', score: 0.75 }, own: true });
    expect(second).toMatchObject({
      name: 'Run 2',
      state: 'running',
      steps: 5,
      difference: [`learning rate ${String(names.training.optimizer.learningRate)} → 0.25`],
    });
    expect(second?.ended).toBeNull();
  });

  it('and a learning rate that was changed before a run counts for it', async () => {
    const { engine, runs, open, list } = start();
    await open(rate(names, 0.1));
    engine.train(1, 2);
    await runs.engine.request('reset', {});
    engine.say('state', { state: 'ready', step: 0, epoch: 0, totalSteps: 100, learningRate: 0.03 });
    engine.train(1, 2);
    expect((await list())[0]).toMatchObject({ difference: ['learning rate 0.1 → 0.03'] });
  });

  it('and a reset begins another one, while one that is paused and goes on stays one', async () => {
    const { engine, runs, open, list } = start();
    await open(names);
    engine.train(1, 5);
    engine.say('state', { state: 'paused', step: 5, epoch: 0, totalSteps: 100, learningRate: names.training.optimizer.learningRate });
    engine.train(6, 9);
    expect((await list()).map(({ steps }) => steps)).toEqual([9]);
    await runs.engine.request('reset', {});
    engine.train(1, 2);
    expect((await list()).map(({ steps, state, difference }) => ({ steps, state, difference }))).toEqual([
      { steps: 2, state: 'running', difference: [] },
      { steps: 9, state: 'ended', difference: null },
    ]);
  });

  it('are there after a restart, whole, with frames, validations and the latest weights', async () => {
    const first = start();
    await first.open(names);
    first.engine.train(1, 300);
    first.engine.probe(10);
    first.engine.probe(200);
    first.engine.say('validation', { step: 300, ...score });
    await first.runs.close();
    const { runs, list, engine, open } = start();
    const [run] = await list();
    expect(run).toMatchObject({ steps: 300, state: 'ended', hasWeights: true });
    const { history, text, probeLayers, steps } = await runs.handlers['runs.read']({ id: run!.id });
    const series = LossSeries.decode(Buffer.from(history.points, 'base64'));
    expect([series.length, series.step[0], series.step[299]]).toEqual([300, 1, 300]);
    expect(history.frames).toHaveLength(2);
    expect(history.validations).toMatchObject([{ step: 300, score: 0.8 }]);
    expect(JSON.parse(text)).toEqual(names);
    expect([probeLayers.length, steps]).toEqual([1, 3]);

    const { session } = await runs.handlers['runs.reopen']({ id: run!.id, opening: 'w2' });
    expect(engine.asked).toEqual(['open', 'resume']);
    expect(session).toMatchObject({ run: run!.id, opening: 'w2' });
    engine.train(301, 310);
    expect((await list()).map(({ id, steps: made }) => [id, made])).toEqual([[run!.id, 310]]);
    await open(names);
    engine.train(1, 1);
    expect(await list()).toHaveLength(2);
  });

  it('and one whose process was killed is called interrupted', async () => {
    const before = start();
    await before.open(names);
    before.engine.train(1, 3);
    opened = [];
    const { list, runs } = start();
    expect(await list()).toMatchObject([{ state: 'interrupted' }]);
    await runs.close();
  });

  it('and what the engine still trains while they are closed begins no other one', async () => {
    const { engine, runs, open } = start();
    await open(names);
    engine.train(1, 4);
    const closed = runs.close();
    engine.train(5, 6);
    await closed;
    const { list } = start();
    expect((await list()).map(({ name, steps, state }) => [name, steps, state])).toEqual([['Run 1', 4, 'ended']]);
  });

  it('can be renamed, pinned, taken out of the list and put back', async () => {
    const { engine, runs, open, list, heard } = start();
    await open(names);
    engine.train(1, 3);
    const [{ id } = { id: '' }] = await list();
    await runs.handlers['runs.rename']({ id, name: 'Mine' });
    await runs.handlers['runs.pin']({ id, pinned: true });
    expect(await list()).toMatchObject([{ name: 'Mine', pinned: expect.any(Number) as number }]);
    await runs.handlers['runs.remove']({ id });
    expect(await list()).toEqual([]);
    await runs.handlers['runs.restore']({ id });
    expect(await list()).toHaveLength(1);
    expect(heard.filter(({ event }) => event === 'runs').length).toBeGreaterThan(2);
    await expect(runs.handlers['runs.rename']({ id: 'none', name: 'x' })).rejects.toThrow('U051');
  });

  it('belong to their file, and to the document while it is in none', async () => {
    const { engine, open, list } = start();
    await open(names, { handle: 'h1' });
    engine.train(1, 3);
    expect(await list('other', 'h1')).toMatchObject([{ own: true }]);
    expect(await list('doc', null)).toMatchObject([{ own: false }]);
  });
});

describe('a window that comes later', () => {
  it('finds the document, the opening and every point so far, and hears the rest', async () => {
    const { engine, runs, open, heard } = start();
    expect(await runs.handlers['runs.current']({})).toEqual({ session: null });
    await open(names);
    engine.train(1, 250);
    engine.probe(100);
    engine.say('progress', {
      step: 250,
      epoch: 0,
      totalSteps: 1000,
      trainLoss: 0.1,
      learningRate: 0.1,
      gradientNorm: 1,
      clipped: false,
      stepsPerSecond: 100,
      secondsLeft: 7,
    });
    engine.say('state', { state: 'running', step: 250, epoch: 0, totalSteps: 1000, learningRate: 0.1 });
    const { session } = await runs.handlers['runs.current']({});
    expect(session).toMatchObject({
      opening: 'w1',
      document: { id: 'doc', saved: false },
      status: { state: 'running', step: 250 },
      since: null,
      windows: 1,
      opened: { parameters: 7 },
    });
    expect(JSON.parse(session!.document.text)).toEqual(names);
    const series = LossSeries.decode(Buffer.from(session!.history.points, 'base64'));
    expect([...series.step.subarray(0, series.length)]).toEqual(Array.from({ length: 250 }, (_, index) => index + 1));
    expect(session!.history.frames).toHaveLength(1);
    const since = { id: 'doc', text: '{}', handle: 'h1', fileName: 'names.unroll', version: 'v2' };
    expect(await runs.handlers['session.saved']({ ...since, id: 'another' })).toEqual({ noted: false });
    expect(await runs.handlers['session.saved'](since)).toEqual({ noted: true });
    expect((await runs.handlers['runs.current']({})).session).toMatchObject({ since });
    expect(heard.find(({ event }) => event === 'opened')).toEqual({ event: 'opened', payload: { opening: 'w1', name: 'Names' } });
  });
});

describe('the store of runs', () => {
  const record = (id: string, started: number, pinned: number | null = null): RunRecord => ({
    id,
    project: 'p',
    folder: null,
    projectName: 'P',
    name: id,
    started,
    ended: started,
    pinned,
    state: 'done',
    difference: null,
    steps: 1,
    seconds: 1,
    loss: 1,
    score: null,
    parameters: 1,
    probeLayers: [],
    longest: 1,
    stopped: null,
    done: null,
  });
  const path = (): string => join(folder, 'runs.sqlite');

  it('lets the oldest go when it passes its bounds, in number or in bytes; pinned ones stay', () => {
    const store = new RunStore(path(), () => 1, { runs: 3, bytes: 10_000 });
    for (let index = 0; index < 6; index++) {
      store.write({ record: record(`r${String(index)}`, index, index === 1 ? 5 : null), document: '{}' });
      store.writeWeights(`r${String(index)}`, new Uint8Array(10));
    }
    expect(store.list().map((run) => run.record.id)).toEqual(['r5', 'r4', 'r3', 'r1']);
    store.writeWeights('r5', new Uint8Array(9_990));
    expect(store.list().map((run) => run.record.id)).toEqual(['r5', 'r1']);
    store.close();
  });

  it('keeps no weights of more than 32 MiB', () => {
    const store = new RunStore(null, () => 1);
    store.write({ record: record('r', 1), document: '{}' });
    store.writeWeights('r', new Uint8Array(32 * 1024 * 1024 + 1));
    expect(store.weights('r')).toBeNull();
    store.close();
  });

  it.each([
    ['is no database', () => writeFile(path(), 'this was never a database, though it is long enough to be taken for one at first sight'.repeat(50))],
    [
      'is damaged in the middle',
      async () => {
        const store = new RunStore(path(), () => 1);
        for (let index = 0; index < 50; index++) store.write({ record: record(`r${String(index)}`, index), document: 'x'.repeat(5000) });
        store.close();
        const bytes = await readFile(path());
        bytes.fill(0xa5, 4096);
        await writeFile(path(), bytes);
      },
    ],
    [
      'has other tables of these names',
      () => {
        const database = new DatabaseSync(path());
        database.exec('CREATE TABLE runs (x); CREATE TABLE frames (y)');
        database.close();
        return Promise.resolve();
      },
    ],
  ])('moves a file aside that %s, says so, and keeps on', async (_what, spoil) => {
    await spoil();
    const store = new RunStore(path(), () => 77);
    expect(store.list()).toEqual([]);
    store.write({ record: record('new', 1), document: '{}' });
    expect(store.list()).toHaveLength(1);
    expect(store.notice).toMatch(/damaged.*moved aside as ".*damaged-77"/u);
    expect(await readdir(folder)).toContain('runs.sqlite.damaged-77');
    store.close();
  });

  it('moves a file of a newer version aside and says so', async () => {
    const database = new DatabaseSync(path());
    database.exec('PRAGMA user_version = 99');
    database.close();
    const store = new RunStore(path(), () => 5);
    expect(store.notice).toContain('newer version');
    store.write({ record: record('new', 1), document: '{}' });
    expect(store.list()).toHaveLength(1);
    expect(await readdir(folder)).toContain('runs.sqlite.newer-5');
    store.close();
  });

  it('keeps runs in memory where the folder cannot be written, and says so', async () => {
    await writeFile(join(folder, 'file'), '');
    const store = new RunStore(join(folder, 'file', 'runs.sqlite'), () => 1);
    store.write({ record: record('r', 1), document: '{}' });
    expect(store.list()).toHaveLength(1);
    expect(store.notice).toContain('only until Unroll is closed');
    store.close();
  });

  it('damaged while a run is kept, has all of that run again after the next write', async () => {
    const { engine, runs, open, list } = start();
    await open(names);
    engine.train(1, 10);
    engine.probe(5);
    await list();
    const database = new DatabaseSync(path());
    database.exec('DROP TABLE runs');
    database.close();
    engine.train(11, 20);
    engine.say('state', { state: 'paused', step: 20, epoch: 0, totalSteps: 100, learningRate: 0.002 });
    const [id] = [runs.engine.recorder.current ?? ''];
    runs.engine.recorder.flush();
    runs.engine.recorder.flush();
    const { text, history } = await runs.handlers['runs.read']({ id });
    expect(JSON.parse(text)).toEqual(names);
    expect(LossSeries.decode(Buffer.from(history.points, 'base64')).length).toBe(20);
    expect(history.frames).toHaveLength(1);
    expect((await runs.handlers['runs.list']({ document: 'doc', handle: null })).notice).toContain('damaged');
  });

  it('reads no row that it did not write', () => {
    expect(parseRecord('{}')).toBeNull();
    expect(parseRecord('not JSON')).toBeNull();
    expect(parseRecord(JSON.stringify(record('r', 1)))).toEqual(record('r', 1));
  });

  it('is written once a second at most, however many frames of losses come', async () => {
    vi.useFakeTimers();
    try {
      const { engine, open } = start();
      await open(names);
      engine.train(1, 1);
      await vi.advanceTimersByTimeAsync(1000);
      const write = vi.spyOn(RunStore.prototype, 'write');
      for (let frame = 0; frame < 200; frame += 1) {
        engine.train(2 + frame * 50, 51 + frame * 50);
        await vi.advanceTimersByTimeAsync(50);
      }
      expect(write.mock.calls.length, 'in ten seconds').toBeGreaterThanOrEqual(9);
      expect(write.mock.calls.length, 'in ten seconds').toBeLessThanOrEqual(10);
    } finally {
      vi.restoreAllMocks();
      vi.useRealTimers();
    }
  });
});
