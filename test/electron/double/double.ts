import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import type { BrowserContext, Frame, Page, Request as PlaywrightRequest, Route } from '@playwright/test';

/**
 * Stands in for the `electron` module where its binary cannot be had: the app's real main process talks to it, and it shows the
 * app's real pages in a real Chromium. Pages of `app://unroll` travel as `https://unroll.test`, answered by the app's own protocol handler.
 */
const SHOWN = 'https://unroll.test';
const OWN = 'app://unroll';

type Handler = (...args: never[]) => unknown;

/** What tests read and steer. */
export interface DoubleState {
  context: BrowserContext | null;
  windows: WindowDouble[];
  readonly ipc: Map<string, (event: unknown, ...args: unknown[]) => unknown>;
  readonly schemes: Map<string, (request: Request) => Promise<Response>>;
  readonly privileged: unknown[];
  readonly external: string[];
  readonly recent: string[];
  readonly menus: unknown[];
  readonly permissions: { request?: Handler; check?: Handler; device?: Handler };
  dialogs: { open: string | null; save: string | null; leave: boolean; asked: unknown[] };
  sandboxed: boolean;
  quits: number;
  exit: Promise<void>;
}

export const state: DoubleState = {
  context: null,
  windows: [],
  ipc: new Map(),
  schemes: new Map(),
  privileged: [],
  external: [],
  recent: [],
  menus: [],
  permissions: {},
  dialogs: { open: null, save: null, leave: false, asked: [] },
  sandboxed: false,
  quits: 0,
  exit: Promise.resolve(),
};

const toShown = (url: string): string => (url.startsWith(OWN) ? SHOWN + url.slice(OWN.length) : url);
const toOwn = (url: string): string => (url.startsWith(SHOWN) ? OWN + url.slice(SHOWN.length) : url);

class PreventableEvent {
  readonly url: string;
  prevented = false;

  constructor(url: string) {
    this.url = url;
  }

  preventDefault(): void {
    this.prevented = true;
  }
}

class FrameDouble {
  readonly frame: Frame;

  constructor(frame: Frame) {
    this.frame = frame;
  }

  get url(): string {
    return toOwn(this.frame.url());
  }
}

class ContentsDouble extends EventEmitter {
  page: Page | null = null;
  openHandler: ((details: { url: string }) => { action: string }) | null = null;
  readonly #frames = new Map<Frame, FrameDouble>();

  get mainFrame(): FrameDouble | null {
    return this.page === null ? null : this.frameOf(this.page.mainFrame());
  }

  frameOf(frame: Frame): FrameDouble {
    const known = this.#frames.get(frame) ?? new FrameDouble(frame);
    this.#frames.set(frame, known);
    return known;
  }

  isDestroyed(): boolean {
    return this.page?.isClosed() !== false;
  }

  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.openHandler = handler;
  }

  send(channel: string, message: unknown): void {
    const cloned = structuredClone(message);
    void this.page
      ?.evaluate(
        ([to, what]) => (globalThis as unknown as { __deliver?: (channel: unknown, message: unknown) => void }).__deliver?.(to, what),
        [channel, cloned],
      )
      .catch(() => undefined);
  }
}

export class WindowDouble extends EventEmitter {
  readonly options: { readonly webPreferences: Readonly<Record<string, unknown>> & { readonly preload: string } };
  readonly webContents = new ContentsDouble();
  shown = false;
  /** New windows that the app refused; NaN once it let one open. */
  refusedWindows = 0;
  loaded: Promise<void> = Promise.resolve();
  #expected = '';

  constructor(options: WindowDouble['options']) {
    super();
    this.options = options;
    state.windows.push(this);
    app.emit('web-contents-created', {}, this.webContents);
  }

  loadURL(url: string): Promise<void> {
    this.#expected = toShown(url);
    this.loaded = this.#load();
    return this.loaded;
  }

