import { beforeAll, describe, expect, it } from 'vitest';
import type { Project } from '../../src-engine/document/project.ts';
import { chain } from '../../src-engine/scenarios/build-graph.ts';
import type { EngineFiles } from '../../src-engine/session/engine-files.ts';
import type { ProbesReply } from '../../src-engine/session/protocol.ts';
import { Session } from '../../src-engine/session/session.ts';
import { engineFiles, openSession, scenarioProject } from './session-fixture.ts';

let engine: EngineFiles;
beforeAll(async () => {
  engine = await engineFiles();
});

describe('the probes that are made when asked for', () => {
  const BOTH = { jacobian: true, triangle: true };

  it('are plain JSON, over the steps of the probed examples', async () => {
    const { session } = openSession(engine);
    const opened = await session.handlers.open({ project: scenarioProject('sentiment') });
    const before = await session.handlers.probes(BOTH);
    expect(before).toMatchObject({ step: 0, steps: opened.steps, update: null, triangle: null });
    expect(before.cells.map(({ layer, direction, node }) => ({ layer, direction, node }))).toEqual(opened.probeLayers);
    for (const { gates, stateNorms, jacobian } of before.cells) {
      for (const values of [stateNorms.h, jacobian!.values, ...gates.flatMap(({ mean, shut, open }) => [mean, shut, open])]) {
        expect(values).toHaveLength(opened.steps);
        for (const value of values) expect(value).toBeGreaterThanOrEqual(0);
      }
    }
    await session.handlers.step({});
    const after: ProbesReply = await session.handlers.probes({ jacobian: false, triangle: false });
    expect(after.step).toBe(1);
    expect(after.update?.step).toBe(1);
    expect(Number(after.update!.clippedNorm)).toBeLessThanOrEqual(Number(after.update!.norm) * 1.0001);
    expect(after.cells.every(({ jacobian }) => jacobian === null)).toBe(true);
    expect(JSON.parse(JSON.stringify(after))).toEqual(after);
  });

  it('measure each copy of a weight by the weights and examples of the frames: one row for each parameter', async () => {
    const { session } = openSession(engine);
    const names = scenarioProject('names');
    await session.handlers.open({ project: { ...names, training: { ...names.training, clip: { kind: 'none' } } } });
    const { copies, steps, cells } = await session.handlers.probes({ jacobian: false, triangle: false, copies: true });
    const [cell] = cells;
    for (const name of ['weight_ih', 'weight_hh', 'bias']) {
      const found = copies?.find(({ parameter }) => parameter === `${cell!.layer}.${name}`);
      expect(found, name).toMatchObject({ node: cell!.node });
      expect(found!.values).toHaveLength(steps);
      for (const value of found!.values) expect(value).toBeGreaterThanOrEqual(0);
    }
    expect(JSON.parse(JSON.stringify(copies))).toEqual(copies);
  });

  it('tell of a run that blew up, with numbers that are not finite as strings', async () => {
    const project = scenarioProject('forecast');
    const optimizer = { ...project.training.optimizer, learningRate: 1e38 };
    const { session } = openSession(engine);
    await session.handlers.open({ project: { ...project, training: { ...project.training, optimizer, clip: { kind: 'none' } } } });
    for (let step = 0; step < 2; step++) {
      if ((await session.handlers.status({})).state !== 'failed') await session.handlers.step({});
    }
    const reply = await session.handlers.probes(BOTH);
    expect(JSON.parse(JSON.stringify(reply))).toEqual(reply);
  });
});

