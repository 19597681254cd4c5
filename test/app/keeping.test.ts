import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test as plain, type Page } from '@playwright/test';
import { block, expect, openTemplate, startHost } from './app-fixture.ts';

/** Milliseconds after which an edit is kept, whatever happens then. */
const KEPT_AFTER = 2000;

const kept = (app: Page) => app.getByRole('region', { name: 'Left unsaved' });
const unsavedFiles = async (folder: string): Promise<readonly string[]> =>
  (await readdir(join(folder, 'unroll', 'unsaved')).catch(() => [])).filter((name) => name.endsWith('.unsaved'));

const checkpointFiles = async (folder: string): Promise<readonly string[]> =>
  (await readdir(join(folder, 'unroll', 'checkpoints')).catch(() => [])).filter((name) => name.endsWith('.json'));

const doNotSave = (app: Page) => app.getByRole('dialog', { name: /^Save the changes to/ }).getByRole('button', { name: 'Do not save' });

async function rename(app: Page, name: string): Promise<void> {
  await app.getByRole('textbox', { name: 'Project name' }).fill(name);
  await app.keyboard.press('Enter');
}

/** Trains until a checkpoint is kept, which a pause takes of a run begun five seconds before; paused then. Most of that time nothing trains. */
async function trainToCheckpoint(app: Page, folder: string): Promise<void> {
  const pause = app.getByRole('button', { name: 'Pause', exact: true });
  await app.waitForTimeout(5000);
  await app.keyboard.press('Control+Enter');
  await expect(app.getByRole('status', { name: 'Training progress' })).toContainText(/step \d{2}/);
  await pause.click();
  await expect.poll(() => checkpointFiles(folder), { timeout: 60_000 }).toHaveLength(1);
}

async function keptStep(folder: string): Promise<string> {
  const name = (await checkpointFiles(folder))[0]!;
  const { step } = JSON.parse(await readFile(join(folder, 'unroll', 'checkpoints', name), 'utf8')) as { step: number };
  return step.toLocaleString('en-GB');
}

async function runFromPalette(app: Page, command: string): Promise<void> {
  await app.keyboard.press('Control+k');
  await app.getByRole('combobox', { name: 'Commands' }).fill(command);
  await app.keyboard.press('Enter');
}

async function deleteLastStep(app: Page): Promise<void> {
  await block(app, 'Last step').click();
  await app.keyboard.press('Delete');
  await expect(block(app, 'Last step')).toHaveCount(0);
}

plain('kill -9: unsaved edits of up to 2 s before are offered at the next start; Restore brings them back, and a save ends the offer', async ({ page }) => {
  const first = await startHost();
  await page.goto(first.address);
  await openTemplate(page, 'Names');
  await deleteLastStep(page);
  await expect.poll(() => unsavedFiles(first.folder), 'kept by itself').toHaveLength(1);
  await first.kill();
  await expect(page.getByText('The window has lost its connection to Unroll.')).toBeVisible();

  const second = await startHost({}, first);
  const next = await page.context().newPage();
  await next.goto(second.address);
  await expect(kept(next)).toContainText('Unsaved edits');
  await next.getByRole('button', { name: 'Restore Names' }).click();
  await expect(block(next, 'RNN')).toBeVisible();
  await expect(block(next, 'Last step')).toHaveCount(0);
  await expect(next.getByRole('img', { name: 'Not saved' })).toBeVisible();
  expect(await unsavedFiles(second.folder), 'kept until it is saved').toHaveLength(1);

  await next.getByRole('button', { name: 'Templates' }).click();
  await expect(kept(next), 'open in this window').toHaveCount(0);
  await next.keyboard.press('Escape');
  await next.keyboard.press('Control+s');
  await expect(next.getByRole('img', { name: 'Saved', exact: true })).toBeVisible();
  await expect.poll(() => unsavedFiles(second.folder)).toEqual([]);
  await second.close();
});

plain('what is offered stays until it is discarded; edits of two windows are kept apart', async ({ page }) => {
  const first = await startHost();
  await page.goto(first.address);
  const other = await page.context().newPage();
  await other.goto(first.address.replace(/\?.*$/u, ''));
  for (const [app, template] of [
    [page, 'Names'],
    [other, 'Forecast'],
  ] as const) {
    await app.getByRole('button', { name: new RegExp(`^${template} [A-Z]`) }).click();
    await rename(app, `My ${template}`);
  }
  await expect.poll(() => unsavedFiles(first.folder)).toHaveLength(2);
  const third = await page.context().newPage();
  await third.goto(first.address.replace(/\?.*$/u, ''));
  await third
    .getByRole('button', { name: 'Templates' })
    .or(third.getByText('Show templates').or(third.getByRole('heading', { name: 'Unroll' })))
    .first()
    .waitFor();
  await expect(kept(third), 'what is open in a window is not offered in another').toHaveCount(0);
  await first.kill();

  for (let start = 0; start < 2; start++) {
    const host = await startHost({}, first);
    const app = await page.context().newPage();
    await app.goto(host.address);
    await expect(kept(app).getByRole('listitem')).toHaveCount(2);
    await app.close();
    await host.kill();
  }
  await page.close();
  await other.close();
  const last = await startHost({}, first);
  await third.goto(last.address);
  await third.getByRole('button', { name: /^Discard My Names/ }).click();
  await third.getByRole('button', { name: /^Discard My Forecast/ }).click();
  await expect(kept(third)).toHaveCount(0);
  await expect.poll(() => unsavedFiles(last.folder)).toEqual([]);
  await last.close();
});

