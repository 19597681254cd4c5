import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { Project } from '../../src-engine/document/project.ts';
import { KernelThreads } from '../../src-engine/session/threads.ts';
import { Session } from '../../src-engine/session/session.ts';
import type { EngineFiles } from '../../src-engine/session/engine-files.ts';
import { EngineThread } from '../../src-main/host/engine-thread.ts';
import { engineFiles, scenarioProject } from './session-fixture.ts';

const SOURCES = join(import.meta.dirname, '../../src-engine/session');
const place = { worker: pathToFileURL(join(SOURCES, 'worker.ts')), engineDirectory: join(import.meta.dirname, '../../out/engine') };
/** So long that a close that needs the fallback fails the test by its time limit. */
const NEVER = 1e6;

let engine: EngineFiles;
beforeAll(async () => {
  engine = await engineFiles();
});

/** Names with a program large enough to be shared by a team. */
function largeProject(): Project {
  const project = scenarioProject('names');
  const nodes = project.graph.nodes.map((node) => (node.kind === 'rnn' ? { ...node, params: { ...node.params, units: 256 } } : node));
  return { ...project, graph: { ...project.graph, nodes }, training: { ...project.training, batchSize: 256 } };
}

describe('closing', () => {
  it('ends every kernel thread of a session in the middle of its training', async () => {
    const threads = new KernelThreads(pathToFileURL(join(SOURCES, 'kernel-thread.ts')), 2, () => performance.now());
    const events: string[] = [];
    const session = new Session({
      engine,
      memory: 2 ** 34,
      threads: (count) => threads.forMachine(count),
      now: () => performance.now(),
      later: (work) => void setImmediate(work),
      send: (event) => void events.push(event),
    });
    await session.handlers.open({ project: largeProject(), threads: 3 });
    await session.handlers.start({});
    while (events.filter((event) => event === 'progress').length < 5) await new Promise((resolve) => setImmediate(resolve));
    expect(threads.count).toBe(2);
    session.close();
    const told = events.length;
    await threads.ended();
    expect(threads.count).toBe(0);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(events, 'nothing trains any more').toHaveLength(told);
  });

  it.each([
    ['while its kernel threads start', 0],
    ['in mid-training', 600],
  ])('ends the engine without force %s', async (_, wait) => {
    const thread = new EngineThread(place, NEVER);
    const opened = await thread.request('open', { project: largeProject(), threads: 3 });
    expect(opened).toMatchObject({ ok: true, value: { problems: [] } });
    await thread.request('start', {});
    await new Promise((resolve) => setTimeout(resolve, wait));
    await thread.close();
  });

  it('ends the engine without force before it has loaded anything', async () => {
    const thread = new EngineThread(place, NEVER);
    const reply = thread.request('open', { project: largeProject() });
    await thread.close();
    expect(await reply).toMatchObject({ ok: false, problems: [{ code: 'U060' }] });
  });
});

/** Shares of one core that this process takes in each of the next pieces of time, ascending. */
async function coreShares(pieces: number, milliseconds: number): Promise<readonly number[]> {
  const shares: number[] = [];
  for (let piece = 0; piece < pieces; piece++) {
    const [began, before] = [performance.now(), process.cpuUsage()];
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    const { user, system } = process.cpuUsage(before);
    shares.push((user + system) / 1000 / (performance.now() - began));
  }
  return shares.sort((a, b) => a - b);
}

it('an engine with a team waits without taking time: before it trains, paused, and at the end', { timeout: 60_000 }, async () => {
  const thread = new EngineThread(place, NEVER);
  const quiet = async (when: string): Promise<void> => {
    const shares = await coreShares(10, 100);
    expect(shares[2], `share of a core ${when}`).toBeLessThan(0.05);
  };
  await thread.request('open', { project: largeProject(), threads: 3 });
  await quiet('before it trains');
  await thread.request('start', {});
  // A team that works takes time, however little a busy machine gives it.
  const before = process.cpuUsage();
  await vi.waitUntil(() => process.cpuUsage(before).user > 200_000, { timeout: 30_000 });
  await thread.request('pause', {});
  await quiet('paused');
  await thread.request('stop', {});
  await quiet('at the end');
  await thread.close();
});
