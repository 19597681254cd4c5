import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { OpenReply, ProbesReply } from '../../src-engine/session/protocol.ts';
import { rememberThinned } from '../../src-engine/history/thin-history.ts';

/** What of the probes is measured only where it is wanted. */
export interface ProbesWanted {
  readonly jacobian: boolean;
  readonly triangle: boolean;
  readonly copies: boolean;
}

/** Most answers that one run keeps for looking back, and most numbers in them: a triangle of 200 steps and 6 layers has 240,000. */
const MOST_ANSWERS = 120;
const MOST_NUMBERS = 4_000_000;

interface ProbesData {
  /** The opening whose run they are of. */
  readonly of: OpenReply | null;
  /** Oldest first, thinned with age. */
  readonly replies: readonly ProbesReply[];
}

const probesStore = createStore<ProbesData>(() => ({ of: null, replies: [] }));

export function rememberProbes(of: OpenReply, reply: ProbesReply): void {
  probesStore.setState((held) => {
    const most = Math.min(MOST_ANSWERS, Math.floor(MOST_NUMBERS / numbersIn(reply)));
    return { of, replies: rememberThinned(held.of === of ? held.replies : [], reply, most) };
  });
}

function numbersIn({ cells, copies, triangle, steps }: ProbesReply): number {
  const rows = cells.reduce((sum, { gates }) => sum + 3 * gates.length + 3, 0) + (copies?.length ?? 0);
  return steps * (1 + rows + (triangle === null ? 0 : triangle.lossSteps.length * triangle.cells.length));
}

export function useProbes<T>(select: (data: ProbesData) => T): T {
  return useStore(probesStore, select);
}
