import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import * as fileSystem from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { app, dialog, ipcMain, Menu, protocol, screen, session, shell, type BrowserWindow, type MenuItemConstructorOptions } from 'electron';
import { DataFiles, type DataWish } from '../host/files/data-files.ts';
import type { EnginePlace } from '../host/engine-thread.ts';
import { createHandlers } from '../host/create-handlers.ts';
import { openLog, type Log } from '../host/log.ts';
import { logReport, logRuns } from '../host/log-run.ts';
import { userFolder } from '../host/files/user-folder.ts';
import { VERSION } from '../host/version.ts';
import { askForData, systemDialogs } from './dialogs.ts';
import { serveDrops } from './dropped-files.ts';
import { electronDesk, rememberProjects } from './electron-desk.ts';
import { HandedFiles, projectInArguments } from './handed-files.ts';
import { watchHealth } from './health.ts';
import { openHostParts, type HostParts } from './host-parts.ts';
import { KeptEdits } from './kept-edits.ts';
import { endInOrder, LeaveGuard } from './leave-guard.ts';
import { denyPermissions, limitDownloads, lockDownContents } from './lock-down.ts';
import { NativeMenu, type ShownMenu } from './native-menu.ts';
import { PAGE_ORIGIN, PAGE_SCHEME, servePages } from './pages.ts';
import { sendEvent, serveRequests } from './requests.ts';
import { lookForUpdate, updateFeed, type Updater } from './updates.ts';
import { openWindow } from './window.ts';
import { keepWindowState, readWindowState, stateFile } from './window-state.ts';

export interface ShellPlaces {
  readonly engine: EnginePlace;
  readonly rendererDirectory: string;
  readonly preload: string;
}

const randomId = (): string => randomBytes(18).toString('base64url');
const clock = (): number => Date.now();

/** Starts the desktop app: one instance per user, one window, one engine. A second start hands its file to the first and ends. */
export function startShell(places: ShellPlaces): void {
  const folder = userFolder(process.platform, process.env, homedir());
  keepProfileIn(join(folder, 'window'));
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  const handed = new HandedFiles();
  app.on('open-file', (event, path) => {
    event.preventDefault();
    handed.hand(path);
  });
  const named = projectInArguments(process.argv, process.cwd());
  if (named !== null) handed.hand(named);
  app.enableSandbox();
  protocol.registerSchemesAsPrivileged([PAGE_SCHEME]);
  lockDownContents(app, shell);
  void app.whenReady().then(() => {
    const log = openLog({ userFolder: folder, fileSystem, now: clock, randomId });
    log.note('started', { shell: 'electron', version: VERSION, electron: process.versions.electron, platform: process.platform });
    new DesktopApp(places, folder, log, handed).open();
  });
}

/** What Chromium keeps lies in the user's folder too, and with it the lock of the one instance. Where that cannot be, it lies in its usual place. */
function keepProfileIn(place: string): void {
  try {
    mkdirSync(place, { recursive: true });
    app.setPath('userData', place);
  } catch {
    return;
  }
}

/** The app once Electron is ready: what it is made of, and how the parts hear of each other. */
class DesktopApp {
  readonly #places: ShellPlaces;
  readonly #folder: string;
  readonly #log: Log;
  readonly #handed: HandedFiles;
  readonly #parts: HostParts;
  readonly #menu: NativeMenu;
  readonly #guard: LeaveGuard;
  readonly #kept = new KeptEdits();
  #window: BrowserWindow | null = null;
  #training = false;

