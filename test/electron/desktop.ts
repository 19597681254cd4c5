import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runInThisContext } from 'node:vm';
import { _electron, expect, test as base, type Browser, type Page } from '@playwright/test';
import type * as Electron from 'electron';
import { findElectron } from '../../src-main/launch/electron-program.mjs';
import { addDouble } from './double/doubles.ts';
import { ElectronDouble } from './double/electron-double.ts';

const ROOT = join(import.meta.dirname, '../..');

export interface DesktopOptions {
  /** The user's folder of a start before; a fresh one where it is left out. */
  readonly folder?: string;
  /** Arguments of the command line. */
  readonly args?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Where `out/` lies; the repository where it is left out. */
  readonly root?: string;
  /** Whether the app takes itself for packaged. Of the double only. */
  readonly packaged?: boolean;
}

/** A running desktop app: under the double of Electron, or in Electron itself. Tests say the same to both. */
export interface Desktop {
  /** Null where this is Electron itself. */
  readonly double: ElectronDouble | null;
  readonly folder: string;
  page(): Page;
  /** Runs a function in the app's main process. It sees its two arguments and nothing of the test around it. */
  main<T, A>(work: (electron: typeof Electron, argument: A) => T | Promise<T>, argument: A): Promise<T>;
  /** What the app answers to an `app://` address. */
  fetchOwn(url: string, method?: string): Promise<{ readonly status: number; readonly headers: Headers }>;
  /** The user starts the app once more. */
  second(args: readonly string[]): Promise<void>;
  /** The user drops files or a folder on the middle of the window. */
  drop(paths: readonly string[]): Promise<void>;
  /** Resolves when the app has ended. */
  readonly exited: Promise<void>;
  /** Ends it whatever it thinks of that. The user's folder stays. */
  kill(): Promise<void>;
}

type Launch = (options?: DesktopOptions) => Promise<Desktop>;

interface Fixtures {
  /** Starts the app; what is still running at the test's end is ended. */
  readonly launch: Launch;
  /** The app as it opens. */
  readonly desktop: Desktop;
}

export const test = base.extend<Fixtures>({
  launch: async ({ browser }, use, { project }) => {
    const running: Desktop[] = [];
    const folders: string[] = [];
    await use(async (options = {}) => {
      const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'unroll-desktop-')));
      folders.push(folder);
      const desktop = project.name === 'electron' ? await launchElectron(folder, options) : await launchDouble(browser, folder, options);
      running.push(desktop);
      return desktop;
    });
    for (const each of running) await each.kill();
    for (const folder of folders) await rm(folder, { recursive: true, force: true });
  },
  desktop: async ({ launch }, use) => {
    await use(await launch());
  },
});

export { expect };

async function launchElectron(folder: string, { args = [], environment = {}, root = ROOT }: DesktopOptions): Promise<Desktop> {
  const program = findElectron();
  if (program === null) throw new Error('Electron is not here');
  const all = [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), root, ...args];
  const env = { ...definedOnly(process.env), UNROLL_USER_FOLDER: folder, ...environment };
  const running = await _electron.launch({ executablePath: program, args: all, env });
  await running.firstWindow();
  const exited = new Promise<void>((resolve) => {
    running.on('close', () => {
      resolve();
    });
  });
  const desktop: Omit<Desktop, 'drop'> = {
    double: null,
    folder,
    page: () => running.windows().findLast((page) => !page.isClosed()) ?? neverOpened(),
    main: (work, argument) => running.evaluate(work as never, argument) as never,
    fetchOwn: async (url, method = 'GET') => {
      const fetched = await running.evaluate(
        async ({ net }, [address, how]) => {
          const response = await net.fetch(address, { method: how });
          return { status: response.status, headers: [...response.headers] as [string, string][] };
        },
        [url, method] as const,
      );
      return { status: fetched.status, headers: new Headers(fetched.headers) };
    },
    second: async (more) => {
      await once(spawn(program, [...all, ...more], { env, stdio: 'ignore' }), 'exit');
    },
    exited,
    kill: async () => {
      running.process().kill('SIGKILL');
      await exited;
    },
  };
  return { ...desktop, drop: (paths) => dropOn(desktop.page(), paths) };
}

