import { chmod, mkdir, mkdtemp, open, readdir, readFile, realpath, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ProblemError } from '../../src-engine/document/problems.ts';
import { writeFileAtomic } from '../../src-main/host/files/atomic-write.ts';
import type { FileSystem } from '../../src-main/host/files/file-system.ts';

const real: FileSystem = { mkdir, open, readdir, realpath, rename, rm, stat };
let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unroll-write-'));
  file = join(folder, 'mine.unroll');
  await writeFile(file, 'old');
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

function fault(code: string): Error {
  return Object.assign(new Error(code), { code });
}

/** A file system whose file handles fail in one method, after `writeFile` has left half the content behind. */
function withHandleFault(method: 'writeFile' | 'sync' | 'close', code: string): FileSystem {
  return {
    ...real,
    open: (async (path: string, flags: string, mode?: number) => {
      const handle = await open(path, flags, mode);
      if (flags === 'r') return handle;
      return new Proxy(handle, {
        get(target, key) {
          if (key === 'writeFile' && method === 'writeFile') {
            return async (content: string) => {
              await target.writeFile(content.slice(0, content.length / 2));
              throw fault(code);
            };
          }
          if (key === method) {
            return async () => {
              if (key === 'close') await target.close();
              throw fault(code);
            };
          }
          const value: unknown = Reflect.get(target, key, target);
          return typeof value === 'function' ? (value.bind(target) as unknown) : value;
        },
      });
    }) as FileSystem['open'],
  };
}

async function problemsOf(fileSystem: FileSystem, path = file): Promise<readonly { code: string; message: string }[]> {
  try {
    await writeFileAtomic(path, 'new content', { fileSystem, randomId: () => 'id' });
  } catch (error) {
    expect(error).toBeInstanceOf(ProblemError);
    return (error as ProblemError).problems;
  }
  throw new Error('the write did not fail');
}

async function expectUntouched(): Promise<void> {
  expect(await readFile(file, 'utf8')).toBe('old');
  expect(await readdir(folder)).toEqual(['mine.unroll']);
}

describe('writing a file', () => {
  it('replaces the content, keeps the permissions and leaves no temporary file', async () => {
    await chmod(file, 0o640);
    await writeFileAtomic(file, 'new', { fileSystem: real, randomId: () => 'id' });
    expect(await readFile(file, 'utf8')).toBe('new');
    expect((await stat(file)).mode & 0o777).toBe(0o640);
    expect(await readdir(folder)).toEqual(['mine.unroll']);
  });

  it('makes a file that was not there', async () => {
    const fresh = join(folder, 'fresh.unroll');
    await writeFileAtomic(fresh, new Uint8Array([104, 105]), { fileSystem: real, randomId: () => 'id' });
    expect(await readFile(fresh, 'utf8')).toBe('hi');
  });

  it('replaces what a link leads to and keeps the link', async () => {
    const link = join(folder, 'link.unroll');
    await symlink(file, link);
    await writeFileAtomic(link, 'new', { fileSystem: real, randomId: () => 'id' });
    expect(await readFile(file, 'utf8')).toBe('new');
    expect(await realpath(link)).toBe(await realpath(file));
  });

  for (const [method, code] of [
    ['writeFile', 'ENOSPC'],
    ['sync', 'EIO'],
    ['close', 'EDQUOT'],
  ] as const) {
    it(`leaves the old file byte-identical when ${method} fails with ${code}`, async () => {
      const [problem] = await problemsOf(withHandleFault(method, code));
      expect(problem).toMatchObject({ code: 'U051', message: expect.stringContaining(code) as string });
      await expectUntouched();
    });
  }

  for (const code of ['EXDEV', 'EACCES', 'ENOENT']) {
    it(`leaves the old file byte-identical when the rename fails with ${code}`, async () => {
      const [problem] = await problemsOf({ ...real, rename: () => Promise.reject(fault(code)) });
      expect(problem).toMatchObject({ code: 'U051', message: expect.stringContaining(code) as string });
      await expectUntouched();
    });
  }

  it('is not failed by a folder that cannot be synced: the file is in place', async () => {
    const fileSystem = {
      ...real,
      open: ((path: string, flags: string, mode?: number) =>
        path === folder ? Promise.reject(fault('EISDIR')) : open(path, flags, mode)) as FileSystem['open'],
    };
    await writeFileAtomic(file, 'new', { fileSystem, randomId: () => 'id' });
    expect(await readFile(file, 'utf8')).toBe('new');
  });

  it('names the problem of a vanished folder and of a folder in the place of the file', async () => {
    expect(await problemsOf(real, join(folder, 'gone', 'x.unroll'))).toMatchObject([{ code: 'U051', message: expect.stringContaining('ENOENT') as string }]);
    expect(await problemsOf(real, folder)).toMatchObject([{ code: 'U051', message: expect.stringContaining('EISDIR') as string }]);
  });

  it("does not overwrite another writer's temporary file", async () => {
    await writeFile(join(folder, `.mine.unroll.${process.pid}-id.tmp`), 'theirs');
    expect(await problemsOf(real)).toMatchObject([{ code: 'U051' }]);
    expect(await readFile(join(folder, `.mine.unroll.${process.pid}-id.tmp`), 'utf8')).toBe('theirs');
  });
});
