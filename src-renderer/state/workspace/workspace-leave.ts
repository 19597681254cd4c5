import { documentStore, isUnsaved } from '../document-store.ts';
import { runStore } from '../run-store.ts';
import { workspaceStore } from '../workspace-store.ts';

/** True while edits made by hand would be lost; a template that nobody changed is no loss. */
export function hasEditsToLose(): boolean {
  const state = documentStore.getState();
  return isUnsaved(state) && (state.edited || state.history.past.length > 0);
}

/** True while another window trains what this one shows: the engine holds one project, so that another one ends it there too. */
function endsAnothersTraining(): boolean {
  const { shared, status } = runStore.getState();
  return shared && status?.state === 'running';
}

/** Does what puts another document in this one's place, after asking where edits would be lost or the training of another window would end. */
export function leaveDocument(action: () => void): void {
  const end = (): void => {
    if (endsAnothersTraining()) workspaceStore.setState({ ending: action });
    else action();
  };
  if (hasEditsToLose()) workspaceStore.setState({ leaving: end });
  else end();
}
