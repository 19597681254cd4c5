import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { app, state, type DoubleState, type WindowDouble } from './double.ts';

const ROOT = join(import.meta.dirname, '../../..');

export interface OpenedApp {
  readonly page: Page;
  readonly window: WindowDouble;
  readonly state: DoubleState;
  /** Another instance of the app is started. */
  readonly second: () => void;
  readonly close: () => Promise<void>;
}

/** Runs the built main process of the app in this process, with the double in place of `electron`. Once per process. */
export async function openApp(browser: Browser): Promise<OpenedApp> {
  state.context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const double = new URL('./electron.ts', import.meta.url).href;
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === 'electron' ? { url: double, format: 'module-typescript', shortCircuit: true } : next(specifier, context),
  });
  await import(pathToFileURL(join(ROOT, 'out/main/electron.js')).href);
  await Promise.resolve();
  const window = state.windows[0];
  if (window === undefined) throw new Error('the app opened no window');
  await window.loaded;
  const { page } = window.webContents;
  if (page === null) throw new Error('the window has no page');
  return {
    page,
    window,
    state,
    second: () => app.emit('second-instance', {}),
    close: async () => {
      app.quit();
      await state.context?.close();
    },
  };
}
