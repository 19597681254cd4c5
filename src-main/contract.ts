/**
 * The one map of what the window may ask of its host, and of what it may hear. Both shells carry it; neither adds to it.
 * Requests and replies are JSON values; event payloads are JSON values or, where the type says so, bytes.
 * `requestSchemas` parses every argument before a handler sees it.
 */
import { z } from 'zod';
import type { ExportFormat } from '../src-engine/document/export-formats.ts';
import type { Problem } from '../src-engine/document/problems.ts';
import type { DataSpec } from '../src-engine/document/project.ts';
import type {
  ClassifyReply,
  ConnectivityReply,
  DataDescription,
  DebugCopyReply,
  DebugNodeReply,
  DebugReply,
  ExplainReply,
  MemoryReply,
  OpenReply,
  ProbeLayer,
  ProbesReply,
  RankReply,
  SampleReply,
  SessionEvents,
  SessionRequests,
  StatesReply,
  StatusReply,
  TranslateReply,
  WeightsReply,
} from '../src-engine/session/protocol.ts';
import type { ChosenData, RecentProject, OpenedFile, UnsavedDocument, KeptRun, RunSummary, RunHistoryReply } from './contract-shapes.ts';

export type { ChosenData, UploadManifest, RecentProject, OpenedFile, UnsavedDocument, KeptRun, RunSummary, RunHistoryReply } from './contract-shapes.ts';

const nothing = z.strictObject({});
/** A project travels as the text of its file: one parser, one size limit, no surprises of structured clone. */
const projectText = z.string().max(64 * 1024 * 1024);

/** Of a project's file, as `project.open` and `project.save` gave it; null where it was never saved. Relative paths of data start at its folder. */
const projectHandle = z.string().max(200).nullable();
/** Of a file's content, as opening and saving gave it; null where there is none. */
const fileVersion = z.string().max(100).nullable();
/** Of a document in one window, made by that window. */
const documentId = z.uuid();
const keptRunId = z.string().regex(/^[\w-]{1,64}$/u);
/** Of data that the user chose in this run. */
const dataToken = z.string().max(200);
/** Base64 of the largest model that the window hands over, 48 MiB. */
const MAX_IMPORT_TEXT = 64 * 1024 * 1024;
const exportFormat = z.enum(['json', 'runtime', 'onnx', 'pytorch', 'keras', 'safetensors'] satisfies ExportFormat[]);
/** `document/data/import-options.ts`. */
const dataOptions = z.record(z.string().max(1000), z.union([z.string().max(10_000), z.number(), z.boolean()]));

/** A command of the window as a menu shows it; the shortcut is written as in the window's registry, e.g. `$mod+Shift+z`. */
const menuCommand = z.strictObject({
  id: z.string().max(100),
  label: z.string().max(200),
  group: z.string().max(50),
  shortcut: z.string().max(50).nullable(),
  /** The system knows it by itself: cut, copy, paste. */
  native: z.boolean(),
  enabled: z.boolean(),
});
export type MenuCommand = z.infer<typeof menuCommand>;

/** Of a document beside its text: the name of its file, that file's version, and whether it is saved as it is. */
const heldDocument = z.strictObject({ id: z.string().max(100), fileName: z.string().max(1024).nullable(), version: fileVersion, saved: z.boolean() });
const runId = z.strictObject({ id: z.string().max(100) });

/** One input of a model: typed, or an example of its data by its place in a part. */
const givenInput = z.union([
  z.strictObject({ text: z.string().max(20_000) }),
  z.strictObject({ sequence: z.array(z.array(z.number()).max(10_000)).max(10_000) }),
  z.strictObject({ vector: z.array(z.number()).max(100_000) }),
  z.strictObject({ part: z.enum(['train', 'validation', 'test']), example: z.int().nonnegative() }),
]);

/** `atStep`: with the weights kept at that step of the training, in place of those there are now. */
const lookRequest = z.strictObject({ input: givenInput, atStep: z.int().nonnegative().optional() });

