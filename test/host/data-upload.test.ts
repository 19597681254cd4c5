import { request as httpRequest } from 'node:http';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChosenData, Reply } from '../../src-main/contract.ts';
import { startWebFixture, type WebFixture } from './web-fixture.ts';

let web: WebFixture;
let cookie: string;

beforeAll(async () => {
  web = await startWebFixture();
  cookie = (await web.cookie()).replace('Cookie: ', '');
});
afterAll(() => web.close());

interface Sent {
  readonly status: number;
  readonly body: string;
}

function send(parts: readonly (string | Uint8Array)[], headers: Readonly<Record<string, string>> = {}): Promise<Sent> {
  const { promise, resolve, reject } = Promise.withResolvers<Sent>();
  const own = { Origin: `http://127.0.0.1:${web.port}`, Cookie: cookie, 'Content-Type': 'application/octet-stream', ...headers };
  const sent = httpRequest({ host: '127.0.0.1', port: web.port, path: '/data', method: 'POST', headers: own }, (response) => {
    let body = '';
    response.setEncoding('utf8');
    response.on('data', (text: string) => (body += text));
    response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
  });
  sent.on('error', reject);
  for (const part of parts) sent.write(part);
  sent.end();
  return promise;
}

function manifest(kind: string, files: Readonly<Record<string, string>>): string[] {
  const list = Object.entries(files).map(([path, content]) => ({ path, bytes: new TextEncoder().encode(content).length }));
  return [`${JSON.stringify({ kind, files: list })}\n`, ...Object.values(files)];
}

async function chosenBy(parts: readonly string[]): Promise<ChosenData> {
  const { status, body } = await send(parts);
  expect(status).toBe(200);
  const reply = JSON.parse(body) as Reply<'data.choose'>;
  if (!reply.ok || reply.value.chosen === null) throw new Error(body);
  return reply.value.chosen;
}

const kept = (): Promise<string[]> => readdir(web.uploads).catch(() => []);

describe('data that a window sends', () => {
  it('is written under its hash, once, and known by a token', async () => {
    const first = await chosenBy(manifest('file', { 'sales.csv': 'a,b\n1,2\n' }));
    expect(first).toMatchObject({ kind: 'file', name: 'sales.csv', bytes: 8, files: [{ name: 'sales.csv', bytes: 8 }] });
    const folders = await kept();
    expect(folders).toHaveLength(1);
    const path = join(web.uploads, folders[0] ?? '', 'sales.csv');
    expect(await readFile(path, 'utf8')).toBe('a,b\n1,2\n');

    await writeFile(path, 'as it was');
    const again = await chosenBy(manifest('file', { 'sales.csv': 'a,b\n1,2\n' }));
    expect(again.token).not.toBe(first.token);
    expect(await kept()).toEqual(folders);
    expect(await readFile(path, 'utf8')).toBe('as it was');
  });

  it('may be several files, or a folder of them', async () => {
    expect(await chosenBy(manifest('files', { 'pos.txt': 'good\n', 'neg.txt': 'bad\n' }))).toMatchObject({ kind: 'files', fileCount: 2, bytes: 9 });
    expect(await chosenBy(manifest('folder', { 'opinions/pos/1.txt': 'good', 'opinions/neg/1.txt': 'bad' }))).toMatchObject({
      kind: 'folder',
      name: 'opinions',
    });
  });

  it('cannot name a place outside its own', async () => {
    const before = await kept();
    await chosenBy(manifest('file', { '../../../etc/x': 'evil' }));
    await chosenBy(manifest('file', { 'C:\\Windows\\x': 'evil' }));
    const added = (await kept()).filter((name) => !before.includes(name));
    expect(added).toHaveLength(2);
    for (const name of added) expect((await readdir(join(web.uploads, name), { recursive: true })).every((path) => !path.startsWith('..'))).toBe(true);
    expect((await readdir(join(web.uploads, '..'))).includes('x')).toBe(false);
  });

  it.each([
    ['nothing', ['']],
    ['no manifest', ['hello\n']],
    ['a manifest of another shape', ['{"kind":"file"}\n']],
    ['less than it says', ['{"kind":"file","files":[{"path":"a","bytes":10}]}\n', 'short']],
    ['more than it says', ['{"kind":"file","files":[{"path":"a","bytes":1}]}\n', 'long']],
    ['two files as one', manifest('file', { a: '1', b: '2' })],
  ])('is refused where it is %s, and nothing of it stays', async (_, parts) => {
    const before = await kept();
    const { body } = await send(parts);
    expect(JSON.parse(body)).toMatchObject({ ok: false, problems: [{ code: 'U050' }] });
    expect(await kept()).toEqual(before);
  });

  it('is refused where it is too large, before it is sent', async () => {
    const { body } = await send([`{"kind":"file","files":[{"path":"a","bytes":${9 * 2 ** 30}}]}\n`]);
    expect(JSON.parse(body)).toMatchObject({ ok: false, problems: [{ code: 'U005', message: 'The data has 9.0 GiB; a browser can send up to 8 GiB.' }] });
  });

  it('is taken from a window of this host only', async () => {
    const parts = manifest('file', { a: 'x' });
    expect((await send(parts, { Cookie: 'none=1' })).status).toBe(403);
    expect((await send(parts, { Origin: 'http://evil.example' })).status).toBe(403);
    expect((await send(parts, { 'Content-Type': 'text/plain' })).status).toBe(413);
  });
});
