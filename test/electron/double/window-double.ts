import { EventEmitter } from 'node:events';
import type { BrowserContext, Frame, Page, Request as PlaywrightRequest, Route } from '@playwright/test';
import { preloadScript } from './preload-script.ts';

/** Pages of `app://unroll` travel as this, answered by the app's own protocol handler. */
const SHOWN = 'https://unroll.test';
const OWN = 'app://unroll';

const toShown = (url: string): string => (url.startsWith(OWN) ? SHOWN + url.slice(OWN.length) : url);
const toOwn = (url: string): string => (url.startsWith(SHOWN) ? OWN + url.slice(SHOWN.length) : url);

export class PreventableEvent {
  readonly url: string;
  defaultPrevented = false;

  constructor(url = '') {
    this.url = url;
  }

  preventDefault(): void {
    this.defaultPrevented = true;
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

interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface WindowOptions extends Partial<Rectangle> {
  readonly webPreferences: Readonly<Record<string, unknown>> & { readonly preload: string };
}

/** What a window asks of the app that it belongs to. */
interface WindowOwner {
  readonly context: BrowserContext;
  readonly windows: WindowDouble[];
  readonly ipc: ReadonlyMap<string, (event: unknown, ...args: unknown[]) => unknown>;
  readonly electron: { readonly app: EventEmitter };
  fetchOwn(url: string, method: string): Promise<Response>;
}

class ContentsDouble extends EventEmitter {
  page: Page | null = null;
  openHandler: ((details: { url: string }) => { action: string }) | null = null;
  readonly #window: WindowDouble;
  readonly #frames = new Map<Frame, FrameDouble>();

  constructor(window: WindowDouble) {
    super();
    this.#window = window;
  }

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

  getURL(): string {
    return this.page === null ? '' : toOwn(this.page.url());
  }

  getLastWebPreferences(): WindowOptions['webPreferences'] {
    return this.#window.options.webPreferences;
  }

  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.openHandler = handler;
  }

  send(channel: string, message: unknown): void {
    const cloned = structuredClone(message);
    const deliver = ([to, what]: unknown[]): void =>
      (globalThis as unknown as { __deliver?: (channel: unknown, message: unknown) => void }).__deliver?.(to, what);
    void this.page?.evaluate(deliver, [channel, cloned]).catch(() => undefined);
  }

  reload(): void {
    void this.#window.reload();
  }

  /** The page goes as a crash takes it: it is not asked, and the window stays. */
  forcefullyCrashRenderer(): void {
    const { page } = this;
    this.page = null;
    void page?.close().then(() => this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 }));
  }
}

/** A window of the app: a page of a real Chromium. */
export class WindowDouble extends EventEmitter {
  readonly options: WindowOptions;
  readonly webContents: ContentsDouble;
  shown = false;
  /** New windows that the app refused; NaN once it let one open. */
  refusedWindows = 0;
  loaded: Promise<void> = Promise.resolve();
  readonly #double: WindowOwner;
  #bounds: Rectangle;
  #maximised = false;
  #closed = false;
  #expected = '';

  constructor(double: WindowOwner, options: WindowOptions) {
    super();
    this.#double = double;
    this.options = options;
    this.webContents = new ContentsDouble(this);
    this.#bounds = { x: options.x ?? 80, y: options.y ?? 60, width: options.width ?? 800, height: options.height ?? 600 };
    double.windows.push(this);
    double.electron.app.emit('web-contents-created', {}, this.webContents);
  }

  loadURL(url: string): Promise<void> {
    this.#expected = toShown(url);
    this.loaded = this.#load().then(() => {
      this.emit('ready-to-show');
    });
    return this.loaded;
  }

  async #load(): Promise<void> {
    const page = await this.#double.context.newPage();
    this.webContents.page = page;
    page.on('popup', (popup) => void popup.close());
    await page.exposeBinding('__invoke', (source, channel: string, args: unknown[]) => this.#invoke(source.frame, channel, args));
    await page.addInitScript(preloadScript(this.options.webPreferences.preload));
    await this.#double.context.route('**/*', (route) => this.#route(route));
    await page.goto(this.#expected);
    this.webContents.emit('did-finish-load');
  }

  /** As Electron does: the page is asked first, and the app decides where it objects. */
  async reload(): Promise<void> {
    const { page } = this.webContents;
    if (page === null) this.loaded = this.#load();
    else if (await this.#mayUnload()) this.loaded = page.reload().then(() => undefined);
    await this.loaded;
  }

  /** As Electron does: the window's `close`, then the page's `beforeunload`, then the app where the page objects. */
  async closeAndWait(): Promise<boolean> {
    const event = new PreventableEvent();
    this.emit('close', event);
    if (event.defaultPrevented || !(await this.#mayUnload())) return false;
    await this.#end();
    return true;
  }

  close(): void {
    void this.closeAndWait();
  }

  destroy(): void {
    void this.#end();
  }

  async #end(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.webContents.page?.close();
    this.#double.windows.splice(this.#double.windows.indexOf(this), 1);
    this.emit('closed');
    if (this.#double.windows.length === 0) this.#double.electron.app.emit('window-all-closed');
  }

  async #mayUnload(): Promise<boolean> {
    const objects = () => !window.dispatchEvent(new Event('beforeunload', { cancelable: true }));
    if ((await this.webContents.page?.evaluate(objects)) !== true) return true;
    const event = new PreventableEvent();
    this.webContents.emit('will-prevent-unload', event);
    return event.defaultPrevented;
  }

  async #invoke(frame: Frame, channel: string, args: unknown[]): Promise<unknown> {
    const handler = this.#double.ipc.get(channel);
    if (handler === undefined) throw new Error(`nothing listens to ${channel}`);
    return structuredClone(await handler({ sender: this.webContents, senderFrame: this.webContents.frameOf(frame) }, ...args));
  }

  async #route(route: Route): Promise<void> {
    const request = route.request();
    const url = request.url();
    if (request.isNavigationRequest() && !this.#mayNavigate(frameOf(request), url)) {
      await route.abort('aborted');
    } else if (url.startsWith(SHOWN)) {
      const response = await this.#double.fetchOwn(toOwn(url), request.method());
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
    return !event.defaultPrevented;
  }

  show(): void {
    this.shown = true;
  }

  isVisible(): boolean {
    return this.shown;
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

  isDestroyed(): boolean {
    return this.#closed;
  }

  maximize(): void {
    this.#maximised = true;
    this.emit('maximize');
  }

  isMaximized(): boolean {
    return this.#maximised;
  }

  getNormalBounds(): Rectangle {
    return this.#bounds;
  }

  setBounds(bounds: Partial<Rectangle>): void {
    this.#bounds = { ...this.#bounds, ...bounds };
    this.emit('move');
    this.emit('resize');
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
