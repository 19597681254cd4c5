import { dirname } from 'node:path';
import type { RequestOf, RunSummary } from '../../contract.ts';
import { problem, ProblemError } from '../../../src-engine/document/problems.ts';
import { ask } from '../ask-engine.ts';
import type { Handlers } from '../handlers.ts';
import type { ProjectFiles } from '../files/project-files.ts';
import { readJsonText } from '../files/read-json-text.ts';
import type { RecordedEngine } from './recorded-engine.ts';
import { base64 } from './run-history.ts';
import type { OpenedDocument } from './run-recorder.ts';
import type { ListedRun, RunStore, StoredRun } from './run-store.ts';

export interface RunServices {
  readonly engine: RecordedEngine;
  readonly store: RunStore;
  readonly files: Pick<ProjectFiles, 'pathOf' | 'handleOf'>;
  /** Windows that are connected. */
  readonly windows: () => number;
}

export type RunRequest = Extract<keyof Handlers, `runs.${string}`> | 'session.saved';

/** What answers the requests about runs. */
export function runHandlers(services: RunServices): Pick<Handlers, RunRequest> {
  const { engine, store } = services;
  const { recorder } = engine;
  const done = { done: true } as const;
  return {
    'session.saved': (argument) => Promise.resolve({ noted: recorder.saved(argument) }),
    'runs.current': async () => {
      const status = await engine.request('status', {});
      return { session: status.ok && status.value.state === 'idle' ? null : recorder.session(services.windows()) };
    },
    'runs.list': ({ document, handle }) => Promise.resolve(listOf(services, projectsOf(services, document, handle))),
    'runs.read': ({ id }) => {
      recorder.flush();
      const { record, document, history } = found(store, id);
      const { points, frames, validations } = history;
      return Promise.resolve({
        run: summaryOf({ record, bytes: 0, hasWeights: false }, false),
        text: document,
        probeLayers: record.probeLayers,
        steps: record.longest,
        history: {
          points: base64(points),
          frames: frames.map(base64),
          validations: validations as never,
          progress: null,
          largestNorm: 0,
          stopped: record.stopped as never,
          done: record.done as never,
        },
      });
    },
    'runs.rename': ({ id, name }) => changed(recorder.change(id, { name })),
    'runs.pin': ({ id, pinned }) => changed(recorder.pin(id, pinned)),
    'runs.remove': ({ id }) => {
      store.setRemoved(id, true);
      return Promise.resolve(done);
    },
    'runs.restore': ({ id }) => {
      store.setRemoved(id, false);
      return Promise.resolve(done);
    },
    'runs.reopen': (argument) => reopen(services, argument),
  };
}

/** Whose the project is that a window asks to be opened. */
export function openedFrom({ text, handle, document, opening }: RequestOf<'session.open'>, files: RunServices['files']): OpenedDocument {
  const path = handle === undefined || handle === null ? null : files.pathOf(handle);
  const { id, fileName, version, saved } = document ?? { id: '', fileName: null, version: null, saved: false };
  return {
    opening: opening ?? null,
    document: { id, text, handle: handle ?? null, fileName, version, saved },
    project: path ?? id,
    folder: path === null ? null : dirname(path),
  };
}

function projectsOf({ files }: RunServices, document: string, handle: string | null): ReadonlySet<string> {
  const path = handle === null ? null : files.pathOf(handle);
  return new Set(path === null ? [document] : [document, path]);
}

function listOf({ engine: { recorder }, store }: RunServices, own: ReadonlySet<string>): { runs: RunSummary[]; current: string | null; notice: string | null } {
  const runs = store.list().map((listed) => {
    const record = recorder.recordOf(listed.record.id) ?? listed.record;
    return summaryOf({ ...listed, record }, own.has(record.project));
  });
  return { runs, current: recorder.current, notice: store.notice };
}

function summaryOf({ record, bytes, hasWeights }: ListedRun, own: boolean): RunSummary {
  const { id, projectName, name, started, ended, pinned, state, difference, steps, seconds, loss, score, parameters } = record;
  return { id, own, projectName, name, started, ended, pinned, state, difference, steps, seconds, loss, score, parameters, bytes, hasWeights };
}

function found(store: RunStore, id: string): StoredRun {
  const stored = store.read(id);
  if (stored === null) throw new ProblemError([gone()]);
  return stored;
}

function gone(): ReturnType<typeof problem> {
  return problem('U051', 'This run is not kept any more.', 'Train it again; pin a run that is to stay.');
}

function changed(was: boolean): Promise<{ done: true }> {
  return was ? Promise.resolve({ done: true }) : Promise.reject(new ProblemError([gone()]));
}

async function reopen({ engine, store, files, windows }: RunServices, { id, opening }: RequestOf<'runs.reopen'>): ReturnType<Handlers['runs.reopen']> {
  engine.recorder.flush();
  const stored = found(store, id);
  const weights = store.weights(id);
  const { record, document } = stored;
  const handle = record.folder === null ? null : files.handleOf(record.project);
  engine.expect({
    opening,
    document: { id: record.folder === null ? record.project : '', text: document, handle, fileName: null, version: null, saved: false },
    project: record.project,
    folder: record.folder,
  });
  const reply = await ask(engine, 'open', { project: readJsonText(document), folder: record.folder });
  if (reply.problems.length > 0) throw new ProblemError(reply.problems);
  if (weights !== null) {
    await ask(engine, 'resume', { checkpoint: weights });
    engine.recorder.reopened(stored);
  }
  const session = engine.recorder.session(windows());
  if (session === null) throw new ProblemError([gone()]);
  return { session };
}
