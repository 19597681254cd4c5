import { z } from 'zod';
import {
  CLASS_PREFIX,
  COLUMN_PREFIX,
  COLUMN_ROLES,
  IMPORT_ENCODINGS,
  IMPORT_FORMATS,
  IMPORT_TASKS,
  MISSING_RULES,
  type ColumnRole,
  type ImportOptions,
} from '../../document/data/import-options.ts';
import { problem, ProblemError } from '../../document/problems.ts';
import type { DataSpec } from '../../document/project.ts';
import { parseOptions } from '../options.ts';

const digest = z.string().regex(/^[0-9a-f]{64}$/u, { error: '64 hexadecimal digits are expected' });

const Fixed = z.strictObject({
  format: z.enum(IMPORT_FORMATS).optional(),
  task: z.enum(IMPORT_TASKS).optional(),
  encoding: z.enum(IMPORT_ENCODINGS).optional(),
  delimiter: z
    .string()
    .regex(/^[^\r\n"\ufeff]$/u, { error: 'one character other than a quote is expected' })
    .optional(),
  header: z.boolean().optional(),
  window: z.int().min(1).max(10_000).optional(),
  horizon: z.int().min(0).max(10_000).optional(),
  stride: z.int().min(1).max(1_000_000).optional(),
  missing: z.enum(MISSING_RULES).optional(),
  unit: z.enum(['word', 'character']).optional(),
  vocabulary: z.int().min(2).max(100_000).optional(),
  length: z.int().min(1).max(10_000).optional(),
  vectors: z.string().min(1).max(4096).optional(),
  size: z.int().min(0).optional(),
  hash: digest.optional(),
  vectorsHash: digest.optional(),
});

/** The flat options of an imported data set, checked; throws ProblemError U004 with the place of each that is wrong or unknown. */
export function parseImportOptions(spec: DataSpec): ImportOptions {
  const columns = new Map<string, ColumnRole>();
  const classes = new Map<string, string>();
  const fixed: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(spec.options)) {
    if (key.startsWith(COLUMN_PREFIX)) columns.set(key.slice(COLUMN_PREFIX.length), columnRole(key, value));
    else if (key.startsWith(CLASS_PREFIX)) classes.set(key.slice(CLASS_PREFIX.length), classPath(key, value));
    else fixed[key] = value;
  }
  return { ...parseOptions({ ...spec, options: fixed as DataSpec['options'] }, Fixed), columns, classes };
}

function columnRole(key: string, value: unknown): ColumnRole {
  const role = COLUMN_ROLES.find((each) => each === value);
  if (role !== undefined) return role;
  throw wrong(key, `${JSON.stringify(value)} is no role of a column`, `Choose one of ${COLUMN_ROLES.join(', ')}.`);
}

function classPath(key: string, value: unknown): string {
  if (typeof value === 'string' && value !== '') return value;
  throw wrong(key, 'a path is expected', 'Name the file with the examples of that class.');
}

function wrong(key: string, what: string, fix: string): ProblemError {
  const path = `data.options.${key}`;
  return new ProblemError([problem('U004', `${path}: ${what}.`, fix, { path })]);
}
