/** Parsers of what the host says of the memory of a cell. */
import { z } from 'zod';
import type { MemoryPoint, MemoryProgress, MemoryReply } from '../../src-engine/session/protocol.ts';

const decay = z.object({ factor: z.number().nullable(), halfLife: z.number().nullable() });
const point: z.ZodType<MemoryPoint> = z.object({
  lag: z.number(),
  accuracy: z.number(),
  updates: z.number(),
  before: decay,
  after: decay,
  finite: z.boolean(),
});

export const memoryProgress: z.ZodType<MemoryProgress> = z.object({ points: z.array(point), lag: z.number(), updates: z.number(), seconds: z.number() });

export const memoryReply: z.ZodType<MemoryReply> = z.object({
  remembers: z.number(),
  collapsesAt: z.number().nullable(),
  cell: z.object({ kind: z.string(), units: z.number() }),
  points: z.array(point),
  chance: z.number(),
  threshold: z.number(),
  ended: z.enum(['found', 'longest', 'time', 'cancelled']),
  seconds: z.number(),
});
