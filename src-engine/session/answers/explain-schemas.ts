import { z } from 'zod';

const given = z.union([
  z.strictObject({ text: z.string() }),
  z.strictObject({ sequence: z.array(z.array(z.number())) }),
  z.strictObject({ vector: z.array(z.number()) }),
  z.strictObject({ part: z.enum(['train', 'validation', 'test']), example: z.int().nonnegative() }),
]);

/** Arguments of the requests that look at one input. */
export const inputRequest = z.strictObject({ input: given });
export const forecastRequest = z.strictObject({ input: given, steps: z.int().min(1).max(1000), hold: z.boolean() });
const atStep = z.int().nonnegative().optional();
export const lookRequest = z.strictObject({ input: given, atStep });
export const explainRequest = z.strictObject({ input: given, atStep, of: z.string().optional(), at: z.int().positive().optional() });
export const debugRequest = z.strictObject({ input: given, flow: z.union([z.literal(['last', 'all']), z.int().positive()]).optional() });
export const debugNodeRequest = z.strictObject({
  id: z.int().positive(),
  layer: z.string(),
  direction: z.enum(['forward', 'backward']),
  t: z.int().positive(),
});
export const debugCopyRequest = z.strictObject({ id: z.int().positive(), parameter: z.string(), t: z.int().positive() });
