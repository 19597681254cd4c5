import { createHash } from 'node:crypto';
import { ProblemError } from '../../../src-engine/document/problems.ts';
import { errorCode, fileProblem } from './file-problems.ts';
import type { FileSystem } from './file-system.ts';
import { MAX_TEXT_BYTES, readBytesFile } from './read-text.ts';

/** What tells one content of a file from another. */
export function versionOf(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** `gone`: there is no such file any more. */
export type FileChange = 'none' | 'changed' | 'gone';

/** What happened to a file since it had the content of `version`. Throws ProblemError U051 where it cannot be read. */
export async function changeOf(path: string, version: string, fileSystem: FileSystem): Promise<FileChange> {
  try {
    if ((await fileSystem.stat(path)).size > MAX_TEXT_BYTES) return 'changed';
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return 'gone';
    throw new ProblemError([fileProblem('read', path, error)]);
  }
  return versionOf(await readBytesFile(path, fileSystem, MAX_TEXT_BYTES)) === version ? 'none' : 'changed';
}
