import { serializeProject } from '../../../src-engine/document/file/serialize-project.ts';
import type { Client } from '../../bridge/client.ts';
import { documentStore } from '../document-store.ts';
import { workspaceStore } from '../workspace-store.ts';

/** Tells the host when the document that it holds is saved, so that a window that comes later shows it as it is in its file. */
export function tellSaved(client: Client, after: (milliseconds: number, action: () => void) => void): void {
  const tell = (): void => {
    const { id, saved } = documentStore.getState();
    const { file } = workspaceStore.getState();
    if (saved === null || file === null) return;
    void client.request('session.saved', { id, text: serializeProject(saved), handle: file.handle, fileName: file.name, version: file.version });
  };
  documentStore.subscribe((now, before) => {
    // Later: the file's name and version follow the word that it was saved.
    if (now.opened === before.opened && now.saved !== before.saved && now.saved !== null) after(0, tell);
  });
}
