import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ProblemError } from '../../src-engine/document/problems.ts';
import { writeFileAtomic } from '../../src-main/host/files/atomic-write.ts';
import type { FileSystem } from '../../src-main/host/files/file-system.ts';
import { DialogFiles, type FileDialogs } from '../../src-main/host/files/project-files.ts';
import { Recovery } from '../../src-main/host/keeping/recovery.ts';
import { sweepTemporaryFiles } from '../../src-main/host/files/temporary-files.ts';
import { FaultCount, faultyFileSystem, withEachFault } from './faulty-file-system.ts';

const ID = '3f0e8f5c-6a5b-4c49-9b53-0f4f6d1f2a10';
const counted = new FaultCount();
let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unroll-faults-'));
  file = join(folder, 'mine.unroll');
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});
afterAll(() => {
  counted.print();
});

let ids = 0;
const services = (fileSystem: FileSystem) => ({ fileSystem, randomId: () => `id${ids++}` });

/** The sentence of the problem that an action was refused with; null where it was done. Anything but a problem is a bug. */
async function refusal(action: () => Promise<unknown>): Promise<string | null> {
  try {
    await action();
    return null;
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    expect(error.problems[0]).toMatchObject({ code: 'U051', fix: expect.stringMatching(/\w{3}/u) as string });
    return error.problems[0]!.message;
  }
}

function dialogsFor(path: string): FileDialogs {
  return {
    chooseProjectToOpen: () => Promise.resolve(path),
    chooseProjectToSave: () => Promise.resolve(path),
    chooseModelToSave: () => Promise.resolve(path),
    chooseCheckpointToOpen: () => Promise.resolve(path),
  };
}

describe('full disk, read-only folder, vanished folder: a clear error, the document stays dirty, the old file is byte-identical', () => {
  it('at each call of a save', async () => {
    await withEachFault(async ({ fileSystem }, name) => {
      await writeFile(file, 'old');
      const message = await refusal(() => writeFileAtomic(file, 'the new content', services(fileSystem)));
      expect(await readFile(file, 'utf8'), name).toBe(message === null ? 'the new content' : 'old');
      expect(await readdir(folder), name).toEqual(['mine.unroll']);
      if (message !== null) expect(message, name).toContain('cannot be written');
      if (name !== 'no fault') counted.count('save', message === null ? 'done' : 'refused');
    });
  });

  it('at each call of a save that keeps the one before: at any moment one of the two is whole', async () => {
    await withEachFault(async ({ fileSystem }, name) => {
      const previous = `${file}.previous`;
      await writeFile(file, 'old');
      await writeFile(previous, 'older');
      const message = await refusal(() => writeFileAtomic(file, 'new', services(fileSystem), { previous }));
      const both = [await readFile(file, 'utf8').catch(() => null), await readFile(previous, 'utf8').catch(() => null)];
      if (message === null) expect(both[0], name).toBe('new');
      else expect(both, name).toContain('old');
      for (const each of both) expect([null, 'new', 'old', 'older'], name).toContain(each);
      if (name !== 'no fault') counted.count('checkpoint with the one before kept', message === null ? 'done' : 'refused');
      await rm(previous, { force: true });
    });
  });

  it('at each call of opening a project and saving it again', async () => {
    await writeFile(file, 'old');
    await withEachFault(async ({ fileSystem }, name) => {
      const outcome = { saved: false };
      const files = new DialogFiles(dialogsFor(file), services(fileSystem));
      await writeFile(file, 'old');
      const message = await refusal(async () => {
        const { opened } = await files.open();
        expect(opened?.text, name).toBe('old');
        const reply = await files.saveProject({ text: 'new', name: 'mine', handle: opened?.handle ?? null, as: false, version: opened?.version ?? null });
        expect(reply.changed, name).toBe(false);
        outcome.saved = true;
      });
      expect(await readFile(file, 'utf8'), name).toBe(outcome.saved ? 'new' : 'old');
      if (name !== 'no fault') counted.count('open and save', message === null ? 'done' : 'refused');
    });
  });

  it('at each call of keeping unsaved edits: those kept before stay, and are offered', async () => {
    const recoveryWith = (fileSystem: FileSystem): Recovery =>
      new Recovery({
        ...services(fileSystem),
        folder: join(folder, 'unsaved'),
        files: { pathOf: () => null, handleOf: () => null },
        clock: () => 1000,
        processId: 1,
        isRunning: () => false,
      });
    const plain = recoveryWith(faultyFileSystem(new Set(), 'EIO').fileSystem);
    await withEachFault(async ({ fileSystem }, name) => {
      const entry = { id: ID, name: 'mine', handle: null, version: null };
      await plain.keep({ ...entry, text: 'older' });
      const message = await refusal(() => recoveryWith(fileSystem).keep({ ...entry, text: 'newer' }));
      expect((await plain.open(ID)).text, name).toBe(message === null ? 'newer' : 'older');
      expect(await plain.list(), name).toEqual([{ id: ID, name: 'mine', time: 1000 }]);
      if (name !== 'no fault') counted.count('keep unsaved edits', message === null ? 'done' : 'refused');
    });
  });

  it('in a sentence that names the file and says what to do', async () => {
    await writeFile(file, 'old');
    const gone = join(folder, 'gone', 'mine.unroll');
    const full = faultyFileSystem((_, call) => call === 'handle.writeFile', 'ENOSPC').fileSystem;
    expect(await refusal(() => writeFileAtomic(file, 'new', services(full)))).toBe(`"${file}" cannot be written: the disk is full (ENOSPC).`);
    const real = faultyFileSystem(new Set(), 'EIO').fileSystem;
    expect(await refusal(() => writeFileAtomic(gone, 'new', services(real)))).toBe(
      `"${gone}" cannot be written: it, or the folder it should be in, is not there (ENOENT).`,
    );
  });
});

