import type { Client } from './bridge/client.ts';
import { hasEditsToLose } from './state/workspace-leave.ts';

/** In a browser the page itself asks before edits are lost; the Electron shell asks in its own way when a window closes. */
export async function warnBeforeLeaving(window: Window, client: Client): Promise<void> {
  const info = await client.request('app.info', {});
  if (!info.ok || info.value.shell !== 'browser') return;
  window.addEventListener('beforeunload', (event) => {
    if (hasEditsToLose()) event.preventDefault();
  });
}
