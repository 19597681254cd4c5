import { z } from 'zod';
import {
  DEFAULT_EARLY_STOP,
  DEFAULT_LEARNING_RATE,
  DEFAULT_NAME,
  DEFAULT_SCHEDULE,
  DEFAULT_SPLIT,
  DEFAULT_TRAINING,
  PROJECT_FORMAT,
  PROJECT_VERSION,
} from '../defaults.ts';
import { lessonSchema } from './lesson-schema.ts';

// The window's content security policy forbids making functions from text, which zod would otherwise try, and be reported for.
z.config({ jitless: true });

/** Each `error` says what is expected, to end the sentence "Give ...". */
const words = z.string({ error: 'a text' });
const id = z
  .string({ error: 'a text of 1 to 200 characters' })
  .min(1, { error: 'a text of 1 to 200 characters' })
  .max(200, { error: 'a text of 1 to 200 characters' });
const number = z.number({ error: 'a finite number' });

function wholeNumber(min: number, max: number) {
  const error = `a whole number from ${min} to ${max}`;
  return z.int({ error }).min(min, { error }).max(max, { error });
}

function positive(error: string) {
  return z.number({ error }).positive({ error });
}

function share(error: string) {
  return z.number({ error }).min(0, { error }).max(1, { error });
}

const option = z.union([z.string(), number, z.boolean()], { error: 'a text, a finite number, true or false' });

const nodeSchema = z.looseObject(
  {
    id,
    kind: id,
    label: words.optional(),
    enabled: z.boolean({ error: 'true or false' }).optional(),
    parent: id.optional(),
    position: z.looseObject({ x: number, y: number }, { error: 'an object with x and y' }).optional(),
    // Options of kinds this version does not know may hold anything; `parse-project.ts` checks those it knows.
    params: z.record(z.string(), z.unknown(), { error: 'an object of options' }).default({}),
  },
  { error: 'an object with id and kind' },
);

const portRef = z.looseObject({ node: id, port: id }, { error: 'an object with node and port' });

const wireSchema = z.looseObject({ id: id.optional(), from: portRef, to: portRef }, { error: 'an object with from and to' });

const graphSchema = z.looseObject(
  {
    nodes: z.array(nodeSchema, { error: 'a list of nodes' }),
    wires: z.array(wireSchema, { error: 'a list of wires' }).default([]),
  },
  { error: 'an object with nodes and wires' },
);

const seed = wholeNumber(0, 4294967295);
const part = share('a share from 0 to 1');

const splitSchema = z
  .looseObject(
    {
      train: part.default(DEFAULT_SPLIT.train),
      validation: part.default(DEFAULT_SPLIT.validation),
      test: part.default(DEFAULT_SPLIT.test),
      seed: seed.default(DEFAULT_SPLIT.seed),
    },
    { error: 'an object with train, validation, test and seed' },
  )
  .refine((split) => Math.abs(split.train + split.validation + split.test - 1) < 1e-6, { error: 'shares train, validation and test that add up to 1' });

const dataSchema = z.looseObject(
  {
    source: id,
    options: z.record(z.string(), option, { error: 'an object of options' }).default({}),
    split: splitSchema.default({ ...DEFAULT_SPLIT }),
  },
  { error: 'an object with source, options and split' },
);

const learningRate = positive('a number above 0');
const atLeastZero = z.number({ error: 'a number of 0 or more' }).min(0, { error: 'a number of 0 or more' });
const decay = z.number({ error: 'a number from 0 to below 1' }).min(0, { error: 'a number from 0 to below 1' }).lt(1, { error: 'a number from 0 to below 1' });

const epsilon = positive('a number above 0').optional();
const adamConstants = { beta1: decay.optional(), beta2: decay.optional(), epsilon };

