import { join } from 'node:path';
import { problem, ProblemError } from '../../../src-engine/document/problems.ts';
import type { HeldSession, RequestOf } from '../../contract.ts';
import type { WriteServices } from '../files/atomic-write.ts';
import { EnteredFolders } from '../files/entered-folders.ts';
import { shownName } from '../files/file-handles.ts';
import { versionOf } from '../files/file-version.ts';
import { ask } from '../ask-engine.ts';
import type { Handlers } from '../handlers.ts';
import { safeFileName, type ProjectFiles } from '../files/project-files.ts';
import { Recovery } from './recovery.ts';
import { checkpointFile, documentOf, resumeRun } from './resume-run.ts';
import { RunCheckpoints } from './run-checkpoints.ts';
import type { Runs } from '../runs/open-runs.ts';
import { isProcessRunning } from './running-process.ts';

export interface KeepingServices extends Pick<WriteServices, 'fileSystem' | 'randomId'> {
  readonly trail: RunTrail;
  readonly files: ProjectFiles;
  readonly userFolder: string;
  /** Milliseconds of the clock. */
  readonly clock: () => number;
  /** Milliseconds never going back. */
  readonly now: () => number;
}

/** The engine and its runs, as far as one goes on. */
type RunTrail = Pick<Runs, 'engine' | 'session' | 'goOn'>;

/** What keeps a user's work through a crash: unsaved edits and runs. */
export interface Keeping {
  readonly services: KeepingServices;
  readonly recovery: Recovery;
  readonly runs: RunCheckpoints;
  /** To be called before the engine is closed. */
  close(): Promise<void>;
}

export function openKeeping(services: KeepingServices): Keeping {
  const { trail, userFolder, now } = services;
  const { engine } = trail;
  const shared = { ...services, processId: process.pid, isRunning: isProcessRunning };
  const recovery = new Recovery({ ...shared, folder: join(userFolder, 'unsaved') });
  const every = (milliseconds: number, work: () => void): (() => void) => {
    const timer = setInterval(work, milliseconds);
    return () => {
      clearInterval(timer);
    };
  };
  const runs = new RunCheckpoints({ ...shared, engine, currentRun: () => engine.recorder.current, folder: join(userFolder, 'checkpoints'), now, every });
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

export function keepingHandlers(keeping: Keeping): Pick<Handlers, KeepingRequest> {
  const { services, recovery, runs } = keeping;
  const { files } = services;
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
    'checkpoint.latest': () => runs.latest(),
    'checkpoint.save': async ({ name }) => {
      const { bytes, step } = await ask(services.trail.engine, 'checkpoint', {});
      return { ...(await files.saveModel(`${safeFileName(name === '' ? 'run' : name)}.checkpoint`, bytes)), step };
    },
    'checkpoint.discard': async ({ id }) => {
      await runs.discard(id);
      return { discarded: true };
    },
    'session.resume': async ({ from, opening }) => ({
      session: from.kind === 'kept' ? await resumeKept(from.id, opening, keeping) : await resumeFile(from, opening, keeping),
    }),
  };
}

type ResumeRequest = RequestOf<'session.resume'>;

async function resumeKept(id: string, opening: string, { runs, services }: Keeping): Promise<HeldSession | null> {
  const { files, fileSystem, trail } = services;
  const kept = await runs.find(id);
  const { text, path, document } = kept.project;
  const version = versionOf(text);
  const handle = path === null ? null : files.handleOf(path);
  const saved = handle !== null && (await files.changeOf(handle, version)) === 'none';
  const named = { id: document, text, handle, fileName: path === null ? null : shownName(path), version: handle === null ? null : version, saved };
  const checkpoints = kept.files.map((each) => checkpointFile(each, fileSystem));
  const { step } = await resumeRun(documentOf(named, path, opening), checkpoints, trail.engine, () => {
    runs.leave(id);
  });
  runs.resumed(id, kept, step);
  if (kept.run !== null) trail.goOn(kept.run);
  return trail.session();
}

async function resumeFile(
  { text, handle, document, bytes }: Extract<ResumeRequest['from'], { kind: 'file' }>,
  opening: string,
  keeping: Keeping,
): Promise<HeldSession | null> {
  const { runs, services } = keeping;
  const { files, fileSystem, trail } = services;
  const path = handle === null ? null : files.pathOf(handle);
  const read = bytes === undefined ? await chosenCheckpoint(files, fileSystem) : () => Promise.resolve(Buffer.from(bytes, 'base64'));
  if (read === null) return null;
  await resumeRun(documentOf({ ...document, text, handle }, path, opening), [read], trail.engine, () => {
    runs.leave(null);
  });
  runs.begin({ text, path, document: document.id });
  return trail.session();
}

async function chosenCheckpoint(files: ProjectFiles, fileSystem: KeepingServices['fileSystem']): Promise<(() => Promise<Uint8Array>) | null> {
  if (files.kind === 'download') {
    const missing = problem('U051', 'No checkpoint came with the request to go on from one.', 'Choose a .checkpoint file in the browser.');
    throw new ProblemError([missing]);
  }
  const path = await files.chooseCheckpoint();
  return path === null ? null : checkpointFile(path, fileSystem);
}
