import { availableParallelism, totalmem } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { EXPORT_FORMATS } from '../document/export-formats.ts';
import { ProblemError } from '../document/problems.ts';
import { loadEngineFiles } from './engine-files.ts';
import { debugCopyRequest, debugNodeRequest, debugRequest, explainRequest, forecastRequest, inputRequest, lookRequest } from './answers/explain-schemas.ts';
import { askForJoinedVectors, withMeasuredWidth } from './joined-vectors.ts';
import type { SessionEventName, SessionEvents } from './protocol.ts';
import { Session } from './session.ts';
import { KernelThreads } from './threads.ts';

/**
 * The worker thread that trains. In: {id, name, argument}. Out: {id, ok: true, value} or {id, ok: false, problems} for each, and
 * {event, payload} unasked; binary payloads are transferred. A bug throws: the host sees the thread die and says so.
 * One request more has no reply: `close` stops what runs, ends the kernel threads and then this one, so that no thread is cut off in its work.
 */
const nothing = z.strictObject({});
const describeRequest = z.strictObject({
  source: z.string(),
  options: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  chosen: z.boolean(),
  folder: z.string().nullable(),
  depth: z.enum(['start', 'all']),
  name: z.string(),
});
const sampleRequest = z.strictObject({
  prompt: z.string(),
  length: z.int().positive(),
  temperature: z.number().nonnegative(),
  topK: z.int().positive().nullable(),
  seed: z.int().nonnegative(),
});
const memoryRequest = z.strictObject({
  project: z.unknown(),
  node: z.string(),
  seed: z.int().nonnegative(),
  updates: z.int().positive(),
  seconds: z.number().positive(),
  longest: z.int().positive(),
});
const request = z.discriminatedUnion('name', [
  z.object({
    id: z.int(),
    name: z.literal('open'),
    argument: z.object({
      project: z.unknown(),
      seed: z.int().nonnegative().optional(),
      threads: z.int().positive().optional(),
      folder: z.string().nullable().optional(),
      keep: z.boolean().optional(),
      weights: z.instanceof(Uint8Array).optional(),
    }),
  }),
  z.object({
    id: z.int(),
    name: z.literal('start'),
    argument: z.strictObject({ steps: z.int().positive().optional(), seconds: z.number().positive().optional() }),
  }),
  z.object({ id: z.int(), name: z.literal('previewData'), argument: z.strictObject({ project: z.unknown(), folder: z.string().nullable().optional() }) }),
  z.object({ id: z.int(), name: z.literal('describeFile'), argument: describeRequest }),
  z.object({ id: z.int(), name: z.literal('cancelLoading'), argument: nothing }),
  z.object({ id: z.int(), name: z.literal('pause'), argument: nothing }),
  z.object({ id: z.int(), name: z.literal('step'), argument: nothing }),
  z.object({ id: z.int(), name: z.literal('stop'), argument: nothing }),
  z.object({ id: z.int(), name: z.literal('reset'), argument: nothing }),
  z.object({ id: z.int(), name: z.literal('setProbeEvery'), argument: z.strictObject({ milliseconds: z.number().nonnegative() }) }),
  z.object({ id: z.int(), name: z.literal('setLearningRate'), argument: z.strictObject({ value: z.number().positive() }) }),
  z.object({ id: z.int(), name: z.literal('exportModel'), argument: z.strictObject({ arrays: z.boolean() }) }),
  z.object({
    id: z.int(),
    name: z.literal('exportFile'),
    argument: z.strictObject({ format: z.enum(EXPORT_FORMATS.map(({ id }) => id)), arrays: z.boolean(), name: z.string() }),
  }),
  z.object({
    id: z.int(),
    name: z.literal('importModel'),
    argument: z.strictObject({ bytes: z.instanceof(Uint8Array), name: z.string(), into: z.unknown(), folder: z.string().nullable().optional() }),
  }),
  z.object({ id: z.int(), name: z.literal('checkpoint'), argument: nothing }),
  z.object({ id: z.int(), name: z.literal('resume'), argument: z.strictObject({ checkpoint: z.instanceof(Uint8Array) }) }),
  z.object({
    id: z.int(),
    name: z.literal('probes'),
    argument: z.strictObject({ jacobian: z.boolean(), triangle: z.boolean(), copies: z.boolean().optional() }),
  }),
  z.object({ id: z.int(), name: z.literal('weights'), argument: z.strictObject({ node: z.string() }) }),
  z.object({ id: z.int(), name: z.literal('modelCode'), argument: z.strictObject({ project: z.unknown() }) }),
  z.object({ id: z.int(), name: z.literal('sample'), argument: sampleRequest }),
  z.object({ id: z.int(), name: z.literal('rankNext'), argument: z.strictObject({ text: z.string(), count: z.int().positive() }) }),
  z.object({ id: z.int(), name: z.literal(['classify', 'connectivity', 'states']), argument: lookRequest }),
  z.object({ id: z.int(), name: z.literal('translate'), argument: inputRequest }),
  z.object({ id: z.int(), name: z.literal('forecast'), argument: forecastRequest }),
  z.object({ id: z.int(), name: z.literal('explain'), argument: explainRequest }),
  z.object({ id: z.int(), name: z.literal('debug'), argument: debugRequest }),
  z.object({ id: z.int(), name: z.literal('debugNode'), argument: debugNodeRequest }),
  z.object({ id: z.int(), name: z.literal('debugCopy'), argument: debugCopyRequest }),
  z.object({ id: z.int(), name: z.literal('measureMemory'), argument: memoryRequest }),
  z.object({ id: z.int(), name: z.literal('cancelMemory'), argument: nothing }),
  z.object({ id: z.int(), name: z.literal('status'), argument: nothing }),
  z.object({ id: z.int(), name: z.literal('close'), argument: nothing }),
]);
type Request = Exclude<z.infer<typeof request>, { name: 'close' }>;