export const requestSchemas = {
  'app.info': nothing,
  /** Ask for a file and read it (dialog in Electron, upload in a browser: there `text` and `name` come with the request). */
  'project.open': z.strictObject({ name: z.string().max(1024).optional(), text: projectText.optional() }),
  /** Write to the file it came from, or ask where. In a browser the reply carries `download`. */
  'project.save': z.strictObject({
    text: projectText,
    name: z.string().max(200),
    handle: z.string().max(200).nullable(),
    as: z.boolean(),
    /** Of the file as the window knows it; null writes whatever is there by now. */
    version: fileVersion.optional(),
  }),
  /** What happened to a file since it had that version. */
  'project.check': z.strictObject({ handle: z.string().max(200), version: z.string().max(100) }),
  /** Keeps a document's unsaved edits in the user's folder, for the case that this is the last that is heard of it. */
  'unsaved.keep': z.strictObject({ id: documentId, text: projectText, name: z.string().max(200), handle: projectHandle, version: fileVersion }),
  /** What a crash left: documents with unsaved edits and trainings that did not end. Open windows keep theirs apart by their ids. */
  'unsaved.list': nothing,
  /** The edits stay kept until they are discarded. */
  'unsaved.open': z.strictObject({ id: documentId }),
  'unsaved.discard': z.strictObject({ id: documentId }),
  /** The latest that was kept of the run that trains, or that ended with its thread. */
  'checkpoint.latest': nothing,
  /** The run's state as it is now, as a file to go on from. */
  'checkpoint.save': z.strictObject({ name: z.string().max(200) }),
  /** A kept run that the user does not want. */
  'checkpoint.discard': z.strictObject({ id: keptRunId }),
  /** Open a project and go on from a checkpoint, paused there: of a kept run, or from a file. `bytes`, in base64, come with the request where `app.info` says `download`. */
  'session.resume': z.strictObject({
    from: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('kept'), id: keptRunId }),
      z.strictObject({ kind: z.literal('file'), text: projectText, handle: projectHandle, document: heldDocument, bytes: z.base64().optional() }),
    ]),
    opening: z.string().max(100),
  }),
  /** Open a file by the handle that this run gave out: of a recent project, or of one that the system handed over. */
  'project.openKnown': z.strictObject({ handle: z.string().max(200) }),
  /** Projects opened or saved before, the newest first; none in a browser, whose files have no paths. */
  'project.recent': nothing,
  /** Take one out of that list. */
  'project.forget': z.strictObject({ handle: z.string().max(200) }),
  /** The file that the system handed over (a double click, the command line) and that the window has not taken yet; `handed` tells of one. */
  'project.handed': nothing,
  /** The window's commands, for the menu of the shell; a click on one comes back as `command`. */
  'menu.show': z.strictObject({ commands: z.array(menuCommand).max(500) }),
  /** The work is saved: what `saveFirst` asked about goes on. */
  'app.leave': nothing,
  /** What the log holds; null where the shell shows the file in its folder instead. */
  'log.read': nothing,
  /** `document`: what a window that comes later has to know of it; `opening`: the id by which this window knows its own opening again. */
  'session.open': z.strictObject({
    text: projectText,
    handle: projectHandle.optional(),
    keep: z.boolean().optional(),
    /** A safetensors file in base64, as `model.import` gives it. */
    weights: z.string().max(MAX_IMPORT_TEXT).optional(),
    document: heldDocument.optional(),
    opening: z.string().max(100).optional(),
  }),
  /** What the project's data holds, whatever its graph; the session's run stays as it is. */
  'data.preview': z.strictObject({ text: projectText, handle: projectHandle }),
  /** The document of this id was saved after it was opened: a window that comes later shows it so. */
  'session.saved': z.strictObject({ id: z.string().max(100), text: projectText, handle: projectHandle, fileName: z.string().max(1024), version: fileVersion }),
  'session.start': nothing,
  'session.pause': nothing,
  'session.step': nothing,
  'session.stop': nothing,
  'session.reset': nothing,
  'session.setLearningRate': z.strictObject({ value: z.number().positive() }),
  'session.setProbeEvery': z.strictObject({ milliseconds: z.number().nonnegative() }),
  'session.weights': z.strictObject({ node: z.string().max(200) }),
  /** Gates, state norms and spectral radii on the probed examples; the three that cost more where they are asked for. May take seconds; training goes on meanwhile. */
  'session.probes': z.strictObject({ jacobian: z.boolean(), triangle: z.boolean(), copies: z.boolean() }),
  /** A text written with the weights as they are now; training goes on meanwhile. */
  'session.sample': z.strictObject({
    prompt: z.string().max(20_000),
    length: z.int().positive().max(5000),
    temperature: z.number().min(0).max(100),
    topK: z.int().positive().nullable(),
    seed: z.int().min(0).max(4294967295),
  }),
  /** What comes after a typed beginning, or belongs in the blank `___` of a typed text. */
  'session.rankNext': z.strictObject({ text: z.string().max(20_000), count: z.int().positive().max(1000) }),
  /** What the model answers to one input, as it is now. */
  'session.classify': lookRequest,
  /** What each step of the input did to the answer `of`, at output step `at` (from 1). */
  'session.explain': lookRequest.extend({ of: z.string().max(1000).optional(), at: z.int().positive().optional() }),
  'session.connectivity': lookRequest,
  /** The steps after a window of a series, each answer fed back; `hold`: columns that are not answered keep their last value. */
  'session.forecast': z.strictObject({ input: givenInput, steps: z.int().min(1).max(1000), hold: z.boolean() }),
  'session.states': lookRequest,
  /** One example through time and back, and the update it would make; then one copy of a cell or a parameter of it, by the reply's id. Steps count from 1. */
  'session.debug': z.strictObject({ input: givenInput, flow: z.union([z.literal(['last', 'all']), z.int().positive()]).optional() }),
  'session.debugNode': z.strictObject({
    id: z.int().positive(),
    layer: z.string().max(1000),
    direction: z.enum(['forward', 'backward']),
    t: z.int().positive(),
  }),
  'session.debugCopy': z.strictObject({ id: z.int().positive(), parameter: z.string().max(1000), t: z.int().positive() }),
  /** What a model with a decoder writes to one input. */
  'session.translate': z.strictObject({ input: givenInput }),
  'session.status': nothing,
  /** How long a cell of the project remembers, trained by itself on a thread of its own; takes seconds, tells `memory` events. One asked for before is cancelled. */
  'memory.measure': z.strictObject({
    text: projectText,
    node: z.string().max(200),
    seed: z.int().min(0).max(4294967295),
    /** Most updates at each lag. */
    updates: z.int().min(1).max(100_000),
    /** Most time for all lags. */
    seconds: z.number().positive().max(3600),
    longest: z.int().min(1).max(1000),
  }),
  /** Ends it with what has been measured so far. */
  'memory.cancel': nothing,
  /** The project's model as PyTorch code. */
  'code.pytorch': z.strictObject({ text: projectText }),
  /** A chart as a file of its own, in base64; asks where to. In a browser the reply carries `download`. */
  'picture.save': z.strictObject({ name: z.string().max(200), format: z.enum(['png', 'svg', 'csv']), content: z.base64().max(48 * 1024 * 1024) }),
  /** A model from elsewhere, its file in base64; `text` is the open document's, for a file that holds weights alone. */
  'model.import': z.strictObject({ name: z.string().max(200), file: z.string().max(MAX_IMPORT_TEXT), text: projectText.nullable(), handle: projectHandle }),
  /** The trained model for another program, read back and run before it is saved. */
  'session.export': z.strictObject({ name: z.string().max(200), format: exportFormat, arrays: z.boolean() }),
  /** Ask for data to import; used where it is. Where `app.info` says `download`, the window sends it instead: see `UploadManifest`. */
  'data.choose': z.strictObject({ what: z.enum(['file', 'files', 'folder', 'vectors']) }),
  /**
   * Look into data: what was chosen, or what the project in `text` names. Tells `loading` events. `options` are those already decided, the others
   * are looked up. `classes` names the files of `token`, each a class, by their order; `vectors` is the token of word vectors.
   */
  'data.describe': z.strictObject({
    from: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('chosen'), token: dataToken, classes: z.array(z.string().max(200)).max(1000).optional() }),
      z.strictObject({ kind: z.literal('project'), text: projectText }),
    ]),
    vectors: dataToken.optional(),
    options: dataOptions,
    depth: z.enum(['start', 'all']),
    name: z.string().max(200),
    handle: projectHandle,
  }),
  /** The project's data is now what was chosen, or with null what the project names as it is now: its path, size and hash, with the project's other options. Tells `loading` events. */
  'data.locate': z.strictObject({ text: projectText, handle: projectHandle, token: dataToken.nullable() }),
  /** Ends the reading of data that is under way: that request is answered with U036. */
  'data.cancel': nothing,
  /** What the engine holds, for a window that comes to it or has lost touch: document, answer of the opening, and the whole run so far. */
  'runs.current': nothing,
  /** Every run that is kept, the newest first; `own` are those of this document. */
  'runs.list': z.strictObject({ document: z.string().max(100), handle: projectHandle }),
  'runs.read': runId,
  'runs.rename': z.strictObject({ id: z.string().max(100), name: z.string().max(200) }),
  'runs.pin': z.strictObject({ id: z.string().max(100), pinned: z.boolean() }),
  /** Takes a run out of the list; it can be restored until Unroll is closed. */
  'runs.remove': runId,
  'runs.restore': runId,
  /** Puts a kept run back into the engine, with its weights where they are kept. Ends what trained before. */
  'runs.reopen': z.strictObject({ id: z.string().max(100), opening: z.string().max(100) }),
} as const;

