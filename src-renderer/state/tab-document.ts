import { documentStore } from './document-store.ts';

/** Kept while the tab is loaded again, and gone when it is closed. */
const KEPT = 'unroll.document';

/** Remembers which document this tab shows. */
export function followTabDocument(): void {
  documentStore.subscribe(({ id, opened }, before) => {
    if (opened !== before.opened) window.sessionStorage.setItem(KEPT, id);
  });
}

/** Whether the tab showed this document before it was loaded again. */
export function isTabDocument(id: string): boolean {
  return id !== '' && window.sessionStorage.getItem(KEPT) === id;
}
