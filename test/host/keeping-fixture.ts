import { randomBytes } from 'node:crypto';
import * as fileSystem from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openKeeping, type Keeping, type KeepingServices } from '../../src-main/host/keeping/keeping.ts';
import { DOWNLOAD_FILES } from '../../src-main/host/files/project-files.ts';

/** What keeps work, in a folder that nothing is written to before something is kept. */
export function testKeeping(services: Pick<KeepingServices, 'trail'> & Partial<KeepingServices>): Keeping {
  return openKeeping({
    files: DOWNLOAD_FILES,
    fileSystem,
    randomId: () => randomBytes(8).toString('hex'),
    userFolder: join(tmpdir(), `unroll-kept-${process.pid}`),
    clock: () => Date.now(),
    now: () => performance.now(),
    ...services,
  });
}
