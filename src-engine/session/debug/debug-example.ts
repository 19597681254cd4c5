import { makeBatch } from '../../data/batches/batching.ts';
import type { Batch } from '../../data/dataset.ts';
import { languageOf } from '../../document/language.ts';
import { problem, ProblemError } from '../../document/problems.ts';
import type { EngineFiles } from '../engine-files.ts';
import { ExplainedModel, largestOf } from '../answers/explained-model.ts';
import type { GivenInput, ReadStep } from '../answers/explanations.ts';
import { MOST_STEPS, readGiven } from '../answers/given-input.ts';
import type { RunnableModel } from '../answers/language-model.ts';
import type { OpenedProject } from '../open-project.ts';
import { firstWindow, windowLength } from '../../train/windows.ts';

/** Steps of an example that is cut. */
const MOST_CUT = 100_000;

/** One row with its targets, as training would read it. */
export interface DebugExample {
  readonly batch: Batch;
  readonly read: readonly ReadStep[];
  readonly targetsFrom: 'data' | 'text' | 'answers';
  /** Steps of the whole example; more than the batch has where it was cut. */
  readonly wholeSteps: number;
}

/**
 * Where truncated BPTT cuts a long example into windows with losses of their own, the first of them serve. Throws ProblemError: U004 where the input
 * does not fit the model; U044 where it is too long, not in the data, or of numbers and so without a truth.
 */
export function debugExample(opened: Pick<OpenedProject, 'project' | 'dataset'>, model: RunnableModel, input: GivenInput, engine: EngineFiles): DebugExample {
  const window = windowLength(opened.project.training);
  const isCut = window !== null && window <= MOST_STEPS && opened.dataset.signature.output.perStep;
  const whole = wholeExample(opened, model, input, engine, isCut ? MOST_CUT : MOST_STEPS);
  const steps = isCut ? Math.floor(MOST_STEPS / window) * window : whole.batch.steps;
  return { ...whole, batch: firstWindow(whole.batch, steps), read: whole.read.slice(0, steps), wholeSteps: whole.batch.steps };
}

function wholeExample(
  { dataset }: Pick<OpenedProject, 'dataset'>,
  model: RunnableModel,
  input: GivenInput,
  engine: EngineFiles,
  most: number,
): Omit<DebugExample, 'wholeSteps'> {
  const { batch, steps: read } = readGiven(input, dataset.signature, dataset, most);
  if ('part' in input) {
    const index = dataset.split[input.part][input.example] ?? 0;
    return { batch: makeBatch(dataset, Int32Array.of(index), 1), read, targetsFrom: 'data' };
  }
  const { output } = dataset.signature;
  if (output.kind === 'numbers') {
    throw new ProblemError([
      problem('U044', 'This model answers with numbers: a typed input has no right answer that a loss could be measured by.', 'Choose an example of the data.'),
    ]);
  }
  if (output.perStep && languageOf(dataset.signature)?.kind === 'next' && batch.inputs.kind === 'tokens') {
    const { ids } = batch.inputs;
    return { batch: { ...batch, targets: { kind: 'classes', perStep: true, values: ids.map((_, t) => ids[t + 1] ?? -1) } }, read, targetsFrom: 'text' };
  }
  const explained = new ExplainedModel(model, engine);
  const answers = explained.answers(batch, 0);
  if (output.perStep) return { batch: explained.withAnswers(batch, 0, answers), read, targetsFrom: 'answers' };
  return {
    batch: { ...batch, targets: { kind: 'classes', perStep: false, values: Int32Array.of(largestOf(answers[0] ?? [])) } },
    read,
    targetsFrom: 'answers',
  };
}
