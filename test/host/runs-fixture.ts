import { randomBytes } from 'node:crypto';
import type { EngineListener } from '../../src-main/host/engine-thread.ts';
import type { Requester } from '../../src-main/host/ask-engine.ts';
import { DOWNLOAD_FILES } from '../../src-main/host/files/project-files.ts';
import { openRuns, type Runs, type RunsServices } from '../../src-main/host/runs/open-runs.ts';

type TestEngine = Requester & { onEvent?(listener: EngineListener): () => void };

/** Runs that are kept in memory. */
export function testRuns(engine: TestEngine, services: Partial<Omit<RunsServices, 'engine'>> = {}): Runs {
  return openRuns({
    engine: {
      request: (name, argument) => engine.request(name, argument),
      onEvent: (listener) => engine.onEvent?.(listener) ?? (() => undefined),
    },
    files: DOWNLOAD_FILES,
    userFolder: null,
    clock: () => Date.now(),
    randomId: () => randomBytes(8).toString('hex'),
    windows: () => 1,
    ...services,
  });
}
