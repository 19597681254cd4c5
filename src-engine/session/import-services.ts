import { createHash } from 'node:crypto';
import { open, readdir, stat } from 'node:fs/promises';
import { basename, isAbsolute, join, resolve } from 'node:path';
import { PIECE, type ImportFile, type ImportServices } from '../data/import/import-services.ts';
import type { Loading } from '../data/import/loading.ts';
import { problem, ProblemError, type Problem } from '../document/problems.ts';

/** The share of the machine's memory that imported data may take, and the most in bytes: the rest is for the model and other programs. */
const MEMORY_SHARE = 0.25;
const MOST_MEMORY = 4 * 2 ** 30;
/** Files of a folder that has a folder for each class. */
const MOST_FILES = 100_000;

export interface ImportSurroundings {
  /** Absolute; null: only absolute paths lead anywhere. */
  readonly folder: string | null;
  readonly tell: (loading: Loading) => void;
  readonly cancelled: () => boolean;
  /** Milliseconds. */
  readonly now: () => number;
  /** Bytes that the machine has. */
  readonly memory: number;
}

/** Files on disk as imports read them. */
export function importServices({ folder, tell, cancelled, now, memory }: ImportSurroundings): ImportServices {
  const place = (path: string): string => absolute(path, folder);
  return {
    file: (path) => findFile(place(path)),
    folders: (path) => findFolders(place(path)),
    digest: () => {
      const hash = createHash('sha256');
      return { add: (bytes) => hash.update(bytes), finish: () => hash.digest('hex') };
    },
    tell,
    cancelled,
    now,
    memory: Math.min(MOST_MEMORY, MEMORY_SHARE * memory),
  };
}

function absolute(path: string, folder: string | null): string {
  if (isAbsolute(path)) return path;
  if (folder !== null) return resolve(folder, path);
  const message = `The data "${path}" is named from the folder of the project's file, and this project has none yet.`;
  throw new ProblemError([problem('U033', message, 'Locate the data, or open the project from its file.', { path: 'data.source' })]);
}

const FIX = 'Locate it, or put it back where it was.';

async function findFile(path: string): Promise<ImportFile> {
  const stats = await lookUp(path);
  if (stats.isDirectory()) {
    throw refusal('U031', `"${path}" is a folder.`, 'Choose a file; or set the format to folder, for a folder that has one folder for each class.');
  }
  if (!stats.isFile()) throw refusal('U031', `"${path}" is not a plain file.`, 'Choose a plain file.');
  return { name: basename(path), bytes: stats.size, pieces: () => piecesOf(path, stats.size) };
}

async function findFolders(path: string): Promise<ReadonlyMap<string, readonly ImportFile[]>> {
  const stats = await lookUp(path);
  if (!stats.isDirectory()) throw refusal('U031', `"${path}" is not a folder.`, 'Choose a folder that has one folder for each class.');
  const result = new Map<string, readonly ImportFile[]>();
  let count = 0;
  for (const name of await namesIn(path, 'folders')) {
    const files: ImportFile[] = [];
    for (const file of await namesIn(join(path, name), 'files')) files.push(await findFile(join(path, name, file)));
    count += files.length;
    if (count > MOST_FILES)
      throw refusal(
        'U005',
        `"${path}" holds more than ${MOST_FILES.toLocaleString('en')} files.`,
        'Join the texts of each class to one file, one on each line.',
      );
    result.set(name, files);
  }
  return result;
}

/** In the order of their code units, without hidden ones and links. */
async function namesIn(path: string, what: 'folders' | 'files'): Promise<readonly string[]> {
  const entries = await readdir(path, { withFileTypes: true }).catch((error: unknown) => {
    throw new ProblemError([unreadable(path, error)]);
  });
  const wanted = entries.filter((entry) => !entry.name.startsWith('.') && (what === 'folders' ? entry.isDirectory() : entry.isFile()));
  return wanted.map(({ name }) => name).sort();
}

async function lookUp(path: string) {
  try {
    return await stat(path);
  } catch (error) {
    throw new ProblemError([
      isCode(error, 'ENOENT', 'ENOTDIR') ? problem('U033', `There is no data at "${path}".`, FIX, { path: 'data.source' }) : unreadable(path, error),
    ]);
  }
}

async function* piecesOf(path: string, size: number): AsyncGenerator<Uint8Array> {
  let left = size;
  try {
    const file = await open(path, 'r');
    try {
      const piece = new Uint8Array(Math.min(PIECE, size));
      while (left > 0) {
        const { bytesRead } = await file.read(piece, 0, Math.min(piece.length, left), null);
        if (bytesRead === 0) return;
        left -= bytesRead;
        yield piece.subarray(0, bytesRead);
      }
    } finally {
      await file.close();
    }
  } catch (error) {
    throw error instanceof ProblemError || !isCode(error) ? error : new ProblemError([unreadable(path, error)]);
  }
}

function unreadable(path: string, error: unknown): Problem {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : String(error);
  const what = code === 'EACCES' || code === 'EPERM' ? 'access to it is not permitted' : 'the system reported an error';
  return problem('U051', `"${path}" cannot be read: ${what} (${code}).`, 'Change its permissions, or choose another file.', { path: 'data.source' });
}

/** One of these error codes of the system; without any, whether it has one at all. */
function isCode(error: unknown, ...codes: readonly string[]): boolean {
  if (typeof error !== 'object' || error === null || !('code' in error) || typeof error.code !== 'string') return false;
  return codes.length === 0 || codes.includes(error.code);
}

function refusal(code: 'U005' | 'U031', message: string, fix: string): ProblemError {
  return new ProblemError([problem(code, message, fix, { path: 'data.source' })]);
}
