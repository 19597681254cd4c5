import { basename } from 'node:path';

/** Files the user chose in a dialog of this run. The window knows them by random ids and can name no path of its own. */
export class FileHandles {
  readonly #paths = new Map<string, string>();
  readonly #randomId: () => string;

  constructor(randomId: () => string) {
    this.#randomId = randomId;
  }

  /** The handle of `path`; the same path keeps its handle. */
  issue(path: string): string {
    for (const [handle, known] of this.#paths) if (known === path) return handle;
    const handle = this.#randomId();
    this.#paths.set(handle, path);
    return handle;
  }

  /** Null where this run never gave out such a handle. */
  pathOf(handle: string): string | null {
    return this.#paths.get(handle) ?? null;
  }
}

/** What the window shows of a path. */
export function shownName(path: string): string {
  return basename(path);
}
