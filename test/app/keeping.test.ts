import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test as plain, type Page } from '@playwright/test';
import { block, expect, openTemplate, startHost } from './app-fixture.ts';

/** Milliseconds after which an edit is kept, whatever happens then. */
const KEPT_AFTER = 2000;

const kept = (app: Page) => app.getByRole('region', { name: 'Left unsaved' });
const unsavedFiles = async (folder: string): Promise<readonly string[]> =>
  (await readdir(join(folder, 'unroll', 'unsaved')).catch(() => [])).filter((name) => name.endsWith('.unsaved'));

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
  await page.waitForTimeout(KEPT_AFTER);
  await first.kill();
  await expect(page.getByText('The window has lost its host.')).toBeVisible();

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
    await app.getByRole('textbox', { name: 'Project name' }).fill(`My ${template}`);
    await app.keyboard.press('Enter');
  }
  await expect.poll(() => unsavedFiles(first.folder), { timeout: KEPT_AFTER + 3000 }).toHaveLength(2);
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
  await page.keyboard.press('Control+Enter');
  const pause = page.getByRole('button', { name: 'Pause', exact: true });
  await expect(pause).toBeVisible();
  // A pause takes a checkpoint where the last is five seconds old.
  await page.waitForTimeout(6000);
  await pause.click();
  const checkpoints = async (): Promise<readonly string[]> =>
    (await readdir(join(first.folder, 'unroll', 'checkpoints')).catch(() => [])).filter((name) => name.endsWith('.json'));
  await expect.poll(checkpoints, { timeout: 60_000 }).toHaveLength(1);
  await page.keyboard.press('Control+Enter');
  await expect(pause).toBeVisible();
  await first.kill();
  const entry = JSON.parse(await readFile(join(first.folder, 'unroll', 'checkpoints', (await checkpoints())[0]!), 'utf8')) as { step: number };

  const second = await startHost({}, first);
  const next = await page.context().newPage();
  await next.goto(second.address);
  await expect(kept(next)).toContainText(`checkpoint at step ${entry.step.toLocaleString('en-GB')}`);
  await next.getByRole('button', { name: 'Resume Next character' }).click();
  await expect(next.getByText(`Paused at step ${entry.step.toLocaleString('en-GB')}`)).toBeVisible();
  await expect(next.locator('.loss-plot canvas'), 'its curve is there').toBeVisible();
  await next.keyboard.press('Control+Enter');
  await expect(next.getByRole('button', { name: 'Pause', exact: true })).toBeVisible();
  await next.getByRole('button', { name: 'Pause', exact: true }).click();
  await second.close();
});
