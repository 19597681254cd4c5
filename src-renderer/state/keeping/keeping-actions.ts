import { parseProject } from '../../../src-engine/document/file/parse-project.ts';
import type { Client } from '../../bridge/client.ts';
import { createCheckpointActions, type CheckpointActions, type CheckpointFiles, type KeepingOutcome } from './checkpoint-actions.ts';
import { documentActions } from '../document-store.ts';
import { heldDocuments } from './held-documents.ts';
import type { EditKeeper } from './keep-edits.ts';
import { forgetDocument, keepingStore } from './keeping-store.ts';
import type { RunStore } from '../run-store.ts';
import { hasEditsToLose } from '../workspace/workspace-leave.ts';
import { workspaceStore } from '../workspace-store.ts';

/** What a crash left, and files that change. */
export interface KeepingActions extends CheckpointActions {
  /** Asks the host what a crash left. */
  readonly look: () => Promise<void>;
  /** Opens a document with its unsaved edits. */
  readonly restore: (id: string) => Promise<KeepingOutcome>;
  readonly discardDocument: (id: string) => Promise<void>;
  /** Whether the document's file is still as this window knows it; the person is asked where it is not. */
  readonly checkFile: () => Promise<'none' | 'changed' | 'gone'>;
}

export function createKeepingActions(client: Client, store: RunStore, keeper: EditKeeper, files: CheckpointFiles): KeepingActions {
  const look = async (): Promise<void> => {
    const reply = await client.request('unsaved.list', {});
    if (!reply.ok) return;
    const held = await heldDocuments();
    keepingStore.setState({ documents: reply.value.documents.filter(({ id }) => !held.has(id)), runs: reply.value.runs });
  };

  const restore = async (id: string): Promise<KeepingOutcome> => {
    const reply = await client.request('unsaved.open', { id });
    if (!reply.ok) return { kind: 'refused', problems: reply.problems };
    const { text, name, handle, version } = reply.value;
    const parsed = parseProject(text);
    if (!parsed.ok) return { kind: 'refused', problems: parsed.problems };
    workspaceStore.setState({ file: handle === null ? null : { name, handle, version }, fileChange: 'none', galleryOpen: false });
    documentActions.load(parsed.project, false, { id, edited: true });
    keeper.adopt(id);
    forgetDocument(id);
    return { kind: 'done', step: 0 };
  };

  const checkFile = async (): Promise<'none' | 'changed' | 'gone'> => {
    const { file, fileChange } = workspaceStore.getState();
    if (file === null || file.handle === null || file.version === null || fileChange !== 'none') return 'none';
    const reply = await client.request('project.check', { handle: file.handle, version: file.version });
    const change = reply.ok ? reply.value.change : 'none';
    // Saved, or another document opened, while the answer was on its way.
    if (workspaceStore.getState().file !== file) return 'none';
    if (change === 'changed') workspaceStore.setState({ fileChange: 'ask' });
    if (change === 'gone' && !hasEditsToLose()) documentActions.markUnsaved();
    if (change === 'gone') workspaceStore.setState({ file: { ...file, version: null } });
    return change;
  };

  return {
    ...createCheckpointActions(client, store, keeper, files),
    look,
    restore,
    discardDocument: async (id) => {
      forgetDocument(id);
      await client.request('unsaved.discard', { id });
    },
    checkFile,
  };
}
