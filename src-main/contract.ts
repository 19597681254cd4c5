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
  ExplainReply,
  OpenReply,
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

const nothing = z.strictObject({});
/** A project travels as the text of its file: one parser, one size limit, no surprises of structured clone. */
const projectText = z.string().max(64 * 1024 * 1024);

/** Of a project's file, as `project.open` and `project.save` gave it; null where it was never saved. Relative paths of data start at its folder. */
const projectHandle = z.string().max(200).nullable();
/** Of data that the user chose in this run. */
const dataToken = z.string().max(200);
const exportFormat = z.enum(['json', 'onnx', 'pytorch', 'safetensors'] satisfies ExportFormat[]);
/** `document/import-options.ts`. */
const dataOptions = z.record(z.string().max(1000), z.union([z.string().max(10_000), z.number(), z.boolean()]));

/** One input of a model: typed, or an example of its data by its place in a part. */
const givenInput = z.union([
  z.strictObject({ text: z.string().max(20_000) }),
  z.strictObject({ sequence: z.array(z.array(z.number()).max(10_000)).max(10_000) }),
  z.strictObject({ vector: z.array(z.number()).max(100_000) }),
  z.strictObject({ part: z.enum(['train', 'validation', 'test']), example: z.int().nonnegative() }),
]);

export const requestSchemas = {
  'app.info': nothing,
  /** Ask for a file and read it (dialog in Electron, upload in a browser: there `text` and `name` come with the request). */
  'project.open': z.strictObject({ name: z.string().max(1024).optional(), text: projectText.optional() }),
  /** Write to the file it came from, or ask where. In a browser the reply carries `download`. */
  'project.save': z.strictObject({ text: projectText, name: z.string().max(200), handle: z.string().max(200).nullable(), as: z.boolean() }),
  'session.open': z.strictObject({ text: projectText, handle: projectHandle.optional(), keep: z.boolean().optional() }),
  /** What the project's data holds, whatever its graph; the session's run stays as it is. */
  'data.preview': z.strictObject({ text: projectText, handle: projectHandle }),
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
  'session.classify': z.strictObject({ input: givenInput }),
  /** What each step of the input did to the answer `of`, at output step `at` (from 1). */
  'session.explain': z.strictObject({ input: givenInput, of: z.string().max(1000).optional(), at: z.int().positive().optional() }),
  'session.connectivity': z.strictObject({ input: givenInput }),
  /** The steps after a window of a series, each answer fed back; `hold`: columns that are not answered keep their last value. */
  'session.forecast': z.strictObject({ input: givenInput, steps: z.int().min(1).max(1000), hold: z.boolean() }),
  'session.states': z.strictObject({ input: givenInput }),
  /** What a model with a decoder writes to one input. */
  'session.translate': z.strictObject({ input: givenInput }),
  'session.status': nothing,
  /** The project's model as PyTorch code. */
  'code.pytorch': z.strictObject({ text: projectText }),
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
} as const;

export type RequestName = keyof typeof requestSchemas;
export type RequestOf<N extends RequestName> = z.infer<(typeof requestSchemas)[N]>;

/** Data that the user chose: files, or a folder of them. */
export interface ChosenData {
  readonly token: string;
  /** Of the file or folder, without its path; of several files that of the first. */
  readonly name: string;
  readonly kind: 'file' | 'files' | 'folder';
  /** The first hundred, in their order, by their path in what was chosen. */
  readonly files: readonly { readonly name: string; readonly bytes: number }[];
  readonly fileCount: number;
  readonly bytes: number;
}

/**
 * How a browser's window hands over data: `POST /data` with one line of JSON, this, and then the bytes of its files one after the other. The answer
 * is JSON, `Reply<'data.choose'>`. `path` is the file's own, for a folder from the folder on, with forward slashes.
 */
export interface UploadManifest {
  readonly kind: ChosenData['kind'] | 'vectors';
  readonly files: readonly { readonly path: string; readonly bytes: number }[];
}

export interface Replies {
  'app.info': { shell: 'electron' | 'browser'; version: string; files: 'dialog' | 'download' };
  'project.open': { opened: { text: string; name: string; handle: string | null } | null };
  'project.save': { saved: { name: string; handle: string | null } | null; download: string | null };
  'session.open': OpenReply;
  'data.preview': SessionRequests['previewData']['reply'];
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
  'session.translate': TranslateReply;
  'session.status': StatusReply;
  'code.pytorch': { text: string };
  /** Null where the dialog was cancelled. */
  'data.choose': { chosen: ChosenData | null };
  'data.describe': DataDescription;
  /** `same`: what was chosen has the size and hash that the project remembers. `problems`: why it cannot serve; `data` is then null. */
  'data.locate': { data: DataSpec | null; same: boolean; problems: readonly Problem[] };
  'data.cancel': { cancelled: boolean };
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

/** What the window may hear: everything the session says. */
export type HostEvents = SessionEvents;
export type HostEventName = keyof HostEvents;
