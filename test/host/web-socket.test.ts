import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { rawRequest } from './raw-http.ts';
import { startWebFixture, type WebFixture } from './web-fixture.ts';

let web: WebFixture;
let cookie: string;
beforeAll(async () => {
  web = await startWebFixture();
  cookie = await web.cookie();
});
afterAll(() => web.close());

const handshake = ['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=='];
const origin = () => `Origin: http://127.0.0.1:${web.port}`;
const upgrade = (path: string, lines: readonly string[]) => rawRequest(web.port, `GET ${path}`, [...handshake, ...lines]);

async function openSocket(): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${web.port}/socket`, {
    headers: { Cookie: cookie.slice('Cookie: '.length) },
    origin: `http://127.0.0.1:${web.port}`,
  });
  await once(socket, 'open');
  return socket;
}

async function ask(socket: WebSocket, id: number, name: string, argument: unknown): Promise<{ id: number; reply: unknown }> {
  const heard = new Promise<{ id: number; reply: unknown }>((resolve) => {
    const listen = (data: Buffer, isBinary: boolean): void => {
      if (isBinary) return;
      const message = JSON.parse(data.toString('utf8')) as { id: number; reply: unknown };
      if (message.id !== id) return;
      socket.off('message', listen);
      resolve(message);
    };
    socket.on('message', listen);
  });
  socket.send(JSON.stringify({ id, name, argument }));
  return await heard;
}

describe('"WebSocket upgrade … need[s] the exact Origin; a missing one is refused"; "Authentication before the upgrade": it', () => {
  it('is refused to another Host, another or no Origin, no cookie, another path; before there is a socket', async () => {
    expect((await upgrade('/socket', ['Host: evil.example', origin(), cookie])).status).toBe(421);
    expect((await upgrade('/socket', [web.own, cookie])).status).toBe(403);
    expect((await upgrade('/socket', [web.own, cookie, 'Origin: http://evil.example'])).status).toBe(403);
    expect((await upgrade('/socket', [web.own, cookie, 'Origin: null'])).status).toBe(403);
    expect((await upgrade('/socket', [web.own, origin()])).status).toBe(403);
    expect((await upgrade('/', [web.own, origin(), cookie])).status).toBe(404);
    expect((await upgrade('/socket?token=x', [web.own, origin(), cookie])).status).toBe(404);
  });

  it('carries the safety headers when it is refused', async () => {
    const { headers } = await upgrade('/socket', [web.own]);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-origin',
      connection: 'close',
    });
  });

  it('is granted to a window of this host', async () => {
    expect((await upgrade('/socket', [web.own, origin(), cookie])).status).toBe(101);
  });
});

