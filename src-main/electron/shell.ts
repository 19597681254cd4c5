import { randomBytes } from 'node:crypto';
import * as fileSystem from 'node:fs/promises';
import { app, dialog, ipcMain, Menu, protocol, session, shell, type BrowserWindow } from 'electron';
import { EngineThread, type EnginePlace } from '../host/engine-thread.ts';
import { DataFiles } from '../host/data-files.ts';
import { createHandlers } from '../host/handlers.ts';
import { DialogFiles } from '../host/project-files.ts';
import { VERSION } from '../host/version.ts';
import { askForData, systemDialogs } from './dialogs.ts';
import { denyPermissions, lockDownContents } from './lock-down.ts';
import { menuTemplate } from './menu.ts';
import { PAGE_SCHEME, servePages } from './pages.ts';
import { serveRequests } from './requests.ts';
import { openWindow } from './window.ts';

export interface ShellPlaces {
  readonly engine: EnginePlace;
  readonly rendererDirectory: string;
  readonly preload: string;
}

/** Starts the desktop app: one instance per user, one window, one engine. */
export function startShell(places: ShellPlaces): void {
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  app.enableSandbox();
  protocol.registerSchemesAsPrivileged([PAGE_SCHEME]);
  lockDownContents(app, shell);
  void app.whenReady().then(() => {
    openApp(places);
  });
}

function openApp(places: ShellPlaces): void {
  const engine = new EngineThread(places.engine);
  let window: BrowserWindow | null = null;
  const open = (): void => {
    window = openWindow(places.preload);
    window.on('closed', () => {
      window = null;
    });
  };
  const randomId = (): string => randomBytes(18).toString('base64url');
  const files = new DialogFiles(
    systemDialogs(dialog, app, () => window),
    { fileSystem, randomId },
  );
  const data = new DataFiles({ engine, fileSystem, randomId, ask: (what) => askForData(dialog, window, what), folderOf: (handle) => files.folderOf(handle) });
  const handlers = createHandlers({ shell: 'electron', version: VERSION, engine, files, data });

  denyPermissions(session.defaultSession);
  servePages(protocol, places.rendererDirectory, fileSystem);
  serveRequests(ipcMain, {
    handlers,
    engine,
    window: () => window?.webContents ?? null,
    reportBug: (error) => {
      console.error(error);
    },
  });
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(process.platform)));

  app.on('second-instance', () => {
    if (window?.isMinimized() === true) window.restore();
    window?.focus();
  });
  app.on('activate', () => {
    if (window === null) open();
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  app.on('will-quit', () => {
    void engine.close();
  });
  open();
}
