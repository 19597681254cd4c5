import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { serializeProject } from '../../src-engine/document/file/serialize-project.ts';
import type { Problem } from '../../src-engine/document/problems.ts';
import type { Project } from '../../src-engine/document/project.ts';
import type { MemoryProgress, MemoryReply } from '../../src-engine/session/protocol.ts';
import type { Client } from '../bridge/client.ts';
import type { Ask } from './ask-context.ts';

/** What one experiment may spend. */
interface MemoryBudget {
  /** No lag beyond this is tried. */
  readonly longest: number;
  /** Most updates at each lag. */
  readonly updates: number;
  /** Most time for all lags. */
  readonly seconds: number;
}

/** One experiment that has ended. */
export interface MemoryResult {
  /** From 1, in the order in which they were asked for. */
  readonly id: number;
  readonly node: string;
  readonly budget: MemoryBudget;
  readonly reply: MemoryReply;
}

interface MemoryData {
  readonly budget: MemoryBudget;
  /** The cell to measure; null for the first of the drawing. */
  readonly node: string | null;
  /** The experiment under way, and how far it is; null progress before the first word of it. */
  readonly running: { readonly node: string; readonly budget: MemoryBudget; readonly progress: MemoryProgress | null } | null;
  /** The latest last; the older ones are there to compare with. */
  readonly results: readonly MemoryResult[];
  /** Why the latest could not be made. */
  readonly problems: readonly Problem[];
}

/** Curves beyond this many are told apart with difficulty. */
const MOST_RESULTS = 4;

const memoryStore = createStore<MemoryData>(() => ({
  budget: { longest: 128, updates: 600, seconds: 120 },
  node: null,
  running: null,
  results: [],
  problems: [],
}));

export function useMemory<T>(select: (data: MemoryData) => T): T {
  return useStore(memoryStore, select);
}

/** Hears how experiments go. */
export function followMemory(client: Client): void {
  client.on('memory', (progress) => {
    memoryStore.setState(({ running }) => ({ running: running === null ? null : { ...running, progress } }));
  });
}

export function chooseMemoryCell(node: string): void {
  memoryStore.setState({ node });
}

export function setMemoryBudget(change: Partial<MemoryBudget>): void {
  memoryStore.setState(({ budget }) => ({ budget: { ...budget, ...change } }));
}

export function forgetMemory(): void {
  memoryStore.setState({ results: [], problems: [] });
}

/** Trains the cell apart from the user's run, until its memory is known, the budget is spent or it is cancelled. */
export async function measureMemory(ask: Ask, project: Project, node: string): Promise<void> {
  const { budget, running } = memoryStore.getState();
  if (running !== null) return;
  memoryStore.setState({ running: { node, budget, progress: null }, problems: [] });
  const reply = await ask('memory.measure', { text: serializeProject(project), node, seed: project.training.seed, ...budget });
  memoryStore.setState(({ results }) => {
    if (!reply.ok) return { running: null, problems: reply.problems };
    const { value } = reply;
    if (value.points.length === 0) return { running: null };
    const id = (results.at(-1)?.id ?? 0) + 1;
    return { running: null, results: [...results, { id, node, budget, reply: value }].slice(-MOST_RESULTS) };
  });
}
