import type { Dataset } from '../../data/dataset.ts';
import { loadDataset } from '../../data/load-dataset.ts';
import { ProblemError } from '../../document/problems.ts';
import type { TrainedModel } from '../../exchange/trained-model.ts';
import type { EngineFiles } from '../engine-files.ts';

/** The data set that a model was trained on; null where it names none, where it cannot be read, or where it has become another. */
export async function matchingData({ project, signature }: TrainedModel, engine: EngineFiles): Promise<Dataset | null> {
  if (project.data === null) return null;
  try {
    const dataset = await loadDataset(project.data, engine.assets, engine.imports);
    const isSame = JSON.stringify([signature.input, signature.output]) === JSON.stringify([dataset.signature.input, dataset.signature.output]);
    return isSame ? dataset : null;
  } catch (error) {
    if (error instanceof ProblemError) return null;
    throw error;
  }
}
