import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

/** The copy of a cell that somebody points at in one view, so that the others light it up: `lstm1:t17`. Neither t nor lag: all its copies. */
export interface LinkedPlace {
  readonly node: string;
  /** From 1; null where each example has another, or none is meant. */
  readonly t: number | null;
  /** Steps before the last one that the cell runs, where the loss is; null where no example says, or none is meant. */
  readonly lag: number | null;
  /** Index into `OpenReply.probeLayers`; null where the place is not of one layer alone. */
  readonly layer: number | null;
}

const linkedStore = createStore<{ readonly place: LinkedPlace | null }>(() => ({ place: null }));

export function linkPlace(place: LinkedPlace | null): void {
  const { place: before } = linkedStore.getState();
  const isSame = before?.node === place?.node && before?.t === place?.t && before?.lag === place?.lag && before?.layer === place?.layer;
  if (!isSame) linkedStore.setState({ place });
}

export function useIsLinked(node: string): boolean {
  return useStore(linkedStore, ({ place }) => place?.node === node);
}

export function useLinkedPlace(): LinkedPlace | null {
  return useStore(linkedStore, ({ place }) => place);
}
