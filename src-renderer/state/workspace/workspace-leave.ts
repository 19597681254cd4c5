import { documentStore, isUnsaved } from '../document-store.ts';
import { workspaceStore } from '../workspace-store.ts';

/** True while edits made by hand would be lost; a template that nobody changed is no loss. */
export function hasEditsToLose(): boolean {
  const state = documentStore.getState();
  return isUnsaved(state) && (state.edited || state.history.past.length > 0);
}

/** Does what puts another document in this one's place, after asking where edits would be lost. */
export function leaveDocument(action: () => void): void {
  if (hasEditsToLose()) workspaceStore.setState({ leaving: action });
  else action();
}
