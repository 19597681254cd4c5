import { join, resolve } from 'node:path';
import { EngineThread } from '../../host/engine-thread.ts';
import { ask } from '../../host/ask-engine.ts';
import type { Arguments } from '../arguments.ts';
import type { Command, ExitCode } from '../command.ts';
import type { Context } from '../context.ts';
import { expectFolderOf, openLines, writeCheckpoint, writeNamed, type LineFile } from '../files.ts';
import { textWithDataFrom } from '../move-data.ts';
import { TrainReport } from '../training/train-report.ts';
import { readTrainSettings, type TrainSettings } from '../training/train-settings.ts';
import { checkpointPath, runTraining } from '../training/training.ts';

export const train: Command = {
  name: 'train',
  usage:
    'FILE | --scenario ID  [--steps N | --epochs N | --seconds S] [--seed N] [--threads N] [--set training.path=value ...] [--out MODEL] [--metrics FILE.jsonl] [--resume CHECKPOINT] [--checkpoint-every N|Ns]',
  summary: 'trains a project and prints losses, scores and speed; the last line is the test score',
  options: {
    scenario: { type: 'text', value: 'ID', help: 'train a template instead of a file' },
    steps: { type: 'text', value: 'N', help: 'end after N updates' },
    epochs: { type: 'text', value: 'N', help: 'end after N passes over the training part' },
    seconds: { type: 'text', value: 'S', help: 'end after S seconds of training' },
    seed: { type: 'text', value: 'N', help: 'seed of the weights and of the order of the data' },
    threads: { type: 'text', value: 'N', help: 'threads of the engine' },
    set: { type: 'text', value: 'training.path=value', help: 'change a training setting, e.g. training.optimizer.learningRate=0.01' },
    out: { type: 'text', value: 'MODEL', help: 'write the trained model, e.g. mine.model.json' },
    metrics: { type: 'text', value: 'FILE.jsonl', help: 'write every event to this file as JSON lines' },
    'checkpoint-every': { type: 'text', value: 'N|Ns', help: 'keep a checkpoint every N updates or N seconds, and the one before it' },
    resume: { type: 'text', value: 'CHECKPOINT', help: 'go on from a checkpoint of the same project, as if never interrupted' },
  },
  words: [0, 1],
  run: async (args, context) => {
    const settings = await readTrainSettings(args, context);
    const out = args.text('out');
    if (out !== null) await expectFolderOf(out, context);
    const metrics = await openMetrics(args, context);
    const engine = new EngineThread(context.engine);
    try {
      return await trainAndWrite(engine, settings, new TrainReport(context, args.flag('json'), metrics?.write ?? null), out, context);
    } finally {
      await Promise.all([engine.close(), metrics?.close()]);
    }
  },
};

async function openMetrics(args: Arguments, context: Context): Promise<LineFile | null> {
  const path = args.text('metrics');
  return path === null ? null : await openLines(path, context);
}

async function trainAndWrite(engine: EngineThread, settings: TrainSettings, report: TrainReport, out: string | null, context: Context): Promise<ExitCode> {
  const ended = await runTraining(engine, settings, report, context);
  const interrupted = ended.how === 'interrupted';
  if (ended.how !== 'done') {
    const path = checkpointPath(settings.project);
    const { bytes, step } = await ask(engine, 'checkpoint', {});
    await writeCheckpoint(path, bytes, context);
    report.checkpoint(path, interrupted ? null : step);
  }
  if (ended.how === 'non-finite') return 1;
  if (out !== null) {
    const { text } = await ask(engine, 'exportModel', { arrays: false });
    const from = settings.folder === null ? null : join(settings.folder, 'project');
    await writeNamed(out, textWithDataFrom(text, from, resolve(context.folder, out)), context);
  }
  if (ended.done !== null) report.done(ended.done, out);
  return interrupted ? 130 : 0;
}
