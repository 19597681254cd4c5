import { dirname } from 'node:path';
import type { OpenedFile, Replies, RequestOf } from '../../contract.ts';
import { problem, ProblemError } from '../../../src-engine/document/problems.ts';
import { writeFileAtomic, type WriteServices } from './atomic-write.ts';
import { FileHandles, shownName } from './file-handles.ts';
import { changeOf, versionOf, type FileChange } from './file-version.ts';
import { decodeText, MAX_TEXT_BYTES, readBytesFile } from './read-text.ts';

/** How a shell opens and saves: with dialogs of the system, or by upload and download. */
export interface ProjectFiles {
  readonly kind: 'dialog' | 'download';
  open(argument: RequestOf<'project.open'>): Promise<Replies['project.open']>;
  saveProject(argument: RequestOf<'project.save'>): Promise<Replies['project.save']>;
  saveModel(fileName: string, bytes: Uint8Array): Promise<Pick<Replies['session.export'], 'saved' | 'download'>>;
  /** Null where the dialog was cancelled, or where there is none: the window then sends the file. */
  chooseCheckpoint(): Promise<string | null>;
  /** The folder that the file of this handle lies in; null where there is none. */
  folderOf(handle: string | null): string | null;
  /** What happened to the file of this handle since it had that version; none where it is in no file that is known. Throws ProblemError U051. */
  changeOf(handle: string, version: string): Promise<FileChange>;
  /** For the host's own use; null where this run never gave out such a handle, or has no paths. */
  pathOf(handle: string): string | null;
  handleOf(path: string): string | null;
}

/** Paths that the user chose; null where the dialog was cancelled. */
export interface FileDialogs {
  chooseProjectToOpen(): Promise<string | null>;
  chooseCheckpointToOpen(): Promise<string | null>;
  chooseProjectToSave(suggestedName: string): Promise<string | null>;
  chooseModelToSave(suggestedName: string): Promise<string | null>;
}

const PROJECT_EXTENSION = '.unroll';

/** Files behind the system's dialogs. */
export class DialogFiles implements ProjectFiles {
  readonly kind = 'dialog';
  readonly #dialogs: FileDialogs;
  readonly #services: WriteServices;
  readonly #handles: FileHandles;
  #saving: Promise<unknown> = Promise.resolve();

  constructor(dialogs: FileDialogs, services: WriteServices) {
    this.#dialogs = dialogs;
    this.#services = services;
    this.#handles = new FileHandles(services.randomId);
  }

  async open(): Promise<Replies['project.open']> {
    const path = await this.#dialogs.chooseProjectToOpen();
    if (path === null) return { opened: null };
    return { opened: await this.openPath(path) };
  }

  /** For a file that the system hands over: the command line, a double click, recent documents. */
  async openPath(path: string): Promise<OpenedFile & { readonly handle: string }> {
    const bytes = await readBytesFile(path, this.#services.fileSystem, MAX_TEXT_BYTES);
    return { text: decodeText(bytes, path), name: shownName(path), handle: this.#handles.issue(path), version: versionOf(bytes) };
  }

  /** One after another: what a window saves, the next one finds changed. */
  saveProject(argument: RequestOf<'project.save'>): Promise<Replies['project.save']> {
    const saved = this.#saving.then(() => this.#save(argument));
    this.#saving = saved.catch(() => undefined);
    return saved;
  }

  async #save(argument: RequestOf<'project.save'>): Promise<Replies['project.save']> {
    const { handle, version, text } = argument;
    const known = handle === null || argument.as ? null : this.#handles.pathOf(handle);
    if (known !== null && version !== undefined && version !== null && (await changeOf(known, version, this.#services.fileSystem)) === 'changed')
      return { saved: null, download: null, changed: true };
    const path = known ?? (await this.#dialogs.chooseProjectToSave(safeFileName(withExtension(argument.name))));
    if (path === null) return { saved: null, download: null, changed: false };
    await writeFileAtomic(path, text, this.#services);
    return { saved: { name: shownName(path), handle: this.#handles.issue(path), version: versionOf(text) }, download: null, changed: false };
  }

  async saveModel(fileName: string, bytes: Uint8Array): Promise<{ saved: { name: string } | null; download: null }> {
    const path = await this.#dialogs.chooseModelToSave(safeFileName(fileName));
    if (path === null) return { saved: null, download: null };
    await writeFileAtomic(path, bytes, this.#services);
    return { saved: { name: shownName(path) }, download: null };
  }

  chooseCheckpoint(): Promise<string | null> {
    return this.#dialogs.chooseCheckpointToOpen();
  }

  folderOf(handle: string | null): string | null {
    const path = handle === null ? null : this.#handles.pathOf(handle);
    return path === null ? null : dirname(path);
  }

  async changeOf(handle: string, version: string): Promise<FileChange> {
    const path = this.#handles.pathOf(handle);
    return path === null ? 'none' : await changeOf(path, version, this.#services.fileSystem);
  }

  pathOf(handle: string): string | null {
    return this.#handles.pathOf(handle);
  }

  handleOf(path: string): string {
    return this.#handles.issue(path);
  }
}

/** A browser's files: the window uploads what it opens and downloads what it saves. */
export const DOWNLOAD_FILES: ProjectFiles = {
  kind: 'download',
  open: ({ name, text }) => {
    if (text === undefined) {
      const missing = problem('U051', 'No file came with the request to open one.', 'Choose a file in the browser, or drop one on the window.');
      return Promise.reject(new ProblemError([missing]));
    }
    return Promise.resolve({ opened: { text, name: name ?? 'project.unroll', handle: null, version: null } });
  },
  saveProject: ({ name, text }) =>
    Promise.resolve({ saved: { name: safeFileName(withExtension(name)), handle: null, version: null }, download: text, changed: false }),
  saveModel: (fileName, bytes) => Promise.resolve({ saved: { name: safeFileName(fileName) }, download: Buffer.from(bytes).toString('base64') }),
  chooseCheckpoint: () => Promise.resolve(null),
  folderOf: () => null,
  changeOf: () => Promise.resolve('none'),
  pathOf: () => null,
  handleOf: () => null,
};

function withExtension(name: string): string {
  return name.toLowerCase().endsWith(PROJECT_EXTENSION) ? name : `${name}${PROJECT_EXTENSION}`;
}

/** A name without anything that a file system takes for a path, a device or a hidden file. */
export function safeFileName(name: string): string {
  const plain = Array.from(name, (letter) => (isUnsafe(letter) ? '-' : letter))
    .join('')
    .replace(/^[.\s]+|[.\s]+$/gu, '');
  return plain === '' ? 'untitled' : plain;
}

function isUnsafe(letter: string): boolean {
  return letter < ' ' || letter === '\u007f' || '<>:"/\\|?*'.includes(letter);
}
