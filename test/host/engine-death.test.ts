import * as fileSystem from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Reply, RequestName, RequestOf } from '../../src-main/contract.ts';
import { answerRequest } from '../../src-main/host/answer-request.ts';
import { DataFiles } from '../../src-main/host/files/data-files.ts';
import { browserDesk } from '../../src-main/host/desk.ts';
import type { EngineEvent } from '../../src-main/host/engine-event.ts';
import { EngineThread } from '../../src-main/host/engine-thread.ts';
import { createHandlers } from '../../src-main/host/create-handlers.ts';
import type { Handlers } from '../../src-main/host/handlers.ts';
import type { Keeping } from '../../src-main/host/keeping/keeping.ts';
import { DOWNLOAD_FILES } from '../../src-main/host/files/project-files.ts';
import { names } from '../../src-engine/scenarios/names.ts';
import { testKeeping } from './keeping-fixture.ts';
import { testRuns } from './runs-fixture.ts';

let folder: string;
let thread: EngineThread;
let keeping: Keeping;
let handlers: Handlers;
let events: EngineEvent[];

beforeEach(async () => {
  folder = await fileSystem.mkdtemp(join(tmpdir(), 'unroll-death-'));
  const worker = new URL('../fixtures/workers/mortal-worker.ts', import.meta.url);
  thread = new EngineThread({ worker, engineDirectory: '/engine', heapMegabytes: 32 });
  events = [];
  thread.onEvent((event) => events.push(event));
  const runs = testRuns(thread);
  keeping = testKeeping({ trail: runs, userFolder: folder });
  const { engine } = runs;
  const data = new DataFiles({ engine, fileSystem, randomId: () => 'id', ask: null, folderOf: () => null });
  const desk = browserDesk(() => Promise.resolve(''));
  handlers = createHandlers({ shell: 'browser', version: '1', engine, files: DOWNLOAD_FILES, data, desk, keeping, runs });
});
afterEach(async () => {
  await keeping.close();
  await thread.close();
  await fileSystem.rm(folder, { recursive: true });
});

async function ask<N extends RequestName>(name: N, argument: RequestOf<N>): Promise<Reply<N>> {
  const bugs: unknown[] = [];
  const report = { bug: (error: unknown) => String(bugs.push(error)), refused: () => undefined };
  const reply = (await answerRequest(handlers, name, argument, report)) as Reply<N>;
  expect(bugs).toEqual([]);
  return reply;
}

const project = (way: string): string => JSON.stringify({ ...names.project(), name: way });
const DEATHS = {
  exception: /an exception/u,
  trap: /unreachable/u,
  memory: /memory limit|out of memory/iu,
  exit: /ended with code 7/u,
  rejection: /nobody caught it/u,
};

describe('the engine thread dies (exception, trap, out of memory, exit): the window says so, keeps everything, offers restart from the last checkpoint; no reply pending forever', () => {
  for (const [way, words] of Object.entries(DEATHS)) {
    it(way, { timeout: 60_000 }, async () => {
      const text = project(way);
      expect(await ask('session.open', { text })).toMatchObject({ ok: true, value: { state: 'ready' } });
      await ask('session.start', {});
      await expect.poll(() => events.some(({ event }) => event === 'progress')).toBe(true);
      await keeping.runs.take();
      const pending = [ask('session.weights', { node: 'rnn' }), ask('session.connectivity', { input: { text: 'a' } }), ask('session.status', {})];
      for (const reply of await Promise.all(pending)) expect(['U060', undefined]).toContain(reply.ok ? undefined : reply.problems[0]!.code);
      expect(events.filter(({ event }) => event === 'died')).toHaveLength(1);
      expect(events.find(({ event }) => event === 'died')?.payload).toMatchObject({ sentence: expect.stringMatching(words) as string });

      const found = await ask('checkpoint.latest', {});
      const latest = found.ok ? found.value.latest : null;
      expect(latest).toMatchObject({ step: 10 });
      const resumed = await ask('session.resume', { from: { kind: 'kept', id: latest!.id }, opening: 'o' });
      // The fixture's checkpoint is no checkpoint of the engine: the host refuses it by name, and offers it still.
      expect(resumed).toMatchObject({ ok: false, problems: [{ code: 'U042' }] });
      expect(await ask('checkpoint.latest', {})).toMatchObject({ ok: true, value: { latest: { step: 10 } } });
      expect(await ask('session.open', { text }), 'the next request starts a new engine').toMatchObject({ ok: true, value: { state: 'ready' } });
      expect(await ask('unsaved.list', {}), 'another run takes nothing from the one that died').toMatchObject({
        ok: true,
        value: { runs: [{ name: way, step: 10 }] },
      });
    });
  }
});
