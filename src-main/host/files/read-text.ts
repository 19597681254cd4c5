import type { FileHandle } from 'node:fs/promises';
import { problem, ProblemError } from '../../../src-engine/document/problems.ts';
import { fileProblem } from './file-problems.ts';
import type { FileSystem } from './file-system.ts';

/** Largest project or batch file that is read, in bytes. */
export const MAX_TEXT_BYTES = 64 * 1024 * 1024;

/**
 * The text of a UTF-8 file. Throws ProblemError: U051 where it cannot be read, U005 where it is over `limit` bytes (before
 * anything of it is parsed, and without reading past the limit), U001 where it is not UTF-8.
 */
export async function readTextFile(path: string, fileSystem: FileSystem, limit = MAX_TEXT_BYTES): Promise<string> {
  return decodeText(await readBytesFile(path, fileSystem, limit), path);
}

/** Largest model of another program that is read, in bytes: it stands in memory three times while it becomes a document. */
export const MAX_MODEL_BYTES = 512 * 1024 * 1024;

/** The bytes of a file; throws as `readTextFile` does, but for their meaning. */
export async function readBytesFile(path: string, fileSystem: FileSystem, limit: number): Promise<Uint8Array> {
  let bytes: Uint8Array | null;
  try {
    const file = await fileSystem.open(path, 'r');
    try {
      bytes = await readUpTo(file, limit);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw new ProblemError([fileProblem('read', path, error)]);
  }
  if (bytes === null) throw tooLarge(path, limit);
  return bytes;
}

/** Throws ProblemError U001 where the bytes are not UTF-8. A byte order mark is dropped. */
export function decodeText(bytes: Uint8Array, shownPath: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ProblemError([problem('U001', `"${shownPath}" is not UTF-8 text.`, 'Choose a file that Unroll has saved, or save it as UTF-8.')]);
  }
}

export function tooLarge(shownPath: string, limit: number): ProblemError {
  const megabytes = Math.round(limit / (1024 * 1024));
  return new ProblemError([problem('U005', `"${shownPath}" is larger than the ${megabytes} MiB that can be read.`, 'Choose a smaller file.')]);
}

/** Null where there are more than `limit` bytes; the size is not trusted, a file may grow or have none (a pipe). */
async function readUpTo(file: FileHandle, limit: number): Promise<Uint8Array | null> {
  const stats = await file.stat();
  if (stats.isDirectory()) throw Object.assign(new Error('is a directory'), { code: 'EISDIR' });
  if (stats.size > limit) return null;
  const chunks: Uint8Array[] = [];
  let total = 0;
  for (;;) {
    const chunk = new Uint8Array(Math.max(64 * 1024, stats.size - total + 1));
    const { bytesRead } = await file.read(chunk, 0, chunk.length, null);
    if (bytesRead === 0) return Buffer.concat(chunks);
    total += bytesRead;
    if (total > limit) return null;
    chunks.push(chunk.subarray(0, bytesRead));
  }
}
