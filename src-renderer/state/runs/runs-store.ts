import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Project } from '../../../src-engine/document/project.ts';
import type { ProbeLayer } from '../../../src-engine/session/protocol.ts';
import type { RunSummary } from '../../../src-main/contract.ts';
import type { RunHistory } from '../run-store.ts';

/** A kept run with all that it has shown. */
export interface PastRun {
  readonly id: string;
  readonly project: Project | null;
  readonly history: RunHistory;
  readonly probeLayers: readonly ProbeLayer[];
}

export interface RunsData {
  /** The newest first; null before the host has said. */
  readonly runs: readonly RunSummary[] | null;
  /** The run that trains, or trained last in the project that is open. */
  readonly current: string | null;
  /** What is wrong with the store, in a sentence. */
  readonly notice: string | null;
  /** Read from the host, the latest read last. */
  readonly past: readonly PastRun[];
  /** Drawn over the loss, in the order they were ticked. */
  readonly ticked: readonly string[];
  readonly view: 'list' | 'compare';
  readonly scope: 'own' | 'all';
}

/** Runs whose history the window holds at once, and those drawn over the loss at once. */
export const MOST_PAST = 8;
export const MOST_TICKED = 5;

export const runsStore = createStore<RunsData>(() => ({ runs: null, current: null, notice: null, past: [], ticked: [], view: 'list', scope: 'own' }));

export function useRuns<T>(select: (data: RunsData) => T): T {
  return useStore(runsStore, select);
}

/** The runs of the scope that is chosen. */
export function shownRuns({ runs, scope }: Pick<RunsData, 'runs' | 'scope'>): readonly RunSummary[] {
  return (runs ?? []).filter(({ own }) => own || scope === 'all');
}

/** The two pinned last, in the order they were trained; fewer where fewer are pinned. */
export function comparedRuns(data: Pick<RunsData, 'runs' | 'scope'>): readonly RunSummary[] {
  return shownRuns(data)
    .filter(({ pinned }) => pinned !== null)
    .sort((a, b) => (b.pinned ?? 0) - (a.pinned ?? 0))
    .slice(0, 2)
    .sort((a, b) => a.started - b.started);
}

/** Keeps a run that was read; of those that nobody looks at the oldest go. */
export function rememberPast(run: PastRun): void {
  runsStore.setState(({ past }) => ({ past: [...past.filter(({ id }) => id !== run.id), run].slice(-MOST_PAST) }));
}
