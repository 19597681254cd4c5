import { basename, dirname, join } from 'node:path';
import type { FileSystem } from './file-system.ts';

/** Of the name it stands for; a file's name may have 255 bytes, and a letter four. */
const NAME_LETTERS = 40;
const OURS = /^\..*\.(\d{1,10})-[\w-]{1,64}\.tmp$/su;

/** Where the new content of `target` is written before it takes its place: beside it, hidden, with the process's number in its name. */
export function temporaryPath(target: string, processId: number, randomId: string): string {
  const name = Array.from(basename(target)).slice(0, NAME_LETTERS).join('');
  return join(dirname(target), `.${name}.${processId}-${randomId}.tmp`);
}

/**
 * Removes the temporary files that processes which have ended left in a folder; the number of them. Those of processes that run, and whatever has
 * another name, stay. A folder that cannot be read has none.
 */
export async function sweepTemporaryFiles(
  folder: string,
  fileSystem: Pick<FileSystem, 'readdir' | 'rm' | 'stat'>,
  isRunning: (processId: number, since: number) => boolean,
): Promise<number> {
  const names = await fileSystem.readdir(folder).catch(() => []);
  let swept = 0;
  for (const name of names) {
    const processId = Number(OURS.exec(name)?.[1] ?? Number.NaN);
    if (Number.isNaN(processId)) continue;
    const path = join(folder, name);
    try {
      if (isRunning(processId, (await fileSystem.stat(path)).mtimeMs)) continue;
      await fileSystem.rm(path);
      swept += 1;
    } catch {
      // Gone meanwhile, or not ours to remove: the next start looks again.
      continue;
    }
  }
  return swept;
}
