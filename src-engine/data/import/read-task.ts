import type { ImportOptions } from '../../document/data/import-options.ts';
import type { DataSpec } from '../../document/project.ts';
import type { Dataset, WordVectors } from '../dataset.ts';
import type { ColumnStats } from './column-stats.ts';
import type { Decision } from './decide.ts';
import type { ImportReader } from './import-reader.ts';
import type { NumberColumn } from './number-rows.ts';

/** The files of an import, ready to be read once from their beginning to their end. */
export interface ReadTask {
  readonly spec: DataSpec;
  readonly options: Decision['options'];
  readonly decision: Decision;
  readonly reader: ImportReader;
  /** Told every cell; empty where nobody wants to know. */
  readonly stats: readonly ColumnStats[];
  readonly vectors: (vocabulary: readonly string[]) => Promise<FoundVectors>;
}

/** What was read. */
export interface Made {
  readonly dataset: Dataset;
  /** Nothing left open: what was given and what was looked up. */
  readonly options: ImportOptions;
  readonly classes: readonly { readonly name: string; readonly count: number }[];
  readonly lengths: { readonly unit: 'word' | 'character' | 'row'; readonly shortest: number; readonly median: number; readonly longest: number } | null;
  readonly vocabulary: { readonly distinct: number; readonly kept: number; readonly coverage: number } | null;
  readonly numbers: readonly NumberColumn[];
  readonly vectors: { readonly found: number; readonly tokens: number; readonly size: number; readonly hash: string } | null;
}

export interface FoundVectors {
  readonly vectors: Readonly<Record<string, WordVectors>>;
  readonly found: Made['vectors'];
}

/** How many examples each class has. */
export function countsOf({ signature: { output }, targets }: Dataset): Made['classes'] {
  if (output.kind !== 'classes' || targets.kind !== 'classes') return [];
  const counts = new Int32Array(output.classes.length);
  for (const value of targets.values) counts[value] = (counts[value] ?? 0) + 1;
  return output.classes.map((name, id) => ({ name, count: counts[id] ?? 0 }));
}
