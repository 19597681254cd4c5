import { readFile, writeFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { block, expect, openTemplate, test } from './app-fixture.ts';

async function openFile(app: Page, file: string): Promise<void> {
  const choosing = app.waitForEvent('filechooser');
  await app.getByRole('button', { name: /^Open/ }).first().click();
  await (await choosing).setFiles(file);
}

test('a project is saved, marked as saved, and opened again as it was', async ({ app }, info) => {
  await openTemplate(app, 'Names');
  const name = app.getByRole('textbox', { name: 'Project name' });
  await name.fill('My names');
  await name.press('Enter');
  await expect(app.getByRole('img', { name: 'Not saved' })).toBeVisible();
  const downloading = app.waitForEvent('download');
  await app.keyboard.press('Control+s');
  const download = await downloading;
  expect(download.suggestedFilename()).toBe('My names.unroll');
  await expect(app.getByRole('img', { name: 'Saved', exact: true })).toBeVisible();
  const file = info.outputPath('my-names.unroll');
  await download.saveAs(file);
  expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ format: 'unroll/project', version: 1, name: 'My names' });

  await app.getByRole('button', { name: 'Templates' }).click();
  await openFile(app, file);
  await expect(name).toHaveValue('My names');
  await expect(block(app, 'RNN')).toBeVisible();
  await expect(app.getByText(/^ready/)).toBeVisible();
});

const hostile: readonly (readonly [string, string, RegExp])[] = [
  ['a newer version', '{"format":"unroll/project","version":99}', /version 99/],
  ['something else', '{"format":"photo"}', /"photo"/],
  ['broken JSON', '{"format":', /not valid JSON/],
  ['a forbidden key', '{"format":"unroll/project","version":1,"__proto__":{}}', /forbidden|uses the key/],
  ['endless depth', `${'['.repeat(10_000)}${']'.repeat(10_000)}`, /nested deeper/],
];

test('a file that is no project is refused in a sentence, and the open project stays', async ({ app }, info) => {
  await openTemplate(app, 'Names');
  for (const [what, text, sentence] of hostile) {
    const file = info.outputPath('bad.unroll');
    await writeFile(file, text);
    await openFile(app, file);
    await expect(app.getByText(sentence).first(), what).toBeVisible();
    await expect(app.getByRole('textbox', { name: 'Project name' }), what).toHaveValue('Names');
  }
});

test('a dropped file is opened', async ({ app }) => {
  const text = JSON.stringify({
    format: 'unroll/project',
    version: 1,
    name: 'Dropped',
    graph: { nodes: [], wires: [] },
    data: null,
    training: {
      optimizer: { kind: 'adam', learningRate: 0.002 },
      batchSize: 8,
      epochs: 1,
      seed: 1,
      clip: { kind: 'none' },
      bptt: { mode: 'full', reduce: 'sum' },
    },
  });
  const transfer = await app.evaluateHandle((content) => {
    const data = new DataTransfer();
    data.items.add(new File([content], 'dropped.unroll'));
    return data;
  }, text);
  await app.dispatchEvent('body', 'drop', { dataTransfer: transfer });
  await expect(app.getByRole('textbox', { name: 'Project name' })).toHaveValue('Dropped');
});

test('edits that are in no file are asked about before another project takes their place', async ({ app }) => {
  await openTemplate(app, 'Names');
  await block(app, 'Last step').click();
  await app.keyboard.press('Delete');
  await app.getByRole('button', { name: 'Templates' }).click();
  await app.getByRole('button', { name: /^Forecast Reads/ }).click();
  const question = app.getByRole('dialog', { name: 'Save the changes to Names?' });
  await question.getByRole('button', { name: 'Cancel' }).click();
  await app.keyboard.press('Escape');
  await expect(app.getByRole('textbox', { name: 'Project name' })).toHaveValue('Names');
  await app.getByRole('button', { name: 'Templates' }).click();
  await app.getByRole('button', { name: /^Forecast Reads/ }).click();
  await question.getByRole('button', { name: 'Do not save' }).click();
  await expect(app.getByRole('textbox', { name: 'Project name' })).toHaveValue('Forecast');
});
