import { MAX_BYTES } from '../../../src-engine/document/file/read-json.ts';
import { parseProject } from '../../../src-engine/document/file/parse-project.ts';
import { problem, type Problem } from '../../../src-engine/document/problems.ts';
import type { Project } from '../../../src-engine/document/project.ts';
import { serializeProject } from '../../../src-engine/document/file/serialize-project.ts';
import type { Client } from '../../bridge/client.ts';
import type { OpenedFile } from '../../../src-main/contract.ts';
import type { ParsedReply } from '../../bridge/schemas.ts';
import { documentActions, documentStore } from '../document-store.ts';
import type { ModelImported } from '../import/model-import.ts';
import { recentStore } from './recent-store.ts';
import { workspaceStore } from '../workspace-store.ts';

/** How a request about files ended. */
export type FileOutcome =
  | { readonly kind: 'done'; readonly name: string; readonly warnings: readonly Problem[] }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] };

/** What a browser has in place of the system's dialogs. */
export interface BrowserFiles {
  /** The file the person picks, or null. */
  readonly pick: () => Promise<File | null>;
  readonly download: (name: string, content: string | Uint8Array<ArrayBuffer>) => void;
  /** Hands a dropped file to a host that opens it where it lies; null where there is none, and the file is read here. */
  readonly handOver: ((file: File) => Promise<ParsedReply<'project.open'>>) | null;
}

export interface FileActions {
  readonly open: () => Promise<FileOutcome>;
  /** A file that was dropped on the window. */
  readonly openFile: (file: File) => Promise<FileOutcome>;
  /** A recent project, or a file that the system handed over. */
  readonly openKnown: (handle: string) => Promise<FileOutcome>;
  /** Takes a project out of the recent ones; its file stays. */
  readonly forget: (handle: string) => Promise<void>;
  /** Where the file has changed since the window read it, the person is asked (`fileChange`), unless it is to be overwritten. */
  readonly save: (as: boolean, overwrite?: boolean) => Promise<FileOutcome>;
  /** The document as its file has it by now; edits since are lost. */
  readonly reload: () => Promise<FileOutcome>;
  /** A document that is in no file: a template, or an empty one. */
  readonly start: (project: Project) => void;
  /** A model of another program, or weights for the open document. */
  readonly importModel: (file: File) => Promise<ModelImported>;
}

function tooLarge(name: string, size: number): Problem {
  const megabytes = (size / 1e6).toFixed(0);
  return problem('U005', `${name} has ${megabytes} MB; a project may have ${(MAX_BYTES / 1e6).toFixed(0)} MB.`, 'Open a .unroll file.');
}

function show({ text, name, handle, version }: OpenedFile): FileOutcome {
  const parsed = parseProject(text);
  if (!parsed.ok) return { kind: 'refused', problems: parsed.problems };
  workspaceStore.setState({ file: { name, handle, version }, fileChange: 'none', galleryOpen: false });
  documentActions.load(parsed.project, true);
  return { kind: 'done', name, warnings: parsed.warnings };
}

export function createFileActions(client: Client, browser: BrowserFiles): Omit<FileActions, 'importModel'> {
  const take = (reply: ParsedReply<'project.open'>): FileOutcome => {
    if (!reply.ok) return { kind: 'refused', problems: reply.problems };
    const { opened } = reply.value;
    return opened === null ? { kind: 'cancelled' } : show(opened);
  };

  const ask = async (argument: { readonly name?: string; readonly text?: string }): Promise<FileOutcome> =>
    take(await client.request('project.open', argument));

  const openFile = async (file: File): Promise<FileOutcome> => {
    if (file.size > MAX_BYTES) return { kind: 'refused', problems: [tooLarge(file.name, file.size)] };
    if (browser.handOver !== null) return take(await browser.handOver(file));
    return ask({ name: file.name, text: await file.text() });
  };

  const open = async (): Promise<FileOutcome> => {
    const info = await client.request('app.info', {});
    if (!info.ok) return { kind: 'refused', problems: info.problems };
    if (info.value.files === 'dialog') return ask({});
    const file = await browser.pick();
    return file === null ? { kind: 'cancelled' } : openFile(file);
  };

  const save = async (as: boolean, overwrite = false): Promise<FileOutcome> => {
    const { project } = documentStore.getState();
    const { handle = null, version = null } = workspaceStore.getState().file ?? {};
    const argument = { text: serializeProject(project), name: project.name, handle, as, version: overwrite ? null : version };
    const reply = await client.request('project.save', argument);
    if (!reply.ok) return { kind: 'refused', problems: reply.problems };
    const { saved, download, changed } = reply.value;
    if (changed) workspaceStore.setState({ fileChange: 'ask' });
    if (saved === null) return { kind: 'cancelled' };
    if (download !== null) browser.download(saved.name, download);
    documentActions.markSaved(project);
    workspaceStore.setState({ file: saved, fileChange: 'none' });
    return { kind: 'done', name: saved.name, warnings: [] };
  };

  const start = (project: Project): void => {
    workspaceStore.setState({ file: null, fileChange: 'none', galleryOpen: false });
    documentActions.load(project, false);
  };

  const openKnown = async (handle: string): Promise<FileOutcome> => take(await client.request('project.openKnown', { handle }));

  const forget = async (handle: string): Promise<void> => {
    const reply = await client.request('project.forget', { handle });
    if (reply.ok) recentStore.setState(reply.value.recent, true);
  };

  const reload = async (): Promise<FileOutcome> => {
    const handle = workspaceStore.getState().file?.handle ?? null;
    return handle === null ? { kind: 'cancelled' } : openKnown(handle);
  };

  return { open, openFile, openKnown, forget, save, reload, start };
}
