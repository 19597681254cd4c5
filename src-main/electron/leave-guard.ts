import type { App, BrowserWindow, Dialog } from 'electron';

type Leaving = 'close' | 'quit' | 'reload';

export interface LeaveServices {
  readonly app: Pick<App, 'on' | 'quit'>;
  readonly dialog: Pick<Dialog, 'showMessageBoxSync'>;
  readonly platform: NodeJS.Platform;
  /** Whether the engine trains now. */
  readonly isTraining: () => boolean;
  /** The window is to save the document, and then to ask for `app.leave`. */
  readonly saveFirst: () => void;
  /** The user gives up the unsaved edits. */
  readonly giveUp: () => void;
}

const SAVE = { buttons: ['Save', 'Don’t save', 'Cancel'], save: 0, leave: 1, cancel: 2 } as const;
const TRAINING = { buttons: ['End the training', 'Cancel'], end: 0, cancel: 1 } as const;

/** Nothing is lost by closing the window, reloading it or quitting without the user having said so. */
export class LeaveGuard {
  readonly #services: LeaveServices;
  #quitting = false;
  #closing = false;
  #trainingMayEnd = false;
  #afterSaving: (() => void) | null = null;

  constructor(services: LeaveServices) {
    this.#services = services;
    services.app.on('before-quit', () => {
      this.#quitting = true;
    });
  }

  watch(window: BrowserWindow): void {
    window.on('close', (event) => {
      this.#closing = true;
      if (!this.#mayEndTraining(window)) {
        event.preventDefault();
        this.#stay();
      }
    });
    // The page objects to its unloading while there is unsaved work.
    window.webContents.on('will-prevent-unload', (event) => {
      const leaving: Leaving = this.#quitting ? 'quit' : this.#closing ? 'close' : 'reload';
      if (this.#mayLoseWork(window, leaving)) event.preventDefault();
      else this.#stay();
    });
  }

  /** Goes on with what waited for the work to be saved; false where nothing did. */
  leave(): boolean {
    const goOn = this.#afterSaving;
    this.#afterSaving = null;
    goOn?.();
    return goOn !== null;
  }

  #stay(): void {
    this.#quitting = false;
    this.#closing = false;
  }

  /** On a Mac the app lives on without its window, and training with it. */
  #mayEndTraining(window: BrowserWindow): boolean {
    const { platform, isTraining, dialog } = this.#services;
    const ends = this.#quitting || platform !== 'darwin';
    if (!ends || this.#trainingMayEnd || !isTraining()) return true;
    const choice = dialog.showMessageBoxSync(window, {
      type: 'question',
      message: 'A training is running.',
      detail: 'It ends when Unroll closes.',
      buttons: [...TRAINING.buttons],
      defaultId: TRAINING.cancel,
      cancelId: TRAINING.cancel,
    });
    this.#trainingMayEnd = choice === TRAINING.end;
    return this.#trainingMayEnd;
  }

  #mayLoseWork(window: BrowserWindow, leaving: Leaving): boolean {
    const choice = this.#services.dialog.showMessageBoxSync(window, {
      type: 'warning',
      message: 'The project has changes that are not saved.',
      detail: 'They are lost unless you save them.',
      buttons: [...SAVE.buttons],
      defaultId: SAVE.save,
      cancelId: SAVE.cancel,
    });
    if (choice === SAVE.save) {
      this.#afterSaving = this.#goOn(window, leaving);
      this.#services.saveFirst();
    }
    if (choice === SAVE.leave) this.#services.giveUp();
    if (choice === SAVE.cancel) this.#trainingMayEnd = false;
    return choice === SAVE.leave;
  }

  #goOn(window: BrowserWindow, leaving: Leaving): () => void {
    return () => {
      if (leaving === 'quit') this.#services.app.quit();
      else if (leaving === 'close') window.close();
      else window.webContents.reload();
    };
  }
}

/** Before the app ends, what it has open is closed in order; what takes longer than `limit` milliseconds is left to the system. */
export function endInOrder(app: Pick<App, 'on' | 'exit'>, close: () => Promise<unknown>, limit = 8000): void {
  let ending = false;
  app.on('will-quit', (event) => {
    event.preventDefault();
    if (ending) return;
    ending = true;
    const late = setTimeout(() => {
      app.exit();
    }, limit);
    void close().finally(() => {
      clearTimeout(late);
      app.exit();
    });
  });
}
