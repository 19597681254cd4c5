import type { LessonPlace, LessonStep } from '../../../src-engine/document/lesson.ts';
import { workspaceStore, type WorkspaceData } from '../../state/workspace-store.ts';

const names: Readonly<Record<LessonPlace, string>> = {
  design: 'Design',
  unrolled: 'Unrolled',
  code: 'Code',
  loss: 'Loss',
  scores: 'Scores',
  gradients: 'Gradients',
  states: 'States',
  samples: 'Samples',
  runs: 'Runs',
  problems: 'Problems',
  data: 'Data',
};

export function placeName(place: LessonPlace): string {
  return names[place];
}

/** A view of the model, or a panel under it. */
type Shown = Pick<WorkspaceData, 'view'> | Pick<WorkspaceData, 'panelWanted'>;

function shown(place: LessonPlace): Shown {
  return place === 'design' || place === 'code' || place === 'unrolled' ? { view: place } : { panelWanted: place };
}

/** Brings a view or a panel to the front. */
export function showPlace(place: LessonPlace): void {
  workspaceStore.setState(shown(place));
}

export function showStep({ look, quantity }: LessonStep): void {
  if (quantity !== undefined) workspaceStore.setState({ heatmapQuantity: quantity });
  if (look !== undefined) showPlace(look);
}
