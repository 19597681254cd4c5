import { ProblemError } from '../../../src-engine/document/problems.ts';
import { CheckpointPace, type CheckpointEvery } from '../../host/keeping/checkpoint-pace.ts';
import type { EngineThread } from '../../host/engine-thread.ts';
import { ask } from '../../host/ask-engine.ts';
import type { Context } from '../context.ts';
import { writeCheckpoint } from '../files.ts';
import type { TrainReport } from './train-report.ts';

/**
 * Writes a checkpoint to `path` at the first progress report after it is due, the one before beside it. One that cannot be written is said on standard
 * error, and training goes on. Returns what ends it: it resolves when nothing is being written any more.
 */
export function keepCheckpoints(engine: EngineThread, every: CheckpointEvery, path: string, report: TrainReport, context: Context): () => Promise<void> {
  const { now } = context;
  const pace = new CheckpointPace(every, 0, now());
  let taking: Promise<void> | null = null;
  const take = async (): Promise<void> => {
    const began = now();
    try {
      const { bytes, step } = await ask(engine, 'checkpoint', {});
      await writeCheckpoint(path, bytes, context);
      pace.kept(step, began, now());
      report.keptCheckpoint(path);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      pace.failed(now());
      report.checkpointFailed(error.problems);
    }
  };
  const stopHearing = engine.onEvent(({ event, payload }) => {
    if (event !== 'progress' || taking !== null || !pace.isDue(payload.step, now())) return;
    taking = take().finally(() => {
      taking = null;
    });
  });
  return async () => {
    stopHearing();
    await taking;
  };
}
