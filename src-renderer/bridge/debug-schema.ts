/** Parsers of what the host says about one example, step by step. */
import { z } from 'zod';
import type { DebugCopyReply, DebugNodeReply, DebugReply, JsonNumber } from '../../src-engine/session/protocol.ts';

const number: z.ZodType<JsonNumber> = z.union([z.number(), z.literal(['NaN', 'Infinity', '-Infinity'])]);
const row = z.array(number);
const matrix = z.array(row);
const answered = z.object({
  ranked: z.array(z.object({ class: z.string(), probability: number })),
  numbers: z.array(z.object({ column: z.string(), value: number })),
});

const output = z.object({ t: z.number().nullable(), target: z.string().nullable(), answer: answered, loss: number.nullable(), weight: z.number() });
const window = z.object({
  from: z.number(),
  to: z.number(),
  counts: z.boolean(),
  loss: number,
  norm: number,
  clippedNorm: number,
  clipFactor: number,
  clippedNumbers: z.number(),
  learningRate: z.number(),
  finite: z.boolean(),
});
const cell = z.object({
  layer: z.string(),
  direction: z.enum(['forward', 'backward']),
  node: z.string(),
  path: z.string(),
  units: z.number(),
  axis: z.enum(['inputs', 'targets']),
  length: z.number(),
  h: row,
  c: row.nullable(),
  gates: z.array(z.object({ gate: z.string(), mean: row, shut: row, open: row })),
  gradient: row,
  flow: row,
  jacobian: row,
});
const values = z.object({
  copies: matrix.nullable(),
  running: matrix.nullable(),
  before: row,
  windows: z.array(z.object({ sum: row, mean: row, given: row, update: row, after: row })),
});
const parameter = z.object({
  parameter: z.string(),
  node: z.string(),
  shape: z.array(z.number()),
  backward: z.boolean(),
  norms: row.nullable(),
  running: row.nullable(),
  windows: z.array(z.object({ copies: z.number(), sum: number, mean: number, given: number, weight: number, update: number })),
  values: values.nullable(),
});
const gradient = z.object({
  parameter: z.string(),
  shape: z.array(z.number()),
  norm: number,
  values: row.nullable(),
  largest: z.array(z.object({ place: z.array(z.number()), value: number })).nullable(),
});

export const debugReply: z.ZodType<DebugReply> = z.object({
  id: z.number(),
  step: z.number(),
  steps: z.number(),
  wholeSteps: z.number(),
  inputSteps: z.number(),
  targetSteps: z.number(),
  read: z.array(z.object({ text: z.string(), known: z.boolean() })),
  targetsFrom: z.enum(['data', 'text', 'answers']),
  loss: number,
  outputs: z.array(output),
  reduce: z.enum(['sum', 'mean']),
  windows: z.array(window),
  cells: z.array(cell),
  parameters: z.array(parameter),
});

export const debugNodeReply: z.ZodType<DebugNodeReply> = z.object({
  name: z.string(),
  h: row,
  before: row,
  c: row.nullable(),
  cellBefore: row.nullable(),
  gates: z.array(z.object({ gate: z.string(), isGate: z.boolean(), values: row })),
  pre: row.nullable(),
  dh: row,
  dc: row.nullable(),
  jacobian: z.object({ norm: number, matrix: matrix.nullable() }),
  gradients: z.array(gradient),
});

export const debugCopyReply: z.ZodType<DebugCopyReply> = z.object({ name: z.string(), copy: gradient, running: gradient });
