import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

/** The copy of a cell that somebody points at in one view, so that the others light it up: `lstm1:t17`. */
export interface LinkedPlace {
  readonly node: string;
  /** From 1; null for all steps. */
  readonly t: number | null;
  /** Index into `OpenReply.probeLayers`; null where the place is not of one layer alone. */
  readonly layer: number | null;
}

const linkedStore = createStore<{ readonly place: LinkedPlace | null }>(() => ({ place: null }));

export function linkPlace(place: LinkedPlace | null): void {
  const { place: before } = linkedStore.getState();
  if (before?.node !== place?.node || before?.t !== place?.t || before?.layer !== place?.layer) linkedStore.setState({ place });
}

export function useIsLinked(node: string): boolean {
  return useStore(linkedStore, ({ place }) => place?.node === node);
}

export function useLinkedPlace(): LinkedPlace | null {
  return useStore(linkedStore, ({ place }) => place);
}
