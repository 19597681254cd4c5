import { afterEach, describe, expect, it } from 'vitest';
import type { EngineEvent } from '../../src-main/host/engine-event.ts';
import { EngineThread } from '../../src-main/host/engine-thread.ts';

const DEED = { throws: 1, exits: 2, babbles: 3, rejects: 4, silent: 5, losses: 6, problem: 7, hangs: 8 };
const worker = new URL('../fixtures/workers/scripted-worker.ts', import.meta.url);

let threads: EngineThread[] = [];
function start(file = worker, closeWithin?: number): { thread: EngineThread; events: EngineEvent[] } {
  const thread = new EngineThread({ worker: file, engineDirectory: '/engine' }, closeWithin);
  const events: EngineEvent[] = [];
  thread.onEvent((event) => events.push(event));
  threads.push(thread);
  return { thread, events };
}

afterEach(async () => {
  await Promise.all(threads.map((thread) => thread.close()));
  threads = [];
});

describe('the engine thread', () => {
  it('answers each request by its id and hands the engine directory to the worker', async () => {
    const { thread } = start();
    const [first, second] = await Promise.all([thread.request('status', {}), thread.request('status', {})]);
    expect(first).toMatchObject({ ok: true, value: { state: 'ready', directory: '/engine' } });
    expect(second.ok).toBe(true);
  });

  it('passes on problems as values and byte payloads as bytes', async () => {
    const { thread, events } = start();
    expect(await thread.request('setLearningRate', { value: DEED.problem })).toMatchObject({ ok: false, problems: [{ code: 'U040' }] });
    await thread.request('setLearningRate', { value: DEED.losses });
    expect(events).toEqual([{ event: 'losses', payload: new Uint8Array([1, 2, 3]) }]);
  });

  for (const death of ['throws', 'exits', 'babbles', 'rejects'] as const) {
    it(`answers everything pending with U060, says so once, and starts anew when the worker ${death}`, async () => {
      const { thread, events } = start();
      const pending = await Promise.all([thread.request('setLearningRate', { value: DEED.silent }), thread.request('setLearningRate', { value: DEED[death] })]);
      for (const reply of pending) expect(reply).toMatchObject({ ok: false, problems: [{ code: 'U060' }] });
      expect(events.map((each) => each.event)).toEqual(['died']);
      expect(await thread.request('status', {})).toMatchObject({ ok: true });
      expect(events).toHaveLength(1);
    });
  }

  it('says what killed the worker', async () => {
    const { thread, events } = start();
    await thread.request('setLearningRate', { value: DEED.throws });
    expect(events[0]).toMatchObject({ event: 'died', payload: { sentence: expect.stringContaining('a trap in the kernels') as string } });
  });

  it('answers with U060 when the worker file is not there', async () => {
    const { thread } = start(new URL('./no-such-worker.ts', import.meta.url));
    expect(await thread.request('status', {})).toMatchObject({ ok: false, problems: [{ code: 'U060' }] });
  });

  it('leaves nothing pending and tells no death when it is closed', async () => {
    const { thread, events } = start();
    await thread.request('status', {});
    const reply = thread.request('setLearningRate', { value: DEED.silent });
    await thread.close();
    expect(await reply).toMatchObject({ ok: false, problems: [{ code: 'U060' }] });
    expect(events).toEqual([]);
  });

  it('waits for a worker that ends by itself, and ends one that does not after its time', async () => {
    const orderly = start(worker, 1e6);
    await orderly.thread.request('status', {});
    await orderly.thread.close();

    const hanging = start(worker, 200);
    await hanging.thread.request('status', {});
    const reply = hanging.thread.request('setLearningRate', { value: DEED.hangs });
    await hanging.thread.close();
    expect(await reply).toMatchObject({ ok: false, problems: [{ code: 'U060' }] });
    expect(hanging.events).toEqual([]);
  });
});
