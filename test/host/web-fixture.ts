import { randomBytes } from 'node:crypto';
import * as fileSystem from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EngineThread } from '../../src-main/host/engine-thread.ts';
import { DataFiles } from '../../src-main/host/files/data-files.ts';
import { browserDesk } from '../../src-main/host/desk.ts';
import { createHandlers } from '../../src-main/host/create-handlers.ts';
import { DOWNLOAD_FILES } from '../../src-main/host/files/project-files.ts';
import { receiveData } from '../../src-main/web/receive-data.ts';
import { WebHost } from '../../src-main/web/web-host.ts';
import { testKeeping } from './keeping-fixture.ts';
import { testRuns } from './runs-fixture.ts';
import { rawRequest } from './raw-http.ts';

export interface WebFixture {
  readonly host: WebHost;
  readonly engine: EngineThread;
  readonly port: number;
  readonly own: string;
  /** Header lines of a browser that was let in. */
  readonly cookie: () => Promise<string>;
  readonly bugs: unknown[];
  /** Where uploaded data is kept. */
  readonly uploads: string;
  readonly close: () => Promise<void>;
}

/** The browser host before a small folder of pages and the scripted worker; a secret file lies beside that folder. */
export async function startWebFixture(now = () => performance.now()): Promise<WebFixture> {
  const folder = await fileSystem.mkdtemp(join(tmpdir(), 'unroll-web-'));
  const pages = join(folder, 'renderer');
  await fileSystem.mkdir(join(pages, 'assets'), { recursive: true });
  await fileSystem.writeFile(join(pages, 'index.html'), '<!doctype html><title>page</title>');
  await fileSystem.writeFile(join(pages, 'assets', 'index-AbCd1234.js'), 'export {};');
  await fileSystem.writeFile(join(pages, '.hidden'), 'hidden');
  await fileSystem.writeFile(join(folder, 'secret.txt'), 'secret');
  await fileSystem.symlink(join(folder, 'secret.txt'), join(pages, 'link.txt'));
  await fileSystem.symlink(folder, join(pages, 'up'));
  const engine = new EngineThread({ worker: new URL('../fixtures/workers/scripted-worker.ts', import.meta.url), engineDirectory: '/engine' });
  const bugs: unknown[] = [];
  const uploads = join(folder, 'uploads');
  const randomId = (): string => randomBytes(18).toString('base64url');
  const data = new DataFiles({ engine, fileSystem, randomId, ask: null, folderOf: () => null });
  const runs = testRuns(engine);
  const keeping = testKeeping({ trail: runs, userFolder: join(folder, 'user') });
  const host = new WebHost({
    port: 0,
    rendererDirectory: pages,
    handlers: createHandlers({
      shell: 'browser',
      version: '0.0.0',
      engine,
      files: DOWNLOAD_FILES,
      data,
      desk: browserDesk(() => Promise.resolve('')),
      keeping,
      runs,
    }),
    receive: async (body) => data.keep(await receiveData(body, { fileSystem, folder: uploads, randomId })),
    onEngineEvent: (listener) => engine.onEvent(listener),
    fileSystem,
    randomBytes,
    now,
    report: { bug: (error) => String(bugs.push(error)), refused: () => undefined },
  });
  await host.listen();
  const own = `Host: 127.0.0.1:${host.port}`;
  return {
    host,
    engine,
    port: host.port,
    own,
    bugs,
    uploads,
    cookie: async () => {
      const { search } = new URL(host.newAddress());
      const { headers } = await rawRequest(host.port, `GET /${search}`, [own]);
      return `Cookie: ${headers['set-cookie']?.split(';')[0] ?? ''}`;
    },
    close: async () => {
      await host.close();
      await keeping.close();
      await engine.close();
      await fileSystem.rm(folder, { recursive: true });
    },
  };
}
