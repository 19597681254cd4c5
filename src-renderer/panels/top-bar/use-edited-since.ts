import { useDocument } from '../../state/document-store.ts';
import { trainingKey } from '../../state/runs/run-key.ts';
import { hasTrained, useRun } from '../../state/run-store.ts';

/** True where the weights belong to another model than the one that is drawn: Train then starts from new ones. */
export function useEditedSince(): boolean {
  const trained = useRun(hasTrained);
  const openedKey = useRun((run) => run.openedKey);
  const key = useDocument(({ project }) => trainingKey(project));
  return trained && openedKey !== null && openedKey !== key;
}
