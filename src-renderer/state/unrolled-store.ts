import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

/** The speeds at which a walk through an example plays, in stages a second. */
export const SPEEDS = { slow: 2, normal: 6, fast: 24 } as const;

interface UnrolledData {
  /** Colours of the training as it goes on, or the walk through one example. */
  readonly mode: 'training' | 'example';
  /** `dataKey` of the data that the choice of an example belongs to. */
  readonly of: string | null;
  readonly part: 'train' | 'validation' | 'test' | 'typed';
  /** Of the part, from 1. */
  readonly example: number;
  /** Null where nothing was typed yet. */
  readonly text: string | null;
  /** Stage of the walk that is shown. */
  readonly position: number;
  readonly playing: boolean;
  readonly speed: keyof typeof SPEEDS;
  /** The loss step whose gradient alone is followed; null for the last. */
  readonly lossStep: number | null;
  /** The node whose details are shown: path of its lane and its step, from 1. */
  readonly chosen: { readonly path: string; readonly t: number } | null;
}

const UNCHOSEN = { part: 'train', example: 1, text: null, position: 0, playing: false, lossStep: null, chosen: null } as const;

/** What somebody looks at in the unrolled view; kept while another tab is in front. */
export const unrolledStore = createStore<UnrolledData>()(() => ({ ...UNCHOSEN, mode: 'training', of: null, speed: 'normal' }));

export function useUnrolled<T>(select: (data: UnrolledData) => T): T {
  return useStore(unrolledStore, select);
}

/** A choice of other data does not fit: it is given up. */
export function belongTo(data: string | null): void {
  if (unrolledStore.getState().of !== data) unrolledStore.setState({ ...UNCHOSEN, of: data });
}

/** Another example begins its walk anew. */
export function chooseExample(change: Partial<Pick<UnrolledData, 'part' | 'example' | 'text'>>): void {
  unrolledStore.setState({ ...change, position: 0, playing: false, lossStep: null });
}