describe('"Payload … and rate limits; oversize closes that connection, the host stays up": the socket', () => {
  it('answers requests by id', async () => {
    const socket = await openSocket();
    const replies = await Promise.all([ask(socket, 7, 'app.info', {}), ask(socket, 8, 'session.status', {})]);
    expect(replies).toMatchObject([
      { id: 7, reply: { ok: true, value: { shell: 'browser', files: 'download' } } },
      { id: 8, reply: { ok: true, value: { state: 'ready' } } },
    ]);
    socket.terminate();
  });

  it('answers an unknown name, a wrong argument and a mistake of the user with problems', async () => {
    const socket = await openSocket();
    expect(await ask(socket, 1, 'constructor', {})).toMatchObject({ reply: { ok: false, problems: [{ code: 'U050' }] } });
    expect(await ask(socket, 2, 'session.setLearningRate', { value: -1 })).toMatchObject({ reply: { ok: false, problems: [{ code: 'U004', path: 'value' }] } });
    expect(await ask(socket, 3, 'session.start', { extra: 1 })).toMatchObject({ reply: { ok: false, problems: [{ code: 'U004' }] } });
    expect(await ask(socket, 4, 'project.open', {})).toMatchObject({ reply: { ok: false, problems: [{ code: 'U051' }] } });
    expect(await ask(socket, 5, 'session.open', { text: '{"__proto__":1}' })).toMatchObject({ reply: { ok: false, problems: [{ code: 'U006' }] } });
    expect(await ask(socket, 6, 'session.setLearningRate', { value: 7 })).toMatchObject({ reply: { ok: false, problems: [{ code: 'U040' }] } });
    socket.terminate();
  });

  it('hands saved and exported text back for the window to download', async () => {
    const socket = await openSocket();
    const saved = await ask(socket, 1, 'project.save', { text: '{"a":1}', name: '../My: project', handle: null, as: false });
    expect(saved).toMatchObject({ reply: { ok: true, value: { saved: { name: '-My- project.unroll', handle: null }, download: '{"a":1}' } } });
    const opened = await ask(socket, 2, 'project.open', { name: 'a.unroll', text: '{}' });
    expect(opened).toMatchObject({ reply: { ok: true, value: { opened: { text: '{}', name: 'a.unroll', handle: null } } } });
    socket.terminate();
  });

  it('sends bytes behind one byte of code to every window', async () => {
    const sockets = await Promise.all([openSocket(), openSocket()]);
    const heard = sockets.map(
      (socket) =>
        new Promise<Buffer>((resolve) => {
          socket.on('message', (data: Buffer, isBinary) => {
            if (isBinary) resolve(data);
          });
        }),
    );
    await ask(sockets[0], 1, 'session.setLearningRate', { value: 6 });
    for (const data of await Promise.all(heard)) expect([...data]).toEqual([1, 1, 2, 3]);
    for (const socket of sockets) socket.terminate();
  });

  it('tells a death of the engine and answers what was pending', async () => {
    const socket = await openSocket();
    const told = new Promise((resolve) => {
      socket.on('message', (data: Buffer) => {
        const message = JSON.parse(data.toString()) as { event?: string };
        if (message.event === 'died') resolve(message);
      });
    });
    const [silent] = await Promise.all([ask(socket, 1, 'session.setLearningRate', { value: 5 }), ask(socket, 2, 'session.setLearningRate', { value: 1 })]);
    expect(silent).toMatchObject({ reply: { ok: false, problems: [{ code: 'U060' }] } });
    expect(await told).toMatchObject({ event: 'died' });
    expect(await ask(socket, 3, 'session.status', {})).toMatchObject({ reply: { ok: true } });
    socket.terminate();
  });

  it.each([
    ['what is no JSON', 'no'],
    ['what is no request', '{"id":"1"}'],
    ['bytes', Buffer.from([1])],
  ])('is closed by %s; the host stays up', async (_what, data) => {
    const socket = await openSocket();
    socket.send(data);
    const [code] = (await once(socket, 'close')) as [number];
    expect(code).toBe(1003);
    expect((await rawRequest(web.port, 'GET /', [web.own, cookie])).status).toBe(200);
  });

  it('is closed by a message over the limit; the host stays up', async () => {
    const socket = await openSocket();
    socket.on('error', () => undefined);
    socket.send('x'.repeat(161 * 1024 * 1024));
    const [code] = (await once(socket, 'close')) as [number];
    expect([1006, 1009]).toContain(code);
    expect((await rawRequest(web.port, 'GET /', [web.own, cookie])).status).toBe(200);
  });

  it('is closed by a flood of requests', async () => {
    const socket = await openSocket();
    for (let id = 0; id < 1000; id++) socket.send(JSON.stringify({ id, name: 'app.info', argument: {} }));
    const [code] = (await once(socket, 'close')) as [number];
    expect(code).toBe(1008);
  });
});

it('"rate limits": turns away more requests than a browser makes, and answers again a moment later', async () => {
  let time = 0;
  const slow = await startWebFixture(() => time);
  const ask = () => rawRequest(slow.port, 'GET /', [slow.own]);
  const statuses: number[] = [];
  for (let count = 0; count < 610; count++) statuses.push((await ask()).status);
  expect(statuses.lastIndexOf(403)).toBe(599);
  expect(statuses.slice(600)).toEqual(Array(10).fill(429));
  time += 1000;
  expect((await ask()).status).toBe(403);
  await slow.close();
});