export type RequestName = keyof typeof requestSchemas;
export type RequestOf<N extends RequestName> = z.infer<(typeof requestSchemas)[N]>;

/** What the engine holds. */
export interface HeldSession {
  /** By whom it was opened; null where that was no window of this start. */
  readonly opening: string | null;
  /** The run it trains; null before its first update. */
  readonly run: string | null;
  readonly document: { readonly id: string; readonly text: string; readonly handle: string | null } & Omit<
    NonNullable<RequestOf<'session.open'>['document']>,
    'id'
  >;
  /** The document as it was saved after it was opened; null where it was not. */
  readonly since: RequestOf<'session.saved'> | null;
  readonly opened: OpenReply;
  readonly status: StatusReply;
  readonly history: RunHistoryReply;
  /** That follow it, the one that asks among them. */
  readonly windows: number;
}

export interface Replies {
  'app.info': { shell: 'electron' | 'browser'; version: string; files: 'dialog' | 'download' };
  'project.open': { opened: OpenedFile | null };
  /** `changed`: another program or window has written the file since the window's version of it; nothing was saved. */
  'project.save': { saved: { name: string; handle: string | null; version: string | null } | null; download: string | null; changed: boolean };
  'project.check': { change: 'none' | 'changed' | 'gone' };
  'unsaved.keep': { kept: true };
  'unsaved.list': { documents: readonly UnsavedDocument[]; runs: readonly KeptRun[] };
  'unsaved.open': OpenedFile;
  'unsaved.discard': { discarded: true };
  /** `problems`: why there is none newer. */
  'checkpoint.latest': { latest: Omit<KeptRun, 'name'> | null; problems: readonly Problem[] };
  /** `download` is the file in base64 where the shell has no dialog. */
  'checkpoint.save': { saved: { name: string } | null; download: string | null; step: number };
  'checkpoint.discard': { discarded: true };
  /** Null where the dialog was cancelled. */
  'session.resume': { session: HeldSession | null };
  'project.openKnown': Replies['project.open'];
  'project.recent': { recent: readonly RecentProject[] };
  'project.forget': { recent: readonly RecentProject[] };
  'project.handed': { handed: { handle: string; name: string } | null };
  /** Whether there is a menu to show them in. */
  'menu.show': { shown: boolean };
  'app.leave': { leaving: boolean };
  'log.read': { text: string | null };
  'session.open': OpenReply;
  'data.preview': SessionRequests['previewData']['reply'];
  'session.saved': { noted: boolean };
  'session.start': StatusReply;
  'session.pause': StatusReply;
  'session.step': StatusReply;
  'session.stop': StatusReply;
  'session.reset': StatusReply;
  'session.setLearningRate': StatusReply;
  'session.setProbeEvery': StatusReply;
  'session.weights': WeightsReply;
  'session.probes': ProbesReply;
  'session.sample': SampleReply;
  'session.rankNext': RankReply;
  'session.classify': ClassifyReply;
  'session.explain': ExplainReply;
  'session.connectivity': ConnectivityReply;
  'session.forecast': SessionRequests['forecast']['reply'];
  'session.states': StatesReply;
  'session.debug': DebugReply;
  'session.debugNode': DebugNodeReply;
  'session.debugCopy': DebugCopyReply;
  'session.translate': TranslateReply;
  'session.status': StatusReply;
  'memory.measure': MemoryReply;
  'memory.cancel': { readonly cancelled: boolean };
  'code.pytorch': { text: string };
  /** Null where the dialog was cancelled. */
  'data.choose': { chosen: ChosenData | null };
  'data.describe': DataDescription;
  /** `same`: what was chosen has the size and hash that the project remembers. `problems`: why it cannot serve; `data` is then null. */
  'data.locate': { data: DataSpec | null; same: boolean; problems: readonly Problem[] };
  'data.cancel': { cancelled: boolean };
  'runs.current': { session: HeldSession | null };
  /** `notice`: what is wrong with the store, in a sentence. */
  'runs.list': { runs: readonly RunSummary[]; current: string | null; notice: string | null };
  'runs.read': { run: RunSummary; text: string; probeLayers: readonly ProbeLayer[]; steps: number; history: RunHistoryReply };
  'runs.rename': { done: true };
  'runs.pin': { done: true };
  'runs.remove': { done: true };
  'runs.restore': { done: true };
  'runs.reopen': { session: HeldSession };
  'picture.save': { saved: { name: string } | null; download: string | null };
  /** `isOpen`: the document is the one that was open; `weights` is for `session.open`. */
  'model.import': { text: string; isOpen: boolean; weights: string; notes: readonly string[] };
  /** `download` is the file in base64 where the shell has no dialog. `ranBy`: what ran it beside the model; null where nothing on this machine can. */
  'session.export': {
    saved: { name: string } | null;
    download: string | null;
    name: string;
    largestDifference: number;
    examples: number;
    ranBy: string | null;
  };
}

/** Every request answers with one of these: a user's mistake is a value, a bug is a sentence and a log entry. */
export type Reply<N extends RequestName> = { readonly ok: true; readonly value: Replies[N] } | { readonly ok: false; readonly problems: readonly Problem[] };

/** What a desktop shell says beside the session. */
export interface ShellEvents {
  /** A command of the window was chosen in the menu. */
  command: { readonly id: string };
  /** The system handed over a file: ask for it with `project.handed`. */
  handed: Readonly<Record<string, never>>;
  /** The person wants the work saved before the window closes: save, then ask for `app.leave`. */
  saveFirst: Readonly<Record<string, never>>;
}

/** What the host says of runs and of who trains. */
export interface RunsEvents {
  /** A project was opened in the engine, by the window that gave this id with its request; null where none did. */
  opened: { readonly opening: string | null; readonly name: string };
  /** A run began or ended, or its row changed. */
  runs: { readonly current: string | null };
}

/** What the window may hear: everything the session says, what the host keeps of it, and what a shell adds. */
export interface HostEvents extends SessionEvents, RunsEvents, ShellEvents {}
export type HostEventName = keyof HostEvents;
