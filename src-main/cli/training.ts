import { problem, ProblemError } from '../../src-engine/document/problems.ts';
import type { OpenReply, SessionEvents } from '../../src-engine/session/protocol.ts';
import type { EngineEvent } from '../host/engine-event.ts';
import type { EngineThread } from '../host/engine-thread.ts';
import { ask } from '../host/handlers.ts';
import type { Context } from './context.ts';
import type { TrainReport } from './train-report.ts';
import { MAX_EPOCHS, withEpochs, type TrainSettings } from './train-settings.ts';

export interface Ended {
  readonly how: 'done' | 'interrupted' | 'non-finite';
  readonly done: SessionEvents['done'] | null;
  readonly stepsPerEpoch: number;
}

/** Opens the project in the engine, trains it to its limit and resolves when the run has ended. Throws ProblemError. */
export async function runTraining(engine: EngineThread, settings: TrainSettings, report: TrainReport, context: Context): Promise<Ended> {
  const stepsPerEpoch = await openFor(engine, settings);
  const { promise, resolve, reject } = Promise.withResolvers<Omit<Ended, 'stepsPerEpoch'>>();
  let how: Ended['how'] = 'done';
  const hear = (heard: EngineEvent): void => {
    if (heard.event === 'progress') report.progress(heard.payload);
    if (heard.event === 'validation') report.validation(heard.payload);
    if (heard.event === 'done') resolve({ how, done: heard.payload });
    if (heard.event === 'died') reject(new ProblemError([problem('U060', heard.payload.sentence, 'Train again; report it if it happens again.')]));
    if (heard.event === 'stopped') {
      report.stopped(heard.payload);
      resolve({ how: 'non-finite', done: null });
    }
  };
  const endings = [engine.onEvent(hear)];
  const stop = (): void => {
    ask(engine, 'stop', {}).catch(reject);
  };
  endings.push(
    context.onInterrupt(() => {
      how = 'interrupted';
      stop();
    }),
  );
  if (settings.until.kind === 'seconds') endings.push(context.after(settings.until.seconds * 1000, stop));
  try {
    advance(engine, settings, () => how === 'done').then((finished) => {
      if (finished) stop();
    }, reject);
    return { ...(await promise), stepsPerEpoch };
  } finally {
    for (const end of endings) end();
  }
}

/** Resolves to true where the run has to be stopped now: an exact number of steps has been taken. */
async function advance(engine: EngineThread, { until }: TrainSettings, wanted: () => boolean): Promise<boolean> {
  if (until.kind !== 'steps') {
    await ask(engine, 'start', {});
    return false;
  }
  for (let step = 0; step < until.steps && wanted(); step++) {
    const { state } = await ask(engine, 'step', {});
    if (state === 'done' || state === 'failed') return false;
  }
  return wanted();
}

/** Opens with as many epochs as the limit may need. Returns the number of steps in one. */
async function openFor(engine: EngineThread, settings: TrainSettings): Promise<number> {
  const { project, until } = settings;
  const first = await open(engine, settings, project);
  const stepsPerEpoch = Math.max(1, first.totalSteps / project.training.epochs);
  const epochs = until.kind === 'steps' ? Math.ceil(until.steps / stepsPerEpoch) : until.kind === 'seconds' ? MAX_EPOCHS : project.training.epochs;
  if (epochs !== project.training.epochs) await open(engine, settings, withEpochs(project, epochs));
  return stepsPerEpoch;
}

async function open(engine: EngineThread, { threads }: TrainSettings, project: unknown): Promise<OpenReply> {
  const reply = await ask(engine, 'open', { project, ...(threads === null ? {} : { threads }) });
  if (reply.problems.length > 0) throw new ProblemError(reply.problems);
  return reply;
}
