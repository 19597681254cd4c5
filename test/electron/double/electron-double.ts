import { EventEmitter } from 'node:events';
import type { BrowserContext } from '@playwright/test';
import { MenuDouble } from './menu-double.ts';
import { PreventableEvent, WindowDouble, type WindowOptions } from './window-double.ts';

type Handler = (...args: never[]) => unknown;

export interface DoubleOptions {
  readonly context: BrowserContext;
  /** Ended by the app. */
  readonly onExit: () => void;
  readonly packaged: boolean;
}

const WORK_AREA = { x: 0, y: 0, width: 1920, height: 1040 };

/** Instances of the app by the folder of their profile: the first holds the lock. */
const locks = new Map<string, AppDouble>();

class AppDouble extends EventEmitter {
  readonly isPackaged: boolean;
  sandboxed = false;
  readonly recent: string[] = [];
  readonly #double: ElectronDouble;
  readonly #onExit: () => void;
  readonly #paths = new Map<string, string>();
  #ended = false;

  constructor(double: ElectronDouble, { onExit, packaged }: DoubleOptions) {
    super();
    this.#double = double;
    this.#onExit = onExit;
    this.isPackaged = packaged;
  }

  setPath(name: string, path: string): void {
    this.#paths.set(name, path);
  }

  getPath(name: string): string {
    return this.#paths.get(name) ?? '';
  }

  requestSingleInstanceLock(): boolean {
    const first = locks.get(this.getPath('userData'));
    if (first === undefined) locks.set(this.getPath('userData'), this);
    else first.emit('second-instance', {}, process.argv, process.cwd());
    return first === undefined;
  }

  enableSandbox(): void {
    this.sandboxed = true;
  }

  whenReady(): Promise<void> {
    return Promise.resolve();
  }

  addRecentDocument(path: string): void {
    this.recent.push(path);
  }

  /** As Electron does: every window may object; then what holds `will-quit` up ends the app itself. */
  quit(): void {
    this.emit('before-quit', {});
    void this.#closeWindows();
  }

  async #closeWindows(): Promise<void> {
    for (const window of [...this.#double.windows]) if (!(await window.closeAndWait())) return;
    if (this.#ended) return;
    const event = new PreventableEvent();
    this.emit('will-quit', event);
    if (!event.defaultPrevented) this.exit();
  }

  exit(): void {
    if (this.#ended) return;
    this.#ended = true;
    if (locks.get(this.getPath('userData')) === this) locks.delete(this.getPath('userData'));
    this.#onExit();
  }
}

/** What an updater was told. */
class UpdaterDouble extends EventEmitter {
  autoDownload = true;
  autoInstallOnAppQuit = false;
  readonly feeds: unknown[] = [];
  downloads = 0;

  setFeedURL(feed: unknown): void {
    this.feeds.push(feed);
  }

  checkForUpdates(): Promise<null> {
    return Promise.resolve(null);
  }

  downloadUpdate(): Promise<string[]> {
    this.downloads += 1;
    return Promise.resolve([]);
  }
}

/**
 * Stands in for the `electron` module where its binary cannot be had: the app's real main process talks to it, and it shows the
 * app's real pages in a real Chromium.
 */
export class ElectronDouble {
  readonly context: BrowserContext;
  readonly windows: WindowDouble[] = [];
  readonly ipc = new Map<string, (event: unknown, ...args: unknown[]) => unknown>();
  readonly schemes = new Map<string, (request: Request) => Promise<Response>>();
  readonly privileged: unknown[] = [];
  readonly permissions: { request?: Handler; check?: Handler; device?: Handler } = {};
  readonly updater = new UpdaterDouble();
  readonly electron: ReturnType<typeof createModule>;

  constructor(options: DoubleOptions) {
    this.context = options.context;
    this.electron = createModule(this, options);
  }

  /** What the app's protocol handler answers to an `app://` address, as it was written. */
  async fetchOwn(url: string, method = 'GET'): Promise<Response> {
    const handler = this.schemes.get('app');
    if (handler === undefined) throw new Error('nobody handles app://');
    return await handler({ url, method } as Request);
  }
}

/** The module as the app imports it. */
function createModule(double: ElectronDouble, options: DoubleOptions) {
  const { windows, permissions } = double;
  const create = (window: WindowOptions): WindowDouble => new WindowDouble(double, window);
  const menu: { shown: MenuDouble | null } = { shown: null };
  return {
    app: new AppDouble(double, options),
    BrowserWindow: Object.assign(
      function (window: WindowOptions) {
        return create(window);
      },
      { getAllWindows: () => [...windows] },
    ),
    dialog: {
      showOpenDialog: () => Promise.resolve({ canceled: true, filePaths: [] as string[] }),
      showSaveDialog: () => Promise.resolve({ canceled: true, filePath: '' }),
      showMessageBox: () => Promise.resolve({ response: 0 }),
      showMessageBoxSync: () => 0,
    },
    ipcMain: {
      handle: (channel: string, handler: (event: unknown, ...args: unknown[]) => unknown) => {
        double.ipc.set(channel, handler);
      },
    },
    Menu: {
      buildFromTemplate: (template: readonly object[]) => new MenuDouble(template),
      setApplicationMenu: (shown: MenuDouble) => {
        menu.shown = shown;
      },
      getApplicationMenu: () => menu.shown,
    },
    net: { fetch: (url: string, { method = 'GET' } = {}) => double.fetchOwn(url, method) },
    protocol: {
      registerSchemesAsPrivileged: (schemes: unknown[]) => {
        double.privileged.push(...schemes);
      },
      handle: (scheme: string, handler: (request: Request) => Promise<Response>) => {
        double.schemes.set(scheme, handler);
      },
    },
    screen: { getAllDisplays: () => [{ workArea: WORK_AREA }] },
    session: {
      defaultSession: Object.assign(new EventEmitter(), {
        setPermissionRequestHandler: (handler: Handler) => {
          permissions.request = handler;
        },
        setPermissionCheckHandler: (handler: Handler) => {
          permissions.check = handler;
        },
        setDevicePermissionHandler: (handler: Handler) => {
          permissions.device = handler;
        },
      }),
    },
    shell: {
      openExternal: () => Promise.resolve(),
      showItemInFolder: () => undefined,
    },
  };
}
