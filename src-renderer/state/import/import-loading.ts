import type { Client } from '../../bridge/client.ts';
import { loadingStore } from './import-store.ts';
import type { RunStore } from '../run-store.ts';

/** Keeps what is known about a file being read while a project is opened; nothing is known before its first figures and after its end. */
export function followLoading(client: Client, run: RunStore): void {
  client.on('loading', (loading) => {
    loadingStore.setState({ loading: loading.done ? null : loading });
  });
  run.subscribe((now, before) => {
    if (now.opening !== before.opening) loadingStore.setState({ loading: null });
  });
}
