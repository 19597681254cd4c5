import type { DockviewApi, SerializedDockview } from 'dockview-react';

export const panelTitles = {
  loss: 'Loss',
  scores: 'Scores',
  gradients: 'Gradients',
  memory: 'Memory',
  states: 'States',
  samples: 'Samples',
  runs: 'Runs',
  problems: 'Problems',
  data: 'Data',
} as const;
export type PanelId = keyof typeof panelTitles;

export function isPanelId(id: string): id is PanelId {
  return Object.hasOwn(panelTitles, id);
}

const ids: readonly PanelId[] = ['loss', 'scores', 'gradients', 'memory', 'states', 'samples', 'runs', 'problems', 'data'];

/** Loss on the left with Scores behind it; Gradients on the right, wider, with Memory, States, Samples, Runs, Problems and Data behind it. */
function arrangeDefault(api: DockviewApi): void {
  const add = (id: PanelId, place: Parameters<DockviewApi['addPanel']>[0]['position']): void => {
    api.addPanel({ id, component: id, title: panelTitles[id], renderer: 'onlyWhenVisible', ...(place === undefined ? {} : { position: place }) });
  };
  add('loss', undefined);
  add('gradients', { referencePanel: 'loss', direction: 'right' });
  add('scores', { referencePanel: 'loss', direction: 'within' });
  add('memory', { referencePanel: 'gradients', direction: 'within' });
  add('states', { referencePanel: 'gradients', direction: 'within' });
  add('samples', { referencePanel: 'gradients', direction: 'within' });
  add('runs', { referencePanel: 'gradients', direction: 'within' });
  add('problems', { referencePanel: 'gradients', direction: 'within' });
  add('data', { referencePanel: 'gradients', direction: 'within' });
  api.getPanel('loss')?.api.setActive();
  api.getPanel('gradients')?.api.setActive();
  api.getPanel('loss')?.api.setSize({ width: Math.round(api.width / 3) });
}

/** The arrangement that was remembered where it is whole, else the default one. */
export function arrange(api: DockviewApi, remembered: unknown): void {
  if (remembered !== null) {
    try {
      api.fromJSON(remembered as SerializedDockview);
    } catch {
      api.clear();
    }
  }
  if (ids.some((id) => api.getPanel(id) === undefined)) {
    api.clear();
    arrangeDefault(api);
  }
}
