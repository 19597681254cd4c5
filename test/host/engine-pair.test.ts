import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findScenario } from '../../src-engine/scenarios/scenarios.ts';
import type { EngineEvent } from '../../src-main/host/engine-event.ts';
import { EnginePair } from '../../src-main/host/engine-pair.ts';
import { ensureBuilt } from '../../src-main/launch/ensure-built.mjs';
import { commandLineParts } from '../../src-main/launch/parts.mjs';

const MINUTE = 60_000;
const ROOT = join(import.meta.dirname, '../..');
let engine: EnginePair;
let events: EngineEvent[];

beforeEach(async () => {
  await ensureBuilt(commandLineParts.filter((part) => part.name !== 'host'));
  engine = new EnginePair({ worker: new URL('../../src-engine/session/worker.ts', import.meta.url), engineDirectory: join(ROOT, 'out/engine') }, 2 * MINUTE);
  events = [];
  engine.onEvent((event) => events.push(event));
});
afterEach(() => engine.close());

const project = findScenario('recall-rnn')!.project();
const experiment = { project, node: 'rnn1', seed: 1, updates: 400, seconds: 30, longest: 64 };

it('trains on while it measures how long a cell remembers', { timeout: MINUTE }, async () => {
  await engine.request('open', { project, threads: 1 });
  await engine.request('start', {});
  const before = await engine.request('status', {});
  const reply = await engine.request('measureMemory', experiment);
  const after = await engine.request('pause', {});
  expect(reply).toMatchObject({ ok: true, value: { ended: 'found', cell: { kind: 'rnn', units: 48 } } });
  expect(before.ok && after.ok && after.value.step > before.value.step + 10, 'went on').toBe(true);
  expect(events.some(({ event }) => event === 'memory')).toBe(true);
});

it('cancels the experiment under way, keeps what it has, and can begin another', { timeout: MINUTE }, async () => {
  expect(await engine.request('cancelMemory', {})).toEqual({ ok: true, value: { cancelled: false } });
  const first = engine.request('measureMemory', { ...experiment, updates: 5000, longest: 1000 });
  while (!events.some(({ event }) => event === 'memory')) await new Promise((resolve) => setTimeout(resolve, 20));
  expect(await engine.request('cancelMemory', {})).toEqual({ ok: true, value: { cancelled: true } });
  expect(await first).toMatchObject({ ok: true, value: { ended: 'cancelled' } });
  expect(await engine.request('measureMemory', { ...experiment, longest: 2 })).toMatchObject({ ok: true, value: { ended: 'longest', remembers: 2 } });
});

it('is closed in the middle of an experiment, which is then answered with U060', { timeout: MINUTE }, async () => {
  const running = engine.request('measureMemory', { ...experiment, updates: 5000, longest: 1000 });
  while (!events.some(({ event }) => event === 'memory')) await new Promise((resolve) => setTimeout(resolve, 20));
  // By itself: it would be terminated only after the test's time.
  await engine.close();
  expect(await running).toMatchObject({ ok: false, problems: [{ code: 'U060' }] });
});

it('starts no thread for what is asked after it was closed: that is answered with U060', async () => {
  await engine.close();
  expect(await engine.request('status', {})).toMatchObject({ ok: false, problems: [{ code: 'U060' }] });
  expect(await engine.request('measureMemory', experiment)).toMatchObject({ ok: false, problems: [{ code: 'U060' }] });
});
