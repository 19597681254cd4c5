import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { runStore, useRun } from './run-store.ts';

interface SamplesData {
  /** `dataKey` of the data that what was typed belongs to. */
  readonly of: string | null;
  /** Null where nothing was typed yet. */
  readonly text: string | null;
  /** Of an input without steps; null where nothing was changed. */
  readonly vector: readonly number[] | null;
  /** Of the test part, from 1. */
  readonly example: number;
  readonly length: number;
  readonly temperature: number;
  readonly topK: number | null;
  readonly horizon: number;
  readonly hold: boolean;
}

/** What somebody asks the model in the Samples and States panels; kept while the panels are out of sight. */
export const samplesStore = createStore<SamplesData>()(() => ({
  of: null,
  text: null,
  vector: null,
  example: 1,
  length: 120,
  temperature: 0.8,
  topK: null,
  horizon: 12,
  hold: false,
}));

type Typed = Pick<SamplesData, 'text' | 'vector' | 'example'>;

const UNTYPED: Typed = { text: null, vector: null, example: 1 };

export function useSamples<T>(selector: (samples: SamplesData) => T): T {
  return useStore(samplesStore, selector);
}

/** What was typed for the data that is open; that of other data does not fit. */
export function useTyped<K extends keyof Typed>(field: K): Typed[K] {
  const data = useRun((run) => run.openedData);
  return useSamples((samples) => (samples.of === data ? samples[field] : UNTYPED[field]));
}

export function setTyped(change: Partial<Typed>): void {
  const data = runStore.getState().openedData;
  samplesStore.setState((samples) => ({ ...(samples.of === data ? {} : UNTYPED), of: data, ...change }));
}
