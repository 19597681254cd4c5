import { beforeAll, describe, expect, it } from 'vitest';
import type { Project } from '../../src-engine/document/project.ts';
import type { EngineFiles } from '../../src-engine/session/engine-files.ts';
import type { ConnectivityReply, StatesReply } from '../../src-engine/session/protocol.ts';
import { Snapshots } from '../../src-engine/session/weights/snapshots.ts';
import type { TrainingRun } from '../../src-engine/train/training-run.ts';
import { engineFiles, openSession, scenarioProject, type TestSession } from './session-fixture.ts';

let engine: EngineFiles;
beforeAll(async () => {
  engine = await engineFiles();
});

const input = { text: 'isabella' };
const names = (): Project => scenarioProject('names');

/** What a reply says of the model, without what it says of the run. */
function answers<R extends ConnectivityReply | StatesReply>({ kept: _kept, ...reply }: R): Omit<R, 'kept'> {
  return reply;
}

async function opened(): Promise<TestSession> {
  const made = openSession(engine);
  await made.session.handlers.open({ project: names() });
  return made;
}

/** As many updates as that, one at a time. */
async function train({ session }: TestSession, updates: number): Promise<void> {
  for (let update = 0; update < updates; update++) await session.handlers.step({});
}

describe('the weights of the past', () => {
  it('answer as the model answered then: connectivity, states and verdict', async () => {
    const test = await opened();
    const { handlers } = test.session;
    const then = [await handlers.connectivity({ input }), await handlers.states({ input }), await handlers.classify({ input })];
    await train(test, 30);
    const now = await handlers.connectivity({ input });
    expect(now.kept[0]).toEqual({ step: 0, epoch: 0 });
    expect({ ...now, kept: [] }).not.toEqual(then[0]);
    const past = { input, atStep: 0 };
    const again = [await handlers.connectivity(past), await handlers.states(past), await handlers.classify(past)];
    expect(again.map((reply) => ({ ...reply, kept: [] }))).toEqual(then);
  });

  it('at the last step are those of the present, frozen vectors included', async () => {
    const { session, next } = openSession(engine);
    await session.handlers.open({ project: scenarioProject('sentiment') });
    await session.handlers.start({ steps: 12 });
    await next('done');
    const review = { text: 'a stunning film' };
    const present = await session.handlers.connectivity({ input: review });
    expect(present.step).toBe(12);
    expect(present.kept.at(-1)?.step).toBe(12);
    expect(answers(await session.handlers.connectivity({ input: review, atStep: 12 }))).toEqual(answers(present));
  });

  it('answer as they did in the middle of a run that went on', async () => {
    const { session, next, heard } = openSession(engine);
    await session.handlers.open({ project: names() });
    await session.handlers.start({ steps: 40 });
    await next('done');
    const then = await session.handlers.connectivity({ input });
    heard.length = 0;
    await session.handlers.start({ steps: 90 });
    await next('done');
    const now = await session.handlers.connectivity({ input });
    expect([then.step, now.step]).toEqual([40, 90]);
    expect(answers(await session.handlers.connectivity({ input, atStep: 40 }))).toEqual(answers(then));
    expect(answers(now)).not.toEqual(answers(then));
  });

  it('are kept at the end of epochs, and go when the run is reset', async () => {
    // On a clock that stands still keeping costs nothing: on a busy machine its share of the time would leave out the end of an epoch this short.
    const { session, next } = openSession(engine, () => 0);
    const project = names();
    await session.handlers.open({ project: { ...project, training: { ...project.training, epochs: 2, batchSize: 256 } } });
    await session.handlers.start({});
    const { steps } = await next('done');
    const { kept } = await session.handlers.states({ input });
    expect(kept.map(({ step }) => step)).toEqual(expect.arrayContaining([0, steps / 2, steps]));
    await session.handlers.reset({});
    expect((await session.handlers.states({ input })).kept).toEqual([]);
  });

  it('change no bit of the training, whatever is asked of them', async () => {
    const [plain, asked] = [await opened(), await opened()];
    await train(plain, 8);
    for (let update = 0; update < 8; update++) {
      await train(asked, 1);
      await asked.session.handlers.connectivity({ input, atStep: 0 });
    }
    const [a, b] = await Promise.all([plain.session.handlers.exportModel({ arrays: false }), asked.session.handlers.exportModel({ arrays: false })]);
    expect(a.text).toBe(b.text);
  });
});

describe('what keeping weights costs', () => {
  /** A run of so many numbers, on a clock that moves 1 ms with each copy. */
  function fake(floats: number): { readonly run: TrainingRun; readonly clock: { time: number }; readonly copies: () => number } {
    const clock = { time: 0 };
    let copies = 0;
    const run = {
      step: 0,
      epoch: 1,
      atEpochEnd: false,
      readParameters: () => {
        copies++;
        clock.time += 1;
        return new Map([['w', new Float32Array(floats)]]);
      },
    };
    return { run: run as unknown as TrainingRun, clock, copies: () => copies };
  }

  it('is at most a hundredth of the time, also where every update ends an epoch', () => {
    const { run, clock, copies } = fake(8);
    const snapshots = new Snapshots();
    Object.assign(run, { atEpochEnd: true });
    for (let step = 0; step < 20_000; step++) {
      Object.assign(run, { step });
      snapshots.keep(run, () => clock.time);
      clock.time += 1;
    }
    expect(copies() / clock.time).toBeLessThanOrEqual(0.0101);
    expect(copies()).toBeGreaterThan(100);
  });

  it('is bounded in number and in bytes; the first and the latest stay', () => {
    for (const [floats, most] of [
      [8, 60],
      [1024 * 1024, 16],
      [16 * 1024 * 1024, 0],
    ] as const) {
      const { run, clock } = fake(floats);
      const snapshots = new Snapshots();
      for (let step = 0; step < 200; step++) {
        Object.assign(run, { step });
        snapshots.keep(run, () => clock.time);
        clock.time += 1000;
      }
      expect(snapshots.steps.length).toBe(most);
      if (most > 0) expect([snapshots.steps[0]?.step, snapshots.steps.at(-1)?.step]).toEqual([0, 199]);
    }
  });
});