/** Runs the built main process of the app in this process, with a double in place of `electron`. */
async function launchDouble(
  browser: Browser,
  folder: string,
  { args = [], environment = {}, root = ROOT, packaged = false }: DesktopOptions,
): Promise<Desktop> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const exit = Promise.withResolvers<undefined>();
  const double = new ElectronDouble({
    context,
    packaged,
    onExit: () => {
      void context.close().then(() => {
        exit.resolve(undefined);
      });
    },
  });
  const start = async (more: readonly string[], run: number): Promise<void> => {
    const before = { argv: process.argv, environment: { ...process.env } };
    process.argv = ['electron', root, ...args, ...more];
    Object.assign(process.env, { UNROLL_USER_FOLDER: folder, ...environment });
    try {
      await import(`${pathToFileURL(join(root, 'out/main/electron.js')).href}?run=${run}`);
      await new Promise((resolve) => setTimeout(resolve, 0));
    } finally {
      process.argv = before.argv;
      for (const name of ['UNROLL_USER_FOLDER', ...Object.keys(environment)]) restore(name, before.environment[name]);
    }
  };
  await start([], addDouble(double));
  await double.windows.at(-1)?.loaded;
  const page = (): Page => double.windows.at(-1)?.webContents.page ?? neverOpened();
  return {
    double,
    folder,
    page,
    // Taken from its text, as Electron takes it: what it needs beside its arguments is not there.
    main: async (work, argument) => await (runInThisContext(`(${work.toString()})`) as typeof work)(double.electron as never, argument),
    fetchOwn: (url, method) => double.fetchOwn(url, method),
    second: async (more) => {
      await start(more, addDouble(new ElectronDouble({ context, packaged, onExit: () => undefined })));
    },
    drop: async (paths) => {
      await page().evaluate(
        (all) => {
          const { __paths } = globalThis as unknown as { __paths: Map<string, string> };
          for (const [name, path] of all) __paths.set(name, path);
        },
        paths.map((path) => [basename(path), path] as const),
      );
      await dropOn(page(), paths);
    },
    exited: exit.promise,
    kill: async () => {
      double.electron.app.emit('will-quit', { preventDefault: () => undefined });
      await exit.promise;
    },
  };
}

function restore(name: string, value: string | undefined): void {
  if (value === undefined) Reflect.deleteProperty(process.env, name);
  else process.env[name] = value;
}

function neverOpened(): never {
  throw new Error('the app has no window');
}

function definedOnly(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(environment).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

/** As the system's file manager does it: the page gets real files. */
async function dropOn(page: Page, paths: readonly string[]): Promise<void> {
  // Before it is drawn the window takes no files.
  const gallery = page.getByRole('list', { name: 'Templates' });
  await gallery
    .or(page.getByRole('region', { name: 'Canvas' }))
    .first()
    .waitFor();
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [...paths], dragOperationsMask: 19 };
  for (const type of ['dragEnter', 'dragOver', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x: 700, y: 450, data });
    await page.waitForTimeout(100);
  }
  await session.detach();
}

/** What the window may ask of its host, as a page may ask it. */
export interface Answer {
  readonly ok: boolean;
  readonly value: Record<string, unknown>;
  readonly problems: readonly { readonly code: string; readonly message: string; readonly fix: string }[];
}

export function ask(desktop: Desktop, name: string, argument: unknown): Promise<Answer> {
  return desktop
    .page()
    .evaluate(
      ([asked, what]) => (globalThis as unknown as { unroll: { request: (name: unknown, argument: unknown) => Promise<Answer> } }).unroll.request(asked, what),
      [name, argument],
    );
}

/** The user will answer the system's dialogs so; what they were asked is kept for `askedOf`. */
export async function answerDialogs(
  desktop: Desktop,
  answers: { readonly open?: readonly string[]; readonly save?: string | null; readonly box?: number },
): Promise<void> {
  await desktop.main(({ dialog }, { open = [], save = null, box = 0 }) => {
    const asked: unknown[] = [];
    Object.assign(globalThis, { __asked: asked });
    const note = (all: unknown[]): void => {
      asked.push(JSON.parse(JSON.stringify(all.at(-1))));
    };
    Object.assign(dialog, {
      showOpenDialog: (...all: unknown[]) => {
        note(all);
        return Promise.resolve({ canceled: open.length === 0, filePaths: open });
      },
      showSaveDialog: (...all: unknown[]) => {
        note(all);
        return Promise.resolve({ canceled: save === null, filePath: save ?? '' });
      },
      showMessageBox: (...all: unknown[]) => {
        note(all);
        return Promise.resolve({ response: box });
      },
      showMessageBoxSync: (...all: unknown[]) => {
        note(all);
        return box;
      },
    });
  }, answers);
}

interface Asked {
  readonly message?: string;
  readonly buttons?: readonly string[];
  readonly defaultPath?: string;
  readonly properties?: readonly string[];
  readonly filters?: readonly { readonly name: string; readonly extensions: readonly string[] }[];
}

/** What the system's dialogs have asked since `answerDialogs`. */
export function askedOf(desktop: Desktop): Promise<Asked[]> {
  return desktop.main(() => (globalThis as unknown as { __asked: Asked[] }).__asked, null);
}

/** Paths of everything below a folder. */
export async function filesBelow(folder: string): Promise<string[]> {
  return (await readdir(folder, { recursive: true })).toSorted();
}
