import { join } from 'node:path';
import { z } from 'zod';
import { writeFileAtomic, type WriteServices } from './atomic-write.ts';
import { readTextFile } from './read-text.ts';
import { sweepTemporaryFiles } from './temporary-files.ts';

const schema = z.array(z.string().max(10_000)).max(1000);
/** Folders remembered, the latest first. */
const MOST = 50;

export interface EnteredFoldersServices extends WriteServices {
  /** The user's own folder. */
  readonly folder: string;
  readonly isRunning: (processId: number, since: number) => boolean;
}

/** The folders in which files were written, so that a start can sweep what a crash left in them. Its own failures cost only that. */
export class EnteredFolders {
  readonly #services: EnteredFoldersServices;
  #folders: readonly string[] | null = null;

  constructor(services: EnteredFoldersServices) {
    this.#services = services;
  }

  /** To be called before a file is written in a folder. */
  async enter(folder: string): Promise<void> {
    const known = await this.#read();
    if (known[0] === folder) return;
    this.#folders = [folder, ...known.filter((each) => each !== folder)].slice(0, MOST);
    if (known.includes(folder)) return;
    const { folder: own, fileSystem } = this.#services;
    await fileSystem.mkdir(own, { recursive: true }).catch(() => undefined);
    await writeFileAtomic(this.#file, JSON.stringify(this.#folders), this.#services).catch(() => undefined);
  }

  /** At the start: removes the temporary files of processes that ended in the midst of writing; the number of them. */
  async sweep(): Promise<number> {
    const { folder, fileSystem, isRunning } = this.#services;
    let swept = 0;
    for (const each of [folder, ...(await this.#read())]) swept += await sweepTemporaryFiles(each, fileSystem, isRunning);
    return swept;
  }

  get #file(): string {
    return join(this.#services.folder, 'folders.json');
  }

  async #read(): Promise<readonly string[]> {
    this.#folders ??= await this.#load();
    return this.#folders;
  }

  async #load(): Promise<readonly string[]> {
    try {
      return schema.parse(JSON.parse(await readTextFile(this.#file, this.#services.fileSystem)));
    } catch {
      return [];
    }
  }
}
