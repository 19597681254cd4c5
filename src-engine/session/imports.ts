import type { ImportServices } from '../data/import/import-services.ts';
import type { Loading } from '../data/import/loading.ts';
import { importServices } from './import-services.ts';

export interface ImportsSurroundings {
  readonly now: () => number;
  /** Bytes that the machine has. */
  readonly memory: number;
  readonly send: (event: 'loading', payload: Loading) => void;
}

/** The reading of imported data in a session: one after the other, each of which can be cancelled while it is under way. */
export class Imports {
  readonly #surroundings: ImportsSurroundings;
  #underWay: { cancelled: boolean } | null = null;

  constructor(surroundings: ImportsSurroundings) {
    this.#surroundings = surroundings;
  }

  /** Does work that may read the files of a project in `folder`. */
  async during<T>(folder: string | null, work: (services: ImportServices) => Promise<T>): Promise<T> {
    const turn = { cancelled: false };
    this.#underWay = turn;
    const { now, memory, send } = this.#surroundings;
    const tell = (loading: Loading): void => {
      send('loading', loading);
    };
    try {
      return await work(importServices({ folder, tell, cancelled: () => turn.cancelled, now, memory }));
    } finally {
      this.#underWay = null;
    }
  }

  /** False where nothing is being read. */
  cancel(): { readonly cancelled: boolean } {
    if (this.#underWay === null) return { cancelled: false };
    this.#underWay.cancelled = true;
    return { cancelled: true };
  }
}
