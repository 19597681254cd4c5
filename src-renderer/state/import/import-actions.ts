import type { FlatOptions } from '../../../src-engine/document/data/import-options.ts';
import { parseProjectValue } from '../../../src-engine/document/file/parse-project.ts';
import type { Problem } from '../../../src-engine/document/problems.ts';
import type { Project } from '../../../src-engine/document/project.ts';
import { setData } from '../../../src-engine/document/project-edits.ts';
import type { DataDescription } from '../../../src-engine/session/protocol.ts';
import type { ChosenData, RequestOf, UploadManifest } from '../../../src-main/contract.ts';
import type { Client } from '../../bridge/client.ts';
import type { ParsedReply } from '../../bridge/schemas.ts';
import type { PickedFile, Upload } from '../../bridge/upload.ts';
import { documentActions } from '../document-store.ts';
import { NO_IMPORT, type ImportData, type ImportStore, type ImportWork } from './import-store.ts';
import { workspaceStore } from '../workspace-store.ts';

/** Bytes of data that is read to its end as soon as it is chosen. */
const READ_AT_ONCE = 8e6;

export type DataKind = UploadManifest['kind'];

/** What a browser has in place of the system's dialogs. */
export interface DataPicker {
  readonly pick: (kind: DataKind) => Promise<readonly PickedFile[]>;
  readonly upload: (upload: Upload) => Promise<ParsedReply<'data.choose'>>;
}

/** Options that are changed; `undefined` leaves one to the data again. */
export type OptionChange = Readonly<Record<string, FlatOptions[string] | undefined>>;

export interface ImportActions {
  readonly open: () => void;
  readonly close: () => void;
  /** Another file in place of the one chosen. */
  readonly choose: (kind: DataKind) => Promise<void>;
  /** Files that were dropped on the window. */
  readonly take: (files: readonly PickedFile[], kind: DataKind) => Promise<void>;
  readonly decide: (change: OptionChange) => Promise<void>;
  readonly nameClasses: (names: readonly string[]) => Promise<void>;
  /** Reads everything and gives a project for it; null where that could not be done. */
  readonly create: () => Promise<Project | null>;
  /** Reads everything and makes it the data of the open project, as one undo step; true where that was done. */
  readonly use: () => Promise<boolean>;
  readonly cancel: () => void;
}

/** Asks a person for data, in whichever way the shell has. Null where they changed their mind. */
export function createChooser(client: Client, picker: DataPicker) {
  return async (kind: DataKind, onProgress: Upload['onProgress'], signal: AbortSignal): Promise<ParsedReply<'data.choose'>> => {
    const info = await client.request('app.info', {});
    if (!info.ok) return info;
    if (info.value.files === 'dialog') return client.request('data.choose', { what: kind });
    const files = await picker.pick(kind);
    return files.length === 0 ? { ok: true, value: { chosen: null } } : picker.upload({ kind, files, onProgress, signal });
  };
}

