import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { FlatOptions } from '../../../src-engine/document/data/import-options.ts';
import type { Problem } from '../../../src-engine/document/problems.ts';
import type { DataDescription, Loading } from '../../../src-engine/session/protocol.ts';
import type { ChosenData } from '../../../src-main/contract.ts';

/** What one waits for. `copying`: a browser hands its files over; `looking`: the begin of the data is read; `reading`: all of it. */
export interface ImportWork {
  readonly kind: 'copying' | 'looking' | 'reading';
  readonly done: number;
  /** 0 while it is not known. */
  readonly total: number;
}

export interface ImportData {
  readonly open: boolean;
  readonly chosen: ChosenData | null;
  /** Imported word vectors. */
  readonly vectors: ChosenData | null;
  /** A name for each of the chosen files; null while they have the names found for them. */
  readonly classes: readonly string[] | null;
  /** What the person has decided; everything else is looked up in the data. */
  readonly decided: FlatOptions;
  readonly description: DataDescription | null;
  readonly work: ImportWork | null;
  /** Why what was asked last was not done. */
  readonly problems: readonly Problem[];
}

export type ImportStore = StoreApi<ImportData>;

export const NO_IMPORT: ImportData = { open: false, chosen: null, vectors: null, classes: null, decided: {}, description: null, work: null, problems: [] };

/** The import under way. */
export const importStore: ImportStore = createStore<ImportData>()(() => NO_IMPORT);

export function useImport<T>(selector: (state: ImportData) => T): T {
  return useStore(importStore, selector);
}

/** How far a file is read while a project with imported data is opened; null while none is. */
export const loadingStore = createStore<{ readonly loading: Loading | null }>()(() => ({ loading: null }));
