import type { Page } from '@playwright/test';
import { block, openTemplate } from '../app-fixture.ts';
import { writeCorpus, writeSeries } from '../data-fixture.ts';
import { chooseData, openImport, showData } from '../data-steps.ts';

/** How far a view goes before its picture is taken. */
interface Depth {
  /** A folder for files that it needs. */
  readonly folder: string;
  /** Milliseconds of training before a picture of it. */
  readonly learnt: number;
  /** Longest wait, in milliseconds, for what takes its time and shows something before its end. */
  readonly patience: number;
}

/** A state of the window that has its picture in `docs/`, and what a user does to get there from the gallery. */
export interface View {
  readonly name: string;
  readonly arrange: (page: Page, depth: Depth) => Promise<void>;
}

/** The first picture of the README: a trained model, with a block chosen. */
export const wholeWindow: View = {
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

const viewsOfCanvas: readonly View[] = [
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

const viewsOfData: readonly View[] = [
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
    arrange: async (page, { folder }) => {
      await openImport(page);
      await chooseData(page, 'Choose a file', [await writeSeries(folder)]);
    },
  },
  {
    name: 'import-classes',
    arrange: async (page, { folder }) => {
      await openImport(page);
      await chooseData(page, 'One file per class', await writeCorpus(folder, 400));
    },
  },
];

async function trained(page: Page, { learnt }: Depth, template: string, panel: string): Promise<void> {
  await openTemplate(page, template);
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await page.getByRole('tab', { name: new RegExp(`^${panel}`) }).click();
  await page.waitForTimeout(learnt);
  await page.mouse.move(0, 0);
}

const viewsOfTraining: readonly View[] = [
  ['gradients', 'Three memories', 'Gradients'],
  ['samples', 'Sentiment', 'Samples'],
  ['states', 'Sentiment', 'States'],
  ['scores', 'Names', 'Scores'],
].map(([name = '', template = '', panel = '']) => ({ name, arrange: (page, depth) => trained(page, depth, template, panel) }));

/** The unrolled view with a trained model: the training's colours, then one example at a stage of its walk. */
const viewsOfUnrolled: readonly View[] = [
  ['training', 'Three memories', null],
  ['walk', 'Sentiment', 'backward'],
  ['update', 'The RNN unit', 'update'],
].map(([name = '', template = '', phase = null]) => ({
  name: `unrolled-${String(name)}`,
  arrange: async (page, depth) => {
    await trained(page, depth, String(template), 'Loss');
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
const viewsOfStudy: readonly View[] = [
  {
    name: 'memory',
    arrange: async (page, { patience }) => {
      await openTemplate(page, 'Recall with an RNN');
      await page.getByRole('tab', { name: 'Memory' }).click();
      await page.getByRole('button', { name: 'Measure' }).click();
      await page.getByRole('img', { name: /^Accuracy of recall against the lag.*: \d+ % at lag 1/ }).waitFor();
      await page
        .getByText(/Remembers/)
        .first()
        .waitFor({ timeout: patience })
        .catch(() => undefined);
      await page.mouse.move(0, 0);
    },
  },
  {
    name: 'runs',
    arrange: async (page, { learnt }) => {
      await openTemplate(page, 'Names');
      await page.getByRole('button', { name: 'Train', exact: true }).click();
      await page.getByText(/done, [\d,]+ steps/).waitFor({ timeout: 90_000 });
      await page.getByRole('tab', { name: /^Runs/ }).click();
      await page.getByRole('button', { name: 'More for Run 1' }).click();
      await page.getByRole('menuitem', { name: /^Fork as LSTM/ }).click();
      await page.getByText(/RNN → LSTM/).waitFor();
      await page.waitForTimeout(learnt);
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

export const views: readonly View[] = [...viewsOfCanvas, ...viewsOfData, ...viewsOfTraining, ...viewsOfUnrolled, ...viewsOfStudy];
