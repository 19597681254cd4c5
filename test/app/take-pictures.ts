// Takes pictures of the built app: docs/window.png, and with a folder as argument every view there, in both sizes and themes, some where a part of their names is given:
// node test/app/take-pictures.ts [FOLDER [PART]]
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { chromium, type Browser } from '@playwright/test';
import { chromiumLaunch } from '../../src-main/launch/chromium.mjs';
import { startHost } from './app-fixture.ts';
import { views, wholeWindow, type View } from './guide/views.ts';

const sizes = [
  { width: 1440, height: 900 },
  { width: 1024, height: 700 },
] as const;

interface Shot {
  readonly view: View;
  readonly theme: 'dark' | 'light';
  readonly viewport: { readonly width: number; readonly height: number };
  readonly file: string;
}

/** Milliseconds: a busy machine takes its time, and no picture is a test. */
const PATIENCE = 180_000;
/** Milliseconds of training before a picture of it: long enough to show what it shows. */
const LEARNT = 9000;

/** Each in a window of its own, of a host of its own. */
async function take(browser: Browser, { view, theme, viewport, file }: Shot): Promise<void> {
  const host = await startHost();
  const page = await browser.newPage({ viewport, colorScheme: theme, reducedMotion: 'reduce' });
  page.setDefaultTimeout(PATIENCE);
  try {
    await page.goto(host.address);
    await page.getByRole('list', { name: 'Templates' }).waitFor();
    await view.arrange(page, { folder: path.dirname(file), learnt: LEARNT, patience: PATIENCE });
    await page.screenshot({ path: file, animations: 'disabled' });
  } finally {
    await page.close();
    await host.close();
  }
}

const folder = process.argv[2];
const only = process.argv[3];
const target = folder ?? path.join(import.meta.dirname, '../../docs');
await mkdir(target, { recursive: true });
const shots: readonly Shot[] =
  folder === undefined
    ? [{ view: wholeWindow, theme: 'dark', viewport: sizes[0], file: path.join(target, 'window.png') }]
    : views
        .filter(({ name }) => only === undefined || name.includes(only))
        .flatMap((view) =>
          sizes.flatMap((viewport) =>
            (['dark', 'light'] as const).map((theme) => ({
              view,
              theme,
              viewport,
              file: path.join(target, `${view.name}-${viewport.width}-${theme}.png`),
            })),
          ),
        );
const browser = await chromium.launch(chromiumLaunch());
try {
  for (const shot of shots) await take(browser, shot);
} finally {
  await browser.close();
}
