import { z } from 'zod';
import { END_CLASS, hasOwnSteps, type DataSignature, type InputSignature, type OutputSignature } from '../../document/signature.ts';

/** A token id, the text of a token, or the numbers of one step. */
export type GivenStep = number | string | readonly number[];
/** A class by index or name, or the numbers of one target. */
export type GivenTarget = number | string | readonly number[];

const LONGEST = 20_000;
const MAX_NAMES = 8;

/** A batch file for a model of this signature. The messages end the sentence `Give ...`. */
export function batchSchema(signature: DataSignature) {
  const steps = stepSchema(signature.input);
  return z.looseObject({
    texts: z.array(z.string({ error: 'a text' }), { error: 'a list of texts' }).optional(),
    sequences: rows(z.array(steps, { error: 'a list of steps' }).max(LONGEST, { error: `at most ${LONGEST} steps` })),
    vectors: rows(steps),
    /** A list per row, of one target where the model answers once. */
    targets: rows(targetRowSchema(signature.output)),
    lengths: rows(z.int({ error: 'a whole number of steps' }).min(1, { error: 'at least 1 step' })),
  });
}

export type BatchFile = z.infer<ReturnType<typeof batchSchema>>;

function rows<T extends z.ZodType>(row: T) {
  return z.array(row, { error: 'a list with one entry for each row' }).optional();
}

function stepSchema(input: InputSignature): z.ZodType<GivenStep> {
  if (input.kind !== 'tokens') return numbers(input.width);
  const error = `a token, or a token id from 0 to ${input.vocabulary.length - 1}`;
  return z.union([z.int().min(0).lt(input.vocabulary.length), z.string().min(1)], { error });
}

function targetRowSchema(output: OutputSignature): z.ZodType<readonly GivenTarget[]> {
  const target = targetSchema(output);
  if (!output.perStep) return target.transform((each) => [each]);
  const steps = z.array(target, { error: 'a list with a target for each step' });
  if (output.kind !== 'classes' || !hasOwnSteps(output)) return steps;
  const known = new Set(output.classes);
  const text = z
    .string()
    .transform((text) => [...(output.fromRight === true ? Array.from(text).reverse() : Array.from(text)), END_CLASS])
    .refine((written) => written.every((each) => known.has(each)));
  return z.union([text, steps], { error: `a text, or a list of classes of which the last is ${END_CLASS}` });
}

function targetSchema(output: OutputSignature): z.ZodType<GivenTarget> {
  if (output.kind === 'numbers') return output.width === 1 ? z.union([single, numbers(1)], { error: 'a number' }) : numbers(output.width);
  const { classes } = output;
  const names = classes.length > MAX_NAMES ? [...classes.slice(0, MAX_NAMES), '...'] : classes;
  const error = `a class from 0 to ${classes.length - 1}, or one of ${names.join(', ')}`;
  const known = new Set(classes);
  return z.union([z.int().min(0).lt(classes.length), z.string().refine((name) => known.has(name))], { error });
}

const single = z.number().refine((value) => Number.isFinite(Math.fround(value)));

function numbers(width: number) {
  const error = width === 1 ? 'a list of 1 number' : `a list of ${width} numbers`;
  return z.array(single, { error }).length(width, { error });
}
