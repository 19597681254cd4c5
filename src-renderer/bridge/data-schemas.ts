/** Parsers of what the host says about imported data. */
import { z } from 'zod';
import { COLUMN_ROLES } from '../../src-engine/document/data/import-options.ts';
import type { DataSpec, Project } from '../../src-engine/document/project.ts';
import type { Problem } from '../../src-engine/document/problems.ts';
import type { DataSignature } from '../../src-engine/document/signature.ts';
import type { ColumnDescription, DataDescription, Loading } from '../../src-engine/session/protocol.ts';
import type { ChosenData, Replies } from '../../src-main/contract.ts';

const file = z.object({ name: z.string(), bytes: z.number() });
const sample = z.object({ text: z.string(), target: z.string() });

const chosen: z.ZodType<ChosenData> = z.object({
  token: z.string(),
  name: z.string(),
  kind: z.enum(['file', 'files', 'folder']),
  files: z.array(file),
  fileCount: z.number(),
  bytes: z.number(),
});

export const choiceSchema: z.ZodType<Replies['data.choose']> = z.object({ chosen: chosen.nullable() });
export const cancelledSchema: z.ZodType<Replies['data.cancel']> = z.object({ cancelled: z.boolean() });

const column: z.ZodType<ColumnDescription> = z.object({
  name: z.string(),
  kind: z.enum(['number', 'date', 'category', 'text', 'empty']),
  role: z.enum(COLUMN_ROLES),
  missing: z.number(),
  distinct: z.number().nullable(),
  range: z.object({ min: z.number(), max: z.number(), mean: z.number() }).nullable(),
  examples: z.array(z.string()),
});

const spec: z.ZodType<DataSpec> = z.object({
  source: z.string(),
  options: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  split: z.object({ train: z.number(), validation: z.number(), test: z.number(), seed: z.number() }),
});

/** The project proposed goes through the document's own parser before it is opened. */
const project = z.custom<Project>((value) => typeof value === 'object' && value !== null && 'graph' in value);

/** JSON has no NaN: where a number is missing a plot has a gap. */
const gap = z.union([z.number(), z.null().transform(() => 'NaN' as const), z.literal('NaN')]);

export function descriptionSchema(problem: z.ZodType<Problem>, signature: z.ZodType<DataSignature>): z.ZodType<DataDescription> {
  return z.object({
    problems: z.array(problem),
    data: spec,
    files: z.array(file),
    fileCount: z.number(),
    bytes: z.number(),
    bytesRead: z.number(),
    encoding: z.string(),
    rows: z.number(),
    columns: z.array(column),
    firstRows: z.array(z.array(z.string())),
    classes: z.array(z.object({ name: z.string(), count: z.number() })),
    lengths: z.object({ unit: z.enum(['word', 'character', 'row']), shortest: z.number(), median: z.number(), longest: z.number() }).nullable(),
    vocabulary: z.object({ distinct: z.number(), kept: z.number(), coverage: z.number() }).nullable(),
    series: z.array(z.object({ column: z.string(), values: z.array(gap) })),
    vectors: z.object({ found: z.number(), tokens: z.number(), size: z.number() }).nullable(),
    examples: z.object({ train: z.number(), validation: z.number(), test: z.number(), signature, samples: z.array(sample) }).nullable(),
    project: project.nullable(),
  });
}

export function locatedSchema(problem: z.ZodType<Problem>): z.ZodType<Replies['data.locate']> {
  return z.object({ data: spec.nullable(), same: z.boolean(), problems: z.array(problem) });
}

export const loadingSchema: z.ZodType<Loading> = z.object({
  part: z.enum(['data', 'vectors']),
  bytes: z.number(),
  totalBytes: z.number(),
  rows: z.number(),
  done: z.boolean(),
});
