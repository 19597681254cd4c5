import { problem, ProblemError, type Problem } from '../../../src-engine/document/problems.ts';
import type { Project } from '../../../src-engine/document/project.ts';
import type { SessionEvents } from '../../../src-engine/session/protocol.ts';
import type { EngineEvent } from '../../host/engine-event.ts';
import type { EngineThread } from '../../host/engine-thread.ts';
import { ask } from '../../host/ask-engine.ts';
import { safeFileName } from '../../host/files/project-files.ts';
import type { Context } from '../context.ts';
import { keepCheckpoints } from './keep-checkpoints.ts';
import { LoadingLine } from '../terminal/loading-line.ts';
import type { TrainReport } from './train-report.ts';
import type { TrainSettings } from './train-settings.ts';

export interface Ended {
  readonly how: 'done' | 'interrupted' | 'non-finite';
  readonly done: SessionEvents['done'] | null;
}

/** Where a run's checkpoints go. */
export function checkpointPath({ name }: Pick<Project, 'name'>): string {
  return `${safeFileName(name)}.checkpoint`;
}

/** Opens the project in the engine, trains it to its limit and resolves when the run has ended. Throws ProblemError. */
export async function runTraining(engine: EngineThread, settings: TrainSettings, report: TrainReport, context: Context): Promise<Ended> {
  const { until, resume, checkpointEvery } = settings;
  const problems = await openProject(engine, settings, context);
  if (problems.length > 0) throw new ProblemError(problems);
  if (resume !== null) await ask(engine, 'resume', { checkpoint: resume });

  const { promise, resolve, reject } = Promise.withResolvers<Ended>();
  // A death while `start` is still unanswered rejects both; one of them is enough.
  promise.catch(() => undefined);
  let how: Ended['how'] = 'done';
  const stopHearing = engine.onEvent((heard) => {
    tell(heard, report);
    if (heard.event === 'done') resolve({ how, done: heard.payload });
    if (heard.event === 'stopped') resolve({ how: 'non-finite', done: null });
    if (heard.event === 'died') reject(new ProblemError([problem('U060', heard.payload.sentence, 'Train again.')]));
  });
  const stopListening = context.onInterrupt(() => {
    how = 'interrupted';
    ask(engine, 'stop', {}).catch(reject);
  });
  const endKeeping = checkpointEvery === null ? null : keepCheckpoints(engine, checkpointEvery, checkpointPath(settings.project), report, context);
  try {
    await ask(engine, 'start', until);
    return await promise;
  } finally {
    await endKeeping?.();
    stopHearing();
    stopListening();
  }
}

/** Problems in the way; how far the reading of imported data is stands on a terminal's last line. */
async function openProject(engine: EngineThread, { project, folder, threads }: TrainSettings, context: Context): Promise<readonly Problem[]> {
  const line = new LoadingLine(context);
  const stopHearing = engine.onEvent((heard) => {
    if (heard.event === 'loading') line.show(heard.payload);
  });
  try {
    return (await ask(engine, 'open', { project, folder, ...(threads === null ? {} : { threads }) })).problems;
  } finally {
    stopHearing();
    line.clear();
  }
}

function tell(heard: EngineEvent, report: TrainReport): void {
  if (heard.event === 'progress') report.progress(heard.payload);
  if (heard.event === 'validation') report.validation(heard.payload);
  if (heard.event === 'stopped') report.stopped(heard.payload);
}
