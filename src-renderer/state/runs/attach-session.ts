import { parseProject } from '../../../src-engine/document/file/parse-project.ts';
import type { Project } from '../../../src-engine/document/project.ts';
import type { HeldSession } from '../../../src-main/contract.ts';
import { dataKey } from '../data-store.ts';
import { documentActions } from '../document-store.ts';
import { readHistory } from './read-history.ts';
import { adoptProject } from './run-document.ts';
import { trainingKey } from './run-key.ts';
import type { RunStore } from '../run-store.ts';
import { workspaceStore } from '../workspace-store.ts';

/** How the session's document comes into the window: as a document of its own, or as one undo step of the document there is. */
export type AttachAs = { readonly kind: 'document' } | { readonly kind: 'edit'; readonly label: string };

/**
 * Shows what the engine holds as if this window had opened and watched it from the start: document, answer of the opening, every point, frame and
 * validation. `edited`: the document's text with the edits since. False where the host's document cannot be read.
 */
export function attachSession(session: HeldSession, store: RunStore, as: AttachAs, edited: string | null = null): boolean {
  const parsed = parseProject(session.document.text);
  if (!parsed.ok) return false;
  const { project } = parsed;
  const since = session.since === null ? null : parseProject(session.since.text);
  const document = since?.ok === true ? since.project : project;
  adoptProject(document);
  if (as.kind === 'edit') documentActions.editProject(as.label, () => document);
  else showDocument(session, document);
  showRun(session, project, store);
  if (edited !== null) applyEdits(edited);
  return true;
}

/** Two windows keep their unsaved edits apart: the second one's document has an id of its own. */
function showDocument({ document, since, windows }: HeldSession, project: Project): void {
  const { id, fileName, handle, version, saved } = since === null ? document : { ...since, saved: true };
  documentActions.load(project, saved, id === '' || windows > 1 ? {} : { id });
  workspaceStore.setState({ file: fileName === null ? null : { name: fileName, handle, version }, galleryOpen: false });
}

/** The run alone, for a window that has lost touch with it. */
export function showRun({ opening, opened, status, history, windows }: HeldSession, project: Project, store: RunStore): void {
  store.setState({
    ...readHistory(history),
    held: opening,
    shared: windows > 1,
    takenBy: null,
    opening: false,
    opened,
    openedKey: trainingKey(project),
    openedData: project.data === null ? null : dataKey(project.data),
    openedProject: project,
    problems: [],
    status,
    died: null,
  });
  documentActions.setSignature(opened.signature);
}

/** Edits that were made after the session was opened, as one step that can be undone. */
export function applyEdits(text: string): void {
  const parsed = parseProject(text);
  if (!parsed.ok) return;
  documentActions.editProject('Edits made before', (project) => (sameText(project, parsed.project) ? project : parsed.project));
}

function sameText(a: Project, b: Project): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
