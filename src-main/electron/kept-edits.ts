import type { Handlers } from '../host/handlers.ts';

/** Which unsaved edits the window of this run has put by, so that they go when the user says that they may. */
export class KeptEdits {
  readonly #ids = new Set<string>();

  /** The same handlers, listened to. */
  follow(handlers: Handlers): Handlers {
    return {
      ...handlers,
      'unsaved.keep': (argument) => {
        this.#ids.add(argument.id);
        return handlers['unsaved.keep'](argument);
      },
      'unsaved.discard': (argument) => {
        this.#ids.delete(argument.id);
        return handlers['unsaved.discard'](argument);
      },
    };
  }

  /** What was put by is offered at no later start. */
  async drop(discard: (id: string) => Promise<void>): Promise<void> {
    const ids = [...this.#ids];
    this.#ids.clear();
    await Promise.all(ids.map(discard));
  }
}