export function createImportActions(client: Client, store: ImportStore, picker: DataPicker): ImportActions {
  const chooser = createChooser(client, picker);
  let turn = 0;
  let sending = new AbortController();

  client.on('loading', ({ bytes, totalBytes }) => {
    const { work } = store.getState();
    if (work?.kind === 'reading') store.setState({ work: { ...work, done: bytes, total: totalBytes } });
  });

  /** Null where something newer has taken its place, or it was refused. */
  const describe = async (depth: 'start' | 'all', kind: ImportWork['kind']): Promise<DataDescription | null> => {
    const request = describeRequest(store.getState(), depth);
    if (request === null) return null;
    const mine = ++turn;
    store.setState({ work: { kind, done: 0, total: 0 }, problems: [] });
    const reply = await client.request('data.describe', request);
    if (mine !== turn) return null;
    store.setState(reply.ok ? { work: null, description: reply.value } : { work: null, problems: reply.problems.filter(({ code }) => code !== 'U036') });
    return reply.ok ? reply.value : null;
  };

  const receive = async (
    ask: (onProgress: Upload['onProgress'], signal: AbortSignal) => Promise<ParsedReply<'data.choose'>>,
    kind: DataKind,
  ): Promise<void> => {
    sending = new AbortController();
    const mine = ++turn;
    const reply = await ask((done, total) => {
      if (mine === turn) store.setState({ work: { kind: 'copying', done, total } });
    }, sending.signal);
    if (mine !== turn) return;
    store.setState({ work: null });
    if (!reply.ok) store.setState({ problems: reply.problems });
    else if (reply.value.chosen !== null) {
      keep(store, reply.value.chosen, kind);
      await look();
    }
  };

  /** The beginning at once; what is small then to its end, for its classes, lengths and words. */
  const look = async (): Promise<void> => {
    const description = await describe('start', 'looking');
    if (description !== null && description.problems.length === 0 && description.bytes <= READ_AT_ONCE) await describe('all', 'looking');
  };

  const everything = async (): Promise<DataDescription | null> => {
    const description = await describe('all', 'reading');
    return description !== null && description.problems.length === 0 ? description : null;
  };

  return {
    open: () => {
      store.setState({ ...NO_IMPORT, open: true });
    },
    close: () => {
      turn++;
      sending.abort();
      if (store.getState().work !== null) void client.request('data.cancel', {});
      store.setState(NO_IMPORT);
    },
    choose: (kind) => receive((onProgress, signal) => chooser(kind, onProgress, signal), kind),
    take: (files, kind) => {
      store.setState({ ...NO_IMPORT, open: true });
      return receive((onProgress, signal) => picker.upload({ kind, files, onProgress, signal }), kind);
    },
    decide: async (change) => {
      store.setState(({ decided }) => ({ decided: applyChange(decided, change) }));
      await look();
    },
    nameClasses: async (classes) => {
      store.setState({ classes });
      await look();
    },
    create: async () => readProject(store, await everything()),
    use: async () => takeData(store, await everything()),
    cancel: () => {
      turn++;
      sending.abort();
      store.setState({ work: null });
      void client.request('data.cancel', {});
    },
  };
}

function describeRequest({ chosen, vectors, classes, decided }: ImportData, depth: 'start' | 'all'): RequestOf<'data.describe'> | null {
  if (chosen === null) return null;
  return {
    from: { kind: 'chosen', token: chosen.token, ...(classes === null ? {} : { classes: [...classes] }) },
    ...(vectors === null ? {} : { vectors: vectors.token }),
    options: decided,
    depth,
    name: projectName(chosen),
    handle: workspaceStore.getState().file?.handle ?? null,
  };
}

/** Takes data just chosen; what was decided about the data before it does not hold for it. */
function keep(store: ImportStore, chosen: ChosenData, kind: DataKind): void {
  const change: Partial<ImportData> = kind === 'vectors' ? { vectors: chosen } : { chosen, classes: null, vectors: null, decided: {}, description: null };
  store.setState({ ...change, problems: [] });
}

/** The file's name without its ending. */
function projectName({ name }: ChosenData): string {
  return name.replace(/\.[^.]{1,8}$/u, '') || name;
}

function applyChange(decided: FlatOptions, change: OptionChange): FlatOptions {
  const merged = Object.entries({ ...decided, ...change });
  return Object.fromEntries(merged.flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const])));
}

function takeData(store: ImportStore, description: DataDescription | null): boolean {
  if (description === null) return false;
  documentActions.editProject(`Data: ${store.getState().chosen?.name ?? 'imported'}`, (project) => setData(project, description.data));
  return true;
}

function readProject(store: ImportStore, description: DataDescription | null): Project | null {
  if (description === null) return null;
  const { project } = description;
  const parsed: { readonly ok: true; readonly project: Project } | { readonly ok: false; readonly problems: readonly Problem[] } = parseProjectValue(project);
  if (parsed.ok) return parsed.project;
  store.setState({ problems: parsed.problems });
  return null;
}
