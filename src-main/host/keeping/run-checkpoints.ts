import { join } from 'node:path';
import { z } from 'zod';
import type { Replies } from '../../contract.ts';
import { problem, ProblemError } from '../../../src-engine/document/problems.ts';
import { writeFileAtomic, type WriteServices } from '../files/atomic-write.ts';
import { CheckpointPace } from './checkpoint-pace.ts';
import type { EngineEvent } from '../engine-event.ts';
import { fileProblem } from '../files/file-problems.ts';
import type { Requester } from '../ask-engine.ts';
import { readTextFile } from '../files/read-text.ts';

/** `ID.json` beside `ID.checkpoint` and `ID.checkpoint.previous`: what was trained. */
const schema = z.object({
  format: z.literal('unroll/kept-run'),
  version: z.literal(1),
  name: z.string(),
  text: z.string(),
  /** Of the project's file; null where it was in none. */
  path: z.string().nullable(),
  /** Of the document in its window, and of the run in the store of runs; null where it had none yet. */
  document: z.string(),
  run: z.string().nullable(),
  step: z.number(),
  time: z.number(),
  processId: z.int(),
});
type Entry = z.infer<typeof schema>;

/** Seconds between two checkpoints of a run that trains; after a validation it may be sooner. */
const EVERY_SECONDS = 30;
const AFTER_VALIDATION_SECONDS = 5;
/** Milliseconds between two looks at the clock. */
const LOOK_EVERY = 1000;
const MAX_ENTRY_BYTES = 256 * 1024 * 1024;
const ENDING = '.json';

export interface RunCheckpointsServices extends WriteServices {
  readonly engine: Requester;
  /** The id of the run that trains in the store of runs. */
  readonly currentRun: () => string | null;
  /** Where the checkpoints are kept. */
  readonly folder: string;
  /** Milliseconds of the clock. */
  readonly clock: () => number;
  /** Milliseconds never going back. */
  readonly now: () => number;
  /** Calls back every so many milliseconds until the function it returns is called. */
  readonly every: (milliseconds: number, work: () => void) => () => void;
  readonly processId: number;
  readonly isRunning: (processId: number, since: number) => boolean;
}

interface Run {
  readonly id: string;
  readonly project: KeptProject;
  readonly pace: CheckpointPace;
  readonly afterValidation: CheckpointPace;
  step: number;
  last: { readonly step: number; readonly time: number } | null;
  done: boolean;
}

/** What is trained: the text of a project, its file (null where it was in none), and its document in the window. */
export interface KeptProject {
  readonly text: string;
  readonly path: string | null;
  readonly document: string;
}

/** Where a run can go on from. */
export interface KeptCheckpoint {
  readonly project: KeptProject;
  /** In the store of runs; null where it had none. */
  readonly run: string | null;
  readonly step: number;
  readonly time: number;
  /** The latest first. */
  readonly files: readonly string[];
}

/**
 * Keeps the state of the run that trains on disk: every 30 s, and after a validation where the last is 5 s old, at a fiftieth of the time at most; the
 * one before is kept too. When the run is done they go. What a crash left is offered at the next start.
 */
export class RunCheckpoints {
  readonly #services: RunCheckpointsServices;
  #run: Run | null = null;
  /** The run that ended with the engine thread, until another one begins. */
  #dead: Run | null = null;
  #taking: Promise<void> = Promise.resolve();
  #endLooking: () => void = () => undefined;
  /** It is being closed: the engine trains until it is closed too, but nothing begins to look at the clock again. */
  #closing = false;
  /** Why the last one could not be kept. */
  #failure: ProblemError | null = null;

  constructor(services: RunCheckpointsServices) {
    this.#services = services;
  }

  /** A project was opened in the engine; what was kept of the run before it goes, unless that ended with its thread. */
  begin(project: KeptProject): void {
    this.leave(null);
    this.#start(this.#services.randomId(), project, null);
  }