const optimizerSchema = z.discriminatedUnion(
  'kind',
  [
    z.looseObject({ kind: z.literal('adam'), learningRate: learningRate.default(DEFAULT_LEARNING_RATE.adam), ...adamConstants }),
    z.looseObject({
      kind: z.literal('adamw'),
      learningRate: learningRate.default(DEFAULT_LEARNING_RATE.adamw),
      ...adamConstants,
      weightDecay: atLeastZero.optional(),
    }),
    z.looseObject({ kind: z.literal('rmsprop'), learningRate: learningRate.default(DEFAULT_LEARNING_RATE.rmsprop), alpha: decay.optional(), epsilon }),
    z.looseObject({ kind: z.literal('adagrad'), learningRate: learningRate.default(DEFAULT_LEARNING_RATE.adagrad), epsilon }),
    z.looseObject({
      kind: z.literal('sgd'),
      learningRate: learningRate.default(DEFAULT_LEARNING_RATE.sgd),
      momentum: decay.optional(),
      nesterov: z.boolean({ error: 'true or false' }).optional(),
    }),
  ],
  { error: 'an optimizer of kind "sgd", "adagrad", "rmsprop", "adam" or "adamw"' },
);

const clipSchema = z.discriminatedUnion(
  'kind',
  [
    z.looseObject({ kind: z.literal('none') }),
    z.looseObject({ kind: z.literal('norm'), max: positive('a number above 0') }),
    z.looseObject({ kind: z.literal('value'), max: positive('a number above 0') }),
  ],
  { error: 'clipping of kind "none", "norm" or "value"' },
);

const bpttSchema = z.looseObject(
  {
    mode: z.enum(['full', 'truncated'], { error: '"full" or "truncated"' }).default(DEFAULT_TRAINING.bptt.mode),
    window: wholeNumber(1, 1000000).optional(),
    reduce: z.enum(['sum', 'mean'], { error: '"sum" or "mean"' }).default(DEFAULT_TRAINING.bptt.reduce),
  },
  { error: 'an object with mode and reduce' },
);

const warmup = wholeNumber(0, 1_000_000_000).optional();
const epochs = wholeNumber(1, 1000000);
const portion = share('a share from 0 to 1');
const { step, cosine, plateau } = DEFAULT_SCHEDULE;

const scheduleSchema = z.discriminatedUnion(
  'kind',
  [
    z.looseObject({ kind: z.literal('constant'), warmup }),
    z.looseObject({ kind: z.literal('step'), every: epochs.default(step.every), factor: portion.default(step.factor), warmup }),
    z.looseObject({ kind: z.literal('cosine'), final: portion.default(cosine.final), warmup }),
    z.looseObject({ kind: z.literal('plateau'), factor: portion.default(plateau.factor), patience: epochs.default(plateau.patience), warmup }),
  ],
  { error: 'a schedule of kind "constant", "step", "cosine" or "plateau"' },
);

const earlyStopSchema = z.looseObject(
  { patience: epochs.default(DEFAULT_EARLY_STOP.patience), minDelta: atLeastZero.default(DEFAULT_EARLY_STOP.minDelta) },
  { error: 'an object with patience and minDelta, or null' },
);

const trainingSchema = z.looseObject(
  {
    optimizer: optimizerSchema.default({ ...DEFAULT_TRAINING.optimizer }),
    batchSize: wholeNumber(1, 65536).default(DEFAULT_TRAINING.batchSize),
    epochs: wholeNumber(1, 1000000).default(DEFAULT_TRAINING.epochs),
    seed: seed.default(DEFAULT_TRAINING.seed),
    clip: clipSchema.default({ ...DEFAULT_TRAINING.clip }),
    bptt: bpttSchema.default({ ...DEFAULT_TRAINING.bptt }),
    schedule: scheduleSchema.optional(),
    earlyStop: earlyStopSchema.nullable().optional(),
  },
  { error: 'an object of training settings' },
);

/** `NAME.unroll`, version 1. Unknown keys are kept everywhere. */
export const projectSchema = z.looseObject(
  {
    format: z.literal(PROJECT_FORMAT),
    version: z.literal(PROJECT_VERSION),
    name: words.default(DEFAULT_NAME),
    graph: graphSchema,
    data: dataSchema.nullable().default(null),
    training: trainingSchema.prefault({}),
    lesson: lessonSchema.optional(),
  },
  { error: 'a project' },
);
