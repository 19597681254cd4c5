import type { HeldSession } from '../../contract.ts';
import { describeDifference } from '../../../src-engine/document/describe-difference.ts';
import { setTraining } from '../../../src-engine/document/project-edits.ts';
import { serializeProject } from '../../../src-engine/document/file/serialize-project.ts';
import { parseProject } from '../../../src-engine/document/file/parse-project.ts';
import type { Project } from '../../../src-engine/document/project.ts';
import type { OpenReply, RunState, StatusReply } from '../../../src-engine/session/protocol.ts';
import type { EngineEvent } from '../engine-event.ts';
import type { Requester } from '../ask-engine.ts';
import { RunHistory } from './run-history.ts';
import type { RunRecord } from './run-record.ts';
import type { RunStore, StoredRun } from './run-store.ts';

/** Milliseconds between two writes at least; points and frames are written as often as a fiftieth of the run's age, so that a crash loses that much at most. */
const WRITE_EVERY = 1000;
const SHARE_LOST = 50;

export interface RecorderServices {
  readonly store: RunStore;
  readonly engine: Requester;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly randomId: () => string;
  /** Calls back once after so many milliseconds, unless the function it returns is called before. */
  readonly after: (milliseconds: number, work: () => void) => () => void;
  /** The row of a run has changed, or another run trains. */
  readonly changed: () => void;
}

/** What the window said of the document that it opened. */
export interface OpenedDocument {
  readonly opening: string | null;
  readonly document: HeldSession['document'];
  /** Of the project: its file's path, else the document's id. */
  readonly project: string;
  readonly folder: string | null;
}

interface Held extends OpenedDocument {
  readonly text: string;
  readonly since: HeldSession['since'];
  readonly opened: OpenReply;
  status: StatusReply;
  history: RunHistory;
  run: RunRecord | null;
}

/**
 * Keeps what the engine does as runs: it hears every event in the host's process, whether a window is there or not. A run begins with its first update
 * and ends when another project is opened, or the weights go back to their start. The store is written once a second at most.
 */
export class RunRecorder {
  readonly #services: RecorderServices;
  #held: Held | null = null;
  #cancelWrite: (() => void) | null = null;
  #nextWhole = 0;
  /** The store could not take the last write: the next one gives it all of the run. */
  #again = false;
  #weighing: Promise<void> = Promise.resolve();

  constructor(services: RecorderServices) {
    this.#services = services;
    for (const { record } of services.store.list()) {
      if (record.ended === null) services.store.write({ record: { ...record, ended: record.started + record.seconds * 1000, state: 'interrupted' } });
    }
  }

  /** The run that trains now; null before its first update. */
  get current(): string | null {
    return this.#held?.run?.id ?? null;
  }