const port = parentPort;
if (port === null) throw new Error('session/worker.ts runs as a worker thread only');
const { engineDirectory } = z.object({ engineDirectory: z.string() }).parse(workerData);

/** Beside this file, and built as it is: `.ts` when run from the sources. */
const kernelThread = new URL(`./kernel-thread${import.meta.url.slice(import.meta.url.lastIndexOf('.'))}`, import.meta.url);
const now = (): number => performance.now();
const kernelThreads = new KernelThreads(kernelThread, availableParallelism(), now);
askForJoinedVectors();

const session = new Session({
  engine: withMeasuredWidth(await loadEngineFiles(engineDirectory), now),
  memory: totalmem(),
  threads: (count) => kernelThreads.forMachine(count),
  now,
  later: (work) => setImmediate(work),
  send: <N extends SessionEventName>(event: N, payload: SessionEvents[N]): void => {
    port.postMessage({ event, payload }, payload instanceof Uint8Array && payload.buffer instanceof ArrayBuffer ? [payload.buffer] : []);
  },
});

/** One request after another: an open under way is finished before the start that follows it. */
let turn = Promise.resolve();
port.on('message', (message: unknown) => {
  const parsed = request.parse(message);
  // What is being read is to end at once: that cannot wait for its turn.
  if (parsed.name === 'close') void session.handlers.cancelLoading({});
  if (parsed.name === 'cancelLoading') void answer(parsed);
  else turn = turn.then(() => perform(parsed));
});

async function perform(message: z.infer<typeof request>): Promise<void> {
  if (message.name === 'close') await close();
  // Probes are measured in pieces, an export is run elsewhere: what is asked for meanwhile does not wait for them.
  else if (message.name === 'probes' || message.name === 'exportFile' || message.name === 'measureMemory' || message.name === 'debug') void answer(message);
  else await answer(message);
}

async function close(): Promise<void> {
  session.close();
  void session.handlers.cancelMemory({});
  await kernelThreads.ended();
  port?.close();
}

async function answer(message: Request): Promise<void> {
  try {
    port?.postMessage({ id: message.id, ok: true, value: await serve(message) });
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    port?.postMessage({ id: message.id, ok: false, problems: error.problems });
  }
}

async function serve(message: Request): Promise<unknown> {
  const { handlers } = session;
  switch (message.name) {
    case 'open':
      return handlers.open(message.argument);
    case 'describeFile':
      return handlers.describeFile(message.argument);
    case 'start':
      return handlers.start(message.argument);
    case 'setProbeEvery':
      return handlers.setProbeEvery(message.argument);
    case 'setLearningRate':
      return handlers.setLearningRate(message.argument);
    case 'exportModel':
      return handlers.exportModel(message.argument);
    case 'exportFile':
      return handlers.exportFile(message.argument);
    case 'resume':
      return handlers.resume(message.argument);
    case 'probes':
      return handlers.probes(message.argument);
    case 'debug':
      return handlers.debug(message.argument);
    case 'debugNode':
      return handlers.debugNode(message.argument);
    case 'debugCopy':
      return handlers.debugCopy(message.argument);
    case 'measureMemory':
      return handlers.measureMemory(message.argument);
    case 'importModel':
      return handlers.importModel(message.argument);
    case 'modelCode':
      return handlers.modelCode(message.argument);
    case 'weights':
      return handlers.weights(message.argument);
    case 'previewData':
      return handlers.previewData(message.argument);
    case 'sample':
      return handlers.sample(message.argument);
    case 'rankNext':
      return handlers.rankNext(message.argument);
    case 'classify':
    case 'connectivity':
    case 'translate':
    case 'states':
      return handlers[message.name](message.argument);
    case 'forecast':
      return handlers.forecast(message.argument);
    case 'explain':
      return handlers.explain(message.argument);
    default:
      return handlers[message.name]({});
  }
}
