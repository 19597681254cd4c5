import { checkGraph } from '../../../document/check.ts';
import type { Batch, Dataset } from '../../../data/dataset.ts';
import { paddedRows } from '../../padded-rows.ts';
import { textFile, type ProjectFile } from '../../project-file.ts';
import type { TrainedModel } from '../../trained-model.ts';
import { writeWeights } from '../../weights-file.ts';
import { copiedParameters, teacherShares, windowOf } from '../training-ways.ts';
import { writeModelCode } from '../write-model-code.ts';
import { dataCode } from './data-code.ts';
import { dataLines, MOST_STEPS } from './data-lines.ts';
import { headCode } from './head-code.ts';
import { predictCode } from './predict-code.ts';
import { readmeText } from './readme-text.ts';
import { trainCode } from './train-code.ts';
import { VERIFY_CODE } from './verify-code.ts';
import { WEIGHTS_CODE } from './weights-code.ts';

/** What the project is compared with by its `verify.py`. */
export interface WantedAnswers {
  readonly batches: readonly Batch[];
  /** Of each batch the answers of its rows, [O] or [T,O]. */
  readonly answers: readonly (readonly (readonly unknown[])[])[];
  /** Loss of the first examples of the training part in their order, in the mode without dropout; null without data. */
  readonly loss: { readonly examples: number; readonly value: number } | null;
}

/** True where the data is small enough to be written beside the code. */
export function holdsData(dataset: Dataset | null): dataset is Dataset {
  return dataset !== null && dataset.split.train.length > 0 && (dataset.offsets.at(-1) ?? 0) <= MOST_STEPS;
}

/** A model as a PyTorch project: code, weights, data where there is some, and what to verify it with. The graph must pass the check. */
export function writePytorchProject(model: TrainedModel, dataset: Dataset | null, wanted: WantedAnswers): readonly ProjectFile[] {
  const { project, signature } = model;
  const window = windowOf(project);
  const checked = checkGraph(project.graph, signature);
  return [
    textFile('README.md', readmeText(project, signature, holdsData(dataset))),
    textFile('model.py', writeModelCode(project, signature)),
    textFile('head.py', headCode(project.graph, signature, window !== null)),
    textFile('data.py', dataCode(signature)),
    textFile('predict.py', predictCode(signature)),
    textFile('train.py', trainCode(project.training, { window, teacher: teacherShares(project), copied: copiedParameters(checked) })),
    textFile('weights.py', WEIGHTS_CODE),
    textFile('verify.py', VERIFY_CODE),
    textFile('verify.json', `${JSON.stringify(verification(model, wanted))}\n`),
    textFile('signature.json', `${JSON.stringify(signature, null, 1)}\n`),
    { path: 'weights.safetensors', bytes: writeWeights(model) },
    ...(holdsData(dataset) ? dataFiles(dataset) : []),
  ];
}

function dataFiles(dataset: Dataset): readonly ProjectFile[] {
  const parts = (['train', 'validation', 'test'] as const).filter((part) => dataset.split[part].length > 0);
  return parts.map((part) => ({ path: `data/${part}.jsonl`, bytes: new TextEncoder().encode(dataLines(dataset, part)) }));
}

/** What `verify.json` holds. */
export function verification({ signature }: TrainedModel, { batches, answers, loss }: WantedAnswers): object {
  return {
    tokens: signature.input.kind === 'tokens',
    batches: batches.map((batch, place) => {
      const rows = answers[place] ?? [];
      const steps = rows.reduce((most, row) => Math.max(most, row.length), 0);
      return { x: paddedRows(batch), lengths: [...batch.lengths], steps, answers: rows };
    }),
    loss,
  };
}
