import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import * as fileSystem from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EngineThread } from '../../src-main/host/engine-thread.ts';
import { openLog, type Log } from '../../src-main/host/log.ts';
import { describeError } from '../../src-main/host/log-error.ts';

let folder: string;
let log: Log;
const open = (): Log => openLog({ userFolder: folder, fileSystem, now: () => 0, randomId: () => 'abcdef' });

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unroll-log-'));
  log = open();
});
afterEach(async () => {
  await log.close();
  await rm(folder, { recursive: true });
});

describe('the log', () => {
  it('is one file of this user that a note goes to at once', async () => {
    log.note('run opened', { batch: 32, data: 'builtin:names', blocks: 'gru:64,dense' });
    expect(await log.read()).toBe('1970-01-01T00:00:00.000Z run opened batch=32 data=builtin:names blocks=gru:64,dense\n');
    expect(log.file).toBe(join(folder, 'log', 'unroll.log'));
    if (process.platform !== 'win32') expect((await stat(log.file)).mode & 0o777).toBe(0o600);
  });

  it('goes on where the last start ended', async () => {
    log.note('first');
    await log.close();
    log = open();
    log.note('second');
    expect(await log.read()).toMatch(/first\n.*second\n$/u);
  });

  it('is bounded in size and count', async () => {
    for (let line = 0; line < 90_000; line++) log.note('a line of the log that is as long as most of them are, or so', { line });
    await log.close();
    const files = await readdir(join(folder, 'log'));
    expect(files.toSorted()).toEqual(['unroll.log', 'unroll.log.1', 'unroll.log.2', 'unroll.log.3']);
    for (const file of files) expect((await stat(join(folder, 'log', file))).size).toBeLessThan(1.2 * 1024 * 1024);
    expect(await readFile(join(folder, 'log', 'unroll.log'), 'utf8')).toContain('line=89999');
  });

  it('is done without where it cannot be written', async () => {
    await log.close();
    await rm(join(folder, 'log'), { recursive: true });
    await writeFile(join(folder, 'log'), 'a file stands where its folder should be');
    log = open();
    log.note('lost');
    expect(log.bug(new Error('x'), 'a test')).toMatch(/^B[0-9a-f]{8}$/u);
    expect(await log.read()).toBe('');
  });

  it('names a bug by an id that the window can show', async () => {
    const id = log.bug(new TypeError("Cannot read properties of undefined (reading 'name')"), 'app.info');
    expect(await log.read()).toContain(`bug ${id} during app.info: TypeError: Cannot read properties of undefined (reading '…')\n    at `);
  });
});

it('has the place in the code at which an engine thread died, and not what it said', async () => {
  const worker = new URL('../fixtures/workers/scripted-worker.ts', import.meta.url);
  const engine = new EngineThread({ worker, engineDirectory: '/engine', reportBug: (error) => log.bug(error, 'the engine') });
  await engine.request('setLearningRate', { value: 1 });
  expect(await log.read()).toMatch(/bug B\w+ during the engine: Error\n {4}at \S.*scripted-worker\.ts:\d+/u);
  expect(await log.read()).not.toContain('a trap');
  await engine.close();
});

describe('what is said of an error', () => {
  it("is its name, the system's code and the places in the code by their file's name", () => {
    const lines = describeError(Object.assign(new Error("ENOENT: no such file, open '/home/someone/diary.csv'"), { code: 'ENOENT' }));
    expect(lines[0]).toBe('Error ENOENT');
    expect(lines[1]).toMatch(/^ {4}at (?:\S+ \()?log\.test\.ts:\d+:\d+|^ {4}at log\.test\.ts:\d+:\d+$/u);
    expect(lines.join('\n')).not.toMatch(/someone|diary|test\/host/u);
  });

  it.each([
    new Error('the word secret is not in the vocabulary\n    at secret (/home/secret/x.ts:1:1)'),
    new SyntaxError('Unexpected token s, "secret" is not valid JSON'),
    Object.assign(new Error('x'), { name: 'secret name' }),
    Object.assign(new Error('x'), { code: 'secret' }),
    new TypeError('"secret" is not a function of \'/home/secret/file.ts\''),
    new RangeError('at /home/secret/work/file.ts'),
    new Error('x', { cause: new Error('secret') }),
    'secret',
    { secret: 1 },
    null,
  ])('holds nothing that was typed or read: %s', (error) => {
    expect(describeError(error).join('\n')).not.toContain('secret');
  });
});
