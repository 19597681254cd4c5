import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { ProblemError } from '../../src-engine/document/problems.ts';
import type { Project, TrainingSpec } from '../../src-engine/document/project.ts';
import type { EngineFiles } from '../../src-engine/session/engine-files.ts';
import { decodeCheckpoint } from '../../src-engine/train/checkpoint.ts';
import { engineFiles, openSession, scenarioProject, type TestSession } from './session-fixture.ts';

let engine: EngineFiles;
beforeAll(async () => {
  engine = await engineFiles();
});

afterEach(() => {
  vi.restoreAllMocks();
});

function names(training: Partial<TrainingSpec> = {}): Project {
  const project = scenarioProject('names');
  return { ...project, training: { ...project.training, ...training } };
}

async function opened(project: Project): Promise<TestSession> {
  const session = openSession(engine);
  const { problems } = await session.session.handlers.open({ project });
  expect(problems).toEqual([]);
  return session;
}

async function step({ session }: TestSession, count: number): Promise<void> {
  for (let n = 0; n < count; n++) await session.handlers.step({});
}

async function exported({ session }: TestSession): Promise<string> {
  return (await session.handlers.exportModel({ arrays: false })).text;
}

it.each([{}, { bptt: { mode: 'truncated', window: 3, reduce: 'sum' } }] as const)(
  'a session resumed from a checkpoint ends as the uninterrupted one: %o',
  async (part) => {
    const project = names(part);
    const whole = await opened(project);
    await step(whole, 3);
    const { bytes } = await whole.session.handlers.checkpoint({});
    await step(whole, 4);
    const resumed = await opened(project);
    expect(await resumed.session.handlers.resume({ checkpoint: bytes })).toMatchObject({ state: 'paused', step: 3 });
    await step(resumed, 4);
    expect(await exported(resumed)).toBe(await exported(whole));
  },
);

it.each([0, 1, 2, 3])('a checkpoint that comes as a Buffer is read as one that comes as bytes, wherever it begins in its memory: %i', async (begin) => {
  const session = await opened(names());
  await step(session, 1);
  const { bytes } = await session.session.handlers.checkpoint({});
  const memory = Buffer.alloc(begin + bytes.length);
  memory.set(bytes, begin);
  expect(decodeCheckpoint(memory.subarray(begin))).toEqual(decodeCheckpoint(bytes));
});

it('a checkpoint of another project is refused with U043, a damaged one with U042; the session stays as it is', async () => {
  const other = await opened(names({ batchSize: 8 }));
  const { bytes } = await other.session.handlers.checkpoint({});
  const here = await opened(names());
  await step(here, 1);
  const refusal = (checkpoint: Uint8Array): string => {
    try {
      void here.session.handlers.resume({ checkpoint });
    } catch (error) {
      if (error instanceof ProblemError) return error.problems.map(({ code }) => code).join();
    }
    return 'none';
  };
  expect(refusal(bytes)).toBe('U043');
  expect(refusal(bytes.subarray(0, bytes.length - 1))).toBe('U042');
  expect(await here.session.handlers.status({})).toMatchObject({ state: 'paused', step: 1 });
});

it('a checkpoint of a newer version is refused with a sentence of its own', async () => {
  const session = await opened(names());
  const { bytes } = await session.session.handlers.checkpoint({});
  const newer = bytes.slice();
  new DataView(newer.buffer).setUint32(8, 2, true);
  expect(decodeCheckpoint(newer)).toEqual({ ok: false, fault: 'newer', sentence: 'It has version 2; this version of Unroll reads version 1.' });
});

it('early stopping ends the run, and says whose weights the model has', async () => {
  const stubborn = { optimizer: { kind: 'sgd', learningRate: 1e-12 }, earlyStop: { patience: 2, minDelta: 0.01 }, epochs: 50, batchSize: 512 } as const;
  const run = await opened(names(stubborn));
  await run.session.handlers.start({});
  const done = await run.next('done');
  const validations = run.heard.flatMap((each) => (each.event === 'validation' ? [each.payload] : []));
  expect(validations).toHaveLength(3);
  expect(done.earlyStop).toEqual({ epoch: 1, step: validations[0]!.step, loss: validations[0]!.loss });
});

it('a model that does not fit is refused with U041 before any memory is taken', async () => {
  const project = names({ batchSize: 65536 });
  const nodes = project.graph.nodes.map((each) => (each.kind === 'rnn' ? { ...each, params: { ...each.params, units: 2048 } } : each));
  const { session } = openSession(engine);
  const { problems } = await session.handlers.open({ project: { ...project, graph: { ...project.graph, nodes } } });
  expect(problems.map(({ code, path }) => [code, path])).toEqual([['U041', 'training.batchSize']]);
  expect(problems[0]!.fix).toMatch(/^Set the batch size to \d+ or less, or /u);
});

it.each([{}, { bptt: { mode: 'truncated', window: 3, reduce: 'sum' } }] as const)(
  'after a number that is not finite the checkpoint is the last finite state, and leads on from there: %o',
  async (part) => {
    // 3 s between two updates: a state is kept before each.
    let time = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => time);
    const slowly = async (session: TestSession, count: number): Promise<void> => {
      for (let n = 0; n < count; n++) {
        time += 3000;
        await step(session, 1);
      }
    };
    const project = names({ ...part, clip: { kind: 'none' }, optimizer: { kind: 'sgd', learningRate: 0.01 } });
    const failing = await opened(project);
    await slowly(failing, 3);
    const weights = await exported(failing);
    await failing.session.handlers.setLearningRate({ value: 1e38 });
    await slowly(failing, 1);
    while (!failing.heard.some(({ event }) => event === 'stopped')) await slowly(failing, 1);
    const kept = await failing.session.handlers.checkpoint({});
    expect(kept.step, 'a state before the overflow').toBe(3);

    const resumed = await opened(project);
    await resumed.session.handlers.resume({ checkpoint: kept.bytes });
    expect(await exported(resumed)).toBe(weights);
    await failing.session.handlers.resume({ checkpoint: kept.bytes });
    await resumed.session.handlers.setLearningRate({ value: 0.01 });
    await failing.session.handlers.setLearningRate({ value: 0.01 });
    await step(resumed, 3);
    await step(failing, 3);
    const whole = await opened(project);
    await step(whole, 6);
    expect(await exported(resumed)).toBe(await exported(whole));
    expect(await exported(failing), 'the session that failed goes on as well').toBe(await exported(whole));
  },
);

it('a state is kept at the first update and then at most every two seconds', async () => {
  let time = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => time);
  const session = await opened(names());
  await step(session, 2);
  time += 1999;
  await step(session, 1);
  time += 1;
  await step(session, 2);
  await session.session.handlers.setLearningRate({ value: 1e38 });
  while (!session.heard.some(({ event }) => event === 'stopped')) await step(session, 1);
  expect((await session.session.handlers.checkpoint({})).step).toBe(3);
});