  async #load(): Promise<void> {
    if (state.context === null) throw new Error('no browser to show the window in');
    const page = await state.context.newPage();
    this.webContents.page = page;
    page.on('close', () => this.emit('closed'));
    page.on('popup', (popup) => void popup.close());
    await page.exposeBinding('__invoke', (source, channel: string, args: unknown[]) => this.#invoke(source.frame, channel, args));
    await page.addInitScript(preloadScript(this.options.webPreferences.preload));
    await state.context.route('**/*', (route) => this.#route(route));
    await page.goto(this.#expected);
    this.emit('ready-to-show');
  }

  async #invoke(frame: Frame, channel: string, args: unknown[]): Promise<unknown> {
    const handler = state.ipc.get(channel);
    if (handler === undefined) throw new Error(`nothing listens to ${channel}`);
    return structuredClone(await handler({ sender: this.webContents, senderFrame: this.webContents.frameOf(frame) }, ...args));
  }

  async #route(route: Route): Promise<void> {
    const request = route.request();
    const url = request.url();
    if (request.isNavigationRequest() && !this.#mayNavigate(frameOf(request), url)) {
      await route.abort('aborted');
    } else if (url.startsWith(SHOWN)) {
      const response = await fetchOwn(toOwn(url), request.method());
      await route.fulfill({ status: response.status, headers: Object.fromEntries(response.headers), body: Buffer.from(await response.arrayBuffer()) });
    } else {
      await route.abort('blockedbyclient');
    }
  }

  /** Asks the app as Electron does: about a new window (it has no frame yet), or about a move of the page or of a frame in it. */
  #mayNavigate(frame: Frame | null, url: string): boolean {
    if (frame === null || frame.page() !== this.webContents.page) {
      const answer = this.webContents.openHandler?.({ url: toOwn(url) });
      this.refusedWindows = answer?.action === 'deny' ? this.refusedWindows + 1 : NaN;
      return false;
    }
    if (url === this.#expected) return true;
    const event = new PreventableEvent(toOwn(url));
    this.webContents.emit(frame.parentFrame() === null ? 'will-navigate' : 'will-frame-navigate', event);
    return !event.prevented;
  }

  show(): void {
    this.shown = true;
  }

  focus(): void {
    this.emit('focus');
  }

  restore(): void {
    this.emit('restore');
  }

  isMinimized(): boolean {
    return false;
  }
}

/** Null for a window that is only about to be. */
function frameOf(request: PlaywrightRequest): Frame | null {
  try {
    return request.frame();
  } catch {
    return null;
  }
}

/** What the app's protocol handler answers to an `app://` address, as Chromium would ask it. */
export async function fetchOwn(url: string, method = 'GET'): Promise<Response> {
  const handler = state.schemes.get('app');
  if (handler === undefined) throw new Error('nobody handles app://');
  return await handler({ url, method } as Request);
}

/** The preload script as a sandboxed renderer runs it: CommonJS with nothing to require but electron, in the top frame only. */
function preloadScript(path: string): string {
  return `(() => {
    if (globalThis.top !== globalThis.self) return;
    const listeners = new Map();
    globalThis.__deliver = (channel, message) => { for (const each of listeners.get(channel) ?? []) each({}, message); };
    const invoke = globalThis.__invoke;
    const electron = {
      contextBridge: { exposeInMainWorld: (name, api) => Object.defineProperty(globalThis, name, { value: Object.freeze(api), enumerable: true }) },
      ipcRenderer: {
        invoke: (channel, ...args) => invoke(channel, args),
        on: (channel, listener) => { listeners.set(channel, [...(listeners.get(channel) ?? []), listener]); },
      },
    };
    const require = (name) => { if (name !== 'electron') throw new Error('module not found: ' + name); return electron; };
    const module = { exports: {} };
    ((module, exports, require) => {${readFileSync(path, 'utf8')}\n})(module, module.exports, require);
  })();`;
}

class AppDouble extends EventEmitter {
  requestSingleInstanceLock = (): boolean => true;
  enableSandbox = (): void => {
    state.sandboxed = true;
  };
  whenReady = (): Promise<void> => Promise.resolve();
  addRecentDocument = (path: string): void => {
    state.recent.push(path);
  };
  quit = (): void => {
    state.quits += 1;
    this.emit('will-quit', {});
  };
}

export const app = new AppDouble();
