import * as fileSystem from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findScenario } from '../../src-engine/scenarios/scenarios.ts';
import type { RequestName } from '../../src-main/contract.ts';
import { answerRequest } from '../../src-main/host/answer-request.ts';
import { DataFiles } from '../../src-main/host/files/data-files.ts';
import { EngineThread } from '../../src-main/host/engine-thread.ts';
import { browserDesk } from '../../src-main/host/desk.ts';
import { createHandlers } from '../../src-main/host/create-handlers.ts';
import type { Handlers } from '../../src-main/host/handlers.ts';
import { DOWNLOAD_FILES } from '../../src-main/host/files/project-files.ts';
import { parseReply, type ParsedReply } from '../../src-renderer/bridge/schemas.ts';
import { buildEngine } from './cli-fixture.ts';
import { testKeeping } from './keeping-fixture.ts';
import { testRuns } from './runs-fixture.ts';

let engine: EngineThread;
let handlers: Handlers;

/** From the window's question to the window's parser, through the contract, the host and the worker thread. */
async function ask<N extends RequestName>(name: N, argument: unknown): Promise<ParsedReply<N>> {
  const bugs: unknown[] = [];
  const report = {
    bug: (error: unknown): null => {
      bugs.push(error);
      return null;
    },
    refused: (): void => undefined,
  };
  const reply = await answerRequest(handlers, name, argument, report);
  expect(bugs).toEqual([]);
  return parseReply(name, JSON.parse(JSON.stringify(reply)));
}

beforeAll(async () => {
  await buildEngine();
  const root = join(import.meta.dirname, '../..');
  engine = new EngineThread({ worker: new URL('../../src-engine/session/worker.ts', import.meta.url), engineDirectory: join(root, 'out/engine') });
  const data = new DataFiles({ engine, fileSystem, randomId: () => 'token', ask: null, folderOf: () => null });
  handlers = createHandlers({
    shell: 'browser',
    version: '1',
    engine,
    files: DOWNLOAD_FILES,
    data,
    desk: browserDesk(() => Promise.resolve('')),
    keeping: testKeeping({ trail: testRuns(engine) }),
    runs: testRuns(engine),
  });
  expect(await ask('session.open', { text: JSON.stringify(findScenario('names')?.project()) })).toMatchObject({ ok: true, value: { problems: [] } });
  await ask('session.step', {});
});
afterAll(() => engine.close());

describe('the window asks about one input', () => {
  const input = { text: 'anna' };

  it('for its answer', async () => {
    expect(await ask('session.classify', { input })).toMatchObject({ ok: true, value: { step: 1, answers: [{ ranked: [{}, {}], numbers: [] }] } });
    expect(await ask('session.classify', { input: { part: 'test', example: 2 } })).toMatchObject({ ok: true });
  });

  it('for what each step did', async () => {
    const reply = await ask('session.explain', { input, of: 'male', at: 1 });
    expect(reply).toMatchObject({ ok: true, value: { of: 'male', at: 1, read: [{ text: 'a' }, { text: 'n' }, { text: 'n' }, { text: 'a' }] } });
  });

  it('for the connectivity, the states and a translation', async () => {
    const connectivity = await ask('session.connectivity', { input });
    expect(connectivity.ok && connectivity.value.absolute.map((row) => row.length)).toEqual([4]);
    const states = await ask('session.states', { input });
    expect(states.ok && states.value.cells.map(({ h }) => h.length)).toEqual([4]);
    expect(await ask('session.translate', { input })).toMatchObject({ ok: false, problems: [{ code: 'U044' }] });
  });

  it('for probes: gates and states always, the rest where it is wanted', async () => {
    const asked = { jacobian: false, triangle: false, copies: true };
    const probes = await ask('session.probes', asked);
    expect(probes).toMatchObject({ ok: true, value: { step: 1, triangle: null, cells: [{ jacobian: null }] } });
    if (!probes.ok) return;
    const { copies, steps, cells } = probes.value;
    expect(cells[0]?.gates.map(({ shut }) => shut.length)).toEqual(cells[0]?.gates.map(() => steps));
    const recurrent = copies?.find(({ parameter }) => parameter.endsWith('weight_hh'));
    expect(recurrent).toMatchObject({ node: cells[0]?.node });
    expect(recurrent?.values).toHaveLength(steps);
  });

  it('for one example through time and back, its copies by name', async () => {
    const looked = await ask('session.debug', { input, flow: 'last' });
    expect(looked).toMatchObject({
      ok: true,
      value: { steps: 4, targetsFrom: 'answers', windows: [{ from: 1, to: 4, counts: true }], cells: [{ path: 'rnn1' }] },
    });
    if (!looked.ok) return;
    const { id } = looked.value;
    const one = await ask('session.debugNode', { id, layer: 'rnn1', direction: 'forward', t: 3 });
    expect(one).toMatchObject({ ok: true, value: { name: 'rnn1:t3', c: null, gates: [] } });
    expect(await ask('session.debugCopy', { id, parameter: 'rnn1.weight_hh', t: 3 })).toMatchObject({ ok: true, value: { name: 'rnn1.weight_hh:t3' } });
    expect(await ask('session.debugNode', { id: id + 1, layer: 'rnn1', direction: 'forward', t: 3 })).toMatchObject({
      ok: false,
      problems: [{ code: 'U044' }],
    });
  });

  it.each([
    ['session.debug', { input, flow: 0 }],
    ['session.debugNode', { id: 1, layer: 'rnn1', direction: 'sideways', t: 1 }],
    ['session.classify', {}],
    ['session.classify', { input: { text: 'a', more: 1 } }],
    ['session.probes', { jacobian: true, triangle: false, copies: 1 }],
    ['session.classify', { input: { text: 'a'.repeat(20_001) } }],
    ['session.states', { input: { part: 'all', example: 0 } }],
    ['session.explain', { input, at: 0 }],
    ['session.connectivity', { input: { sequence: [['a']] } }],
  ] as const)('%s refuses %j', async (name, argument) => {
    expect(await ask(name, argument)).toMatchObject({ ok: false, problems: [{ code: 'U004' }] });
  });

  it('with words a model of characters cannot hold, and hears why', async () => {
    expect(await ask('session.classify', { input: { text: 'a'.repeat(500) } })).toMatchObject({ ok: false, problems: [{ code: 'U044' }] });
    expect(await ask('session.explain', { input, of: 'neither' })).toMatchObject({ ok: false, problems: [{ code: 'U044' }] });
  });
});
