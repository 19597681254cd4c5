import type { Handlers } from '../host/handlers.ts';

/** Which unsaved edits the window of this run has put by, so that they go when the user says that they may. */
export class KeptEdits {
  readonly #ids = new Set<string>();
  #keeping: Promise<unknown> = Promise.resolve();

  /** The same handlers, listened to. */
  follow(handlers: Handlers): Handlers {
    return {
      ...handlers,
      'unsaved.keep': (argument) => {
        this.#ids.add(argument.id);
        const kept = handlers['unsaved.keep'](argument);
        this.#keeping = Promise.allSettled([this.#keeping, kept]);
        return kept;
      },
      'unsaved.discard': (argument) => {
        this.#ids.delete(argument.id);
        return handlers['unsaved.discard'](argument);
      },
    };
  }

  /** What was put by is offered at no later start. */
  async drop(discard: (id: string) => Promise<void>): Promise<void> {
    // What is being written would come back.
    await this.#keeping;
    const ids = [...this.#ids];
    this.#ids.clear();
    await Promise.all(ids.map(discard));
  }
}
