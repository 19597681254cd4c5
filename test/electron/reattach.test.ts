import type { Page } from '@playwright/test';
import { openTemplate } from '../app/app-fixture.ts';
import { expect, test } from './desktop.ts';

/** The step that the readout names. */
async function step(page: Page): Promise<number> {
  const text = await page.getByRole('status', { name: 'Training progress' }).innerText();
  return Number((/step ([\d,]+)/.exec(text)?.[1] ?? '0').replaceAll(',', ''));
}

test('"window reloaded during training": training goes on; the view reattaches with its history', async ({ desktop }) => {
  test.slow();
  const page = desktop.page();
  await openTemplate(page, 'Next character');
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await expect.poll(() => step(page)).toBeGreaterThan(2);
  const before = await step(page);
  await page.reload();
  await expect.poll(() => step(page)).toBeGreaterThan(before);
  await expect(page.getByRole('region', { name: 'Canvas' })).toBeVisible();
  await page.locator('.loss-plot .u-over').hover({ position: { x: 1, y: 40 } });
  await expect(page.locator('.loss-entry', { hasText: /^step/ }).locator('dd')).toHaveText('1');
  const now = await step(page);
  await expect.poll(() => step(page)).toBeGreaterThan(now);
});
