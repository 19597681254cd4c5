import { join } from 'node:path';
import { ensureBuilt } from '../../src-main/launch/ensure-built.mjs';
import { commandLineParts } from '../../src-main/launch/parts.mjs';
import { findScenario } from '../../src-engine/scenarios/scenarios.ts';
import type { Project } from '../../src-engine/document/project.ts';
import { loadEngineFiles, type EngineFiles } from '../../src-engine/session/engine-files.ts';
import type { SessionEventName, SessionEvents } from '../../src-engine/session/protocol.ts';
import { Session } from '../../src-engine/session/session.ts';
import { KernelThreads } from '../../src-engine/session/threads.ts';

const ROOT = join(import.meta.dirname, '../..');

export type Heard = { [N in SessionEventName]: { readonly event: N; readonly payload: SessionEvents[N] } }[SessionEventName];

/** Kernels and data where the engine finds them. */
export async function engineFiles(): Promise<EngineFiles> {
  await ensureBuilt(commandLineParts.filter((part) => part.name !== 'host'));
  return loadEngineFiles(join(ROOT, 'out/engine'));
}

export function scenarioProject(id: string): Project {
  const scenario = findScenario(id);
  if (scenario === null) throw new Error(`no scenario ${id}`);
  return scenario.project();
}

export interface TestSession {
  readonly session: Session;
  readonly heard: Heard[];
  /** The next event of this name, also one that was heard before. */
  readonly next: <N extends SessionEventName>(name: N) => Promise<SessionEvents[N]>;
}

/** A session in this thread, with the real engine and the real clock. */
export function openSession(engine: EngineFiles, now = (): number => performance.now()): TestSession {
  const heard: Heard[] = [];
  const waiting: { readonly name: SessionEventName; readonly resolve: (payload: never) => void }[] = [];
  const kernelThreads = new KernelThreads(new URL('../../src-engine/session/kernel-thread.ts', import.meta.url), 2, () => performance.now());
  const session = new Session({
    engine,
    memory: 2 ** 34,
    threads: (count) => kernelThreads.forMachine(count),
    now,
    later: (work) => void setImmediate(work),
    send: (event, payload) => {
      heard.push({ event, payload } as Heard);
      const found = waiting.findIndex((each) => each.name === event);
      if (found !== -1) waiting.splice(found, 1)[0]?.resolve(payload as never);
    },
  });
  const next = <N extends SessionEventName>(name: N): Promise<SessionEvents[N]> => {
    const before = heard.find((each) => each.event === name);
    if (before !== undefined) return Promise.resolve(before.payload as SessionEvents[N]);
    return new Promise((resolve) => waiting.push({ name, resolve: resolve }));
  };
  return { session, heard, next };
}
