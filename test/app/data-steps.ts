import type { Locator, Page } from '@playwright/test';
import { expect } from './app-fixture.ts';

export function importDialog(app: Page): Locator {
  return app.getByRole('dialog', { name: 'From your data' });
}

/** From the gallery, or from anywhere by its key. */
export async function openImport(app: Page): Promise<void> {
  await app.keyboard.press('Control+i');
  await expect(importDialog(app)).toBeVisible();
}

/** Picks files with one of the dialog's buttons and waits until they have been looked into. */
export async function chooseData(app: Page, button: string, files: string | readonly string[]): Promise<void> {
  const choosing = app.waitForEvent('filechooser');
  await importDialog(app).getByRole('button', { name: button }).click();
  await (await choosing).setFiles(typeof files === 'string' ? files : [...files]);
  await expect(importDialog(app).getByRole('region', { name: 'What was recognised' })).toBeVisible();
}

export async function showData(app: Page): Promise<void> {
  await app.getByRole('tab', { name: /^Data/ }).click();
  await expect(app.getByRole('region', { name: 'Sample rows' })).toBeVisible();
}
