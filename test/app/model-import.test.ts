import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Page } from '@playwright/test';
import { block, expect, openTemplate, test } from './app-fixture.ts';

const IMPORTS = join(import.meta.dirname, '../golden/imports');

/** A file dropped anywhere on the window. */
async function drop(app: Page, path: string): Promise<void> {
  const bytes = readFileSync(path).toString('base64');
  const transfer = await app.evaluateHandle(
    ({ content, fileName }) => {
      const data = new DataTransfer();
      data.items.add(new File([Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0))], fileName));
      return data;
    },
    { content: bytes, fileName: basename(path) },
  );
  await app.dispatchEvent('body', 'drop', { dataTransfer: transfer });
}

test('an ONNX model that is dropped on the window becomes a document', async ({ app }) => {
  await expect(app.getByRole('list', { name: 'Templates' })).toBeVisible();
  await drop(app, join(IMPORTS, 'tokens-both-ways.onnx'));
  await expect(app.getByText('Imported tokens-both-ways.onnx')).toBeVisible();
  await expect(app.locator('.react-flow__node')).toHaveCount(7);
  await expect(app.getByRole('button', { name: 'Export: train the model first' })).toBeVisible();
});

test('weights that do not fit the open document are listed with both shapes', async ({ app }) => {
  await openTemplate(app, 'Names');
  await drop(app, join(IMPORTS, 'last-step.safetensors'));
  await expect(app.getByText(/embed\.weight is \d+ x \d+ in the project/)).toBeVisible();
});

test('weights that fit are in place without training: the model can be exported, an edit keeps them, a reset lets them go', async ({ app }, info) => {
  await openTemplate(app, 'Names');
  await app.getByRole('button', { name: 'One training step' }).click();
  await expect(app.getByText('paused at step 1')).toBeVisible();
  const exporting = app.getByRole('button', { name: 'Export the trained model' });
  const save = async (name: string): Promise<string> => {
    await exporting.click();
    const downloading = app.waitForEvent('download', { timeout: 60_000 });
    await app.getByRole('menuitem', { name: /^safetensors/ }).click();
    const file = info.outputPath(name);
    await (await downloading).saveAs(file);
    return file;
  };
  const trained = await save('trained.safetensors');
  const reset = app.getByRole('button', { name: /^Reset/ });
  await reset.click();
  await expect(app.getByRole('button', { name: 'Export: train the model first' })).toBeVisible();

  await drop(app, trained);
  await expect(app.getByText('Imported trained.safetensors')).toBeVisible();
  await expect(exporting).toBeEnabled();
  expect(readFileSync(await save('again.safetensors'))).toEqual(readFileSync(trained));

  await block(app, 'RNN').click();
  const units = app.getByRole('textbox', { name: 'Units' });
  await units.fill('24');
  await units.press('Enter');
  await app.getByRole('button', { name: 'One training step' }).click();
  await expect(app.getByText(/^Keeps [1-9] of \d parameters/)).toBeVisible();

  await reset.click();
  await expect(app.getByRole('button', { name: 'Export: train the model first' })).toBeVisible();
});
