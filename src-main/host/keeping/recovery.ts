import { join } from 'node:path';
import { z } from 'zod';
import type { Replies, RequestOf } from '../../contract.ts';
import { problem, ProblemError } from '../../../src-engine/document/problems.ts';
import { writeFileAtomic, type WriteServices } from '../files/atomic-write.ts';
import { errorCode, fileProblem } from '../files/file-problems.ts';
import { changeOf, versionOf } from '../files/file-version.ts';
import type { ProjectFiles } from '../files/project-files.ts';
import { readTextFile } from '../files/read-text.ts';

/** One document with edits that are in no file: `ID.unsaved`, as JSON. */
const schema = z.object({
  format: z.literal('unroll/unsaved'),
  version: z.literal(1),
  name: z.string(),
  /** Of the file that the document came from; null for one that is in none. */
  path: z.string().nullable(),
  /** Of that file's content when the document was read from it. */
  fileVersion: z.string().nullable(),
  time: z.number(),
  processId: z.int(),
  text: z.string(),
});
type Entry = z.infer<typeof schema>;

const ENDING = '.unsaved';
/** The text may be as large as a project, escaped. */
const MAX_ENTRY_BYTES = 256 * 1024 * 1024;

export interface RecoveryServices extends WriteServices {
  /** Where unsaved edits are kept. */
  readonly folder: string;
  readonly files: Pick<ProjectFiles, 'pathOf' | 'handleOf'>;
  /** Milliseconds of the clock. */
  readonly clock: () => number;
  readonly processId: number;
  readonly isRunning: (processId: number, since: number) => boolean;
}

/**
 * Documents with unsaved edits, kept in the user's folder while they are edited and offered at the next start until the user decides. Windows number
 * their documents; those of another Unroll that runs are its own.
 */
export class Recovery {
  readonly #services: RecoveryServices;

  constructor(services: RecoveryServices) {
    this.#services = services;
  }

  /** Throws ProblemError U051 where it cannot be written; what was kept before is then kept still. */
  async keep({ id, text, name, handle, version }: RequestOf<'unsaved.keep'>): Promise<void> {
    const { files, fileSystem, folder, clock, processId } = this.#services;
    const path = handle === null ? null : files.pathOf(handle);
    const entry: Entry = { format: 'unroll/unsaved', version: 1, name, path, fileVersion: version, time: clock(), processId, text };
    try {
      await fileSystem.mkdir(folder, { recursive: true });
    } catch (error) {
      throw new ProblemError([fileProblem('written', folder, error)]);
    }
    await writeFileAtomic(this.#file(id), JSON.stringify(entry), this.#services);
  }

  /** What is offered, the latest first. What cannot be read is left where it is and not offered. */
  async list(): Promise<Replies['unsaved.list']['documents']> {
    const names = await this.#services.fileSystem.readdir(this.#services.folder).catch(() => []);
    const offers = await Promise.all(names.filter((name) => name.endsWith(ENDING)).map((name) => this.#offer(name.slice(0, -ENDING.length))));
    return offers.filter((offer) => offer !== null).sort((a, b) => b.time - a.time);
  }

  /** Throws ProblemError U051 where it is not there any more, or cannot be read. It is kept until it is discarded. */
  async open(id: string): Promise<Replies['unsaved.open']> {
    const entry = await this.#read(id);
    if (entry === null) throw new ProblemError([problem('U051', 'The unsaved edits are not there any more.', 'Open the project from its file.')]);
    const handle = entry.path === null ? null : this.#services.files.handleOf(entry.path);
    return { text: entry.text, name: entry.name, handle, version: handle === null ? null : entry.fileVersion };
  }

  /** Nothing where there is none. Throws ProblemError U051 where it cannot be removed. */
  async discard(id: string): Promise<void> {
    const path = this.#file(id);
    try {
      await this.#services.fileSystem.rm(path, { force: true });
    } catch (error) {
      throw new ProblemError([fileProblem('written', path, error)]);
    }
  }

  async #offer(id: string): Promise<Replies['unsaved.list']['documents'][number] | null> {
    const { isRunning, processId } = this.#services;
    const entry = await this.#read(id).catch(() => null);
    if (entry === null || (entry.processId !== processId && isRunning(entry.processId, entry.time))) return null;
    if (entry.path !== null && (await this.#isSaved(entry.path, entry.text))) {
      await this.discard(id);
      return null;
    }
    return { id, name: entry.name, time: entry.time };
  }

  /** The crash came after the save: nothing is lost. */
  async #isSaved(path: string, text: string): Promise<boolean> {
    try {
      return (await changeOf(path, versionOf(text), this.#services.fileSystem)) === 'none';
    } catch {
      return false;
    }
  }

  async #read(id: string): Promise<Entry | null> {
    const path = this.#file(id);
    try {
      await this.#services.fileSystem.stat(path);
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return null;
    }
    const text = await readTextFile(path, this.#services.fileSystem, MAX_ENTRY_BYTES);
    try {
      return schema.parse(JSON.parse(text));
    } catch {
      throw new ProblemError([problem('U051', `"${path}" holds no unsaved edits that can be read.`, 'Open the project from its file.')]);
    }
  }

  #file(id: string): string {
    return join(this.#services.folder, `${id}${ENDING}`);
  }
}
