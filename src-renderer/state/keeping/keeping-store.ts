import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Problem } from '../../../src-engine/document/problems.ts';
import type { KeptRun, UnsavedDocument } from '../../../src-main/contract.ts';

export interface KeepingData {
  /** What a crash left and nobody has decided about yet. */
  readonly documents: readonly UnsavedDocument[];
  readonly runs: readonly KeptRun[];
  /** Why unsaved edits cannot be kept at the moment. */
  readonly trouble: Problem | null;
  /** The latest checkpoint of the run that ended with the engine; null where there is none. */
  readonly lastCheckpoint: Omit<KeptRun, 'name'> | null;
}

export const keepingStore = createStore<KeepingData>()(() => ({ documents: [], runs: [], trouble: null, lastCheckpoint: null }));

export function useKeeping<T>(selector: (keeping: KeepingData) => T): T {
  return useStore(keepingStore, selector);
}

/** Decided about. */
export function forgetDocument(id: string): void {
  keepingStore.setState(({ documents }) => ({ documents: documents.filter((each) => each.id !== id) }));
}
