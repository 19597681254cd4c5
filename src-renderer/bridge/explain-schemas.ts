/** Parsers of what the host says about one input. */
import { z } from 'zod';
import type {
  ClassifyReply,
  ConnectivityReply,
  ExplainReply,
  ForecastReply,
  JsonNumber,
  StatesReply,
  TranslateReply,
} from '../../src-engine/session/protocol.ts';

const number: z.ZodType<JsonNumber> = z.union([z.number(), z.literal(['NaN', 'Infinity', '-Infinity'])]);
const row = z.array(number);
const matrix = z.array(row);
const read = { step: z.number(), read: z.array(z.object({ text: z.string(), known: z.boolean() })) };
const looked = { ...read, kept: z.array(z.object({ step: z.number(), epoch: z.number() })) };
const answered = z.object({
  ranked: z.array(z.object({ class: z.string(), probability: number })),
  numbers: z.array(z.object({ column: z.string(), value: number })),
});

export const classifyReply: z.ZodType<ClassifyReply> = z.object({ ...looked, answers: z.array(answered) });

export const explainReply: z.ZodType<ExplainReply> = z.object({
  ...looked,
  answer: answered,
  of: z.string(),
  at: z.number(),
  value: number,
  contributions: row,
  norms: row,
});

export const connectivityReply: z.ZodType<ConnectivityReply> = z.object({
  ...looked,
  answers: z.array(z.object({ of: z.string(), probability: number.nullable() })),
  absolute: matrix,
  relative: matrix,
});

const seriesRow = { label: z.string().nullable(), values: row };
export const forecastReply: z.ZodType<ForecastReply> = z.object({
  step: z.number(),
  columns: z.array(z.string()),
  past: z.array(z.object(seriesRow)),
  ahead: z.array(z.object({ ...seriesRow, truth: z.array(number.nullable()).nullable() })),
  held: z.array(z.string()),
});

export const translateReply: z.ZodType<TranslateReply> = z.object({
  ...read,
  text: z.string(),
  tokens: z.array(z.object({ token: z.string(), probability: number })),
  ended: z.boolean(),
});

export const statesReply: z.ZodType<StatesReply> = z.object({
  ...looked,
  cells: z.array(
    z.object({
      layer: z.string(),
      direction: z.enum(['forward', 'backward']),
      node: z.string(),
      units: z.number(),
      h: matrix,
      c: matrix.nullable(),
      gates: z.array(z.object({ gate: z.string(), values: matrix })),
    }),
  ),
});
