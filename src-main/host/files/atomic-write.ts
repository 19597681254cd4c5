import type { Stats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ProblemError } from '../../../src-engine/document/problems.ts';
import { errorCode, fileProblem } from './file-problems.ts';
import type { FileSystem } from './file-system.ts';
import { temporaryPath } from './temporary-files.ts';

export interface WriteServices {
  readonly fileSystem: FileSystem;
  /** A fresh name part for the temporary file. */
  readonly randomId: () => string;
  /** Told of each folder before a temporary file is made in it, so that what a crash leaves there can be found. */
  readonly enterFolder?: (folder: string) => Promise<void>;
}

export interface WriteOptions {
  /** What stood there is kept under this path, in the same folder: it is moved there, so that at any moment one of the two is whole. */
  readonly previous?: string;
}

/**
 * Replaces `path` by `content` so that at any moment, power cut included, the file is the old one or the new one, whole.
 * Throws ProblemError U051 where it cannot; the old file is then byte-identical and no temporary file is left.
 */
export async function writeFileAtomic(path: string, content: string | Uint8Array, services: WriteServices, options: WriteOptions = {}): Promise<void> {
  try {
    const target = await linkTarget(path, services.fileSystem);
    await replace(target, content, services, options);
  } catch (error) {
    throw new ProblemError([fileProblem('written', path, error)]);
  }
}

/** A link stays a link: what is replaced is the file it leads to. */
async function linkTarget(path: string, fileSystem: FileSystem): Promise<string> {
  try {
    return await fileSystem.realpath(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return path;
    throw error;
  }
}

async function replace(target: string, content: string | Uint8Array, services: WriteServices, { previous }: WriteOptions): Promise<void> {
  const { fileSystem } = services;
  const before = await statOrNull(target, fileSystem);
  if (before?.isDirectory() === true) throw Object.assign(new Error('is a directory'), { code: 'EISDIR' });
  await services.enterFolder?.(dirname(target));
  const temporary = temporaryPath(target, process.pid, services.randomId());
  const file = await fileSystem.open(temporary, 'wx');
  try {
    await writeWhole(file, content, before);
    if (previous === undefined || before === null) await fileSystem.rename(temporary, target);
    else await replaceKeeping(temporary, target, previous, fileSystem);
  } catch (error) {
    await fileSystem.rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
  await syncFolder(dirname(target), fileSystem);
}

async function replaceKeeping(temporary: string, target: string, previous: string, fileSystem: FileSystem): Promise<void> {
  await fileSystem.rename(target, previous);
  try {
    await fileSystem.rename(temporary, target);
  } catch (error) {
    await fileSystem.rename(previous, target).catch(() => undefined);
    throw error;
  }
}

async function statOrNull(path: string, fileSystem: FileSystem): Promise<Stats | null> {
  try {
    return await fileSystem.stat(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}

async function writeWhole(file: FileHandle, content: string | Uint8Array, before: Stats | null): Promise<void> {
  try {
    if (before !== null) await file.chmod(before.mode & 0o777);
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

/**
 * Makes the rename last through a power cut. Some systems cannot sync a folder; the file itself is already whole on disk and
 * in place, so that a failure here is no failure of the save.
 */
async function syncFolder(folder: string, fileSystem: FileSystem): Promise<void> {
  try {
    const handle = await fileSystem.open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch {
    return;
  }
}
