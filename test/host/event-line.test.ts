import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { decodeLossFrame } from '../../src-engine/history/decode-frames.ts';
import { encodeLosses } from '../../src-engine/session/probes/frames.ts';
import type { HeardEvent } from '../../src-main/host/engine-event.ts';
import { EventLine } from '../../src-main/web/event-line.ts';
import { holdEvent } from '../../src-main/web/hold-event.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** The two ends of a socket; the window's confirms what it read only when it is told to. */
async function linked(): Promise<{ readonly line: EventLine; readonly window: WebSocket; readonly heard: (string | Buffer)[]; readonly pings: () => number }> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  const connected = once(server, 'connection') as Promise<[WebSocket]>;
  const { port } = server.address() as { port: number };
  const window = new WebSocket(`ws://127.0.0.1:${port}`, { autoPong: false });
  const opened = once(window, 'open');
  closing.push(() => {
    window.terminate();
    server.close();
  });
  const heard: (string | Buffer)[] = [];
  let pings = 0;
  window.on('message', (data: Buffer, isBinary) => heard.push(isBinary ? data : data.toString('utf8')));
  window.on('ping', () => (pings += 1));
  const [socket] = await connected;
  await opened;
  return { line: new EventLine(socket), window, heard, pings: () => pings };
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 2));
}

const losses = (...steps: readonly number[]): HeardEvent => ({
  event: 'losses',
  payload: encodeLosses(
    steps.map((step) => ({
      report: { step, epoch: 1, loss: 1 / step, norm: step, clipped: step % 2 === 0, learningRate: 0.1, nonFinite: null },
      learningRate: 0.1,
    })),
  ),
});
const probe = (step: number): HeardEvent => ({ event: 'probe', payload: Uint8Array.of(step) });
const text = (event: string, step: number): HeardEvent => ({ event, payload: { step } }) as unknown as HeardEvent;
const stepsOf = (event: HeardEvent | undefined): number[] => (event?.event === 'losses' ? [...decodeLossFrame(event.payload).step] : []);

describe('a window that has not confirmed what it was sent', () => {
  it('is sent no more until it has: what happens meanwhile comes at once, in as few messages as it takes', async () => {
    const { line, window, heard, pings } = await linked();
    line.tell(losses(1));
    for (let step = 2; step <= 50; step++) {
      line.tell(losses(step));
      line.tell(text('validation', step));
      line.tell(text('progress', step));
      line.tell(probe(step));
    }
    await until(() => pings() === 1);
    expect(heard).toHaveLength(1);
    window.pong();
    await until(() => pings() === 2);
    const [, points, texts, latest] = heard;
    expect(heard).toHaveLength(4);
    const frame = decodeLossFrame(Uint8Array.from(points as Buffer).subarray(1));
    expect([...frame.step]).toEqual(Array.from({ length: 49 }, (_, index) => index + 2));
    expect(frame.gradientNorm[48]).toBe(50);
    const said = JSON.parse(texts as string) as { event: string; payload: { step: number } }[];
    expect(said.filter(({ event }) => event === 'validation').map(({ payload }) => payload.step)).toEqual([...frame.step]);
    expect(said.filter(({ event }) => event === 'progress')).toEqual([{ event: 'progress', payload: { step: 50 } }]);
    expect([...(latest as Buffer)]).toEqual([2, 50]);
  });

  it('has an answer at once, after all that happened before it', async () => {
    const { line, heard } = await linked();
    line.tell(text('state', 1));
    line.tell(losses(1, 2));
    line.reply('{"id":1,"reply":0}');
    await until(() => heard.length === 3);
    expect(heard[0]).toBe('{"event":"state","payload":{"step":1}}');
    expect(heard[2]).toBe('{"id":1,"reply":0}');
  });

  it('is cut off when 32 MiB wait for it', async () => {
    const { line, window } = await linked();
    const gone = once(window, 'close');
    const many: HeardEvent = { event: 'losses', payload: new Uint8Array(2 ** 20) };
    for (let sent = 0; sent < 34; sent++) line.tell(many);
    await gone;
  });
});

describe('events that wait', () => {
  it('are not joined over the end of a run: what follows a state, an opened project or an end stands after it', () => {
    const held: HeardEvent[] = [];
    for (const event of [losses(1), losses(2), text('progress', 2), text('state', 0), losses(1), text('progress', 1), losses(2)]) holdEvent(held, event);
    expect(held.map(({ event }) => event)).toEqual(['losses', 'progress', 'state', 'losses', 'progress']);
    expect(stepsOf(held[0])).toEqual([1, 2]);
    expect(stepsOf(held[3])).toEqual([1, 2]);
  });

  it('keep every validation, and of progress and probes the latest', () => {
    const held: HeardEvent[] = [];
    for (const step of [1, 2, 3]) for (const event of [probe(step), text('validation', step), text('progress', step)]) holdEvent(held, event);
    expect(held).toEqual([text('validation', 1), text('validation', 2), probe(3), text('validation', 3), text('progress', 3)]);
  });
});
