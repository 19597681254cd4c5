import * as fileSystem from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { requestSchemas } from '../../src-main/contract.ts';
import { answerRequest } from '../../src-main/host/answer-request.ts';
import { DataFiles } from '../../src-main/host/files/data-files.ts';
import { browserDesk } from '../../src-main/host/desk.ts';
import type { Requester } from '../../src-main/host/ask-engine.ts';
import { createHandlers } from '../../src-main/host/create-handlers.ts';
import type { Handlers } from '../../src-main/host/handlers.ts';
import { DOWNLOAD_FILES, safeFileName } from '../../src-main/host/files/project-files.ts';
import { testKeeping } from './keeping-fixture.ts';
import { testRuns } from './runs-fixture.ts';

const silent: Requester = { request: () => Promise.resolve({ ok: false, problems: [] }) };
const data = new DataFiles({ engine: silent, fileSystem, randomId: () => 'token', ask: null, folderOf: () => null });
const handlers = createHandlers({
  shell: 'browser',
  version: '1',
  engine: silent,
  files: DOWNLOAD_FILES,
  data,
  desk: browserDesk(() => Promise.resolve('the log')),
  keeping: testKeeping({ trail: testRuns(silent) }),
  runs: testRuns(silent),
});

async function answer(name: unknown, argument: unknown, served: Handlers = handlers) {
  const bugs: unknown[] = [];
  const report = { bug: (bug: unknown) => `B${bugs.push(bug)}`, refused: () => undefined };
  return { reply: await answerRequest(served, name, argument, report), bugs };
}

describe('answering a request', () => {
  it('has a handler for every name of the contract', () => {
    expect(Object.keys(handlers).sort()).toEqual(Object.keys(requestSchemas).sort());
  });

  it.each(['toString', '__proto__', 'hasOwnProperty', 'session', '', 7, null, undefined])('refuses the name %s', async (name) => {
    const { reply, bugs } = await answer(name, {});
    expect(reply).toMatchObject({ ok: false, problems: [{ code: 'U050' }] });
    expect(bugs).toEqual([]);
  });

  it.each([undefined, null, [], 'x', { text: 7 }, { text: '{}', more: true }])('refuses the argument %j with the request that it was for', async (argument) => {
    const { reply } = await answer('session.open', argument);
    expect(reply).toMatchObject({ ok: false, problems: [{ code: 'U004', message: expect.stringContaining('session.open') as string }] });
  });

  it('turns a bug into one sentence with the id under which the log has the error', async () => {
    const bug = new TypeError('x is not a function');
    const { reply, bugs } = await answer('app.info', {}, { ...handlers, 'app.info': () => Promise.reject(bug) });
    expect(reply).toMatchObject({ ok: false, problems: [{ code: 'U060', fix: expect.stringContaining('B1') as string }] });
    expect(JSON.stringify(reply)).not.toContain('x is not');
    expect(bugs).toEqual([bug]);
  });
});

describe('a picture', () => {
  it('is handed on byte for byte, by a name that leads nowhere else', async () => {
    const { reply } = await answer('picture.save', { name: '../names-loss', format: 'png', content: 'iVBORw0KGgo=' });
    expect(reply).toEqual({ ok: true, value: { saved: { name: '-names-loss.png' }, download: 'iVBORw0KGgo=' } });
  });

  it.each([
    { name: 'x', format: 'exe', content: '' },
    { name: 'x', format: 'png', content: 'no base64!' },
    { name: 'x'.repeat(201), format: 'csv', content: '' },
  ])('is refused: %j', async (argument) => {
    const { reply, bugs } = await answer('picture.save', argument);
    expect(reply).toMatchObject({ ok: false, problems: [{ code: 'U004' }] });
    expect(bugs).toEqual([]);
  });
});

describe('a name for a file', () => {
  it.each([
    ['Names', 'Names'],
    ['../../etc/passwd', '-..-etc-passwd'],
    ['a\\b:c*d', 'a-b-c-d'],
    ['.hidden ', 'hidden'],
    ['\u0000\n', '--'],
    ['', 'untitled'],
    ['...', 'untitled'],
  ])('%j becomes %j', (name, safe) => {
    expect(safeFileName(name)).toBe(safe);
  });
});
