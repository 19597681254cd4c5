import { hasEditsToLose } from './state/workspace/workspace-leave.ts';

/**
 * Before edits are lost the page objects to leaving: a browser then asks by itself, and the Electron shell in a dialog of its own. The
 * browser's question is about leaving the page, not about the edits, and its answer is not told to the page: they stay kept (`EditKeeper`). Electron's
 * question is about them: with "Don’t save" they go (`LeaveGuard`).
 */
export function warnBeforeLeaving(window: Window): void {
  window.addEventListener('beforeunload', (event) => {
    if (hasEditsToLose()) event.preventDefault();
  });
}