  /** The run at hand is no longer in the engine: what was kept of it goes, unless it is the one of this id. */
  leave(id: string | null): void {
    this.#stopLooking();
    if (this.#run !== null && this.#run.id !== id) this.#forgetFiles(this.#run);
    this.#run = null;
  }

  /** The engine has gone on from a kept run. */
  resumed(id: string, { project, time }: Pick<KeptCheckpoint, 'project' | 'time'>, step: number): void {
    this.#start(id, project, { step, time });
  }

  hear({ event, payload }: EngineEvent): void {
    const run = this.#run;
    if (run === null) return;
    if (event === 'progress') run.step = payload.step;
    if (event === 'state') this.#follow(run, payload.state, payload.step);
    if (event === 'validation' && run.afterValidation.isDue(payload.step, this.#services.now())) void this.take();
    if (event === 'stopped') void this.take();
    if (event === 'died') this.#bury(run);
    if (event === 'done') {
      run.done = true;
      this.#forgetFiles(run);
    }
  }

  /** The latest of the run that trains, or that ended with its thread; `problems`: why there is none newer. */
  async latest(): Promise<Replies['checkpoint.latest']> {
    await this.#taking;
    const run = this.#run ?? this.#dead;
    return { latest: run === null || run.last === null ? null : { id: run.id, ...run.last }, problems: this.#failure?.problems ?? [] };
  }

  /** Keeps the state as it is now. */
  take(): Promise<void> {
    this.#taking = this.#taking.then(() => this.#takeNow());
    return this.#taking;
  }

  /** Runs that ended with their process, the latest first. */
  async list(): Promise<Replies['unsaved.list']['runs']> {
    const { fileSystem, folder, processId, isRunning } = this.#services;
    const names = await fileSystem.readdir(folder).catch(() => []);
    const ids = names.filter((name) => name.endsWith(ENDING)).map((name) => name.slice(0, -ENDING.length));
    const entries = await Promise.all(ids.map(async (id) => ({ id, entry: await this.#read(id).catch(() => null) })));
    return entries
      .flatMap(({ id, entry }) => {
        if (entry === null || id === this.#run?.id || (entry.processId !== processId && isRunning(entry.processId, entry.time))) return [];
        return [{ id, name: entry.name, step: entry.step, time: entry.time }];
      })
      .sort((a, b) => b.time - a.time);
  }

  /** Throws ProblemError U051 where it is not there any more. */
  async find(id: string): Promise<KeptCheckpoint> {
    await this.#taking;
    const { text, path, document, run, step, time } = await this.#read(id);
    return { project: { text, path, document }, run, step, time, files: this.#files(id) };
  }

  async discard(id: string): Promise<void> {
    for (const path of [...this.#files(id), this.#entry(id)]) {
      try {
        await this.#services.fileSystem.rm(path, { force: true });
      } catch (error) {
        throw new ProblemError([fileProblem('written', path, error)]);
      }
    }
  }

  /** Before the engine is closed: the state of a run that is not done is kept for the next start. */
  async close(): Promise<void> {
    this.#closing = true;
    this.#stopLooking();
    const run = this.#run;
    if (run !== null && !run.done && run.step > 0 && run.step !== run.last?.step) await this.take();
    await this.#taking;
  }

  #follow(run: Run, state: string, step: number): void {
    run.step = step;
    this.#stopLooking();
    if (step === 0) this.#forgetFiles(run);
    if (state === 'paused' && run.afterValidation.isDue(step, this.#services.now())) void this.take();
    if (state !== 'running') return;
    run.done = false;
    if (this.#closing) return;
    this.#endLooking = this.#services.every(LOOK_EVERY, () => {
      if (run.pace.isDue(run.step, this.#services.now())) void this.take();
    });
  }

  async #takeNow(): Promise<void> {
    const run = this.#run;
    if (run === null) return;
    const { engine, fileSystem, folder, clock, now, processId, currentRun } = this.#services;
    const began = now();
    const reply = await engine.request('checkpoint', {});
    if (!reply.ok || run !== this.#run || reply.value.step === 0) return;
    const { bytes, step } = reply.value;
    const [file = '', previous = ''] = this.#files(run.id);
    try {
      await fileSystem.mkdir(folder, { recursive: true });
      await writeFileAtomic(file, bytes, this.#services, { previous });
      const entry: Entry = {
        format: 'unroll/kept-run',
        version: 1,
        name: projectName(run.project.text),
        ...run.project,
        run: currentRun(),
        step,
        time: clock(),
        processId,
      };
      await writeFileAtomic(this.#entry(run.id), JSON.stringify(entry), this.#services);
      run.last = { step, time: entry.time };
      this.#failure = null;
    } catch (error) {
      this.#failure = error instanceof ProblemError ? error : new ProblemError([fileProblem('written', folder, error)]);
    }
    run.pace.kept(step, began, now());
    run.afterValidation.kept(step, began, now());
  }

  #start(id: string, project: KeptProject, last: Run['last']): void {
    const now = this.#services.now();
    const pace = (seconds: number): CheckpointPace => new CheckpointPace({ seconds }, last?.step ?? 0, now);
    this.#run = { id, project, pace: pace(EVERY_SECONDS), afterValidation: pace(AFTER_VALIDATION_SECONDS), step: last?.step ?? 0, last, done: false };
    this.#dead = null;
    this.#failure = null;
  }

  #bury(run: Run): void {
    this.#stopLooking();
    this.#dead = run;
    this.#run = null;
  }

  #forgetFiles(run: Run): void {
    run.last = null;
    this.#taking = this.#taking.then(() => this.discard(run.id)).catch(() => undefined);
  }

  #stopLooking(): void {
    this.#endLooking();
    this.#endLooking = () => undefined;
  }

  async #read(id: string): Promise<Entry> {
    const text = await readTextFile(this.#entry(id), this.#services.fileSystem, MAX_ENTRY_BYTES);
    try {
      return schema.parse(JSON.parse(text));
    } catch {
      throw new ProblemError([problem('U051', 'What was kept of this run cannot be read.', 'Train it again from the start.')]);
    }
  }

  #entry(id: string): string {
    return join(this.#services.folder, `${id}${ENDING}`);
  }

  #files(id: string): readonly string[] {
    const file = join(this.#services.folder, `${id}.checkpoint`);
    return [file, `${file}.previous`];
  }
}

function projectName(text: string): string {
  const parsed = z.object({ name: z.string() }).safeParse(JSON.parse(text));
  return parsed.success ? parsed.data.name : '';
}
