import { hasEditsToLose } from './state/workspace-leave.ts';

/** Before edits are lost the page objects to leaving: a browser then asks by itself, and the Electron shell in a dialog of its own. */
export function warnBeforeLeaving(window: Window): void {
  window.addEventListener('beforeunload', (event) => {
    if (hasEditsToLose()) event.preventDefault();
  });
}
