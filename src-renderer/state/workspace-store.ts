import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { z } from 'zod';
import { LESSON_QUANTITIES } from '../../src-engine/document/lesson.ts';
import type { TermId } from '../../src-engine/document/glossary/glossary.ts';

export type ThemeChoice = 'dark' | 'light' | 'system';

/** How this person has arranged the window. Remembered between starts; none of it belongs to a project. */
const remembered = z.object({
  theme: z.enum(['dark', 'light', 'system']).catch('system'),
  /** Pixels, or null for the share of the window that suits it. */
  dockHeight: z.number().min(120).max(4000).nullable().catch(null),
  dockCollapsed: z.boolean().catch(false),
  /** What the docking library wrote, given back to it as it was; null for the default arrangement. */
  dockLayout: z
    .unknown()
    .optional()
    .transform((value) => value ?? null),
  lossLogScale: z.boolean().catch(false),
  lossSmoothing: z.number().min(0).max(0.99).catch(0.95),
  heatmapQuantity: z.enum(LESSON_QUANTITIES).catch('gradient'),
  heatmapScale: z.enum(['absolute', 'row']).catch('absolute'),
  /** Where both can be: columns that count steps back from the loss, or time steps t. */
  heatmapColumns: z.enum(['loss', 't']).catch('loss'),
});

export type Remembered = z.infer<typeof remembered>;

/** Where the document came from and goes back to. */
export interface WorkspaceFile {
  readonly name: string;
  readonly handle: string | null;
  /** Of its content when the document was read or saved; null where there is no file that could change. */
  readonly version: string | null;
}

export interface WorkspaceData extends Remembered {
  readonly galleryOpen: boolean;
  readonly commandsOpen: boolean;
  /** What the middle of the window shows. */
  readonly view: 'design' | 'unrolled' | 'code';
  /** A panel to bring to the front; the dock takes it. */
  readonly panelWanted: 'loss' | 'scores' | 'gradients' | 'memory' | 'states' | 'samples' | 'runs' | 'problems' | 'data' | null;
  /** Null for a document that never was in a file. */
  readonly file: WorkspaceFile | null;
  /** Another program or window has written the document's file: the person is asked, or has put it off until the next save. */
  readonly fileChange: 'none' | 'ask' | 'later';
  /** What waits for the person to say whether unsaved edits may go. */
  readonly leaving: (() => void) | null;
  /** What waits for the person to say whether the run that another window trains may end. */
  readonly ending: (() => void) | null;
  /** The log's text while it is shown. */
  readonly log: string | null;
  /** The glossary while it is shown, with the word to bring into sight. */
  readonly glossary: { readonly term: TermId | null } | null;
}

export type WorkspaceStore = StoreApi<WorkspaceData>;

const storageKey = 'unroll.workspace';

function readRemembered(storage: Storage): Remembered {
  try {
    return remembered.parse(JSON.parse(storage.getItem(storageKey) ?? '{}'));
  } catch {
    return remembered.parse({});
  }
}

/** Storage that is full or forbidden costs only the memory of the arrangement, never the arrangement. */
function writeRemembered(storage: Storage, data: WorkspaceData): void {
  try {
    storage.setItem(storageKey, JSON.stringify(remembered.parse(data)));
  } catch {
    return;
  }
}

function createWorkspaceStore(storage: Storage): WorkspaceStore {
  const store = createStore<WorkspaceData>()(() => ({
    ...readRemembered(storage),
    galleryOpen: true,
    commandsOpen: false,
    view: 'design',
    panelWanted: null,
    file: null,
    fileChange: 'none',
    leaving: null,
    ending: null,
    log: null,
    glossary: null,
  }));
  store.subscribe((data) => {
    writeRemembered(storage, data);
  });
  return store;
}

export const workspaceStore = createWorkspaceStore(window.localStorage);

export function useWorkspace<T>(selector: (workspace: WorkspaceData) => T): T {
  return useStore(workspaceStore, selector);
}
