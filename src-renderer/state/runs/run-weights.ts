import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { NodeId } from '../../../src-engine/document/project.ts';
import type { WeightsReply } from '../../../src-engine/session/protocol.ts';
import type { Client } from '../../bridge/client.ts';
import type { Delay } from './run-document.ts';
import { hasTrained, type RunStore } from '../run-store.ts';

interface WeightsData {
  /** The node whose weights somebody looks at. */
  readonly wanted: NodeId | null;
  readonly shown: { readonly node: NodeId; readonly reply: WeightsReply } | null;
}

export const weightsStore = createStore<WeightsData>(() => ({ wanted: null, shown: null }));

/** How the node's weights are spread; null before the first training, and for a node that the session does not know. */
export function useWeights(node: NodeId): WeightsReply | null {
  return useStore(weightsStore, ({ shown }) => (shown?.node === node ? shown.reply : null));
}

/** Milliseconds between two looks while training goes on. */
const EVERY = 1000;

/** Asks the session for the weights that are looked at: at once when another node is, then as training goes on. */
export function followWeights(client: Client, run: RunStore, delay: Delay): void {
  let waiting = false;
  const ask = async (): Promise<void> => {
    waiting = false;
    const { wanted } = weightsStore.getState();
    if (wanted === null || !hasTrained(run.getState())) {
      weightsStore.setState({ shown: null });
      return;
    }
    const reply = await client.request('session.weights', { node: wanted });
    if (weightsStore.getState().wanted === wanted) weightsStore.setState({ shown: reply.ok ? { node: wanted, reply: reply.value } : null });
  };
  weightsStore.subscribe((now, before) => {
    if (now.wanted !== before.wanted) void ask();
  });
  run.subscribe((now, before) => {
    const moved = now.status?.step !== before.status?.step || now.progress?.step !== before.progress?.step || now.opened !== before.opened;
    if (!moved || waiting || weightsStore.getState().wanted === null) return;
    waiting = true;
    delay.start(EVERY, () => void ask());
  });
}
