import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Problem } from '../../src-engine/document/problems.ts';
import type { DataSpec } from '../../src-engine/document/project.ts';
import type { DataSignature } from '../../src-engine/document/signature.ts';
import type { DataSummary } from '../../src-engine/session/protocol.ts';

export interface DataState {
  /** `dataKey` of the data that `summary` and `problems` speak of. */
  readonly key: string | null;
  readonly summary: DataSummary | null;
  readonly signature: DataSignature | null;
  readonly problems: readonly Problem[];
}

/** What is known of the project's data. Stays that of the data before while new data is read. */
export const dataStore = createStore<DataState>()(() => ({ key: null, summary: null, signature: null, problems: [] }));

export function useData<T>(selector: (state: DataState) => T): T {
  return useStore(dataStore, selector);
}

const keys = new WeakMap<DataSpec, string>();

/** Two data sets with the same key are the same. */
export function dataKey(data: DataSpec): string {
  const key = keys.get(data) ?? JSON.stringify(data);
  keys.set(data, key);
  return key;
}
