import type { BrowserWindow, Dialog } from 'electron';
import type { Log } from '../host/log.ts';

const GONE = { buttons: ['Reload the window', 'Close'], reload: 0 } as const;
const SILENT = { buttons: ['Wait', 'Reload the window'], wait: 0, reload: 1 } as const;

/** A window whose page died or hangs says so and offers to load it again; training goes on meanwhile, in a thread of its own. */
export function watchHealth(window: BrowserWindow, dialog: Pick<Dialog, 'showMessageBox'>, log: Log): void {
  const { webContents } = window;
  let asking = false;
  const ask = async (message: string, detail: string, buttons: readonly string[]): Promise<number> => {
    asking = true;
    const { response } = await dialog.showMessageBox(window, { type: 'error', message, detail, buttons: [...buttons], defaultId: 0, cancelId: 0 });
    asking = false;
    return response;
  };
  webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit') return;
    log.note('the window’s process is gone', { reason, exitCode });
    void ask('The window stopped working.', 'Training goes on. Reload the window to see it again.', GONE.buttons).then((choice) => {
      if (window.isDestroyed()) return;
      if (choice === GONE.reload) webContents.reload();
      else window.destroy();
    });
  });
  window.on('unresponsive', () => {
    if (asking) return;
    log.note('the window does not respond');
    void ask('The window does not respond.', 'Training goes on. You can wait, or reload the window.', SILENT.buttons).then((choice) => {
      if (window.isDestroyed() || choice !== SILENT.reload) return;
      webContents.forcefullyCrashRenderer();
      webContents.reload();
    });
  });
}
