import { z } from 'zod';
import { projectSchema } from '../document/file/project-schema.ts';

export const MODEL_FORMAT = 'unroll/model';
export const MODEL_VERSION = 1;

const MAX_SIZE = 1_000_000;
const MAX_AXES = 4;

const text = z.string({ error: 'a text' });
const number = z.number({ error: 'a finite number' });
const sizeError = `a whole number from 1 to ${MAX_SIZE}`;
const size = z.int({ error: sizeError }).min(1, { error: sizeError }).max(MAX_SIZE, { error: sizeError });

/** One number serves for every column. */
const perColumn = z.union([number, z.array(number)], { error: 'a number, or a list with one for each column' });
const normalisation = z.looseObject({ mean: perColumn, deviation: perColumn }, { error: 'an object with mean and deviation, or null' }).nullish();
const columns = z.array(text, { error: 'a list of column names' }).optional();
const names = z.array(text, { error: 'a list of texts' }).min(1, { error: 'a list of at least one text' }).max(MAX_SIZE, { error: 'a shorter list' });

const inputSchema = z.discriminatedUnion(
  'kind',
  [
    z.looseObject({
      node: text.optional(),
      kind: z.literal('tokens'),
      unit: z.enum(['word', 'character'], { error: '"word" or "character"' }).optional(),
      vocabulary: names,
    }),
    z.looseObject({ node: text.optional(), kind: z.literal('features'), width: size, columns, normalisation }),
    z.looseObject({ node: text.optional(), kind: z.literal('vector'), width: size, columns, normalisation }),
  ],
  { error: 'an input of kind "tokens", "features" or "vector"' },
);

const perStep = z.boolean({ error: 'true or false' }).optional();
const next = z.array(z.int().min(0).nullable(), { error: 'a list with the place of an input column, or null, for each column' }).optional();
const outputSchema = z.union(
  [
    z.looseObject({ node: text.optional(), classes: names, perStep, ownSteps: size.optional(), fromRight: z.boolean({ error: 'true or false' }).optional() }),
    z.looseObject({ node: text.optional(), width: size, columns, normalisation, perStep, next }),
  ],
  { error: 'an output with a list of classes, or with a width' },
);

const one = 'a list with exactly one entry';
export const signatureSchema = z.looseObject(
  {
    inputs: z.array(inputSchema, { error: one }).length(1, { error: one }),
    outputs: z.array(outputSchema, { error: one }).length(1, { error: one }),
    longest: z.int({ error: 'a whole number' }).min(0, { error: 'a whole number from 0' }).optional(),
  },
  { error: 'an object with inputs and outputs' },
);

const storedArray = z.looseObject(
  {
    shape: z
      .array(size, { error: 'a list of sizes' })
      .min(1, { error: 'at least one size' })
      .max(MAX_AXES, { error: `at most ${MAX_AXES} sizes` }),
    dtype: z.literal('float32', { error: '"float32"' }).default('float32'),
    gates: z.array(text, { error: 'a list of gate letters' }).optional(),
    data: z.union([z.string(), z.array(z.unknown())], { error: 'base64 text or nested lists of numbers' }),
  },
  { error: 'an object with shape and data' },
);

const record = z.record(z.string(), z.union([number, z.string(), z.null()], { error: 'a number, a text or null' }), { error: 'an object of numbers' });

/** Everything but the project, which has a parser of its own. Unknown keys are let through. */
export const modelSchema = z.looseObject(
  {
    format: z.literal(MODEL_FORMAT),
    version: z.literal(MODEL_VERSION),
    project: z.record(z.string(), z.unknown(), { error: 'a project' }),
    signature: signatureSchema,
    parameters: z.record(z.string(), storedArray, { error: 'an object of arrays' }),
    metrics: record.default({}),
    history: z.array(z.record(z.string(), number.nullable(), { error: 'an object of numbers' }), { error: 'a list' }).default([]),
  },
  { error: 'a trained model' },
);

export type ParsedModel = z.infer<typeof modelSchema>;

/** JSON Schema of a model file, for editors. */
export function modelJsonSchema(): object {
  return z.toJSONSchema(modelSchema.extend({ project: projectSchema }), { io: 'input' });
}
