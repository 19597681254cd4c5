import { parseProject } from '../../../src-engine/document/file/parse-project.ts';
import type { HeldSession } from '../../../src-main/contract.ts';
import type { Client } from '../../bridge/client.ts';
import { applyEdits, attachSession, showRun } from './attach-session.ts';
import { documentStore } from '../document-store.ts';
import type { RunStore } from '../run-store.ts';
import { isTabDocument } from '../tab-document.ts';

/** Milliseconds that the first picture waits for the host's word of what trains. */
const WAIT = 400;

/** `soon` resolves when the first picture need not wait any longer, `attached` with the session, or null where there is none. */
interface Attaching {
  readonly soon: Promise<void>;
  readonly attached: Promise<HeldSession | null>;
}

/**
 * At the start of a window: what the engine holds is shown where it has trained, so that a reload, a tab opened again and a second window find the run
 * and its history; where it has not, in the tab that has opened it, so that a reload leads back to it. A host that does not answer soon is not waited for: the
 * session is then attached when it answers, unless a document was opened meanwhile.
 */
export function attachAtStart(client: Client, store: RunStore, after: (milliseconds: number, action: () => void) => void): Attaching {
  const attached = attach(client, store);
  const late = new Promise<void>((resolve) => {
    after(WAIT, resolve);
  });
  return { soon: Promise.race([attached.then(() => undefined), late]), attached };
}

async function attach(client: Client, store: RunStore): Promise<HeldSession | null> {
  const reply = await client.request('runs.current', {});
  const session = reply.ok ? reply.value.session : null;
  if (session === null || documentStore.getState().opened > 0) return null;
  if (session.run === null && !isTabDocument(session.document.id)) return null;
  // At once, since what the session says from here on continues this history.
  if (!attachSession(session, store, { kind: 'document' })) return null;
  const { opened } = documentStore.getState();
  const edits = session.document.id === '' ? null : await client.request('unsaved.open', { id: session.document.id });
  if (edits?.ok === true && documentStore.getState().opened === opened) applyEdits(edits.value.text);
  return session;
}

/** After a lost connection: what was missed of this window's run; a host that was started anew knows nothing of it. */
export async function attachAgain(client: Client, store: RunStore): Promise<void> {
  const reply = await client.request('runs.current', {});
  if (!reply.ok) return;
  const { session } = reply.value;
  const { held, opened, openedProject } = store.getState();
  if (opened === null) return;
  if (session !== null && openedProject !== null && session.opening === held) {
    showRun(session, openedProject, store);
    return;
  }
  if (session !== null) loseSession(store, nameOf(session));
  else store.setState({ status: null, openedKey: null });
}

function nameOf({ document }: HeldSession): string {
  const parsed = parseProject(document.text);
  return parsed.ok ? parsed.project.name : '';
}

/** Another window has given the engine another project: this one follows no run any more, and opens nothing by itself. */
export function loseSession(store: RunStore, name: string): void {
  store.setState({ ...store.getInitialState(), connection: store.getState().connection, takenBy: name });
}
