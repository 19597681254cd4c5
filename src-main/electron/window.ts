import { BrowserWindow, type Rectangle } from 'electron';
import { placeOf, SMALLEST, type WindowState } from './window-state.ts';

/** The app's window, where it was left. It shows itself when there is something to see. */
export function openWindow(preload: string, state: WindowState | null, workAreas: readonly Rectangle[]): BrowserWindow {
  const window = new BrowserWindow({
    ...placeOf(state, workAreas),
    minWidth: SMALLEST.width,
    minHeight: SMALLEST.height,
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
    if (state?.maximised === true) window.maximize();
    window.show();
  });
  return window;
}
