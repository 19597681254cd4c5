import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LaunchTokens } from '../../src-main/web/launch-tokens.ts';
import { parseResponse, rawRequest } from './raw-http.ts';
import { startWebFixture, type WebFixture } from './web-fixture.ts';

let web: WebFixture;
let cookie: string;
beforeAll(async () => {
  web = await startWebFixture();
  cookie = await web.cookie();
});
afterAll(() => web.close());

const UPGRADE = ['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=='];

async function open(): Promise<Socket> {
  const socket = connect(web.port, '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

/** Sends a request to become a window's socket and keeps what it gets; the status of the answer. */
async function askUpgrade(socket: Socket): Promise<number> {
  socket.setEncoding('latin1');
  socket.write(['GET /socket HTTP/1.1', web.own, cookie, `Origin: http://127.0.0.1:${web.port}`, ...UPGRADE, '', ''].join('\r\n'));
  const [text] = (await once(socket, 'data')) as [string];
  return parseResponse(text).status;
}

describe('"connection … limits; … the host stays up"', () => {
  it('holds 64 connections and drops the next; a place that is given up is free again', async () => {
    const held = await Promise.all(Array.from({ length: 64 }, open));
    const dropped = connect(web.port, '127.0.0.1');
    dropped.on('error', () => undefined);
    await once(dropped, 'close');
    for (const socket of held) socket.destroy();
    await expect.poll(async () => (await rawRequest(web.port, 'GET /', [web.own, cookie])).status).toBe(200);
  });

  it('serves eight windows and tells the ninth why not', async () => {
    const sockets = await Promise.all(Array.from({ length: 9 }, open));
    const statuses: number[] = [];
    for (const socket of sockets) statuses.push(await askUpgrade(socket));
    expect(statuses).toEqual([...Array<number>(8).fill(101), 503]);
    for (const socket of sockets) socket.destroy();
    await expect.poll(() => web.host.windows).toBe(0);
    const again = await open();
    expect(await askUpgrade(again)).toBe(101);
    again.destroy();
  });
});

describe('"compared in constant time"', () => {
  it('compares digests of one length, so that a token of any length or wrong in any place is refused alike', () => {
    let count = 0;
    const tokens = new LaunchTokens((size) => new Uint8Array(size).fill(++count));
    const token = tokens.issue();
    expect(Buffer.from(token, 'base64url')).toHaveLength(24);
    for (let place = 0; place < token.length; place++) {
      expect(tokens.exchange(`${token.slice(0, place)}${token[place] === 'A' ? 'B' : 'A'}${token.slice(place + 1)}`)).toBeNull();
    }
    for (const wrong of ['', token.slice(1), `${token}A`, token.repeat(1000)]) expect(tokens.exchange(wrong)).toBeNull();
    expect(tokens.exchange(token)).not.toBeNull();
    expect(tokens.exchange(token)).toBeNull();
  });
});

it('"free port by default", a token "never logged": the host prints its address once and keeps the token nowhere', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'unroll-user-'));
  const environment = { ...process.env, UNROLL_USER_FOLDER: folder, XDG_DATA_HOME: folder };
  const child = spawn(process.execPath, [path.join(import.meta.dirname, '../../src-main/web/main.ts'), '--no-open'], { env: environment });
  const printed: string[] = [];
  child.stderr.on('data', (data: Buffer) => printed.push(data.toString()));
  try {
    let address: URL | null = null;
    for await (const line of createInterface({ input: child.stdout })) {
      printed.push(line);
      const found = /https?:\S+/u.exec(line);
      if (found === null) continue;
      address = new URL(found[0]);
      break;
    }
    if (address === null) throw new Error('no address');
    expect(Number(address.port)).toBeGreaterThan(1023);
    const own = `Host: 127.0.0.1:${address.port}`;
    const reply = await rawRequest(Number(address.port), `GET /${address.search}`, [own]);
    expect(reply.status).toBe(303);
    const secret = /=(?<secret>[\w-]{32});/u.exec(reply.headers['set-cookie'] ?? '')?.groups?.['secret'] ?? '';
    expect(secret).toHaveLength(32);
    expect((await rawRequest(Number(address.port), `GET /${address.search}`, [own])).status).toBe(403);
    child.kill();
    await once(child, 'exit');
    const token = address.searchParams.get('token') ?? '';
    expect(printed.join('\n').split(token)).toHaveLength(2);
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const text = await readFile(path.join(entry.parentPath, entry.name), 'latin1');
      expect(text, entry.name).not.toContain(token);
      expect(text, entry.name).not.toContain(secret);
    }
  } finally {
    child.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  }
}, 60_000);
