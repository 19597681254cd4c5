import { join } from 'node:path';
import type { HeldSession, RequestOf } from '../../contract.ts';
import type { Handlers } from '../handlers.ts';
import type { ProjectFiles } from '../files/project-files.ts';
import { RecordedEngine, type Engine } from './recorded-engine.ts';
import { openedFrom, runHandlers, type RunRequest } from './run-handlers.ts';
import { RunStore } from './run-store.ts';

export interface RunsServices {
  readonly engine: Engine;
  readonly files: Pick<ProjectFiles, 'pathOf' | 'handleOf'>;
  /** Null keeps the runs in memory. */
  readonly userFolder: string | null;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly randomId: () => string;
  /** Windows that are connected. */
  readonly windows: () => number;
}

/** The engine with its runs kept, and what answers for them. */
export interface Runs {
  /** In place of the engine: what goes past it is not kept. */
  readonly engine: RecordedEngine;
  readonly handlers: Pick<Handlers, RunRequest>;
  /** Before a window's project is opened. */
  readonly expect: (argument: RequestOf<'session.open'>) => void;
  /** What the engine holds; null where it holds nothing. */
  readonly session: () => HeldSession | null;
  /** What the engine trains from now on belongs to that run, where it is still kept. */
  readonly goOn: (id: string) => void;
  /** To be called before the engine is closed. */
  readonly close: () => Promise<void>;
}

export function openRuns({ engine: thread, files, userFolder, clock, randomId, windows }: RunsServices): Runs {
  const store = new RunStore(userFolder === null ? null : join(userFolder, 'runs.sqlite'), clock);
  const after = (milliseconds: number, work: () => void): (() => void) => {
    const timer = setTimeout(work, milliseconds);
    return () => {
      clearTimeout(timer);
    };
  };
  const engine = new RecordedEngine(thread, { store, clock, randomId, after });
  return {
    engine,
    handlers: runHandlers({ engine, store, files, windows }),
    expect: (argument) => {
      engine.expect(openedFrom(argument, files));
    },
    session: () => engine.recorder.session(windows()),
    goOn: (id) => {
      const stored = store.read(id);
      if (stored !== null) engine.recorder.reopened(stored);
    },
    close: () => engine.recorder.close(),
  };
}
