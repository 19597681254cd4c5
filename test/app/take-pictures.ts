// Takes docs/window.png from the built app: node test/app/take-pictures.ts
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { chromiumLaunch } from '../../src-main/launch/chromium.mjs';
import { block, openTemplate, startHost } from './app-fixture.ts';

const target = path.join(import.meta.dirname, '../../docs/window.png');

/** Sentiment, trained, with its cell selected. */
async function arrange(page: Page): Promise<void> {
  await openTemplate(page, 'Sentiment');
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await page.getByText(/done, [\d,]+ steps/).waitFor({ timeout: 90_000 });
  await block(page, 'GRU').click();
  await page.locator('.katex').last().scrollIntoViewIfNeeded();
  await page.mouse.move(0, 0);
}

const host = await startHost();
const browser = await chromium.launch(chromiumLaunch());
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, colorScheme: 'dark', reducedMotion: 'reduce' });
  await page.goto(host.address);
  await arrange(page);
  await mkdir(path.dirname(target), { recursive: true });
  await page.screenshot({ path: target, animations: 'disabled' });
} finally {
  await browser.close();
  await host.close();
}
