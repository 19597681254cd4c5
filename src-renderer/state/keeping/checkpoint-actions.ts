import { parseProject } from '../../../src-engine/document/file/parse-project.ts';
import { problem, type Problem } from '../../../src-engine/document/problems.ts';
import { serializeProject } from '../../../src-engine/document/file/serialize-project.ts';
import type { HeldSession, RequestOf } from '../../../src-main/contract.ts';
import type { Client } from '../../bridge/client.ts';
import { attachSession, showRun } from '../runs/attach-session.ts';
import { documentActions, documentStore, isUnsaved } from '../document-store.ts';
import type { EditKeeper } from './keep-edits.ts';
import { forgetDocument, keepingStore } from './keeping-store.ts';
import type { RunStore } from '../run-store.ts';
import { workspaceStore } from '../workspace-store.ts';

/** How a request about kept work ended: what stands in the way, or none. `cancelled`: the person thought better of it. */
export type KeepingOutcome = { readonly kind: 'done'; readonly step: number } | { readonly kind: 'cancelled' } | Refused;
interface Refused {
  readonly kind: 'refused';
  readonly problems: readonly Problem[];
}

/** What a browser has in place of the system's dialogs. */
export interface CheckpointFiles {
  /** The file the person picks, or null. */
  readonly pick: () => Promise<File | null>;
  readonly download: (name: string, content: Uint8Array<ArrayBuffer>) => void;
}

/** Runs that go on from a checkpoint. */
export interface CheckpointActions {
  /** Opens the project of a kept run and goes on from its checkpoint, paused there. */
  readonly resume: (id: string) => Promise<KeepingOutcome>;
  readonly discardRun: (id: string) => Promise<void>;
  /** The run of this window goes on from its last checkpoint, paused there or training; the document stays as it is. */
  readonly restart: (train: boolean) => Promise<KeepingOutcome>;
  readonly saveCheckpoint: () => Promise<KeepingOutcome>;
  /** Goes on with the present document from a checkpoint's file. */
  readonly resumeFromFile: () => Promise<KeepingOutcome>;
}

/** Largest checkpoint that a browser sends: the host takes messages of 160 MiB. */
const MOST_SENT = 100 * 1024 * 1024;

async function ask(client: Client, from: RequestOf<'session.resume'>['from']): Promise<HeldSession | Refused | null> {
  const reply = await client.request('session.resume', { from, opening: crypto.randomUUID() });
  return reply.ok ? reply.value.session : { kind: 'refused', problems: reply.problems };
}

/** Shows a session that was resumed beside the document there is. */
function showBeside(session: HeldSession, store: RunStore): KeepingOutcome {
  const parsed = parseProject(session.document.text);
  if (!parsed.ok) return { kind: 'refused', problems: parsed.problems };
  showRun(session, parsed.project, store);
  return { kind: 'done', step: session.status.step };
}

async function resumeKept(id: string, client: Client, store: RunStore, keeper: EditKeeper): Promise<KeepingOutcome> {
  const session = await ask(client, { kind: 'kept', id });
  if (session === null) return { kind: 'cancelled' };
  if ('kind' in session) return session;
  const unsaved = keepingStore.getState().documents.find((each) => each.id === session.document.id);
  const edits = unsaved === undefined ? null : await client.request('unsaved.open', { id: unsaved.id });
  if (!attachSession(session, store, { kind: 'document' }, edits?.ok === true ? edits.value.text : null)) {
    return { kind: 'refused', problems: [problem('U051', 'The project of this run cannot be read.', 'Discard the run.')] };
  }
  if (unsaved !== undefined) {
    documentActions.markUnsaved();
    keeper.adopt(unsaved.id);
    forgetDocument(unsaved.id);
  }
  keepingStore.setState(({ runs }) => ({ runs: runs.filter((run) => run.id !== id) }));
  return { kind: 'done', step: session.status.step };
}

async function resumeFromFile(client: Client, store: RunStore, files: CheckpointFiles): Promise<KeepingOutcome> {
  const info = await client.request('app.info', {});
  if (!info.ok) return { kind: 'refused', problems: info.problems };
  const picked = info.value.files === 'download' ? await files.pick() : null;
  if (info.value.files === 'download' && picked === null) return { kind: 'cancelled' };
  if (picked !== null && picked.size > MOST_SENT) return { kind: 'refused', problems: [tooLarge(picked)] };
  const file = workspaceStore.getState().file;
  const document = {
    id: documentStore.getState().id,
    fileName: file?.name ?? null,
    version: file?.version ?? null,
    saved: !isUnsaved(documentStore.getState()),
  };
  const bytes = picked === null ? {} : { bytes: await base64Of(picked) };
  const text = serializeProject(documentStore.getState().project);
  const session = await ask(client, { kind: 'file', text, handle: file?.handle ?? null, document, ...bytes });
  if (session === null) return { kind: 'cancelled' };
  return 'kind' in session ? session : showBeside(session, store);
}

export function createCheckpointActions(client: Client, store: RunStore, keeper: EditKeeper, files: CheckpointFiles): CheckpointActions {
  const restart = async (train: boolean): Promise<KeepingOutcome> => {
    const last = keepingStore.getState().lastCheckpoint;
    const session = last === null ? null : await ask(client, { kind: 'kept', id: last.id });
    if (session === null) return { kind: 'cancelled' };
    if ('kind' in session) return session;
    const outcome = showBeside(session, store);
    const started = train ? await client.request('session.start', {}) : null;
    if (started?.ok === true) store.setState({ status: started.value });
    return outcome;
  };

  const saveCheckpoint = async (): Promise<KeepingOutcome> => {
    const { name } = documentStore.getState().project;
    const reply = await client.request('checkpoint.save', { name });
    if (!reply.ok) return { kind: 'refused', problems: reply.problems };
    const { saved, download, step } = reply.value;
    if (saved === null) return { kind: 'cancelled' };
    if (download !== null) files.download(saved.name, bytesOf(download));
    return { kind: 'done', step };
  };

  return {
    resume: (id) => resumeKept(id, client, store, keeper),
    discardRun: async (id) => {
      keepingStore.setState(({ runs }) => ({ runs: runs.filter((run) => run.id !== id) }));
      await client.request('checkpoint.discard', { id });
    },
    restart,
    saveCheckpoint,
    resumeFromFile: () => resumeFromFile(client, store, files),
  };
}

function tooLarge({ name, size }: File): Problem {
  const [megabytes, most] = [size, MOST_SENT].map((bytes) => (bytes / 2 ** 20).toFixed(0));
  return problem(
    'U005',
    `${name} has ${megabytes} MiB; a browser can send a checkpoint of up to ${most} MiB.`,
    'Use the desktop app, or --resume on the command line.',
  );
}

async function base64Of(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const parts: string[] = [];
  // In pieces: a function takes only so many arguments.
  for (let at = 0; at < bytes.length; at += 0x8000) parts.push(String.fromCharCode(...bytes.subarray(at, at + 0x8000)));
  return btoa(parts.join(''));
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}