describe('probes while the model trains', () => {
  const BOTH = { jacobian: true, triangle: true };
  /** An answer at every step, so that there is a triangle; measured in several pieces. */
  const project = (): Project => {
    const parity = scenarioProject('parity');
    const nodes = parity.graph.nodes
      .filter(({ kind }) => kind !== 'last-step')
      .map((node) => (node.kind === 'rnn' ? { ...node, params: { ...node.params, units: 96 } } : node));
    const ids = nodes.map(({ id }) => id);
    return { ...parity, graph: chain(nodes, ids), data: { ...parity.data!, options: { length: 20, perStep: true, count: 500 } } };
  };
  const stepped = async (steps: number) => {
    // A clock that goes on a millisecond whenever it is read: how many pieces there are does not depend on the machine.
    let time = 0;
    const opened = openSession(engine, () => (time += 1));
    const { problems } = await opened.session.handlers.open({ project: project(), threads: 1 });
    expect(problems).toEqual([]);
    for (let step = 0; step < steps; step++) await opened.session.handlers.step({});
    return opened;
  };

  it('come in pieces, between which training and messages have their turn; they are those of the weights at the begin, and change no bit', async () => {
    const still = await stepped(3);
    const expected = await still.session.handlers.probes(BOTH);
    const { session } = await stepped(3);
    await session.handlers.start({});
    const reply = Promise.resolve(session.handlers.probes(BOTH));
    let answered = false;
    void reply.finally(() => (answered = true));
    let turns = 0;
    for (; !answered; turns++) await new Promise((resolve) => setImmediate(resolve));
    expect(turns).toBeGreaterThan(3);
    const { step } = await session.handlers.pause({});
    expect(step, 'trained meanwhile').toBeGreaterThan(3);
    expect(await reply).toEqual(expected);
    expect(expected.triangle?.lossSteps).toHaveLength(20);
    const undisturbed = await stepped(3);
    await undisturbed.session.handlers.start({ steps: step });
    await undisturbed.next('done');
    const text = async (of: Session): Promise<string> => (await of.handlers.exportModel({ arrays: false })).text;
    expect(await text(session)).toBe(await text(undisturbed.session));
  });

  it('are refused where the project is closed before they are measured', async () => {
    const { session } = await stepped(0);
    const reply = session.handlers.probes(BOTH);
    session.close();
    await expect(reply).rejects.toMatchObject({ problems: [{ code: 'U024' }] });
  });
});

/**
 * When the probes of a session begin whose clock goes on by `trainMs` with every update and by `probeMs` with every probe, and nothing else; without the one
 * after its end, which keeps no pace.
 */
async function clocked(project: Project, trainMs: number, probeMs: number, every: number | null = null): Promise<readonly number[]> {
  let time = 0;
  const begins: number[] = [];
  const done = Promise.withResolvers<undefined>();
  const session = new Session({
    engine,
    memory: 2 ** 34,
    threads: () => ({ count: 1, use: 'measured', start: () => undefined, now: () => 0 }),
    // The session looks at the clock some times with each update; all of it together is the update's time.
    now: () => {
      time += trainMs / 4;
      return time;
    },
    later: (work) => void setImmediate(work),
    send: (event) => {
      if (event === 'probe') {
        begins.push(time);
        time += probeMs;
      }
      if (event === 'done') done.resolve(undefined);
    },
  });
  await session.handlers.open({ project, threads: 1 });
  if (every !== null) await session.handlers.setProbeEvery({ milliseconds: every });
  await session.handlers.start({});
  await done.promise;
  return begins.slice(0, -1);
}

describe('probe frames', () => {
  const project = (): Project => {
    const names = scenarioProject('names');
    return { ...names, training: { ...names.training, epochs: 1 } };
  };

  it.each([40, 400])('of %i ms each take at most a twentieth of the time', async (probeMs) => {
    const begins = await clocked(project(), 240, probeMs);
    expect(begins.length).toBeGreaterThan(2);
    // From one probe to the next: its own time, and nineteen times that without one.
    for (const [index, began] of begins.slice(1).entries()) expect(probeMs / (began - begins[index]!)).toBeLessThanOrEqual(0.05);
  });

  it('that cost next to nothing come every 150 ms at most', async () => {
    const begins = await clocked(project(), 10, 0);
    for (const [index, began] of begins.slice(1).entries()) expect(began - begins[index]!).toBeGreaterThanOrEqual(150);
  });

  it('come at the rate that was chosen, as far as their share allows', async () => {
    const apart = async (every: number, probeMs: number): Promise<number> => {
      const begins = await clocked(project(), 10, probeMs, every);
      const gaps = begins.slice(1).map((began, index) => began - begins[index]!);
      return Math.min(...gaps);
    };
    expect(await apart(400, 0)).toBeGreaterThanOrEqual(400);
    // The clock itself charges a probe some 5 ms.
    expect(await apart(20, 0)).toBeLessThan(140);
    expect(await apart(20, 10)).toBeGreaterThanOrEqual(200);
  });
});
