import * as fileSystem from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EngineEvent } from '../../src-main/host/engine-event.ts';
import { RunCheckpoints } from '../../src-main/host/keeping/run-checkpoints.ts';
import { FaultCount, withEachFault } from './faulty-file-system.ts';

let folder: string;
beforeEach(async () => {
  folder = await fileSystem.mkdtemp(join(tmpdir(), 'unroll-runs-'));
});
afterEach(async () => {
  await fileSystem.rm(folder, { recursive: true });
});

const PROJECT = { text: '{"name":"Mine"}', path: null, document: 'document' };

/** A run whose checkpoint is its step as text; time goes on by `wait` only, and each checkpoint costs `cost` milliseconds. */
function runner(cost = 0, files: typeof fileSystem = fileSystem, processId = 1) {
  let time = 0;
  let step = 0;
  let ids = 0;
  let look: () => void = () => undefined;
  const runs = new RunCheckpoints({
    engine: {
      request: () => {
        time += cost;
        const value = { bytes: new TextEncoder().encode(String(step)), step };
        return Promise.resolve({ ok: true, value }) as never;
      },
    },
    fileSystem: files,
    randomId: () => `run${processId}-${ids++}`,
    folder,
    currentRun: () => 'row',
    clock: () => time,
    now: () => time,
    every: (_, work) => {
      look = work;
      return () => {
        look = () => undefined;
      };
    },
    processId,
    isRunning: (other) => other === 2,
  });
  const hear = (event: string, payload: object): void => {
    runs.hear({ event, payload } as unknown as EngineEvent);
  };
  const settle = async (): Promise<void> => {
    await runs.find('none').catch(() => undefined);
  };
  return {
    runs,
    hear,
    settle,
    train: (to: number) => {
      step = to;
      hear('progress', { step });
    },
    wait: async (seconds: number) => {
      time += seconds * 1000;
      look();
      await settle();
    },
    state: (state: string) => {
      hear('state', { state, step });
    },
  };
}

const latestStep = async (runs: RunCheckpoints): Promise<number | null> => (await runs.latest()).latest?.step ?? null;

describe('checkpoint: one file with a checksum, previous kept', () => {
  it('every 30 s while it trains, and after a validation where the last is 5 s old', async () => {
    const { runs, hear, train, wait, state } = runner();
    runs.begin(PROJECT);
    state('running');
    train(10);
    await wait(29);
    expect(await latestStep(runs)).toBe(null);
    await wait(1);
    expect(await latestStep(runs)).toBe(10);
    train(20);
    hear('validation', { step: 20 });
    await wait(4);
    expect(await latestStep(runs)).toBe(10);
    await wait(1);
    train(30);
    hear('validation', { step: 30 });
    await wait(0);
    expect(await latestStep(runs)).toBe(30);
    const { files } = await runs.find((await runs.latest()).latest!.id);
    expect(await Promise.all(files.map((file) => fileSystem.readFile(file, 'utf8')))).toEqual(['30', '10']);
  });

  it('takes a fiftieth of the time at most', async () => {
    const { runs, train, wait, state } = runner(3000);
    runs.begin(PROJECT);
    state('running');
    train(1);
    await wait(30);
    expect(await latestStep(runs)).toBe(1);
    train(2);
    await wait(149);
    expect(await latestStep(runs)).toBe(1);
    await wait(1);
    expect(await latestStep(runs)).toBe(2);
  });

  it('of a run that stopped at a number that is not finite, and of one that is closed before its end; none of one that is done', async () => {
    const { runs, hear, train, settle, state } = runner();
    runs.begin(PROJECT);
    state('running');
    train(3);
    hear('stopped', {});
    await settle();
    expect(await latestStep(runs)).toBe(3);
    state('running');
    train(4);
    await runs.close();
    expect(await latestStep(runs)).toBe(4);
    hear('done', {});
    await settle();
    expect(await latestStep(runs)).toBe(null);
    await runs.close();
    expect(await fileSystem.readdir(folder)).toEqual([]);
  });

  it('goes when another run begins; that of a run whose thread died stays until it is discarded', async () => {
    const { runs, hear, train, wait, settle, state } = runner();
    runs.begin(PROJECT);
    state('running');
    train(5);
    await wait(30);
    hear('died', { sentence: '' });
    expect(await latestStep(runs), 'offered while no other run began').toBe(5);
    runs.begin(PROJECT);
    await settle();
    expect(await latestStep(runs)).toBe(null);
    expect(await runs.list()).toMatchObject([{ name: 'Mine', step: 5 }]);
    state('running');
    train(7);
    await wait(30);
    runs.begin(PROJECT);
    await settle();
    const [offered, ...others] = await runs.list();
    expect(others).toEqual([]);
    await runs.discard(offered!.id);
    expect(await fileSystem.readdir(folder)).toEqual([]);
  });

  it('begins no other one while it is closed and the engine still trains', async () => {
    const { runs, train, wait, state } = runner();
    runs.begin(PROJECT);
    state('running');
    train(9);
    const closed = runs.close();
    state('running');
    await closed;
    expect(await latestStep(runs)).toBe(9);
    train(50);
    await wait(60);
    expect(await latestStep(runs)).toBe(9);
  });

  it('is offered to the next start, but not to an Unroll that runs beside the one that trains', async () => {
    const first = runner(0, fileSystem, 1);
    const second = runner(0, fileSystem, 2);
    for (const { runs, train, wait, state } of [first, second]) {
      runs.begin(PROJECT);
      state('running');
      train(9);
      await wait(30);
    }
    expect(await runner(0, fileSystem, 3).runs.list()).toMatchObject([{ name: 'Mine', step: 9 }]);
  });

  it('a fault at any call leaves one that can be gone on from, and says so', async () => {
    const counted = new FaultCount();
    const before = runner();
    before.runs.begin(PROJECT);
    before.state('running');
    before.train(1);
    await before.wait(30);
    const { id } = (await before.runs.latest()).latest!;
    await withEachFault(async (faulty, name) => {
      await fileSystem.writeFile(join(folder, `${id}.checkpoint`), '1');
      const after = runner(0, faulty.fileSystem as typeof fileSystem);
      after.runs.resumed(id, { project: PROJECT, time: 0 }, 1);
      after.train(2);
      after.state('running');
      await after.wait(30);
      const { latest, problems } = await after.runs.latest();
      const { files } = await before.runs.find(id);
      const there = await Promise.all(files.map((file) => fileSystem.readFile(file, 'utf8').catch(() => null)));
      expect(
        there.some((each) => each === '1' || each === '2'),
        name,
      ).toBe(true);
      if (problems.length === 0) expect([latest?.step, there[0]], name).toEqual([2, '2']);
      else expect(problems[0]!.code, name).toBe('U051');
      if (name !== 'no fault') counted.count('checkpoint of a run', problems.length === 0 ? 'done' : 'refused');
    });
    counted.print();
  });
});