describe('orphan temp files swept', () => {
  it('those of processes that ended, and nothing else', async () => {
    const names = ['.mine.unroll.77-abc.tmp', '.mine.unroll.88-abc.tmp', '.other.tmp', 'mine.unroll', '.mine.unroll.77-abc.tmp.txt', 'x.77-abc.tmp'];
    for (const name of names) await writeFile(join(folder, name), '');
    await mkdir(join(folder, '.folder.77-abc.tmp'));
    const { fileSystem } = faultyFileSystem(new Set(), 'EIO');
    expect(await sweepTemporaryFiles(folder, fileSystem, (processId) => processId === 88)).toBe(1);
    expect((await readdir(folder)).sort()).toEqual(['.folder.77-abc.tmp', ...names.slice(1)].sort());
    expect(await sweepTemporaryFiles(join(folder, 'gone'), fileSystem, () => false)).toBe(0);
  });

  it('a fault at the removal itself leaves a file that the next start removes', async () => {
    await writeFile(file, 'old');
    const { fileSystem } = faultyFileSystem((_, call) => call === 'rename' || call === 'rm', 'EIO');
    expect(await refusal(() => writeFileAtomic(file, 'new', services(fileSystem)))).toContain('EIO');
    expect(await readdir(folder)).toHaveLength(2);
    expect(await sweepTemporaryFiles(folder, faultyFileSystem(new Set(), 'EIO').fileSystem, () => false)).toBe(1);
    expect(await readdir(folder)).toEqual(['mine.unroll']);
    expect(await readFile(file, 'utf8')).toBe('old');
  });
});

describe('file changed on disk by another program: noticed and asked about, never silently overwritten', () => {
  const opened = async () => {
    const files = new DialogFiles(dialogsFor(file), services(faultyFileSystem(new Set(), 'EIO').fileSystem));
    await writeFile(file, 'old');
    const first = (await files.open()).opened!;
    return { files, first, save: { name: 'mine', handle: first.handle, as: false } };
  };

  it('at a save, also where size and time are as they were', async () => {
    const { files, first, save } = await opened();
    await writeFile(file, 'OLD');
    expect(await files.saveProject({ ...save, text: 'new', version: first.version })).toEqual({ saved: null, download: null, changed: true });
    expect(await readFile(file, 'utf8')).toBe('OLD');
    expect(await files.saveProject({ ...save, text: 'new', version: null })).toMatchObject({ saved: { name: 'mine.unroll' }, changed: false });
    expect(await readFile(file, 'utf8')).toBe('new');
  });

  it('when the window asks, and a file that is gone is said to be', async () => {
    const { files, first } = await opened();
    const ask = () => files.changeOf(first.handle!, first.version!);
    expect(await ask()).toBe('none');
    await writeFile(file, 'other');
    expect(await ask()).toBe('changed');
    await rm(file);
    expect(await ask()).toBe('gone');
    await writeFile(file, 'old');
    expect(await ask()).toBe('none');
  });

  it('two windows on one file: the second to save is asked', async () => {
    const { files, first, save } = await opened();
    const second = (await files.open()).opened!;
    const [one, two] = await Promise.all([
      files.saveProject({ ...save, text: 'of the first', version: first.version }),
      files.saveProject({ ...save, text: 'of the second', version: second.version }),
    ]);
    expect([one.changed, two.changed]).toEqual([false, true]);
    expect(await readFile(file, 'utf8')).toBe('of the first');
    expect(await files.saveProject({ ...save, text: 'again', version: one.saved!.version })).toMatchObject({ changed: false });
  });

  it('a file that is gone is written again; a folder that is gone is a problem', async () => {
    const { files, first, save } = await opened();
    await rm(file);
    expect(await files.saveProject({ ...save, text: 'new', version: first.version })).toMatchObject({ saved: { name: 'mine.unroll' } });
    await rm(folder, { recursive: true });
    expect(await refusal(() => files.saveProject({ ...save, text: 'newer', version: first.version }))).toContain('is not there (ENOENT)');
    await mkdir(folder);
  });
});
