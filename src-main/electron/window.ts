import { BrowserWindow, dialog } from 'electron';
import { PAGE_ORIGIN } from './pages.ts';

/** Opens the app's window on its page. It shows itself when there is something to see. */
export function openWindow(preload: string): BrowserWindow {
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    minWidth: 1024,
    minHeight: 700,
    show: false,
    title: 'Unroll',
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      webSecurity: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      spellcheck: false,
    },
  });
  window.once('ready-to-show', () => {
    window.show();
  });
  // The page objects to its unloading while there is unsaved work.
  window.webContents.on('will-prevent-unload', (event) => {
    if (confirmLeaving(window)) event.preventDefault();
  });
  void window.loadURL(`${PAGE_ORIGIN}/`);
  return window;
}

function confirmLeaving(window: BrowserWindow): boolean {
  const choice = dialog.showMessageBoxSync(window, {
    type: 'warning',
    message: 'The project has changes that are not saved.',
    detail: 'They are lost when the window closes.',
    buttons: ['Stay', 'Close without saving'],
    defaultId: 0,
    cancelId: 0,
  });
  return choice === 1;
}
