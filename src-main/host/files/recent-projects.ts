import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { writeFileAtomic, type WriteServices } from './atomic-write.ts';
import { readTextFile } from './read-text.ts';

/** One project's file as the list keeps it. */
export interface RecentFile {
  /** Absolute. */
  readonly path: string;
  /** Milliseconds since 1970. */
  readonly used: number;
}

const listSchema = z.object({ version: z.literal(1), files: z.array(z.object({ path: z.string().min(1).max(10_000), used: z.number() })).max(1000) });

const MOST = 12;
const MOST_BYTES = 1024 * 1024;

/** The projects that this user opened or saved last, in `recent.json` of the user's folder; every window of every shell shares it. */
export class RecentProjects {
  readonly #file: string;
  readonly #services: WriteServices & { readonly now: () => number };
  #turn: Promise<unknown> = Promise.resolve();

  constructor(userFolder: string, services: WriteServices & { readonly now: () => number }) {
    this.#file = join(userFolder, 'recent.json');
    this.#services = services;
  }

  /** The newest first; a file that is not there now is left out, and comes back with its disk. A list that cannot be read is an empty one. */
  async list(): Promise<readonly RecentFile[]> {
    const files = await this.#read();
    const there = await Promise.all(files.map(({ path }) => this.#isThere(path)));
    return files.filter((_, index) => there[index]);
  }

  /** Puts a file at the top. */
  add(path: string): Promise<void> {
    return this.#change((files) => [{ path, used: this.#services.now() }, ...files.filter((each) => each.path !== path)].slice(0, MOST));
  }

  forget(path: string): Promise<void> {
    return this.#change((files) => files.filter((each) => each.path !== path));
  }

  /** One change after another. A list that cannot be written costs only the memory of it. */
  #change(edit: (files: readonly RecentFile[]) => readonly RecentFile[]): Promise<void> {
    const changed = this.#turn.then(async () => {
      const files = edit(await this.#read());
      const { fileSystem } = this.#services;
      await fileSystem.mkdir(dirname(this.#file), { recursive: true });
      await writeFileAtomic(this.#file, JSON.stringify({ version: 1, files }), this.#services);
    });
    this.#turn = changed.catch(() => undefined);
    return this.#turn as Promise<void>;
  }

  async #read(): Promise<readonly RecentFile[]> {
    try {
      return listSchema.parse(JSON.parse(await readTextFile(this.#file, this.#services.fileSystem, MOST_BYTES))).files;
    } catch {
      return [];
    }
  }

  async #isThere(path: string): Promise<boolean> {
    try {
      return (await this.#services.fileSystem.stat(path)).isFile();
    } catch {
      return false;
    }
  }
}

/** What the window shows of such a file: names, not the way there. */
export function shownRecent({ path, used }: RecentFile, handle: string): { handle: string; name: string; folder: string; used: number } {
  return { handle, name: basename(path), folder: basename(dirname(path)), used };
}
