import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from '@playwright/test';
import { SCENARIOS } from '../../../src-engine/scenarios/scenarios.ts';
import { startHost } from '../../app/app-fixture.ts';

const TEMPLATES = ['names', 'sentiment', 'forecast', 'recall-lstm', 'addition'];

/** Bytes of the page's own scripts, compressed, without what is loaded when first opened (Monaco, elk, KaTeX, the import dialog). */
async function initialScript(renderer: string): Promise<number> {
  const page = await readFile(join(renderer, 'index.html'), 'utf8');
  const scripts = [...page.matchAll(/(?:src|href)="\.?\/?(?<file>assets\/[^"]+\.js)"/gu)].map((match) => match.groups?.['file'] ?? '');
  const sizes = await Promise.all(scripts.map(async (file) => gzipSync(await readFile(join(renderer, file))).length));
  return sizes.reduce((sum, size) => sum + size, 0);
}

interface Start {
  readonly firstPaint: number;
  readonly ready: number;
}

/** A start of the page with the browser's caches warm: milliseconds from navigation to the first paint and to a gallery that can be clicked. */
async function warmStart(page: Page): Promise<Start> {
  await page.reload({ waitUntil: 'commit' });
  await page.getByRole('button', { name: /^Names/ }).waitFor();
  const ready = await page.evaluate(() => performance.now());
  // The browser tells of a paint some time after it.
  const paint = await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime);
  return { firstPaint: (await paint.jsonValue()) ?? Number.NaN, ready };
}

/** Milliseconds from the press of Train to the first point on the curve, measured in the page. */
async function firstPoint(page: Page): Promise<number> {
  return await page.evaluate(async () => {
    const train = [...document.querySelectorAll('button')].find((button) => button.textContent.trim() === 'Train');
    if (train === undefined) throw new Error('no Train button');
    const drawn = new Promise<number>((resolve) => {
      const look = (): void => {
        if (document.querySelector('.loss-plot .u-over') === null) requestAnimationFrame(look);
        else resolve(performance.now());
      };
      requestAnimationFrame(look);
    });
    const pressed = performance.now();
    train.click();
    return (await drawn) - pressed;
  });
}

/** Prints how the window starts, and how soon each of some templates shows its first point; a host of its own for each template, so that nothing is warm. */
export async function reportStart(browser: Browser, size: { readonly width: number; readonly height: number }, renderer: string): Promise<void> {
  console.log('\nStart');
  console.log(`  initial script ${((await initialScript(renderer)) / 1000).toFixed(0)} kB compressed`);
  for (const id of TEMPLATES) {
    const title = SCENARIOS.find((scenario) => scenario.id === id)?.title ?? id;
    const host = await startHost();
    const page = await browser.newPage({ viewport: size });
    await page.goto(host.address);
    await page.getByRole('button', { name: /^Names/ }).waitFor();
    if (id === TEMPLATES[0]) {
      const starts = [await warmStart(page), await warmStart(page), await warmStart(page)];
      const text = (pick: (start: Start) => number): string => starts.map((start) => pick(start).toFixed(0)).join(', ');
      console.log(`  warm start: first paint ${text((each) => each.firstPaint)} ms, gallery ready ${text((each) => each.ready)} ms`);
    }
    const opened = performance.now();
    await page
      .getByRole('button', { name: new RegExp(`^${title}`, 'u') })
      .first()
      .click();
    await page.getByText(/^ready/u).waitFor();
    const loading = performance.now() - opened;
    await page.waitForTimeout(500);
    console.log(`  ${id}: ready after ${loading.toFixed(0)} ms, first point ${(await firstPoint(page)).toFixed(0)} ms after the press of Train`);
    await page.close();
    await host.close();
  }
}
