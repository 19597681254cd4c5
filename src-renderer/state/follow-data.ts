import { serializeProject } from '../../src-engine/document/file/serialize-project.ts';
import type { Client } from '../bridge/client.ts';
import { dataKey, dataStore } from './data-store.ts';
import { documentActions, documentStore } from './document-store.ts';
import type { Delay } from './runs/run-document.ts';
import type { RunStore } from './run-store.ts';

/** Longer than a session waits before it opens an edited project: where it does, its answer speaks of the data as well. */
const SETTLE = 700;

/**
 * Keeps what is known of the project's data in step with the document: from the session where that opens the project, and asked for by itself where
 * it does not, since the drawing is not finished or since a trained run is not to be disturbed.
 */
export function followData(client: Client, run: RunStore, delay: Delay, handle: () => string | null): void {
  const wanted = (): string | null => {
    const { data } = documentStore.getState().project;
    return data === null ? null : dataKey(data);
  };
  const ask = async (): Promise<void> => {
    const { project } = documentStore.getState();
    const key = wanted();
    if (key === null || key === dataStore.getState().key || run.getState().opening) return;
    const reply = await client.request('data.preview', { text: serializeProject(project), handle: handle() });
    if (key !== wanted() || key === dataStore.getState().key) return;
    if (!reply.ok) {
      dataStore.setState({ key, summary: null, signature: null, problems: reply.problems });
      return;
    }
    const { data, signature, problems } = reply.value;
    dataStore.setState({ key, summary: data, signature, problems });
    if (signature !== null) documentActions.setSignature(signature);
  };
  documentStore.subscribe((now, before) => {
    if (now.project.data === before.project.data && now.opened === before.opened) return;
    if (wanted() === null) dataStore.setState({ key: null, summary: null, signature: null, problems: [] });
    const { key, signature } = dataStore.getState();
    if (key !== null && key === wanted()) documentActions.setSignature(signature);
    else delay.start(SETTLE, () => void ask());
  });
  run.subscribe((now, before) => {
    if (now.openedData !== before.openedData && now.openedData !== null && now.openedData === wanted()) {
      const summary = now.opened?.data ?? null;
      dataStore.setState({ key: now.openedData, summary, signature: now.opened?.signature ?? null, problems: summary === null ? now.problems : [] });
    } else if (before.opening && !now.opening) {
      delay.start(0, () => void ask());
    }
  });
}
