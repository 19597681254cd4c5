import { join } from 'node:path';
import { problem, ProblemError } from '../../src-engine/document/problems.ts';
import type { Replies, RequestOf } from '../contract.ts';
import type { WriteServices } from './atomic-write.ts';
import { EnteredFolders } from './entered-folders.ts';
import type { EngineListener } from './engine-thread.ts';
import { ask, type Handlers, type Requester } from './handlers.ts';
import { safeFileName, type ProjectFiles } from './project-files.ts';
import { Recovery } from './recovery.ts';
import { checkpointFile, resumeRun, type Resumed } from './resume-run.ts';
import { RunCheckpoints } from './run-checkpoints.ts';
import { isProcessRunning } from './running-process.ts';

export interface KeepingServices extends Pick<WriteServices, 'fileSystem' | 'randomId'> {
  readonly engine: Requester & { onEvent(listener: EngineListener): () => void };
  readonly files: ProjectFiles;
  readonly userFolder: string;
  /** Milliseconds of the clock. */
  readonly clock: () => number;
  /** Milliseconds never going back. */
  readonly now: () => number;
}

/** What keeps a user's work through a crash: unsaved edits and runs. */
export interface Keeping {
  readonly services: KeepingServices;
  readonly recovery: Recovery;
  readonly runs: RunCheckpoints;
  /** To be called before the engine is closed. */
  close(): Promise<void>;
}

export function openKeeping(services: KeepingServices): Keeping {
  const { engine, userFolder, now } = services;
  const shared = { ...services, processId: process.pid, isRunning: isProcessRunning };
  const recovery = new Recovery({ ...shared, folder: join(userFolder, 'unsaved') });
  const every = (milliseconds: number, work: () => void): (() => void) => {
    const timer = setInterval(work, milliseconds);
    return () => {
      clearInterval(timer);
    };
  };
  const runs = new RunCheckpoints({ ...shared, folder: join(userFolder, 'checkpoints'), now, every });
  const endEvents = engine.onEvent((event) => {
    runs.hear(event);
  });
  return {
    services,
    recovery,
    runs,
    close: async () => {
      await runs.close();
      endEvents();
    },
  };
}

/** The folders that files are written in, and the sweep of what a crash left there. */
export function enterFolders(services: Pick<KeepingServices, 'fileSystem' | 'randomId' | 'userFolder'>): EnteredFolders {
  return new EnteredFolders({ ...services, folder: services.userFolder, isRunning: isProcessRunning });
}

type KeepingRequest =
  | 'project.check'
  | 'unsaved.keep'
  | 'unsaved.list'
  | 'unsaved.open'
  | 'unsaved.discard'
  | 'checkpoint.latest'
  | 'checkpoint.save'
  | 'checkpoint.discard'
  | 'session.resume';

export function keepingHandlers({ services, recovery, runs }: Keeping): Pick<Handlers, KeepingRequest> {
  const { engine, files } = services;
  return {
    'project.check': async ({ handle, version }) => ({ change: await files.changeOf(handle, version) }),
    'unsaved.keep': async (argument) => {
      await recovery.keep(argument);
      return { kept: true };
    },
    'unsaved.list': async () => ({ documents: await recovery.list(), runs: await runs.list() }),
    'unsaved.open': ({ id }) => recovery.open(id),
    'unsaved.discard': async ({ id }) => {
      await recovery.discard(id);
      return { discarded: true };
    },
    'checkpoint.latest': () => Promise.resolve(runs.latest()),
    'checkpoint.save': async ({ name }) => {
      const { bytes, step } = await ask(engine, 'checkpoint', {});
      return { ...(await files.saveModel(`${safeFileName(name === '' ? 'run' : name)}.checkpoint`, bytes)), step };
    },
    'checkpoint.discard': async ({ id }) => {
      await runs.discard(id);
      return { discarded: true };
    },
    'session.resume': async ({ from }) => ({
      resumed: from.kind === 'kept' ? await resumeKept(from.id, runs, services) : await resumeFile(from, runs, services),
    }),
  };
}

async function resumeKept(id: string, runs: RunCheckpoints, services: KeepingServices): Promise<Resumed> {
  const kept = await runs.find(id);
  const resumed = await resumeRun(
    kept.project,
    kept.files.map((path) => checkpointFile(path, services.fileSystem)),
    services,
    () => {
      runs.leave(id);
    },
  );
  runs.resumed(id, kept, { step: resumed.opened.step, time: kept.time });
  return resumed;
}

type FromFile = Extract<RequestOf<'session.resume'>['from'], { kind: 'file' }>;

async function resumeFile({ text, handle, bytes }: FromFile, runs: RunCheckpoints, services: KeepingServices): Promise<Replies['session.resume']['resumed']> {
  const { files, fileSystem } = services;
  const project = { text, path: handle === null ? null : files.pathOf(handle) };
  const read = bytes === undefined ? await chosenCheckpoint(files, fileSystem) : () => Promise.resolve(Buffer.from(bytes, 'base64'));
  if (read === null) return null;
  const resumed = await resumeRun(project, [read], services, () => {
    runs.leave(null);
  });
  runs.begin(project);
  return resumed;
}

async function chosenCheckpoint(files: ProjectFiles, fileSystem: KeepingServices['fileSystem']): Promise<(() => Promise<Uint8Array>) | null> {
  if (files.kind === 'download') {
    const missing = problem('U051', 'No checkpoint came with the request to go on from one.', 'Choose a .checkpoint file in the browser.');
    throw new ProblemError([missing]);
  }
  const path = await files.chooseCheckpoint();
  return path === null ? null : checkpointFile(path, fileSystem);
}
