/** Parsers of everything the host says as JSON. The types come from the contract; a reply that does not fit is a bug of the host. */
import { z } from 'zod';
import type { NodeId, WireId } from '../../src-engine/document/project.ts';
import { PROBLEM_TITLES, type Problem, type ProblemCode } from '../../src-engine/document/problems.ts';
import type { DataSignature } from '../../src-engine/document/signature.ts';
import type {
  DataSummary,
  OpenReply,
  ProbeLayer,
  Progress,
  RankReply,
  SampleReply,
  SessionEvents,
  StatusReply,
  TestScore,
  Validation,
  WeightsReply,
} from '../../src-engine/session/protocol.ts';
import type { Replies, RequestName } from '../../src-main/contract.ts';
import { debugCopyReply, debugNodeReply, debugReply } from './debug-schema.ts';
import { classifyReply, connectivityReply, explainReply, forecastReply, statesReply, translateReply } from './explain-schemas.ts';
import { memoryReply } from './memory-schema.ts';
import { probesReply } from './probes-schema.ts';
import { runReplies } from './runs-schema.ts';
import { keepingSchemas, openedFileSchema } from './keeping-schemas.ts';
import { cancelledSchema, choiceSchema, descriptionSchema, locatedSchema } from './data-schemas.ts';

/** JSON has no NaN or Infinity and writes null instead; both shells' spelling becomes a number here. */
const float = z.unknown().transform((value, context): number => {
  if (value === null) return Number.NaN;
  if (typeof value === 'number') return value;
  context.issues.push({ code: 'custom', message: 'expected a number', input: value });
  return z.NEVER;
});

const problemCode = z.custom<ProblemCode>((value) => typeof value === 'string' && Object.hasOwn(PROBLEM_TITLES, value));
const nodeId = z.custom<NodeId>((value) => typeof value === 'string');
const wireId = z.custom<WireId>((value) => typeof value === 'string');

const problem: z.ZodType<Problem> = z.object({
  code: problemCode,
  node: nodeId.nullable(),
  wire: wireId.nullable(),
  path: z.string().nullable(),
  message: z.string(),
  fix: z.string(),
  remedy: z
    .object({
      kind: z.literal('insert'),
      node: z.string(),
      label: z.string(),
      params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
    })
    .nullable(),
});

const metric = z.enum(['accuracy', 'exact-match', 'perplexity', 'bits-per-character', 'rmse', 'mae']);
const baseline = z.object({ name: z.string(), metric: z.enum([...metric.options, 'macro-f1']), score: float });

const statusFields = {
  state: z.enum(['idle', 'ready', 'running', 'paused', 'done', 'failed']),
  step: z.number(),
  epoch: z.number(),
  totalSteps: z.number(),
  learningRate: float,
};
const status: z.ZodType<StatusReply> = z.object(statusFields);

const numbers = z.array(float);
const dataPreview: z.ZodType<DataSummary['preview']> = z.object({
  lengths: z.object({ from: z.number(), width: z.number(), counts: z.array(z.number()), mean: z.number() }),
  balance: z
    .object({ classes: z.array(z.object({ name: z.string(), train: z.number(), validation: z.number(), test: z.number() })), others: z.number() })
    .nullable(),
  targets: z.object({ from: z.number(), to: z.number(), counts: z.array(z.number()) }).nullable(),
  series: z
    .object({
      columns: z.array(z.object({ name: z.string(), values: numbers })),
      places: z.array(z.number()),
      labels: z.array(z.string()),
      validationStart: z.number(),
      testStart: z.number(),
    })
    .nullable(),
  curves: z.object({ name: z.string(), curves: z.array(z.object({ label: z.string(), values: numbers })) }).nullable(),
  frequent: z.array(z.object({ token: z.string(), count: z.number() })),
});

const dataSummary: z.ZodType<DataSummary> = z.object({
  source: z.string(),
  title: z.string(),
  generated: z.boolean(),
  unit: z.enum(['word', 'character', 'number']),
  vocabulary: z.number(),
  longest: z.number(),
  classes: z.array(z.string()),
  counts: z.object({ train: z.number(), validation: z.number(), test: z.number() }),
  baseline: z.object({ name: z.string(), metric, score: float }),
  baselines: z.array(baseline),
  samples: z.array(z.object({ text: z.string(), target: z.string() })),
  preview: dataPreview,
});