  constructor(places: ShellPlaces, folder: string, log: Log, handed: HandedFiles) {
    this.#places = places;
    this.#folder = folder;
    this.#log = log;
    this.#handed = handed;
    const dialogs = systemDialogs(dialog, () => this.#window);
    const windows = () => (this.#window === null ? 0 : 1);
    this.#parts = openHostParts({ place: places.engine, folder, log, dialogs, fileSystem, randomId, clock, windows });
    this.#menu = new NativeMenu(showMenu, process.platform, (id) => {
      this.#tell({ event: 'command', payload: { id } });
    });
    this.#guard = new LeaveGuard({
      app,
      dialog,
      platform: process.platform,
      isTraining: () => this.#training,
      saveFirst: () => {
        this.#tell({ event: 'saveFirst', payload: {} });
      },
      giveUp: () => {
        void this.#kept.drop((id) => this.#parts.keeping.recovery.discard(id)).catch((error: unknown) => this.#log.bug(error, 'giving up edits'));
      },
    });
  }

  open(): void {
    denyPermissions(session.defaultSession);
    limitDownloads(session.defaultSession);
    servePages(protocol, this.#places.rendererDirectory, fileSystem);
    this.#serve();
    this.#followEngine();
    this.#followSystem();
    this.#openWindow();
    void this.#showRecent();
    const feed = updateFeed(process.env, this.#folder);
    if (feed !== null && app.isPackaged) void lookForUpdate(feed, { dialog, log: this.#log, load: loadUpdater });
  }

  #serve(): void {
    const { files, recent, runs, keeping } = this.#parts;
    const { engine } = runs;
    const ask = (what: DataWish) => askForData(dialog, this.#window, what);
    const data = new DataFiles({ engine, fileSystem, randomId, ask, folderOf: (handle) => files.folderOf(handle) });
    const desk = electronDesk({ shell, files, recent, handed: this.#handed, menu: this.#menu, guard: this.#guard, log: this.#log });
    const handlers = createHandlers({ shell: 'electron', version: VERSION, engine, files, data, desk, keeping, runs });
    const used = (handle: string) => this.#used(handle);
    const shared = { window: () => this.#window?.webContents ?? null, report: logReport(this.#log) };
    serveRequests(ipcMain, { ...shared, handlers: logRuns(rememberProjects(this.#kept.follow(handlers), used), this.#log) });
    serveDrops(ipcMain, { ...shared, files, data, fileSystem, used });
  }

  #followEngine(): void {
    this.#parts.runs.engine.onHostEvent((event) => {
      if (event.event === 'state') this.#training = event.payload.state === 'running';
      if (event.event === 'died') this.#training = false;
      this.#tell(event);
    });
  }

  #followSystem(): void {
    this.#handed.onFile(() => {
      this.#tell({ event: 'handed', payload: {} });
      this.#toFront();
    });
    app.on('second-instance', (_event, argv, workingDirectory) => {
      const named = projectInArguments(argv, workingDirectory);
      if (named === null) this.#toFront();
      else this.#handed.hand(named);
    });
    app.on('activate', () => {
      this.#toFront();
    });
    app.on('window-all-closed', () => {
      if (process.platform !== 'darwin') app.quit();
    });
    endInOrder(app, () => this.#parts.close());
  }

  #openWindow(): void {
    const file = stateFile(this.#folder);
    const workAreas = screen.getAllDisplays().map(({ workArea }) => workArea);
    const window = openWindow(this.#places.preload, readWindowState(file), workAreas);
    this.#window = window;
    window.loadURL(`${PAGE_ORIGIN}/`).catch((error: unknown) => this.#log.bug(error, 'the loading of the window'));
    keepWindowState(window, file, { fileSystem, randomId });
    this.#guard.watch(window);
    watchHealth(window, dialog, this.#log);
    window.on('closed', () => {
      this.#window = null;
    });
  }

  #toFront(): void {
    if (this.#window === null) this.#openWindow();
    else if (this.#window.isMinimized()) this.#window.restore();
    this.#window?.focus();
  }

  #tell(event: Parameters<typeof sendEvent>[1]): void {
    sendEvent(this.#window?.webContents ?? null, event);
  }

  async #used(handle: string): Promise<void> {
    const path = this.#parts.files.pathOf(handle);
    if (path === null) return;
    app.addRecentDocument(path);
    await this.#parts.recent.add(path);
    await this.#showRecent();
  }

  async #showRecent(): Promise<void> {
    const recent = await this.#parts.recent.list();
    this.#menu.showRecent(
      recent.map(({ path }) => ({
        label: path,
        open: () => {
          this.#handed.hand(path);
        },
      })),
    );
  }
}

function showMenu(template: MenuItemConstructorOptions[]): ShownMenu {
  const menu = Menu.buildFromTemplate(template);
  Menu.setApplicationMenu(menu);
  return menu;
}

async function loadUpdater(): Promise<Updater> {
  const { default: updater } = await import('electron-updater');
  return updater.autoUpdater;
}
