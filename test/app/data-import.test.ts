import { readFile, writeFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { block, expect, test } from './app-fixture.ts';
import { expectSound } from './axe.ts';
import { writeCorpus, writeSeries } from './data-fixture.ts';
import { chooseData, importDialog, openImport } from './data-steps.ts';

const readout = (app: Page): Locator => app.getByRole('status', { name: 'Training progress' });

async function createProject(app: Page): Promise<void> {
  await importDialog(app).getByRole('button', { name: 'Create project' }).click();
  await expect(importDialog(app)).toBeHidden();
  await expect(app.getByText(/^ready/)).toBeVisible();
}

async function trainFor(app: Page, curve: string): Promise<void> {
  await app.getByRole('button', { name: 'Train', exact: true }).click();
  await expect(app.locator('.loss-entry', { has: app.getByText(curve, { exact: true }) }).locator('dd')).toHaveText(/\d/);
}

test('two files of labelled lines in Latin-1 become a project that trains with the built-in vectors to a score', async ({ app }, info) => {
  const files = await writeCorpus(info.outputPath(), 5000);
  await app.getByRole('button', { name: /^From your data/ }).click();
  await chooseData(app, 'One file per class', files);
  const dialog = importDialog(app);
  await expect(dialog.getByRole('combobox', { name: 'Encoding' })).toHaveText(/Latin-1/);
  await expect(dialog.getByText('caf\u00e9').first()).toBeVisible();
  await expect(dialog.getByRole('textbox', { name: 'Name of the class of positive.txt' })).toHaveValue('positive');
  await createProject(app);
  await block(app, 'Embedding').click();
  await expect(app.getByRole('combobox', { name: 'Vectors' })).toHaveText(/GloVe/);
  await app.getByRole('button', { name: 'Train', exact: true }).click();
  await expect(readout(app)).toContainText(/done, [\d,]+ steps/, { timeout: 60_000 });
  const score = /test accuracy ([\d.]+) %/.exec(await readout(app).innerText());
  expect(Number(score?.[1])).toBeGreaterThan(95);
});

test('a table of numbers becomes a forecast; its roles and window can be put right', async ({ app }, info) => {
  await openImport(app);
  await chooseData(app, 'Choose a file', await writeSeries(info.outputPath(), 300));
  const dialog = importDialog(app);
  await expect(dialog.getByRole('radio', { name: 'Forecast' })).toBeChecked();
  await dialog.getByRole('combobox', { name: 'Role of rain' }).click();
  await app.getByRole('option', { name: 'Input', exact: true }).click();
  await expect(dialog.getByRole('combobox', { name: 'Role of rain' })).toHaveText('Input');
  const window = dialog.getByRole('textbox', { name: 'Window' });
  await window.fill('10');
  await window.press('Enter');
  await expect(window).toHaveValue('10');
  await createProject(app);
  await trainFor(app, 'train');
  await app.getByRole('tab', { name: /^Data/ }).click();
  await expect(app.getByRole('img', { name: 'The series, its parts tinted' })).toBeVisible();
  await expect(app.getByRole('region', { name: 'Data set' })).toContainText('10 steps');
});

test('axe finds nothing serious in the import dialog', async ({ app }, info) => {
  await openImport(app);
  await chooseData(app, 'Choose a file', await writeSeries(info.outputPath(), 300));
  await expect(importDialog(app).getByText('300 rows', { exact: true })).toBeVisible();
  await expectSound(app, 'Import', '[role=dialog]');
});

test('what stands in the way is said with its row and column, and nothing is created', async ({ app }, info) => {
  const file = info.outputPath('ragged.csv');
  const rows = Array.from({ length: 60 }, (_, row) => (row === 40 ? '41,not a number' : `${row + 1},${row * 2}`));
  await writeFile(file, `day,value\n${rows.join('\n')}\n`);
  await openImport(app);
  await chooseData(app, 'Choose a file', file);
  const problems = importDialog(app).getByRole('list', { name: 'Problems' });
  await expect(problems).toContainText(/row 4[12]/);
  await expect(problems).toContainText('value');
  await expect(importDialog(app).getByRole('button', { name: 'Create project' })).toBeDisabled();
});

test('reading a large file is shown and can be cancelled', async ({ app }, info) => {
  const file = info.outputPath('large.csv');
  const row = Array.from({ length: 12 }, (_, column) => (column * 1.25).toFixed(6)).join(',');
  await writeFile(file, `${Array.from({ length: 12 }, (_, column) => `c${column}`).join(',')}\n${`${row}\n`.repeat(500_000)}`);
  await openImport(app);
  await chooseData(app, 'Choose a file', file);
  const dialog = importDialog(app);
  await dialog.getByRole('button', { name: 'Create project' }).click();
  await expect(dialog.getByRole('progressbar', { name: 'Reading all of it' })).toBeVisible();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog.getByRole('progressbar')).toBeHidden();
  await expect(dialog.getByRole('button', { name: 'Create project' })).toBeEnabled();
  await dialog.getByRole('button', { name: 'Close' }).first().click();
  await expect(app.getByRole('list', { name: 'Templates' })).toBeVisible();
});

test('data that is gone is missed, located, and trained on; data that has changed can be taken as it is', async ({ app }, info) => {
  const series = await writeSeries(info.outputPath(), 300);
  await openImport(app);
  await chooseData(app, 'Choose a file', series);
  await createProject(app);
  const downloading = app.waitForEvent('download');
  await app.keyboard.press('Control+s');
  const saved = info.outputPath('weather.unroll');
  await (await downloading).saveAs(saved);
  const text = await readFile(saved, 'utf8');
  const banner = app.getByRole('alert').filter({ has: app.getByRole('button', { name: 'Locate' }) });

  await openSaved(app, info.outputPath('gone.unroll'), text.replaceAll('weather.csv', 'weather-before.csv'));
  await expect(banner).toContainText('weather-before.csv');
  const choosing = app.waitForEvent('filechooser');
  await banner.getByRole('button', { name: 'Locate' }).click();
  await (await choosing).setFiles(series);
  await expect(banner).toBeHidden();
  await expect(app.getByText(/^ready/)).toBeVisible();
  await trainFor(app, 'train');

  await openSaved(
    app,
    info.outputPath('changed.unroll'),
    text.replace(/"hash": *"[0-9a-f]{8}/u, (start) => start.replace(/[0-9a-f]{8}$/u, '00000000')),
  );
  await expect(banner).toContainText('has changed');
  await banner.getByRole('button', { name: 'Use the file as it is now' }).click();
  await expect(banner).toBeHidden();
  await expect(app.getByText(/^ready/)).toBeVisible();
});

async function openSaved(app: Page, file: string, text: string): Promise<void> {
  await writeFile(file, text);
  const choosing = app.waitForEvent('filechooser');
  await app.keyboard.press('Control+o');
  const leave = app.getByRole('button', { name: 'Do not save' });
  await Promise.race([choosing, leave.click({ timeout: 5000 }).catch(() => undefined)]);
  await (await choosing).setFiles(file);
}
