// Takes pictures of the built app: docs/window.png, and with a folder as argument the views of canvas, code and data there, some where a part of their names is given:
// node test/app/take-pictures.ts [FOLDER [PART]]
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { chromium, type Browser, type Page } from '@playwright/test';
import { chromiumLaunch } from '../../src-main/launch/chromium.mjs';
import { block, openTemplate, startHost } from './app-fixture.ts';
import { writeCorpus, writeSeries } from './data-fixture.ts';
import { chooseData, openImport, showData } from './data-steps.ts';

interface Picture {
  readonly name: string;
  readonly arrange: (page: Page, folder: string) => Promise<void>;
}

const window: Picture = {
  name: 'window',
  arrange: async (page) => {
    await openTemplate(page, 'Sentiment');
    await page.getByRole('button', { name: 'Train', exact: true }).click();
    await page.getByText(/done, [\d,]+ steps/).waitFor({ timeout: 90_000 });
    await block(page, 'GRU').click();
    await page.locator('.katex').last().scrollIntoViewIfNeeded();
    await page.mouse.move(0, 0);
  },
};

const viewsOfCanvas: readonly Picture[] = [
  {
    name: 'canvas-list',
    arrange: async (page) => {
      await openTemplate(page, 'Sentiment');
      await page.getByRole('tab', { name: 'Loss' }).waitFor();
      await block(page, 'GRU').click();
      await page.keyboard.press('Shift+A');
      await page.getByRole('dialog', { name: 'Add a block' }).waitFor();
    },
  },
  {
    name: 'canvas-menu',
    arrange: async (page) => {
      await openTemplate(page, 'Sentiment');
      await page.getByRole('tab', { name: 'Loss' }).waitFor();
      await block(page, 'GRU').click({ button: 'right' });
      await page.getByRole('menu').waitFor();
    },
  },
  {
    name: 'canvas-selection',
    arrange: async (page) => {
      await openTemplate(page, 'Sentiment');
      await page.getByRole('tab', { name: 'Loss' }).waitFor();
      await block(page, 'GRU').focus();
      await page.keyboard.press('Control+a');
      await page.getByRole('group', { name: 'Align' }).waitFor();
    },
  },
  {
    name: 'canvas-nested',
    arrange: async (page) => {
      await openTemplate(page, 'Sentiment');
      await page.getByRole('tab', { name: 'Loss' }).waitFor();
      await block(page, 'GRU').focus();
      await page.keyboard.press('Enter');
      await page.keyboard.press('Shift+A');
      await page.keyboard.type('stack');
      await page.keyboard.press('Enter');
      await page.mouse.move(0, 0);
    },
  },
  {
    name: 'problems',
    arrange: async (page) => {
      await openTemplate(page, 'Sentiment');
      await block(page, 'Embedding').click();
      await page.keyboard.press('Delete');
      await page.getByRole('tab', { name: /^Problems/ }).click();
      await page
        .getByText(/Nothing feeds the port/)
        .first()
        .waitFor();
      await page.mouse.move(0, 0);
    },
  },
  {
    name: 'code',
    arrange: async (page) => {
      await openTemplate(page, 'Sentiment');
      await page.getByRole('tab', { name: 'Code' }).click();
      await page.locator('.monaco-editor .view-line').first().waitFor();
      // Its colours come from a thread of their own.
      await page.waitForTimeout(1500);
      await page.mouse.move(0, 0);
    },
  },
];

const viewsOfData: readonly Picture[] = [
  {
    name: 'gallery',
    arrange: async (page) => {
      await page.getByRole('list', { name: 'Templates' }).waitFor();
    },
  },
  {
    name: 'gallery-nothing',
    arrange: async (page) => {
      await page.getByRole('textbox', { name: 'Find a template' }).fill('photographs');
    },
  },
  ...[
    ['names', 'Names'],
    ['sentiment', 'Sentiment'],
    ['forecast', 'Forecast Reads'],
  ].map(([name = '', title = '']) => ({
    name: `data-${name}`,
    arrange: async (page: Page) => {
      await openTemplate(page, title);
      await showData(page);
    },
  })),
  {
    name: 'data-choice',
    arrange: async (page) => {
      await openTemplate(page, 'Names');
      await showData(page);
      await page.getByRole('button', { name: /^Data set/ }).click();
    },
  },
  { name: 'import-choose', arrange: openImport },
  {
    name: 'import-series',
    arrange: async (page, folder) => {
      await openImport(page);
      await chooseData(page, 'Choose a file', [await writeSeries(folder)]);
    },
  },
  {
    name: 'import-classes',
    arrange: async (page, folder) => {
      await openImport(page);
      await chooseData(page, 'One file per class', await writeCorpus(folder, 400));
    },
  },
];

/** Seconds of training before a picture is taken: long enough to show what it shows. */
const LEARNT = 9;

