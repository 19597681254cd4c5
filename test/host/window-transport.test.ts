import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { WebSocketServer, type WebSocket as ServerSocket } from 'ws';
import { NO_MEASURES } from '../../src-engine/data/measures.ts';
import { createClient, type Client } from '../../src-renderer/bridge/client.ts';
import type { ConnectionState } from '../../src-renderer/bridge/transport.ts';
import { webSocketTransport } from '../../src-renderer/bridge/web-socket-transport.ts';

interface Waiting {
  readonly milliseconds: number;
  readonly action: () => void;
}

interface Line {
  readonly server: WebSocketServer;
  readonly client: Client;
  readonly states: ConnectionState[];
  /** Attempts to connect again, held back until the test lets them go. */
  readonly waiting: Waiting[];
}

const lines: Line[] = [];

afterEach(() => {
  for (const { server } of lines.splice(0)) {
    for (const socket of server.clients) socket.terminate();
    server.close();
  }
});

async function connectLine(answer: (socket: ServerSocket, message: { id: number; name: string }) => void): Promise<Line> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  server.on('connection', (socket) => {
    socket.on('message', (data: Buffer) => {
      answer(socket, JSON.parse(data.toString('utf8')) as { id: number; name: string });
    });
  });
  const waiting: Waiting[] = [];
  const { port } = server.address() as AddressInfo;
  const client = createClient(
    webSocketTransport({
      open: () => new WebSocket(`ws://127.0.0.1:${port}`),
      after: (milliseconds, action) => waiting.push({ milliseconds, action }),
    }),
  );
  const states: ConnectionState[] = [];
  client.onConnection((state) => states.push(state));
  const line = { server, client, states, waiting };
  lines.push(line);
  return line;
}

const status = { state: 'idle', step: 0, epoch: 0, totalSteps: 0, learningRate: 0.1 };
const answerStatus = (socket: ServerSocket, { id }: { id: number }): void => {
  socket.send(JSON.stringify({ id, reply: { ok: true, value: status } }));
};

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

it('a request made before the socket is open is answered once it is', async () => {
  const { client } = await connectLine(answerStatus);
  expect(await client.request('session.status', {})).toEqual({ ok: true, value: status });
});

it('a reply that breaks the contract throws rather than reaching the window', async () => {
  const { client } = await connectLine((socket, { id }) => {
    socket.send(JSON.stringify({ id, reply: { ok: true, value: { state: 'asleep' } } }));
  });
  await expect(client.request('session.status', {})).rejects.toThrow();
});

it('what is asked when the socket drops comes back as a problem, and the socket is opened again, ever more patiently', async () => {
  let deaf = true;
  const { client, server, states, waiting } = await connectLine((socket, message) => {
    if (!deaf) answerStatus(socket, message);
  });
  const unanswered = client.request('session.status', {});
  await until(() => server.clients.size === 1 && states.includes('open'));
  for (const socket of server.clients) socket.terminate();
  expect(await unanswered).toMatchObject({ ok: false, problems: [{ code: 'U060' }] });
  expect(await client.request('session.status', {})).toMatchObject({ ok: false });
  expect(states).toEqual(['connecting', 'open', 'lost']);

  deaf = false;
  waiting.shift()?.action();
  await until(() => states.at(-1) === 'open');
  expect(await client.request('session.status', {})).toEqual({ ok: true, value: status });
});

it('attempts to connect again wait longer and longer, but not for ever', async () => {
  const { server, waiting } = await connectLine(answerStatus);
  await until(() => server.clients.size === 1);
  for (const socket of server.clients) socket.terminate();
  server.close();
  const waits: number[] = [];
  for (let attempt = 0; attempt < 7; attempt++) {
    await until(() => waiting.length > 0);
    const next = waiting.shift();
    waits.push(next?.milliseconds ?? 0);
    next?.action();
  }
  expect(waits).toEqual([250, 500, 1000, 2000, 4000, 4000, 4000]);
});

it('binary events reach their listeners decoded, JSON events parsed', async () => {
  const measures = { ...NO_MEASURES, mae: 0.3, rmse: 0.4 };
  const line = await connectLine((socket, message) => {
    const frame = new DataView(new ArrayBuffer(1 + 8 + 40));
    frame.setUint8(0, 1);
    frame.setUint32(1, 1, true);
    frame.setUint32(5, 1, true);
    [7, Number.POSITIVE_INFINITY, 0.1, 2, 0].forEach((value, index) => {
      frame.setFloat64(9 + index * 8, value, true);
    });
    socket.send(new Uint8Array(frame.buffer));
    socket.send(JSON.stringify({ event: 'validation', payload: { step: 7, loss: null, metric: 'rmse', score: 0.4, count: 3, measures } }));
    answerStatus(socket, message);
  });
  const heard: unknown[] = [];
  line.client.on('losses', (points) => heard.push([...points.step, ...points.trainLoss]));
  line.client.on('validation', (validation) => heard.push(validation));
  await line.client.request('session.status', {});
  expect(heard).toEqual([[7, Number.POSITIVE_INFINITY], { step: 7, loss: Number.NaN, metric: 'rmse', score: 0.4, count: 3, measures }]);
});
