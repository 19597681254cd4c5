import { beforeAll, describe, expect, it } from 'vitest';
import type { NodeId, Project } from '../../src-engine/document/project.ts';
import { replaceKind, setParam } from '../../src-engine/document/edits.ts';
import type { EngineFiles } from '../../src-engine/session/engine-files.ts';
import type { MemoryReply, SessionRequests } from '../../src-engine/session/protocol.ts';
import { engineFiles, openSession, scenarioProject, type TestSession } from './session-fixture.ts';

const MINUTE = 60_000;
const rnn1 = 'rnn1' as NodeId;
let engine: EngineFiles;
beforeAll(async () => {
  engine = await engineFiles();
});

type Request = SessionRequests['measureMemory']['request'];

/** Small enough for a second or two: 24 units, few updates, no lag beyond 48. */
const request = (project: Project, change: Partial<Request> = {}): Request => ({
  project,
  node: 'rnn1',
  seed: 3,
  updates: 300,
  seconds: 60,
  longest: 48,
  ...change,
});

function projectWith(kind: 'rnn' | 'gru' | 'lstm'): Project {
  const template = scenarioProject('recall-rnn');
  const graph = kind === 'rnn' ? template.graph : replaceKind(template.graph, rnn1, kind);
  return { ...template, graph: setParam(graph, rnn1, 'units', 24), training: { ...template.training, optimizer: { kind: 'adam', learningRate: 0.01 } } };
}

const told = ({ heard }: TestSession) => heard.flatMap((each) => (each.event === 'memory' ? [each.payload] : []));

describe('how long a cell remembers', () => {
  it('an RNN collapses before a GRU and an LSTM of its size do; its gradient halves sooner', { timeout: 3 * MINUTE }, async () => {
    const replies: Record<string, MemoryReply> = {};
    for (const kind of ['rnn', 'gru', 'lstm'] as const) {
      const { session } = openSession(engine);
      replies[kind] = await session.handlers.measureMemory(request(projectWith(kind)));
      expect(replies[kind].cell).toEqual({ kind, units: 24 });
    }
    const { rnn, gru, lstm } = replies as { rnn: MemoryReply; gru: MemoryReply; lstm: MemoryReply };
    expect(rnn.ended).toBe('found');
    expect(rnn.remembers).toBeGreaterThanOrEqual(2);
    expect(rnn.collapsesAt).toBeLessThan(32);
    for (const gated of [gru, lstm]) expect(gated.remembers).toBeGreaterThan(rnn.collapsesAt!);
    const halfLife = ({ points }: MemoryReply): number => points.find(({ lag }) => lag === 4)!.before.halfLife!;
    expect(halfLife(rnn)).toBeGreaterThan(0);
    expect(halfLife(rnn)).toBeLessThan(2);
    expect(Math.abs(halfLife(gru)), 'fades slower').toBeGreaterThan(halfLife(rnn));
    expect(rnn.chance).toBe(1 / 8);
    expect(rnn.threshold).toBe(0.5625);
    for (const { lag, accuracy } of rnn.points) {
      if (lag <= rnn.remembers) expect(accuracy).toBeGreaterThanOrEqual(rnn.threshold);
      if (lag === rnn.collapsesAt) expect(accuracy).toBeLessThan(rnn.threshold);
    }
  });

  it('is the same for the same seed, bit for bit, and leaves what is open as it is', { timeout: MINUTE }, async () => {
    const opened = openSession(engine);
    const { session } = opened;
    await session.handlers.open({ project: scenarioProject('names'), threads: 1 });
    const status = await session.handlers.step({});
    const quick = request(projectWith('rnn'), { updates: 60, longest: 8 });
    const first = await session.handlers.measureMemory(quick);
    const second = await session.handlers.measureMemory(quick);
    expect(second.points).toEqual(first.points);
    expect(await session.handlers.status({})).toEqual(status);
    const reports = told(opened);
    expect(reports.length).toBeGreaterThan(0);
    for (const { lag, updates } of reports) expect([lag <= 8, updates <= 60]).toEqual([true, true]);
  });

  it('ends when it is cancelled or its time is up, with what has been measured so far', { timeout: MINUTE }, async () => {
    const opened = openSession(engine);
    const { session } = opened;
    expect(await session.handlers.cancelMemory({})).toEqual({ cancelled: false });
    const running = session.handlers.measureMemory(request(projectWith('lstm'), { updates: 5000, longest: 512 }));
    await opened.next('memory');
    expect(await session.handlers.cancelMemory({})).toEqual({ cancelled: true });
    expect((await running).ended).toBe('cancelled');
    const late = await session.handlers.measureMemory(request(projectWith('lstm'), { updates: 5000, longest: 512, seconds: 0.3 }));
    expect(late).toMatchObject({ ended: 'time', collapsesAt: null });
    expect(late.seconds).toBeLessThan(3);
  });

  it('is refused for what is no cell, by name', async () => {
    const { session } = openSession(engine);
    const refused = session.handlers.measureMemory(request(projectWith('rnn'), { node: 'embed' }));
    await expect(refused).rejects.toMatchObject({ problems: [{ code: 'U047', node: 'embed' }] });
    await expect(session.handlers.measureMemory(request(projectWith('rnn'), { node: 'gone' }))).rejects.toMatchObject({ problems: [{ code: 'U047' }] });
  });
});
