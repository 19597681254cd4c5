import { chromium, type CDPSession, type Page } from '@playwright/test';
import { chromiumLaunch } from '../../src-main/launch/chromium.mjs';
import { startHost } from '../app/app-fixture.ts';
import { openWithAllPanels } from './window/all-panels.ts';
import { framesDuring, framesText } from './window/frames.ts';

/**
 * The window beside a training at full speed, of the built app: `npm run bench -- --window --train MINUTES`. Every panel of the dock is in sight, the gradients
 * of every layer and step are painted as they come. Told for each round: the frames, what the probes cost, and what the page holds after a collection of garbage.
 */
const ROUND = 20_000;
const SIZE = { width: 1440, height: 900 };
const TEMPLATE = 'Next character';

interface Held {
  /** Bytes. */
  readonly heap: number;
  readonly nodes: number;
  /** Pixels of all canvases: what they hold on the graphics card. */
  readonly canvas: number;
}

async function held(page: Page, session: CDPSession): Promise<Held> {
  await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  const metric = (name: string): number => metrics.find((each) => each.name === name)?.value ?? 0;
  const canvas = await page.evaluate(() => [...document.querySelectorAll('canvas')].reduce((sum, { width, height }) => sum + width * height, 0));
  return { heap: metric('JSHeapUsedSize'), nodes: metric('Nodes'), canvas };
}

/** Trains on where a run has ended: its end is not what is measured. */
async function keepTraining(page: Page): Promise<void> {
  const train = page.locator('css=button', { hasText: /^(Train|Continue)$/ }).first();
  if (await train.isVisible()) await train.click();
}

const megabytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MB`;

/** Of a round that follows the first: how the heap changed since then. */
function heldText({ heap, nodes, canvas }: Held, first: Held): string {
  const change = heap - first.heap;
  return `heap ${megabytes(heap)} (${change >= 0 ? '+' : '-'}${megabytes(Math.abs(change))}), ${String(nodes)} DOM nodes, canvases ${(canvas / 1e6).toFixed(2)} Mpixel`;
}

export async function benchTraining(minutes: number): Promise<void> {
  const host = await startHost();
  const browser = await chromium.launch(chromiumLaunch());
  try {
    const page = await openWithAllPanels(browser, host.address, TEMPLATE, SIZE);
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable');
    await keepTraining(page);
    await page.getByRole('img', { name: /^Gradient map/ }).waitFor({ timeout: 120_000 });
    console.log(`${TEMPLATE}, training at full speed with every panel in sight, ${String(minutes)} minutes`);
    let first: Held | null = null;
    for (let round = 1; round <= Math.max(1, Math.round((minutes * 60_000) / ROUND)); round++) {
      await keepTraining(page);
      const frames = await framesDuring(page, () => new Promise((resolve) => setTimeout(resolve, ROUND)));
      const now = await held(page, session);
      first ??= now;
      const rate = await page.locator('css=.scrubber-rate').getAttribute('title');
      console.log(`  ${String((round * ROUND) / 1000)} s: ${framesText(frames)}`);
      console.log(`      ${heldText(now, first)}; ${rate ?? 'no probes yet'}`);
    }
  } finally {
    await browser.close();
    await host.close();
  }
}
