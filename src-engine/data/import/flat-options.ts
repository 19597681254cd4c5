import { CLASS_PREFIX, COLUMN_PREFIX, type FlatOptions, type ImportOptions } from '../../document/data/import-options.ts';
import type { ParamValue } from '../../document/project.ts';

/** As a project keeps them: flat, without what is not there. */
export function flatOptions({ columns, classes, ...fixed }: ImportOptions): FlatOptions {
  const flat: Record<string, ParamValue> = {};
  for (const [key, value] of Object.entries(fixed)) if (value !== undefined) flat[key] = value;
  for (const [name, role] of columns) flat[`${COLUMN_PREFIX}${name}`] = role;
  for (const [name, path] of classes) flat[`${CLASS_PREFIX}${name}`] = path;
  return flat;
}