async function trained(page: Page, template: string, panel: string): Promise<void> {
  await openTemplate(page, template);
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await page.getByRole('tab', { name: new RegExp(`^${panel}`) }).click();
  await page.waitForTimeout(LEARNT * 1000);
  await page.mouse.move(0, 0);
}

const viewsOfTraining: readonly Picture[] = [
  ['gradients', 'Three memories', 'Gradients'],
  ['samples', 'Sentiment', 'Samples'],
  ['states', 'Sentiment', 'States'],
  ['scores', 'Names', 'Scores'],
].map(([name = '', template = '', panel = '']) => ({ name, arrange: (page) => trained(page, template, panel) }));

/** The unrolled view with a trained model: the training's colours, then one example at a stage of its walk. */
const viewsOfUnrolled: readonly Picture[] = [
  ['training', 'Three memories', null],
  ['walk', 'Sentiment', 'backward'],
  ['update', 'The RNN unit', 'update'],
].map(([name = '', template = '', phase = null]) => ({
  name: `unrolled-${String(name)}`,
  arrange: async (page) => {
    await trained(page, String(template), 'Loss');
    await page.getByRole('tab', { name: 'Unrolled' }).click();
    await page.getByRole('grid', { name: /^The model unrolled/ }).waitFor();
    if (phase !== null) {
      await page.getByRole('radio', { name: 'one example' }).click();
      await page.getByRole('button', { name: phase, exact: true }).click();
      for (let step = 0; step < 6 && phase === 'backward'; step++) await page.keyboard.press('.');
    }
    await page.waitForTimeout(500);
  },
}));

/** What stands beside one run: a second one, what its cell remembers, a lesson. */
const viewsOfStudy: readonly Picture[] = [
  {
    name: 'memory',
    arrange: async (page) => {
      await openTemplate(page, 'Recall with an RNN');
      await page.getByRole('tab', { name: 'Memory' }).click();
      await page.getByRole('button', { name: 'Measure' }).click();
      await page
        .getByText(/Remembers/)
        .first()
        .waitFor({ timeout: 120_000 });
      await page.mouse.move(0, 0);
    },
  },
  {
    name: 'runs',
    arrange: async (page) => {
      await openTemplate(page, 'Names');
      await page.getByRole('button', { name: 'Train', exact: true }).click();
      await page.getByText(/done, [\d,]+ steps/).waitFor({ timeout: 90_000 });
      await page.getByRole('tab', { name: /^Runs/ }).click();
      await page.getByRole('button', { name: 'More for Run 1' }).click();
      await page.getByRole('menuitem', { name: /^Fork as LSTM/ }).click();
      await page.getByText(/RNN → LSTM/).waitFor();
      await page.waitForTimeout(LEARNT * 1000);
      await page.getByRole('checkbox', { name: 'Draw Run 1 over the loss' }).check();
      await page.waitForTimeout(1000);
      await page.mouse.move(0, 0);
    },
  },
  {
    name: 'lesson',
    arrange: async (page) => {
      await page.getByRole('button', { name: /^Lessons/ }).click();
      await openTemplate(page, 'Why an RNN forgets');
      await page.waitForTimeout(1000);
      await page.mouse.move(0, 0);
    },
  },
];

const sizes = [
  { width: 1440, height: 900 },
  { width: 1024, height: 700 },
] as const;

interface Shot {
  readonly picture: Picture;
  readonly theme: 'dark' | 'light';
  readonly viewport: { readonly width: number; readonly height: number };
  readonly file: string;
}

/** Milliseconds: a busy machine takes its time, and no picture is a test. */
const PATIENCE = 180_000;

/** Each in a window of its own, of a host of its own. */
async function take(browser: Browser, { picture, theme, viewport, file }: Shot): Promise<void> {
  const host = await startHost();
  const page = await browser.newPage({ viewport, colorScheme: theme, reducedMotion: 'reduce' });
  page.setDefaultTimeout(PATIENCE);
  try {
    await page.goto(host.address);
    await page.getByRole('list', { name: 'Templates' }).waitFor();
    await picture.arrange(page, path.dirname(file));
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
    ? [{ picture: window, theme: 'dark', viewport: sizes[0], file: path.join(target, 'window.png') }]
    : [...viewsOfCanvas, ...viewsOfData, ...viewsOfTraining, ...viewsOfUnrolled, ...viewsOfStudy]
        .filter(({ name }) => only === undefined || name.includes(only))
        .flatMap((picture) =>
          sizes.flatMap((viewport) =>
            (['dark', 'light'] as const).map((theme) => ({
              picture,
              theme,
              viewport,
              file: path.join(target, `${picture.name}-${viewport.width}-${theme}.png`),
            })),
          ),
        );
const browser = await chromium.launch(chromiumLaunch());
try {
  for (const shot of shots) await take(browser, shot);
} finally {
  await browser.close();
}
