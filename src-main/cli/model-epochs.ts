import { readModel } from '../../src-engine/exchange/read-model.ts';
import { writeModel } from '../../src-engine/exchange/write-model.ts';
import { ProblemError } from '../../src-engine/document/problems.ts';
import { withEpochs } from './train-settings.ts';

/** The text of a model file with another number of epochs in its project. */
export function withModelEpochs(modelText: string, epochs: number): string {
  const read = readModel(modelText);
  if (!read.ok) throw new ProblemError(read.problems);
  return writeModel({ ...read.model, project: withEpochs(read.model.project, epochs) }, { arrays: false });
}
