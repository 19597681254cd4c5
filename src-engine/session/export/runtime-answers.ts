import type { Batch } from '../../data/dataset.ts';
import { hasOwnSteps, type DataSignature } from '../../document/signature.ts';
import { paddedRows } from '../../exchange/padded-rows.ts';
import { loadModel, type ModelInput } from '../../exchange/runtime/runtime.ts';
import type { Answer } from '../model-runner.ts';
import { inDataUnits } from './data-units.ts';

/** What unroll-runtime answers to batches with the text of a model file, row by row; `steps` of each row's answer where it has its own. */
export function runtimeAnswers(
  text: string,
  batches: readonly Batch[],
  signature: DataSignature,
  steps: (batch: Batch) => readonly number[],
): readonly (readonly Answer[])[] {
  const model = loadModel(text);
  return batches.map((batch) => {
    const own = hasOwnSteps(signature.output) ? steps(batch) : signature.input.kind === 'vector' ? [...batch.lengths] : [];
    return inputRows(batch, signature).flatMap((row, b) => model.predict([row], own[b]));
  });
}

/** The rows of a batch as a person gives them, in the unit of the data. */
export function inputRows(batch: Batch, { input }: DataSignature): readonly ModelInput[] {
  const { values, shape } = paddedRows(batch);
  const all = inDataUnits(values, input);
  const perRow = all.length / Math.max(1, batch.size);
  const width = shape.length === 3 ? (shape[2] ?? 1) : 1;
  return Array.from({ length: batch.rows }, (_, b) => {
    const row = all.slice(b * perRow, (b + 1) * perRow);
    if (batch.inputs.kind === 'vectors') return row;
    const steps = batch.lengths[b] ?? 0;
    if (batch.inputs.kind === 'tokens') return row.slice(0, steps);
    return Array.from({ length: steps }, (__, t) => row.slice(t * width, (t + 1) * width));
  });
}
