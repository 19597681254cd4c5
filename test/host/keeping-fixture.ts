import { randomBytes } from 'node:crypto';
import * as fileSystem from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EngineListener } from '../../src-main/host/engine-thread.ts';
import type { Requester } from '../../src-main/host/handlers.ts';
import { openKeeping, type Keeping, type KeepingServices } from '../../src-main/host/keeping.ts';
import { DOWNLOAD_FILES } from '../../src-main/host/project-files.ts';

type TestEngine = Requester & { onEvent?(listener: EngineListener): () => void };

/** What keeps work, in a folder that nothing is written to before something is kept. */
export function testKeeping(engine: TestEngine, services: Partial<Omit<KeepingServices, 'engine'>> = {}): Keeping {
  return openKeeping({
    engine: {
      request: (name, argument) => engine.request(name, argument),
      onEvent: (listener) => engine.onEvent?.(listener) ?? (() => undefined),
    },
    files: DOWNLOAD_FILES,
    fileSystem,
    randomId: () => randomBytes(8).toString('hex'),
    userFolder: join(tmpdir(), `unroll-kept-${process.pid}`),
    clock: () => Date.now(),
    now: () => performance.now(),
    ...services,
  });
}
