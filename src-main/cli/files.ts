import { resolve } from 'node:path';
import { writeFileAtomic } from '../host/files/atomic-write.ts';
import { errorCode, fileProblem } from '../host/files/file-problems.ts';
import { decodeText, readBytesFile, readTextFile } from '../host/files/read-text.ts';
import { problem, ProblemError } from '../../src-engine/document/problems.ts';
import type { Context } from './context.ts';

/** The text of a file named on the command line; throws ProblemError U051, U005, U001. */
export async function readNamed(path: string, context: Context): Promise<string> {
  return await readTextFile(resolve(context.folder, path), context.fileSystem);
}

/** The same, where `-` is standard input. */
export async function readNamedOrInput(path: string, context: Context): Promise<string> {
  return path === '-' ? decodeText(await context.readInput(), 'standard input') : await readNamed(path, context);
}

export async function writeNamed(path: string, text: string, context: Context): Promise<void> {
  await writeFileAtomic(resolve(context.folder, path), text, context);
}

export async function writeBytes(path: string, bytes: Uint8Array, context: Context): Promise<void> {
  await writeFileAtomic(resolve(context.folder, path), bytes, context);
}

/** Largest checkpoint that is read, in bytes: a model may take 4 GiB, but a process reads no more than 2 at once. */
const MAX_CHECKPOINT_BYTES = 2 ** 31 - 1;

export async function readCheckpoint(path: string, context: Context): Promise<Uint8Array> {
  return await readBytesFile(resolve(context.folder, path), context.fileSystem, MAX_CHECKPOINT_BYTES);
}

/** Writes a checkpoint; one that stood there before is kept beside it as `PATH.previous`. */
export async function writeCheckpoint(path: string, bytes: Uint8Array, context: Context): Promise<void> {
  const full = resolve(context.folder, path);
  await writeFileAtomic(full, bytes, context, { previous: `${full}.previous` });
}

async function exists(full: string, context: Context): Promise<boolean> {
  try {
    await context.fileSystem.stat(full);
    return true;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw new ProblemError([fileProblem('read', full, error)]);
  }
}

/** Fails before long work rather than after it: throws ProblemError U051 where the folder of `path` is not there. */
export async function expectFolderOf(path: string, context: Context): Promise<void> {
  const folder = resolve(context.folder, path, '..');
  try {
    const stats = await context.fileSystem.stat(folder);
    if (!stats.isDirectory()) throw Object.assign(new Error('not a directory'), { code: 'ENOTDIR' });
  } catch (error) {
    throw new ProblemError([fileProblem('written', path, error)]);
  }
}

/** Throws ProblemError U051 where there is a file or folder at `path` already. */
export async function expectNothingAt(path: string, context: Context): Promise<void> {
  if (!(await exists(resolve(context.folder, path), context))) return;
  throw new ProblemError([problem('U051', `${path} is there already, and its files are not to be lost.`, 'Give the name of a new folder.')]);
}

/** Throws ProblemError U051 where there is a project at `path` already, which somebody may have drawn on. */
export async function expectNoProject(path: string, context: Context): Promise<void> {
  if (!(await exists(resolve(context.folder, path), context))) return;
  throw new ProblemError([problem('U051', `${path} is there already, and what was drawn in it would be lost.`, 'Give another name, or add --force.')]);
}

/** A folder in one that is there; nothing where it is there itself. Throws ProblemError U051. */
export async function makeFolder(path: string, context: Context): Promise<void> {
  try {
    await context.fileSystem.mkdir(resolve(context.folder, path), { recursive: true });
  } catch (error) {
    throw new ProblemError([fileProblem('written', path, error)]);
  }
}

export interface LineFile {
  readonly write: (line: string) => void;
  /** Throws ProblemError U051 where a line could not be written. */
  readonly close: () => Promise<void>;
}

/** A fresh file that lines are added to, each as it comes. Throws ProblemError U051 where it cannot be made. */
export async function openLines(path: string, context: Context): Promise<LineFile> {
  const full = resolve(context.folder, path);
  const fail = (error: unknown): never => {
    throw new ProblemError([fileProblem('written', path, error)]);
  };
  const file = await context.fileSystem.open(full, 'w').catch(fail);
  let tail: Promise<unknown> = Promise.resolve();
  return {
    write: (line) => {
      tail = tail.then(() => file.appendFile(line));
      tail.catch(() => undefined);
    },
    close: async () => {
      await tail.catch(fail).finally(() => file.close());
    },
  };
}
