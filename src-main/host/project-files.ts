import { dirname } from 'node:path';
import type { Replies, RequestOf } from '../contract.ts';
import { problem, ProblemError } from '../../src-engine/document/problems.ts';
import { writeFileAtomic, type WriteServices } from './atomic-write.ts';
import { FileHandles, shownName } from './file-handles.ts';
import { readTextFile } from './read-text.ts';

/** How a shell opens and saves: with dialogs of the system, or by upload and download. */
export interface ProjectFiles {
  readonly kind: 'dialog' | 'download';
  open(argument: RequestOf<'project.open'>): Promise<Replies['project.open']>;
  saveProject(argument: RequestOf<'project.save'>): Promise<Replies['project.save']>;
  saveModel(fileName: string, bytes: Uint8Array): Promise<Pick<Replies['session.export'], 'saved' | 'download'>>;
  /** The folder that the file of this handle lies in; null where there is none. */
  folderOf(handle: string | null): string | null;
}

/** Paths that the user chose; null where the dialog was cancelled. */
export interface FileDialogs {
  chooseProjectToOpen(): Promise<string | null>;
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
  async openPath(path: string): Promise<{ text: string; name: string; handle: string }> {
    const text = await readTextFile(path, this.#services.fileSystem);
    return { text, name: shownName(path), handle: this.#handles.issue(path) };
  }

  async saveProject(argument: RequestOf<'project.save'>): Promise<Replies['project.save']> {
    const path = await this.#pathToSave(argument);
    if (path === null) return { saved: null, download: null };
    await writeFileAtomic(path, argument.text, this.#services);
    return { saved: { name: shownName(path), handle: this.#handles.issue(path) }, download: null };
  }

  async saveModel(fileName: string, bytes: Uint8Array): Promise<{ saved: { name: string } | null; download: null }> {
    const path = await this.#dialogs.chooseModelToSave(safeFileName(fileName));
    if (path === null) return { saved: null, download: null };
    await writeFileAtomic(path, bytes, this.#services);
    return { saved: { name: shownName(path) }, download: null };
  }

  folderOf(handle: string | null): string | null {
    const path = handle === null ? null : this.#handles.pathOf(handle);
    return path === null ? null : dirname(path);
  }

  async #pathToSave(argument: RequestOf<'project.save'>): Promise<string | null> {
    if (argument.handle !== null && !argument.as) {
      const known = this.#handles.pathOf(argument.handle);
      if (known !== null) return known;
    }
    return await this.#dialogs.chooseProjectToSave(safeFileName(withExtension(argument.name)));
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
    return Promise.resolve({ opened: { text, name: name ?? 'project.unroll', handle: null } });
  },
  saveProject: ({ name, text }) => Promise.resolve({ saved: { name: safeFileName(withExtension(name)), handle: null }, download: text }),
  saveModel: (fileName, bytes) => Promise.resolve({ saved: { name: safeFileName(fileName) }, download: Buffer.from(bytes).toString('base64') }),
  folderOf: () => null,
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