const columns = z.array(z.string());
const normalisation = z.object({ mean: z.array(float), deviation: z.array(float) }).nullable();
const signature: z.ZodType<DataSignature> = z.object({
  input: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('tokens'), unit: z.enum(['word', 'character']), vocabulary: z.array(z.string()) }),
    z.object({ kind: z.literal('features'), width: z.number(), columns, normalisation }),
    z.object({ kind: z.literal('vector'), width: z.number(), columns, normalisation }),
  ]),
  output: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('classes'),
      classes: z.array(z.string()),
      perStep: z.boolean(),
      ownSteps: z.number().exactOptional(),
      fromRight: z.boolean().exactOptional(),
    }),
    z.object({
      kind: z.literal('numbers'),
      width: z.number(),
      columns,
      normalisation,
      perStep: z.boolean(),
      next: z.array(z.number().nullable()).exactOptional(),
    }),
  ]),
  longest: z.number(),
});

const probeLayer: z.ZodType<ProbeLayer> = z.object({ layer: z.string(), direction: z.enum(['forward', 'backward']), node: z.string() });

const openReply: z.ZodType<OpenReply> = z.object({
  ...statusFields,
  problems: z.array(problem),
  data: dataSummary.nullable(),
  signature: signature.nullable(),
  parameters: z.number(),
  probeLayers: z.array(probeLayer),
  steps: z.number(),
  memory: z.object({ bytes: z.number(), limit: z.number() }).exactOptional(),
  kept: z.object({ kept: z.array(z.string()), fresh: z.array(z.string()) }).nullable(),
});

const sampleReply: z.ZodType<SampleReply> = z.object({ step: z.number(), text: z.string(), unknown: z.array(z.string()), stepsPerSecond: z.number() });

const rankReply: z.ZodType<RankReply> = z.object({
  step: z.number(),
  kind: z.enum(['next', 'cloze']),
  unit: z.enum(['character', 'word']),
  unknown: z.array(z.string()),
  places: z.array(
    z.object({
      before: z.string(),
      after: z.string().nullable(),
      candidates: z.array(z.object({ token: z.string(), probability: z.number() })),
    }),
  ),
});

const weightsReply: z.ZodType<WeightsReply> = z.object({
  step: z.number(),
  parameters: z.array(
    z.object({
      parameter: z.string(),
      shape: z.array(z.number()),
      limit: z.number(),
      counts: z.array(z.number()),
      mean: z.number(),
      deviation: z.number(),
      nonFinite: z.number(),
    }),
  ),
});

const openedProject = z.object({ opened: openedFileSchema.nullable() });
const recentProjects = z.object({ recent: z.array(z.object({ handle: z.string(), name: z.string(), folder: z.string(), used: z.number() })) });

const valueSchemas: { readonly [N in RequestName]: z.ZodType<Replies[N]> } = {
  'app.info': z.object({ shell: z.enum(['electron', 'browser']), version: z.string(), files: z.enum(['dialog', 'download']) }),
  'project.open': openedProject,
  'project.openKnown': openedProject,
  'project.recent': recentProjects,
  'project.forget': recentProjects,
  'project.handed': z.object({ handed: z.object({ handle: z.string(), name: z.string() }).nullable() }),
  'menu.show': z.object({ shown: z.boolean() }),
  'app.leave': z.object({ leaving: z.boolean() }),
  'log.read': z.object({ text: z.string().nullable() }),
  'project.save': z.object({
    saved: z.object({ name: z.string(), handle: z.string().nullable(), version: z.string().nullable() }).nullable(),
    download: z.string().nullable(),
    changed: z.boolean(),
  }),
  ...keepingSchemas(problem),
  'session.open': openReply,
  'data.preview': z.object({ data: dataSummary.nullable(), signature: signature.nullable(), problems: z.array(problem) }),
  'session.start': status,
  'session.pause': status,
  'session.step': status,
  'session.stop': status,
  'session.reset': status,
  'session.setLearningRate': status,
  'session.setProbeEvery': status,
  'session.weights': weightsReply,
  'session.probes': probesReply,
  'session.sample': sampleReply,
  'session.rankNext': rankReply,
  'session.classify': classifyReply,
  'session.explain': explainReply,
  'session.connectivity': connectivityReply,
  'session.forecast': forecastReply,
  'session.states': statesReply,
  'session.debug': debugReply,
  'session.debugNode': debugNodeReply,
  'session.debugCopy': debugCopyReply,
  'session.translate': translateReply,
  'session.status': status,
  'memory.measure': memoryReply,
  'memory.cancel': z.object({ cancelled: z.boolean() }),
  'code.pytorch': z.object({ text: z.string() }),
  'data.choose': choiceSchema,
  'data.describe': descriptionSchema(problem, signature),
  'data.locate': locatedSchema(problem),
  'data.cancel': cancelledSchema,
  ...runReplies({
    opened: openReply,
    status,
    probeLayer,
    metric,
    float,
    progress: () => progressSchema,
    validation: () => validationSchema,
    stopped: () => stoppedSchema,
    done: () => doneSchema,
  }),
  'picture.save': z.object({ saved: z.object({ name: z.string() }).nullable(), download: z.string().nullable() }),
  'model.import': z.object({ text: z.string(), isOpen: z.boolean(), weights: z.string(), notes: z.array(z.string()) }),
  'session.export': z.object({
    saved: z.object({ name: z.string() }).nullable(),
    download: z.string().nullable(),
    name: z.string(),
    largestDifference: float,
    examples: z.number(),
    ranBy: z.string().nullable(),
  }),
};

