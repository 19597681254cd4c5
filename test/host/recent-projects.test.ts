import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import * as fileSystem from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { RecentProjects } from '../../src-main/host/files/recent-projects.ts';

let folder: string;
let time = 0;
let ids = 0;
const open = (files = fileSystem): RecentProjects =>
  new RecentProjects(join(folder, 'user'), { fileSystem: files, randomId: () => String(ids++), now: () => ++time });
const project = async (name: string): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, '{}');
  return path;
};
const paths = async (recent: RecentProjects): Promise<readonly string[]> => (await recent.list()).map(({ path }) => path);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unroll-recent-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('lists the newest first, each once, and still at the next start', async () => {
  const [a, b] = [await project('a.unroll'), await project('b.unroll')];
  const recent = open();
  await recent.add(a);
  await recent.add(b);
  await recent.add(a);
  expect(await paths(recent)).toEqual([a, b]);
  expect(await paths(open())).toEqual([a, b]);
});

it('keeps twelve, whatever comes at once', async () => {
  const recent = open();
  const all = await Promise.all(Array.from({ length: 20 }, (_, index) => project(`${index}.unroll`)));
  await Promise.all(all.map((path) => recent.add(path)));
  expect(await paths(recent)).toEqual(all.slice(8).toReversed());
});

it('leaves out a file that is not there now, and has it again when it is', async () => {
  const a = await project('a.unroll');
  const recent = open();
  await recent.add(a);
  await rm(a);
  expect(await paths(recent)).toEqual([]);
  await project('a.unroll');
  expect(await paths(recent)).toEqual([a]);
  await recent.forget(a);
  expect(await paths(recent)).toEqual([]);
});

it.each(['', '{', '[]', '{"version":2,"files":[]}', '{"version":1,"files":[{"path":7}]}', `{"version":1,"files":[${'['.repeat(500_000)}`])(
  'takes a damaged list for an empty one',
  async (text) => {
    const recent = open();
    await recent.add(await project('a.unroll'));
    await writeFile(join(folder, 'user', 'recent.json'), text);
    expect(await paths(recent)).toEqual([]);
    await recent.add(await project('b.unroll'));
    expect(await paths(recent)).toEqual([join(folder, 'b.unroll')]);
  },
);

it('costs only the memory of it where the list cannot be written', async () => {
  const full = { ...fileSystem, open: () => Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' })) } as unknown as typeof fileSystem;
  await open(full).add(await project('a.unroll'));
  await expect(readFile(join(folder, 'user', 'recent.json'))).rejects.toThrow();
});
