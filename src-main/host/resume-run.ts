import { dirname } from 'node:path';
import type { Replies } from '../contract.ts';
import { parseProjectValue } from '../../src-engine/document/parse-project.ts';
import { ProblemError, type Problem } from '../../src-engine/document/problems.ts';
import type { Project } from '../../src-engine/document/project.ts';
import { inspectCheckpoint } from '../../src-engine/session/inspect-checkpoint.ts';
import { shownName } from './file-handles.ts';
import type { FileSystem } from './file-system.ts';
import { versionOf } from './file-version.ts';
import { ask, type Requester } from './handlers.ts';
import type { ProjectFiles } from './project-files.ts';
import { readBytesFile } from './read-text.ts';
import { readJsonText } from './read-json-text.ts';
import type { KeptProject } from './run-checkpoints.ts';

/** Largest checkpoint that is read: a process reads no more at once. */
const MAX_CHECKPOINT_BYTES = 2 ** 31 - 1;

export interface ResumeServices {
  readonly engine: Requester;
  readonly fileSystem: FileSystem;
  readonly files: Pick<ProjectFiles, 'handleOf'>;
}

/** Called where the project is open and what was open before is not. */
export type OnOpened = () => void;

/**
 * Opens the project and goes on from the first of the checkpoints that can be read and fits, paused there. Throws ProblemError: what is wrong with the
 * project, or with the first of the checkpoints where none serves; what the engine has open then stays as it is.
 */
export async function resumeRun(
  project: KeptProject,
  checkpoints: readonly (() => Promise<Uint8Array>)[],
  services: ResumeServices,
  onOpened: OnOpened,
): Promise<Resumed> {
  const { engine, files } = services;
  const { text, path } = project;
  const value = readJsonText(text);
  const parsed = parseProjectValue(value);
  if (!parsed.ok) throw new ProblemError(parsed.problems);
  const checkpoint = await firstThatFits(checkpoints, parsed.project);
  const opened = await ask(engine, 'open', { project: value, folder: path === null ? null : dirname(path) });
  if (opened.problems.length > 0) throw new ProblemError(opened.problems);
  onOpened();
  const status = await ask(engine, 'resume', { checkpoint });
  const handle = path === null ? null : files.handleOf(path);
  const name = path === null ? parsed.project.name : shownName(path);
  return { opened: { ...opened, ...status }, file: { text, name, handle, version: handle === null ? null : versionOf(text) } };
}

export type Resumed = NonNullable<Replies['session.resume']['resumed']>;

export function checkpointFile(path: string, fileSystem: FileSystem): () => Promise<Uint8Array> {
  return () => readBytesFile(path, fileSystem, MAX_CHECKPOINT_BYTES);
}

async function firstThatFits(checkpoints: readonly (() => Promise<Uint8Array>)[], project: Project): Promise<Uint8Array> {
  let first: readonly Problem[] | null = null;
  for (const read of checkpoints) {
    try {
      const bytes = await read();
      const refusal = inspectCheckpoint(bytes, project);
      if (refusal === null) return bytes;
      first ??= [refusal];
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      first ??= error.problems;
    }
  }
  throw new ProblemError(first ?? []);
}
