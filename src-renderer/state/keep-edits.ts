import type { Project } from '../../src-engine/document/project.ts';
import { serializeProject } from '../../src-engine/document/serialize-project.ts';
import type { Client } from '../bridge/client.ts';
import { documentStore } from './document-store.ts';
import { holdDocument } from './held-documents.ts';
import { keepingStore } from './keeping-store.ts';
import { hasEditsToLose } from './workspace-leave.ts';
import { workspaceStore } from './workspace-store.ts';

/** Milliseconds between two keeps at least: with the time to write them, what was edited two seconds ago is kept. */
const EVERY = 1500;

interface Kept {
  readonly id: string;
  /** The version that was kept; null where that was another window's. */
  readonly project: Project | null;
}

/** Keeps a document's unsaved edits with the host while there are any, and lets them go once they are saved or the document is left. */
export class EditKeeper {
  readonly #client: Client;
  readonly #after: (milliseconds: number, action: () => void) => void;
  #kept: Kept | null = null;
  #scheduled = false;

  constructor(client: Client, after: (milliseconds: number, action: () => void) => void) {
    this.#client = client;
    this.#after = after;
    documentStore.subscribe((now, before) => {
      if (now.project !== before.project || now.saved !== before.saved || now.opened !== before.opened) this.#soon(0);
    });
  }

  /** The document was kept under this id before, and is the one at hand from now on. */
  adopt(id: string): void {
    this.#kept = { id, project: null };
    this.#soon(0);
  }

  #soon(milliseconds: number): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    // Later: a document that is opened gets its file's name after the store has told of it.
    this.#after(milliseconds, () => void this.#keep());
  }

  async #keep(): Promise<void> {
    const again = await this.#settle();
    this.#scheduled = false;
    if (again || this.#isStale()) this.#soon(EVERY);
  }

  /** True where it has to be tried again. */
  async #settle(): Promise<boolean> {
    const { id, project } = documentStore.getState();
    const edits = hasEditsToLose();
    holdDocument(edits ? id : null);
    const left = this.#kept;
    if (left !== null && (left.id !== id || !edits)) {
      this.#kept = null;
      await this.#client.request('unsaved.discard', { id: left.id });
    }
    if (!edits || this.#kept?.project === project) return false;
    const { handle = null, version = null } = workspaceStore.getState().file ?? {};
    const reply = await this.#client.request('unsaved.keep', { id, text: serializeProject(project), name: project.name, handle, version });
    const trouble = reply.ok ? null : (reply.problems[0] ?? null);
    if (trouble !== keepingStore.getState().trouble) keepingStore.setState({ trouble });
    if (reply.ok) this.#kept = { id, project };
    await wait(this.#after, EVERY);
    return !reply.ok;
  }

  #isStale(): boolean {
    const { project } = documentStore.getState();
    const edits = hasEditsToLose();
    return edits ? this.#kept?.project !== project : this.#kept !== null;
  }
}

function wait(after: (milliseconds: number, action: () => void) => void, milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    after(milliseconds, resolve);
  });
}
