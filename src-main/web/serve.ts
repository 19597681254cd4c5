import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { problem, ProblemError } from '../../src-engine/document/problems.ts';
import type { EnginePlace } from '../host/engine-thread.ts';
import { EnginePair } from '../host/engine-pair.ts';
import type { FileSystem } from '../host/files/file-system.ts';
import { DataFiles } from '../host/files/data-files.ts';
import { browserDesk } from '../host/desk.ts';
import { createHandlers } from '../host/create-handlers.ts';
import { enterFolders, openKeeping } from '../host/keeping/keeping.ts';
import type { Log } from '../host/log.ts';
import { logEngine, logReport, logRuns } from '../host/log-run.ts';
import { DOWNLOAD_FILES } from '../host/files/project-files.ts';
import { openRuns } from '../host/runs/open-runs.ts';
import { VERSION } from '../host/version.ts';
import { receiveData } from './receive-data.ts';
import { WebHost } from './web-host.ts';

export interface ServeOptions {
  readonly port: number;
  readonly open: boolean;
}

/** How the host speaks to the person at the terminal. */
export interface ServeVoice {
  /** Called with each new one-use address. */
  readonly announce: (address: string) => void;
  readonly say: (line: string) => void;
}

/** What serving needs of the process it runs in. */
export interface ServeSurroundings {
  readonly engine: EnginePlace;
  readonly rendererDirectory: string;
  /** Where data is kept that a browser sends. */
  readonly dataDirectory: string;
  readonly fileSystem: FileSystem;
  readonly randomBytes: (size: number) => Uint8Array;
  readonly now: () => number;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** Where the user's own things are kept. */
  readonly userFolder: string;
  readonly input: Readable;
  readonly voice: ServeVoice;
  readonly log: Log;
  readonly openInBrowser: (address: string) => Promise<boolean>;
  /** Resolves when the user wants to end. */
  readonly ended: Promise<void>;
}

/** Runs the browser host until it is ended. Throws ProblemError U050 where the port cannot be had. */
export async function serve(options: ServeOptions, surroundings: ServeSurroundings): Promise<void> {
  const randomId = (): string => Buffer.from(surroundings.randomBytes(18)).toString('base64url');
  const { fileSystem, dataDirectory, log } = surroundings;
  const thread = new EnginePair({ ...surroundings.engine, reportBug: (error) => log.bug(error, 'the engine') });
  log.note('started', { shell: 'browser', version: VERSION, node: process.version, platform: process.platform });
  logEngine((listener) => thread.onEvent(listener), log);
  let windows = (): number => 0;
  const runs = openRuns({ ...surroundings, engine: thread, files: DOWNLOAD_FILES, randomId, windows: () => windows() });
  const { engine } = runs;
  const data = new DataFiles({ engine, fileSystem, randomId, ask: null, folderOf: () => null });
  await enterFolders({ fileSystem, randomId, userFolder: surroundings.userFolder }).sweep();
  const keeping = openKeeping({ ...surroundings, trail: runs, randomId, files: DOWNLOAD_FILES });
  const host = new WebHost({
    ...surroundings,
    port: options.port,
    handlers: logRuns(
      createHandlers({ shell: 'browser', version: VERSION, engine, files: DOWNLOAD_FILES, data, desk: browserDesk(() => log.read()), keeping, runs }),
      log,
    ),
    report: logReport(log),
    receive: async (body) => data.keep(await receiveData(body, { fileSystem, folder: dataDirectory, randomId })),
    onEngineEvent: (listener) => engine.onHostEvent(listener),
  });
  windows = () => host.windows;
  await host.listen();
  const endInput = offerNewAddresses(host, surroundings);
  try {
    announce(host, options, surroundings);
    await surroundings.ended;
  } finally {
    endInput();
    await host.close();
    await keeping.close();
    await runs.close();
    await thread.close();
    await log.close();
  }
}

function announce(host: WebHost, options: ServeOptions, surroundings: ServeSurroundings): void {
  const { announce: tell, say } = surroundings.voice;
  const address = host.newAddress();
  tell(address);
  say('The address lets one browser in, once. Press Enter here for another one, Ctrl-C to end.');
  if (!options.open) return;
  void surroundings.openInBrowser(address).then((opened) => {
    if (!opened) say('No browser could be started from here: open the address above by hand.');
  });
}

function offerNewAddresses(host: WebHost, surroundings: ServeSurroundings): () => void {
  const lines = createInterface({ input: surroundings.input });
  lines.on('line', () => {
    surroundings.voice.announce(host.newAddress());
  });
  return () => {
    lines.close();
  };
}

/** A port as the user typed it; throws ProblemError U050. Undefined is 0, a free one. */
export function parsePort(text: string | undefined): number {
  if (text === undefined) return 0;
  const port = /^\d{1,5}$/u.test(text) ? Number(text) : Number.NaN;
  if (port <= 65535) return port;
  throw new ProblemError([problem('U050', `--port "${text}" is not a port.`, 'Give a number from 1 to 65535, or leave --port out for a free one.')]);
}
