import type { Batch } from '../../data/dataset.ts';
import { writtenText } from '../../data/text/written-text.ts';
import { hasOwnSteps } from '../../document/signature.ts';
import type { Answer, ModelRunner } from '../model-runner.ts';

export interface Prediction {
  /** One per input: class probabilities, or numbers in the unit of the data; per step where the model answers per step. */
  readonly outputs: readonly Answer[];
  readonly classes?: readonly string[];
  /** What a model wrote that ends its answers itself: one text per input; `outputs` then end with the class that ends them. */
  readonly texts?: readonly string[];
}

/** What a model answers to the rows of a batch. */
export function predictBatch(runner: ModelRunner, batch: Batch): Prediction {
  const { output } = runner.signature;
  const outputs = runner.answers(batch);
  if (output.kind !== 'classes') return { outputs };
  if (!hasOwnSteps(output)) return { outputs, classes: output.classes };
  const written = outputs.map((answer) =>
    writtenText(
      answer.filter((step) => typeof step !== 'number'),
      output,
    ),
  );
  return { outputs: written.map(({ steps }) => steps), classes: output.classes, texts: written.map(({ text }) => text) };
}
