/** The ids of documents that a window of this browser has open: a lock ends with its window, however that ends. */
const PREFIX = 'unroll-document-';

let release: (() => void) | null = null;
let heldId: string | null = null;

/** This window has the document of this id open, and no other; null: none. */
export function holdDocument(id: string | null): void {
  if (id === heldId) return;
  release?.();
  release = null;
  heldId = id;
  if (id === null) return;
  const { promise, resolve } = Promise.withResolvers<undefined>();
  release = () => {
    resolve(undefined);
  };
  void navigator.locks.request(PREFIX + id, () => promise);
}

/** In any window, this one among them. */
export async function heldDocuments(): Promise<ReadonlySet<string>> {
  const { held = [] } = await navigator.locks.query();
  return new Set(held.flatMap(({ name }) => (name?.startsWith(PREFIX) === true ? [name.slice(PREFIX.length)] : [])));
}
