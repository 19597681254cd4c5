import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, openTemplate, test } from './app-fixture.ts';

const IMPORTS = join(import.meta.dirname, '../golden/imports');

/** A file dropped anywhere on the window. */
async function drop(app: Page, name: string): Promise<void> {
  const bytes = [...readFileSync(join(IMPORTS, name))];
  const transfer = await app.evaluateHandle(
    ({ content, fileName }) => {
      const data = new DataTransfer();
      data.items.add(new File([Uint8Array.from(content)], fileName));
      return data;
    },
    { content: bytes, fileName: name },
  );
  await app.dispatchEvent('body', 'drop', { dataTransfer: transfer });
}

test('an ONNX model that is dropped on the window becomes a document', async ({ app }) => {
  await drop(app, 'tokens-both-ways.onnx');
  await expect(app.getByText('Imported tokens-both-ways.onnx')).toBeVisible();
  await expect(app.locator('.react-flow__node')).toHaveCount(7);
});

test('weights that do not fit the open document are listed with both shapes', async ({ app }) => {
  await openTemplate(app, 'Names');
  await drop(app, 'last-step.safetensors');
  await expect(app.getByText(/embed\.weight is \d+ x \d+ in the drawing/)).toBeVisible();
});
