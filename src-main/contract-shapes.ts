/** What the replies and events of the contract are made of. */
import type { SessionEvents, Validation } from '../src-engine/session/protocol.ts';

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

export interface RecentProject {
  readonly handle: string;
  readonly name: string;
  /** The name of its folder, not the way there. */
  readonly folder: string;
  /** When it was opened or saved last, in milliseconds since 1970. */
  readonly used: number;
}

/** A project as its file has it. */
export interface OpenedFile {
  readonly text: string;
  readonly name: string;
  readonly handle: string | null;
  /** Null where there is no file that could change. */
  readonly version: string | null;
}

/** Edits that are in no file. */
export interface UnsavedDocument {
  readonly id: string;
  readonly name: string;
  /** When they were kept, in milliseconds since 1970. */
  readonly time: number;
}

/** A training that a crash ended, with its latest checkpoint. */
export interface KeptRun {
  readonly id: string;
  readonly name: string;
  /** Updates made. */
  readonly step: number;
  /** When it was kept, in milliseconds since 1970. */
  readonly time: number;
}

/** A run as the list shows it. Times in milliseconds since 1970. */
export interface RunSummary {
  readonly id: string;
  /** Of this window's document. */
  readonly own: boolean;
  readonly projectName: string;
  readonly name: string;
  readonly started: number;
  readonly ended: number | null;
  /** When it was pinned; null where it is not. */
  readonly pinned: number | null;
  /** `ended`: another run or project took its place; `interrupted`: its process or the engine ended. */
  readonly state: 'running' | 'paused' | 'done' | 'failed' | 'ended' | 'interrupted';
  /** From the run of its project before it, in words; null for the first. */
  readonly difference: readonly string[] | null;
  readonly steps: number;
  /** Of training. */
  readonly seconds: number;
  /** Mean train loss of the last updates; null where it is not finite. */
  readonly loss: number | null;
  readonly score: { readonly part: 'validation' | 'test'; readonly metric: Validation['metric']; readonly score: number } | null;
  readonly parameters: number;
  readonly hasWeights: boolean;
  readonly bytes: number;
}

/** What a run has shown, as `src-engine/history` keeps it; bytes in base64. */
export interface RunHistoryReply {
  /** `LossSeries.encode`. */
  readonly points: string;
  /** Payloads of `probe` events, oldest first. */
  readonly frames: readonly string[];
  readonly validations: readonly SessionEvents['validation'][];
  readonly progress: SessionEvents['progress'] | null;
  /** Largest global gradient norm before clipping; null where one was not finite. */
  readonly largestNorm: number | null;
  readonly stopped: SessionEvents['stopped'] | null;
  readonly done: SessionEvents['done'] | null;
}
