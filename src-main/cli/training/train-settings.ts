import { dirname, resolve } from 'node:path';
import { parseProject, parseProjectValue } from '../../../src-engine/document/file/parse-project.ts';
import type { Project } from '../../../src-engine/document/project.ts';
import { ProblemError } from '../../../src-engine/document/problems.ts';
import type { CheckpointEvery } from '../../host/keeping/checkpoint-pace.ts';
import { misuse, type Arguments } from '../arguments.ts';
import type { Context } from '../context.ts';
import { readCheckpoint } from '../files.ts';
import { findTemplate } from '../find-template.ts';
import { readDocument } from '../read-document.ts';
import { setTraining } from './set-training.ts';

/** Where training ends; the project's epochs where it says neither. Never both. */
export interface Until {
  readonly steps?: number;
  readonly seconds?: number;
}

export interface TrainSettings {
  readonly project: Project;
  /** The folder of the project's file, absolute; null for a template. */
  readonly folder: string | null;
  readonly until: Until;
  readonly threads: number | null;
  /** A checkpoint's bytes to go on from. */
  readonly resume: Uint8Array | null;
  /** How often a checkpoint is kept while it trains; null: never. */
  readonly checkpointEvery: CheckpointEvery | null;
}

/** The most that a project file may say. */
const MAX_EPOCHS = 1_000_000;

/** What the command line says of a training; throws ProblemError for what contradicts itself or cannot be read. */
export async function readTrainSettings(args: Arguments, context: Context): Promise<TrainSettings> {
  const limits = ['steps', 'epochs', 'seconds'].filter((name) => args.flag(name));
  if (limits.length > 1) throw misuse(`--${limits.join(' and --')} exclude each other.`, 'Give one of them.');
  const steps = args.wholeNumber('steps', 1, 1_000_000_000);
  const seconds = args.positiveNumber('seconds');
  const until: Until = steps !== null ? { steps } : seconds !== null ? { seconds } : {};
  const threads = args.wholeNumber('threads', 1, 64);
  const project = withSettings(await readProject(args, context), args);
  const checkpoint = args.text('resume');
  const path = args.words[0];
  const folder = path === undefined ? null : dirname(resolve(context.folder, path));
  const resume = checkpoint === null ? null : await readCheckpoint(checkpoint, context);
  return { project, folder, until, threads, resume, checkpointEvery: readEvery(args.text('checkpoint-every')) };
}

/** `500` updates or `30s`; throws ProblemError U050. */
function readEvery(text: string | null): CheckpointEvery | null {
  if (text === null) return null;
  const [, digits = '', seconds] = /^(\d{1,9}(?:\.\d{1,3})?)(s?)$/u.exec(text) ?? [];
  const number = Number(digits);
  if (!(number > 0) || (seconds === '' && !Number.isInteger(number)))
    throw misuse(`--checkpoint-every "${text}" is neither updates nor seconds.`, 'Write e.g. --checkpoint-every 500 or --checkpoint-every 30s.');
  return seconds === 's' ? { seconds: number } : { steps: number };
}

async function readProject(args: Arguments, context: Context): Promise<Project> {
  const scenario = args.text('scenario');
  const path = args.words[0];
  if (path === undefined && scenario !== null) return findTemplate(scenario).project();
  if (path === undefined || scenario !== null)
    throw misuse('"train" needs either a project file or --scenario.', 'Write e.g. unroll train mine.unroll, or unroll train --scenario names.');
  const parsed = parseProject(await readDocument(path, context));
  if (!parsed.ok) throw new ProblemError(parsed.problems);
  return parsed.project;
}

function withSettings(project: Project, args: Arguments): Project {
  const seed = args.wholeNumber('seed', 0, 4294967295);
  const epochs = args.wholeNumber('epochs', 1, MAX_EPOCHS);
  const assignments = [...args.all('set'), ...(seed === null ? [] : [`training.seed=${seed}`]), ...(epochs === null ? [] : [`training.epochs=${epochs}`])];
  if (assignments.length === 0) return project;
  const parsed = parseProjectValue(assignments.reduce<unknown>(setTraining, project));
  if (!parsed.ok) throw new ProblemError(parsed.problems);
  return parsed.project;
}
