import { makeBatch } from '../data/batching.ts';
import { plainMeasures } from '../data/measures.ts';
import { ProblemError } from '../document/problems.ts';
import { hasOwnSteps } from '../document/signature.ts';
import type { TrainedModel } from '../exchange/trained-model.ts';
import { readModel } from '../exchange/read-model.ts';
import { writeModel } from '../exchange/write-model.ts';
import { firstWindow } from '../train/windows.ts';
import type { EngineFiles } from './engine-files.ts';
import { ModelRunner } from './model-runner.ts';
import type { OpenedProject } from './open-project.ts';
import type { TestScore } from './protocol.ts';

/** Held-out examples an export is compared on. */
const EXAMPLES = 32;
/** Numbers they may have for answers: with a large vocabulary there are fewer examples, and the first steps of a long one. */
const NUMBERS = 4_000_000;

export interface RunResults {
  readonly test: TestScore | null;
  readonly history: readonly Readonly<Record<string, number | null>>[];
  readonly steps: number;
}

/** The model file's text, read back and run beside the model it came from on held-out examples. Throws ProblemError where it cannot be read back. */
export function verifiedModel(
  { project, dataset, run }: OpenedProject,
  results: RunResults,
  engine: EngineFiles,
  arrays: boolean,
): { readonly text: string; readonly largestDifference: number; readonly examples: number } {
  const { test } = results;
  const model: TrainedModel = {
    project,
    signature: dataset.signature,
    parameters: run.readParameters(),
    metrics: { steps: results.steps, ...(test === null ? {} : testMetrics(test)) },
    history: results.history,
  };
  const text = writeModel(model, { arrays });
  const back = readModel(text);
  if (!back.ok) throw new ProblemError(back.problems);
  const part = dataset.split.test.length > 0 ? dataset.split.test : dataset.split.train;
  const { output } = dataset.signature;
  const width = output.kind === 'classes' ? output.classes.length : output.width;
  const steps = output.perStep ? dataset.signature.longest : 1;
  const examples = part.subarray(0, Math.min(EXAMPLES, Math.max(1, Math.floor(NUMBERS / (width * steps)))));
  const whole = makeBatch(dataset, examples, examples.length);
  const batch = steps > 1 && !hasOwnSteps(output) ? firstWindow(whole, Math.max(1, Math.floor(NUMBERS / width))) : whole;
  const before = new ModelRunner(model, engine).answers(batch).flat(2);
  const after = new ModelRunner(back.model, engine).answers(batch).flat(2);
  const largestDifference = before.reduce((largest, value, index) => Math.max(largest, Math.abs(value - (after[index] ?? Number.NaN))), 0);
  return { text, largestDifference, examples: examples.length };
}

function testMetrics({ metric, score, loss, baseline, baselines, measures }: TestScore): TrainedModel['metrics'] {
  return { metric, testScore: score, testLoss: loss, baseline, baselineName: baselines[0]?.name ?? null, ...plainMeasures(measures) };
}
