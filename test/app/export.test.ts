import { readFile } from 'node:fs/promises';
import { expect, openTemplate, test } from './app-fixture.ts';

test('the export menu says what each format is for, and each file is verified before it is saved', async ({ app }, info) => {
  await openTemplate(app, 'Sentiment');
  const step = app.getByRole('button', { name: 'One training step' });
  await step.click();
  await expect(app.getByText('paused at step 1')).toBeVisible();
  const menu = app.getByRole('button', { name: 'Export the trained model' });
  for (const [format, ending, start] of [
    ['ONNX', '.onnx', null],
    ['safetensors', '.safetensors', null],
    ['PyTorch project', '.zip', 'PK'],
  ] as const) {
    await menu.click();
    const item = app.getByRole('menuitem', { name: new RegExp(`^${format}`) });
    await expect(item).toContainText(/[a-z]{3,}[.]$/);
    const downloading = app.waitForEvent('download', { timeout: 60_000 });
    await item.click();
    const download = await downloading;
    expect(download.suggestedFilename().endsWith(ending)).toBe(true);
    const file = info.outputPath(download.suggestedFilename());
    await download.saveAs(file);
    const bytes = await readFile(file);
    expect(bytes.length).toBeGreaterThan(1000);
    if (start !== null) expect(bytes.subarray(0, 2).toString()).toBe(start);
    await expect(app.getByText(`Exported ${download.suggestedFilename()}`)).toBeVisible();
    if (format === 'ONNX') await expect(app.getByText(/Read back and run by ONNX Runtime on \d+ examples: largest difference/)).toBeVisible();
  }
});
