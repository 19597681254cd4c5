import type { Project } from '../../../src-engine/document/project.ts';
import { serializeProject } from '../../../src-engine/document/file/serialize-project.ts';
import type { Client } from '../../bridge/client.ts';
import { documentStore } from '../document-store.ts';
import { holdDocument } from './held-documents.ts';
import { keepingStore } from './keeping-store.ts';
import { hasEditsToLose } from '../workspace/workspace-leave.ts';
import { workspaceStore } from '../workspace-store.ts';

/** Milliseconds between two keeps: with the time to write them, what was edited two seconds ago is kept. */
const EVERY = 1500;

/**
 * Keeps a document's unsaved edits with the host while there are any. They are let go once they are saved, undone, or the document has made room for
 * another, about which the person was asked. A window that is closed or loaded again lets nothing go, whatever the browser asked before: a tab closed by
 * mistake is exactly when the edits are wanted.
 */
export class EditKeeper {
  readonly #client: Client;
  readonly #after: (milliseconds: number, action: () => void) => void;
  /** Ids of the documents that the host keeps, or may keep, edits of for this window. */
  readonly #ids = new Set<string>();
  /** The version of the document at hand that was kept; null where none was, or another window's. */
  #kept: Project | null = null;
  #scheduled = false;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(client: Client, after: (milliseconds: number, action: () => void) => void) {
    this.#client = client;
    this.#after = after;
    documentStore.subscribe((now, before) => {
      // At once: whoever chose not to save may close the window the next moment.
      if (now.id !== before.id) void this.#inTurn(() => this.#letGo());
      if (now.project !== before.project || now.saved !== before.saved || now.opened !== before.opened) this.#soon();
    });
  }

  /** The document was kept under this id before, and is the one at hand from now on. */
  adopt(id: string): void {
    this.#ids.add(id);
    this.#kept = null;
    this.#soon();
  }

  #soon(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    // Later: a document that is opened gets its file's name after the store has told of it.
    this.#after(0, () => void this.#settle());
  }

  async #settle(): Promise<void> {
    holdDocument(hasEditsToLose() ? documentStore.getState().id : null);
    if (await this.#inTurn(() => this.#askHost())) await wait(this.#after, EVERY);
    this.#scheduled = false;
    if (this.#isStale()) this.#soon();
  }

  /** One after the other: what is let go while it is being written must not come back. */
  #inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => undefined);
    return done;
  }

  /** True where the next request has to wait. */
  async #askHost(): Promise<boolean> {
    const released = await this.#letGo();
    return (await this.#keep()) || !released;
  }

  /** False where something could not be let go, and has to be tried again. */
  async #letGo(): Promise<boolean> {
    for (const id of this.#released()) {
      if (id === documentStore.getState().id) this.#kept = null;
      const reply = await this.#client.request('unsaved.discard', { id });
      if (!reply.ok) return false;
      this.#ids.delete(id);
    }
    return true;
  }

  /** True where the host was asked. */
  async #keep(): Promise<boolean> {
    const { id, project } = documentStore.getState();
    if (!hasEditsToLose() || (this.#ids.has(id) && this.#kept === project)) return false;
    this.#ids.add(id);
    const { handle = null, version = null } = workspaceStore.getState().file ?? {};
    const reply = await this.#client.request('unsaved.keep', { id, text: serializeProject(project), name: project.name, handle, version });
    const trouble = reply.ok ? null : (reply.problems[0] ?? null);
    if (trouble !== keepingStore.getState().trouble) keepingStore.setState({ trouble });
    if (reply.ok) this.#kept = project;
    return true;
  }

  #released(): readonly string[] {
    const at = hasEditsToLose() ? documentStore.getState().id : null;
    return [...this.#ids].filter((id) => id !== at);
  }

  #isStale(): boolean {
    return this.#released().length > 0 || (hasEditsToLose() && this.#kept !== documentStore.getState().project);
  }
}

function wait(after: (milliseconds: number, action: () => void) => void, milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    after(milliseconds, resolve);
  });
}
