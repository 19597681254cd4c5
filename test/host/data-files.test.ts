import * as fileSystem from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Loading } from '../../src-engine/session/protocol.ts';
import { DataFiles } from '../../src-main/host/files/data-files.ts';
import { classFiles, keptPath } from '../../src-main/host/files/data-paths.ts';
import { EngineThread } from '../../src-main/host/engine-thread.ts';
import { ask } from '../../src-main/host/ask-engine.ts';
import { buildEngine } from './cli-fixture.ts';

const ROOT = join(import.meta.dirname, '../..');

describe('a path as a project keeps it', () => {
  it.each([
    ['/home/me/work/data/sales.csv', '/home/me/work', 'data/sales.csv'],
    ['/home/me/data/sales.csv', '/home/me/work', '../data/sales.csv'],
    ['/home/me/data/sales.csv', '/home/me/work/a/b', '/home/me/data/sales.csv'],
    ['/tmp/sales.csv', '/home', '/tmp/sales.csv'],
    ['/tmp/sales.csv', null, '/tmp/sales.csv'],
    ['/home/me', '/home/me', '.'],
  ])('%s from %s', (path, folder, expected) => {
    expect(keptPath(path, folder)).toBe(expected);
  });

  it('one file for each class is named from their common folder, by what tells the names apart', () => {
    expect(classFiles(['/d/x/rt.neg.txt', '/d/y/rt.pos.txt'], null, '/d')).toEqual({
      path: '.',
      options: { format: 'files', 'class.neg': 'x/rt.neg.txt', 'class.pos': 'y/rt.pos.txt' },
    });
    expect(classFiles(['/d/rt.neg', '/d/rt.pos'], ['bad', 'good'], '/d/p').options).toEqual({ format: 'files', 'class.bad': 'rt.neg', 'class.good': 'rt.pos' });
  });
});

describe('data chosen by the user, through the engine', () => {
  let folder: string;
  let engine: EngineThread;
  let data: DataFiles;
  const told: Loading[] = [];

  beforeAll(async () => {
    await buildEngine();
    folder = await fileSystem.mkdtemp(join(tmpdir(), 'unroll-data-'));
    engine = new EngineThread({ worker: pathToFileURL(join(ROOT, 'src-engine/session/worker.ts')), engineDirectory: join(ROOT, 'out/engine') });
    engine.onEvent((heard) => {
      if (heard.event === 'loading') told.push(heard.payload);
    });
    let tokens = 0;
    data = new DataFiles({ engine, fileSystem, randomId: () => `token ${(tokens += 1)}`, ask: null, folderOf: () => folder });
  });
  afterAll(async () => {
    await engine.close();
    await fileSystem.rm(folder, { recursive: true });
  });

  it('is described, proposed as a project, and found again elsewhere', async () => {
    const rows = Array.from({ length: 200 }, (_, n) => `${n},${n % 9}`).join('\n');
    await fileSystem.writeFile(join(folder, 'a.csv'), `x,z\n${rows}`);
    const { token } = await data.keep({ kind: 'file', paths: [join(folder, 'a.csv')] });
    const quick = await data.describe({ from: { kind: 'chosen', token }, options: {}, depth: 'start', name: 'A', handle: null });
    expect(quick).toMatchObject({ problems: [], rows: 200, examples: null, data: { source: 'file:a.csv' } });
    const { project } = await data.describe({ from: { kind: 'chosen', token }, options: { window: 5 }, depth: 'all', name: 'A', handle: null });
    expect(project).toMatchObject({ name: 'A', data: { source: 'file:a.csv', options: { format: 'csv', task: 'forecast', window: 5 } } });
    const text = JSON.stringify(project);
    expect(await ask(engine, 'open', { project: JSON.parse(text), folder })).toMatchObject({ problems: [], state: 'ready' });

    await fileSystem.rename(join(folder, 'a.csv'), join(folder, 'b.csv'));
    expect((await ask(engine, 'open', { project: JSON.parse(text), folder })).problems).toMatchObject([{ code: 'U033' }]);
    const moved = await data.keep({ kind: 'file', paths: [join(folder, 'b.csv')] });
    const located = await data.locate({ text, handle: null, token: moved.token });
    expect(located).toMatchObject({ same: true, problems: [], data: { source: 'file:b.csv', options: { window: 5 } } });
    const again = await data.describe({
      from: { kind: 'project', text: JSON.stringify({ ...project, data: located.data }) },
      options: {},
      depth: 'all',
      name: 'A',
      handle: null,
    });
    expect(again.problems).toEqual([]);
  });

  it('is not what a project of somebody else names: outside its folder it must know the content', async () => {
    const { token } = await data.keep({ kind: 'file', paths: [join(folder, 'b.csv')] });
    const { project } = await data.describe({ from: { kind: 'chosen', token }, options: {}, depth: 'all', name: 'A', handle: null });
    for (const source of ['file:/etc/passwd', 'file:../secret.csv', 'file:a/../../secret.csv']) {
      const hostile = { ...project, data: { source, options: {}, split: project?.data?.split } };
      expect((await ask(engine, 'open', { project: hostile, folder })).problems).toMatchObject([{ code: 'U034' }]);
      const looked = await data.describe({ from: { kind: 'project', text: JSON.stringify(hostile) }, options: {}, depth: 'start', name: 'A', handle: null });
      expect(looked).toMatchObject({ problems: [{ code: 'U034' }], firstRows: [] });
    }
    await expect(data.describe({ from: { kind: 'chosen', token: 'guessed' }, options: {}, depth: 'all', name: 'A', handle: null })).rejects.toMatchObject({
      problems: [{ code: 'U050' }],
    });
  });

  it('tells how far it is, and ends soon after it is cancelled; the engine answers as before', async () => {
    await fileSystem.writeFile(join(folder, 'long.txt'), 'Call me Ishmael. Some years ago, never mind how long precisely.\n'.repeat(600_000));
    const { token } = await data.keep({ kind: 'file', paths: [join(folder, 'long.txt')] });
    told.length = 0;
    const reading = data.describe({ from: { kind: 'chosen', token }, options: { unit: 'word' }, depth: 'all', name: 'A', handle: null });
    reading.catch(() => undefined);
    while (told.length < 3) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await ask(engine, 'cancelLoading', {})).toEqual({ cancelled: true });
    await expect(reading).rejects.toMatchObject({ problems: [{ code: 'U036' }] });
    expect(told[0]?.totalBytes).toBeGreaterThan(30_000_000);
    expect(told.at(-1)!.bytes, 'not read to the end').toBeLessThan(told[0]!.totalBytes);
    expect(await ask(engine, 'cancelLoading', {})).toEqual({ cancelled: false });
    expect((await ask(engine, 'status', {})).state).toBeDefined();
  }, 60_000);
});
