import { BUILT_IN_DATA } from './built-in-data.ts';
import { pathOfSource } from './import-options.ts';
import type { DataSpec } from '../project.ts';

/** A data set's name as a person says it: that of the built-in one, or the file's. */
export function dataTitle(data: DataSpec | null): string {
  if (data === null) return 'none';
  const path = pathOfSource(data.source);
  if (path !== null) return path.split(/[\\/]/u).at(-1) ?? path;
  return BUILT_IN_DATA.find(({ source }) => source === data.source)?.title ?? data.source;
}