const refusal = z.object({ ok: z.literal(false), problems: z.array(problem).min(1) });

export type ParsedReply<N extends RequestName> =
  { readonly ok: true; readonly value: Replies[N] } | { readonly ok: false; readonly problems: readonly Problem[] };

/** Throws `ZodError` where the host's reply is not what the contract promises. */
export function parseReply<N extends RequestName>(name: N, reply: unknown): ParsedReply<N> {
  const { ok } = z.object({ ok: z.boolean() }).parse(reply);
  if (!ok) return refusal.parse(reply);
  const value: Replies[N] = valueSchemas[name].parse(z.object({ value: z.unknown() }).parse(reply).value);
  return { ok: true, value };
}

const floatOrNull = float.nullable();
const scoreFields = {
  loss: float,
  metric,
  score: float,
  count: z.number(),
  measures: z.object({
    accuracy: floatOrNull,
    macroF1: floatOrNull,
    perClass: z.array(z.object({ precision: float, recall: float, f1: float, count: z.number() })).nullable(),
    confusion: z.array(z.array(z.number())).nullable(),
    perplexity: floatOrNull,
    bitsPerCharacter: floatOrNull,
    exactMatch: floatOrNull,
    mae: floatOrNull,
    rmse: floatOrNull,
  }),
};
const testScore: z.ZodType<TestScore> = z.object({ ...scoreFields, baseline: float, baselines: z.array(baseline) });

export const progressSchema: z.ZodType<Progress> = z.object({
  step: z.number(),
  epoch: z.number(),
  totalSteps: z.number(),
  trainLoss: float,
  learningRate: float,
  gradientNorm: float,
  clipped: z.boolean(),
  stepsPerSecond: float,
  secondsLeft: z.number().nullable(),
  probing: z.object({ every: float, share: float }).nullable(),
});
export const stateSchema = status;
export const validationSchema: z.ZodType<Validation> = z.object({ step: z.number(), ...scoreFields });
export const stoppedSchema: z.ZodType<SessionEvents['stopped']> = z.object({
  step: z.number(),
  reason: z.literal('non-finite'),
  place: z.object({
    layer: z.string(),
    t: z.number().nullable(),
    quantity: z.enum(['hidden state', 'loss', 'gradient', 'parameter']),
  }),
  sentence: z.string(),
});
export const doneSchema: z.ZodType<SessionEvents['done']> = z.object({
  steps: z.number(),
  seconds: float,
  stepsPerSecond: float,
  test: testScore.nullable(),
  earlyStop: z.object({ epoch: z.number(), step: z.number(), loss: z.number() }).nullable(),
});
export const commandSchema = z.object({ id: z.string() });
/** Events that say all by their name. */
export const bareSchema: z.ZodType<Readonly<Record<string, never>>> = z.object({});
export const diedSchema: z.ZodType<SessionEvents['died']> = z.object({ sentence: z.string() });
