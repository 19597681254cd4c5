import { dirname } from 'node:path';
import { parseProjectValue } from '../../../src-engine/document/file/parse-project.ts';
import { ProblemError, type Problem } from '../../../src-engine/document/problems.ts';
import type { Project } from '../../../src-engine/document/project.ts';
import { inspectCheckpoint } from '../../../src-engine/session/weights/inspect-checkpoint.ts';
import type { StatusReply } from '../../../src-engine/session/protocol.ts';
import type { FileSystem } from '../files/file-system.ts';
import { ask } from '../ask-engine.ts';
import { readBytesFile } from '../files/read-text.ts';
import { readJsonText } from '../files/read-json-text.ts';
import type { RecordedEngine } from '../runs/recorded-engine.ts';
import type { OpenedDocument } from '../runs/run-recorder.ts';

/** Largest checkpoint that is read: a process reads no more at once. */
const MAX_CHECKPOINT_BYTES = 2 ** 31 - 1;

type ReadCheckpoint = () => Promise<Uint8Array>;

export function checkpointFile(path: string, fileSystem: FileSystem): ReadCheckpoint {
  return () => readBytesFile(path, fileSystem, MAX_CHECKPOINT_BYTES);
}

/**
 * Opens the project and goes on from the first of the checkpoints that can be read and fits, paused there. `onOpened` is called where the project is open
 * and what was open before is not. Throws ProblemError: what is wrong with the project, or with the first of the checkpoints where none serves; what the
 * engine has open then stays as it is.
 */
export async function resumeRun(
  from: OpenedDocument,
  checkpoints: readonly ReadCheckpoint[],
  engine: Pick<RecordedEngine, 'expect' | 'request'>,
  onOpened: () => void,
): Promise<StatusReply> {
  const value = readJsonText(from.document.text);
  const parsed = parseProjectValue(value);
  if (!parsed.ok) throw new ProblemError(parsed.problems);
  const checkpoint = await firstThatFits(checkpoints, parsed.project);
  engine.expect(from);
  const opened = await ask(engine, 'open', { project: value, folder: from.folder });
  if (opened.problems.length > 0) throw new ProblemError(opened.problems);
  onOpened();
  return await ask(engine, 'resume', { checkpoint });
}

/** A project's document as the store of runs wants it. */
export function documentOf(document: OpenedDocument['document'], path: string | null, opening: string): OpenedDocument {
  return { opening, document, project: path ?? document.id, folder: path === null ? null : dirname(path) };
}

async function firstThatFits(checkpoints: readonly ReadCheckpoint[], project: Project): Promise<Uint8Array> {
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
