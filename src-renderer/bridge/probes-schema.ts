/** Parser of the probes that are made when asked for. */
import { z } from 'zod';
import type { JsonNumber, ProbesReply } from '../../src-engine/session/protocol.ts';

const number: z.ZodType<JsonNumber> = z.union([z.number(), z.literal(['NaN', 'Infinity', '-Infinity'])]);
const row = z.array(number);
const layer = { layer: z.string(), direction: z.enum(['forward', 'backward']), node: z.string() };

export const probesReply: z.ZodType<ProbesReply> = z.object({
  step: z.number(),
  rows: z.number(),
  steps: z.number(),
  cells: z.array(
    z.object({
      ...layer,
      units: z.number(),
      gates: z.array(z.object({ gate: z.string(), mean: row, shut: row, open: row })),
      stateNorms: z.object({ h: row, c: row.nullable() }),
      jacobian: z.object({ rows: z.number(), values: row }).nullable(),
    }),
  ),
  recurrent: z.array(z.object({ parameter: z.string(), block: z.string(), radius: number })),
  update: z.object({ step: z.number(), norm: number, clippedNorm: number, ratios: z.array(z.object({ parameter: z.string(), ratio: number })) }).nullable(),
  copies: z.array(z.object({ parameter: z.string(), node: z.string(), values: row })).nullable(),
  triangle: z.object({ lossSteps: z.array(z.number()), cells: z.array(z.object({ ...layer, flow: z.array(row) })) }).nullable(),
});
