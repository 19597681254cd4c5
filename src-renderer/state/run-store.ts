import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Problem } from '../../src-engine/document/problems.ts';
import type { Project } from '../../src-engine/document/project.ts';
import type { OpenReply, Progress, SessionEvents, StatusReply, Validation } from '../../src-engine/session/protocol.ts';
import type { Probe } from '../../src-engine/history/decode-frames.ts';
import type { ConnectionState } from '../bridge/transport.ts';
import { LossSeries } from '../../src-engine/history/loss-series.ts';

/** What one run has shown so far. */
export interface RunHistory {
  /** The same object for as long as the run lasts; `points` changes whenever it grows. */
  readonly series: LossSeries;
  readonly points: number;
  /** Of all updates, before clipping; infinite where one was not finite. */
  readonly largestNorm: number;
  readonly progress: Progress | null;
  readonly validations: readonly Validation[];
  /** Oldest first; the last is the latest. */
  readonly frames: readonly Probe[];
  readonly stopped: SessionEvents['stopped'] | null;
  readonly done: SessionEvents['done'] | null;
}

export interface RunData extends RunHistory {
  readonly connection: ConnectionState;
  readonly status: StatusReply | null;
  /** The session's answer for the project it holds; null before the first and while a new one is asked for. */
  readonly opened: OpenReply | null;
  /** `trainingKey` of the project the session holds. */
  readonly openedKey: string | null;
  /** `dataKey` of the data that `opened` speaks of. */
  readonly openedData: string | null;
  /** The project as it was when the session opened it; null before the first. */
  readonly openedProject: Project | null;
  readonly opening: boolean;
  /** By which the host's `opened` knows this window's opening, or the one of another window that it follows. */
  readonly held: string | null;
  /** Another window has opened what this one shows: ending it is not this window's business alone. */
  readonly shared: boolean;
  /** The name of the project that another window has given the engine since; null while this window follows it. */
  readonly takenBy: string | null;
  /** What the session refused or found wrong when it last opened a project or was asked for something. */
  readonly problems: readonly Problem[];
  /** Why the engine thread ended, until another one is started. */
  readonly died: string | null;
}

export type RunStore = StoreApi<RunData>;

export type { Probe };

export function emptyHistory(): RunHistory {
  return { series: new LossSeries(), points: 0, largestNorm: 0, progress: null, validations: [], frames: [], stopped: null, done: null };
}

/** The window's one run. */
export const runStore: RunStore = createStore<RunData>()(() => ({
  ...emptyHistory(),
  connection: 'connecting',
  status: null,
  opened: null,
  openedKey: null,
  openedData: null,
  openedProject: null,
  opening: false,
  held: null,
  shared: false,
  takenBy: null,
  problems: [],
  died: null,
}));

export function useRun<T>(selector: (run: RunData) => T): T {
  return useStore(runStore, selector);
}

export const latestFrame = (run: RunData): Probe | null => run.frames.at(-1) ?? null;
export const isRunning = (run: RunData): boolean => run.status?.state === 'running';
/** True of weights that came from a file or from the run before, until a reset. */
export const hasTakenWeights = (run: RunData): boolean => (run.opened?.kept?.kept.length ?? 0) > 0;
/** True once there are weights that training has changed, here or where they came from. */
export const hasTrained = (run: RunData): boolean => hasTakenWeights(run) || Math.max(run.status?.step ?? 0, run.progress?.step ?? 0, run.points) > 0;