plain('a run that a crash ended goes on from its last checkpoint, with its history', async ({ page }) => {
  const first = await startHost();
  await page.goto(first.address);
  await openTemplate(page, 'Next character');
  await trainToCheckpoint(page, first.folder);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('button', { name: 'Pause', exact: true })).toBeVisible();
  await first.kill();
  const step = await keptStep(first.folder);

  const second = await startHost({}, first);
  const next = await page.context().newPage();
  await next.goto(second.address);
  await expect(kept(next)).toContainText(`checkpoint at step ${step}`);
  await next.getByRole('button', { name: 'Resume Next character' }).click();
  await expect(next.getByText(`Paused at step ${step}`, { exact: true })).toBeVisible();
  await expect(next.locator('.loss-plot canvas'), 'its curve is there').toBeVisible();
  await next.keyboard.press('Control+Enter');
  await expect(next.getByRole('button', { name: 'Pause', exact: true })).toBeVisible();
  await next.getByRole('button', { name: 'Pause', exact: true }).click();
  await second.close();
});

plain('a tab closed or loaded again keeps its edits; "Do not save" lets them go, whatever takes their place', async ({ page }) => {
  const host = await startHost();
  const files = (): Promise<readonly string[]> => unsavedFiles(host.folder);
  await page.goto(host.address);
  await openTemplate(page, 'Names');
  await deleteLastStep(page);
  await expect.poll(files).toHaveLength(1);
  const app = await page.context().newPage();
  app.on('dialog', (dialog) => void dialog.accept());
  await page.close();

  await app.goto(host.address.replace(/\?.*$/u, ''));
  await expect(kept(app), 'the tab was closed').toContainText('Unsaved edits');
  await openTemplate(app, 'Forecast Reads');
  await rename(app, 'My forecast');
  await expect.poll(files).toHaveLength(2);
  await app.getByRole('button', { name: 'Templates' }).click();
  await app.getByRole('button', { name: 'Restore Names' }).click();
  await doNotSave(app).click();
  await expect(block(app, 'RNN')).toBeVisible();
  await expect.poll(files, 'the forecast was given up').toHaveLength(1);

  await app.reload();
  await app.getByRole('button', { name: 'Restore Names' }).click();
  await expect(block(app, 'RNN')).toBeVisible();
  expect(await files(), 'the tab was loaded again').toHaveLength(1);

  // Edits in quick succession: the last ones are still on their way when the document is left.
  await rename(app, 'Mine');
  await rename(app, 'Yours');
  await app.getByRole('button', { name: 'Templates' }).click();
  await app.getByRole('button', { name: 'Empty project' }).click();
  await doNotSave(app).click();
  await expect.poll(files).toEqual([]);
  await app.waitForTimeout(KEPT_AFTER);
  expect(await files(), 'and for good').toEqual([]);
  await host.close();
});

plain('a checkpoint saved to a file is gone on from', async ({ page }) => {
  const host = await startHost();
  await page.goto(host.address);
  await openTemplate(page, 'Next character');
  await trainToCheckpoint(page, host.folder);
  const downloading = page.waitForEvent('download');
  await runFromPalette(page, 'Save a checkpoint');
  const file = await (await downloading).path();
  const saved = await page.getByText(/^Saved the run at step [\d,]+$/).textContent();
  const step = /[\d,]+$/.exec(saved ?? '')?.[0];

  await page.getByRole('button', { name: 'Templates' }).click();
  await openTemplate(page, 'Next character');
  const choosing = page.waitForEvent('filechooser');
  await runFromPalette(page, 'Resume from a checkpoint');
  await (await choosing).setFiles({ name: 'run.checkpoint', mimeType: 'application/octet-stream', buffer: await readFile(file) });
  await expect(page.getByText(`Paused at step ${step}`, { exact: true })).toBeVisible();
  await page.keyboard.press('Control+Enter');
  const pause = page.getByRole('button', { name: 'Pause', exact: true });
  await expect(pause).toBeVisible();
  // The file holds no history: the curve begins where the run goes on.
  await expect(page.locator('.loss-plot canvas')).toBeVisible();
  await pause.click();
  await host.close();
});

plain('the engine dies in training: the window says so, keeps everything, and goes on from the last checkpoint', async ({ page }) => {
  const preload = fileURLToPath(new URL('../fixtures/workers/dies-when-told.ts', import.meta.url));
  const death = plain.info().outputPath('death');
  const host = await startHost({ NODE_OPTIONS: `--require=${preload}`, UNROLL_TEST_DEATH: death });
  await page.goto(host.address);
  await openTemplate(page, 'Next character');
  await trainToCheckpoint(page, host.folder);
  await page.keyboard.press('Control+Enter');
  const pause = page.getByRole('button', { name: 'Pause', exact: true });
  await expect(pause).toBeVisible();
  await writeFile(death, '');
  const banner = page.getByRole('alert').filter({ hasText: 'The engine stopped: RangeError: a test ended the engine' });
  const step = await keptStep(host.folder);
  await expect(banner).toContainText(`A checkpoint of the run at step ${step} is kept.`);
  await expect(pause).toHaveCount(0);
  await expect(page.locator('.loss-plot canvas'), 'the curve stays').toBeVisible();
  await rm(death);

  await banner.getByRole('button', { name: `Restart from step ${step}` }).click();
  await expect(page.getByText(`Trains on from step ${step}`, { exact: true })).toBeVisible();
  await expect(banner).toHaveCount(0);
  await pause.click();
  await expect(page.getByRole('button', { name: 'Train', exact: true })).toBeEnabled();
  await host.close();
});