  /** Before the engine gets another project or new weights: the run there is ends, and its weights are asked for first. */
  leave(): void {
    const run = this.#held?.run ?? null;
    if (this.#held === null || run === null) return;
    this.#weigh(run.id);
    const over = run.state === 'done' || run.state === 'failed';
    this.#update(this.#held, { ended: run.ended ?? this.#services.clock(), state: over ? run.state : 'ended' });
    this.#write(true);
    this.#held = { ...this.#held, run: null, history: new RunHistory() };
  }

  /** The seed's first weights are in the engine: what follows goes on with none that were kept. */
  startsAnew(): void {
    if (this.#held !== null) this.#held = { ...this.#held, opened: { ...this.#held.opened, kept: null } };
  }

  /** The engine has opened a project. */
  opened(text: string, reply: OpenReply, from: OpenedDocument): void {
    if (reply.problems.length > 0) this.#held = null;
    else this.#held = { ...from, text, since: null, opened: reply, status: statusOf(reply), history: new RunHistory(), run: null };
    this.#services.changed();
  }

  /** The document was saved after it was opened. False where another one is held. */
  saved(since: NonNullable<HeldSession['since']>): boolean {
    if (this.#held === null || this.#held.document.id !== since.id) return false;
    this.#held = { ...this.#held, since };
    return true;
  }

  /** The engine may hold nothing any more. */
  lost(): void {
    this.#held = null;
    this.#services.changed();
  }

  /** A kept run is in the engine again, with the weights it ended with: what follows belongs to it. */
  reopened({ record, history }: StoredRun): void {
    if (this.#held === null) return;
    const past = RunHistory.of(history, record.stopped as RunHistory['stopped'], record.done as RunHistory['done']);
    this.#held = { ...this.#held, run: record, history: past };
    this.#services.changed();
  }

  hear({ event, payload }: EngineEvent): void {
    const held = this.#held;
    if (held === null) return;
    switch (event) {
      case 'losses':
        held.history.addLosses(payload);
        this.#follow(held, {});
        break;
      case 'probe':
        held.history.addFrame(payload);
        this.#follow(held, {});
        break;
      case 'progress':
        held.history.progress = payload;
        if (held.run !== null) this.#update(held, { seconds: payload.step / Math.max(payload.stepsPerSecond, 1e-9) });
        break;
      case 'validation':
        held.history.addValidation(payload);
        this.#follow(held, { score: { part: 'validation', metric: payload.metric, score: payload.score } });
        break;
      case 'state':
        held.status = payload;
        this.#followState(held, payload.state);
        break;
      case 'stopped':
        held.history.stopped = payload;
        this.#end(held, { state: 'failed', stopped: payload });
        break;
      case 'done': {
        held.history.done = payload;
        const { seconds, test } = payload;
        const score = test === null ? {} : { score: { part: 'test' as const, metric: test.metric, score: test.score } };
        this.#end(held, { state: 'done', done: payload, seconds, ...score });
        break;
      }
      case 'died':
        if (held.run !== null) this.#update(held, { state: 'interrupted', ended: this.#services.clock() });
        this.#write(true);
        this.#held = null;
        this.#services.changed();
        break;
      case 'loading':
      case 'memory':
        break;
    }
  }

  /** What the engine holds, whole; null where it holds nothing. */
  session(windows: number): HeldSession | null {
    const held = this.#held;
    if (held === null) return null;
    const { opening, document, since, opened, status, history } = held;
    return { opening, run: held.run?.id ?? null, document, since, opened, status, history: history.reply(), windows };
  }

  /** The record of the run that trains, where it has that id: the list shows it as it is now. */
  recordOf(id: string): RunRecord | null {
    const run = this.#held?.run ?? null;
    return run?.id === id ? run : null;
  }

  pin(id: string, pinned: boolean): boolean {
    return this.change(id, { pinned: pinned ? this.#services.clock() : null });
  }

  /** False where there is no such run. */
  change(id: string, change: Partial<Pick<RunRecord, 'name' | 'pinned'>>): boolean {
    const { store, changed } = this.#services;
    if (this.#held !== null && this.current === id) {
      this.#update(this.#held, change);
      this.#write(false);
    } else {
      const stored = store.read(id);
      if (stored === null) return false;
      store.write({ record: { ...stored.record, ...change } });
    }
    changed();
    return true;
  }

  /** Everything is in the store. */
  flush(): void {
    this.#write(true);
  }

  /** Before the engine ends: the weights of the run there is are kept. What the engine still tells until then begins no other one. */
  async close(): Promise<void> {
    this.leave();
    this.#held = null;
    await this.#weighing;
    this.#services.store.close();
  }

  #follow(held: Held, change: Partial<RunRecord>): void {
    if (held.run === null) this.#begin(held);
    this.#update(held, { steps: held.history.steps, loss: held.history.loss, ...change });
  }

  #followState(held: Held, state: RunState): void {
    if (held.run === null) return;
    if (state === 'running' || state === 'paused') this.#update(held, { state, ended: null });
    if (state !== 'running') this.#services.changed();
  }

  #end(held: Held, change: Partial<RunRecord>): void {
    if (held.run === null) this.#begin(held);
    this.#update(held, { steps: held.history.steps, loss: held.history.loss, ended: this.#services.clock(), ...change });
    this.#write(true);
    if (held.run !== null) this.#weigh(held.run.id);
    this.#services.changed();
  }

  #begin(held: Held): void {
    const { clock, randomId, store, changed } = this.#services;
    const document = documentOf(held);
    const project = projectOf(document);
    const before = store.latestOf(held.project);
    const old = before === null ? null : projectOf(before.document);
    held.run = {
      id: randomId(),
      project: held.project,
      folder: held.folder,
      projectName: project?.name ?? '',
      name: `Run ${String(store.list().filter(({ record }) => record.project === held.project).length + 1)}`,
      started: clock(),
      ended: null,
      pinned: null,
      state: 'running',
      difference: old === null || project === null ? null : withKept(describeDifference(old, project), held.opened),
      steps: 0,
      seconds: 0,
      loss: null,
      score: null,
      parameters: held.opened.parameters,
      probeLayers: held.opened.probeLayers,
      longest: held.opened.steps,
      stopped: null,
      done: null,
    };
    this.#nextWhole = 0;
    this.#again = !store.write({ record: held.run, document });
    changed();
  }

  #update(held: Held, change: Partial<RunRecord>): void {
    if (held.run === null) return;
    held.run = { ...held.run, ...change };
    this.#cancelWrite ??= this.#services.after(WRITE_EVERY, () => {
      this.#write(false);
    });
  }

  /** `whole`: whatever there is; else points and frames only where they are due. */
  #write(whole: boolean): void {
    this.#cancelWrite?.();
    this.#cancelWrite = null;
    const { store, clock } = this.#services;
    const held = this.#held;
    if (held?.run === undefined || held.run === null) return;
    const now = clock();
    const due = whole || this.#again || now >= this.#nextWhole;
    if (due) this.#nextWhole = now + Math.max(WRITE_EVERY, (now - held.run.started) / SHARE_LOST);
    if (this.#again) held.history.rewrite();
    this.#again = !store.write({ record: held.run, ...(due ? held.history.change() : {}), ...(this.#again ? { document: documentOf(held) } : {}) });
  }

  #weigh(id: string): void {
    const { engine, store, changed } = this.#services;
    const asked = engine.request('checkpoint', {}).then((reply) => {
      if (reply.ok && reply.value.step > 0) store.writeWeights(id, reply.value.bytes);
      changed();
    });
    this.#weighing = Promise.all([this.#weighing, asked]).then(() => undefined);
  }
}

function statusOf({ state, step, epoch, totalSteps, learningRate }: OpenReply): StatusReply {
  return { state, step, epoch, totalSteps, learningRate };
}

function projectOf(text: string): Project | null {
  const parsed = parseProject(text);
  return parsed.ok ? parsed.project : null;
}

/** The project with the learning rate that the run starts with: it may have been changed since the project was opened. */
function documentOf({ text, status: { learningRate } }: Held): string {
  const project = projectOf(text);
  if (project === null || !(learningRate > 0)) return text;
  return serializeProject(setTraining(project, { optimizer: { ...project.training.optimizer, learningRate } }));
}

function withKept(difference: readonly string[], { kept }: OpenReply): readonly string[] {
  return kept === null ? difference : [...difference, `goes on with ${String(kept.kept.length)} of ${String(kept.kept.length + kept.fresh.length)} weights`];
}
