import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { RecentProject } from '../../../src-main/contract.ts';
import type { Client } from '../../bridge/client.ts';
import { workspaceStore } from '../workspace-store.ts';

/** Projects opened or saved before, the newest first, as the host last told. */
export const recentStore = createStore<readonly RecentProject[]>(() => []);

export function useRecent(): readonly RecentProject[] {
  return useStore(recentStore);
}

/** Asks the host for the list now and whenever the gallery opens. */
export function followRecent(client: Client): void {
  const refresh = async (): Promise<void> => {
    const reply = await client.request('project.recent', {});
    if (reply.ok) recentStore.setState(reply.value.recent, true);
  };
  workspaceStore.subscribe((now, before) => {
    if (now.galleryOpen && !before.galleryOpen) void refresh();
  });
  void refresh();
}
