// Takes the guide's pictures of the built app into docs/guide/pictures, each template after its training or after a while of it, and the short film of the README:
// node test/app/take-guide-pictures.ts [ID ...|film]
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { chromium, type Browser, type Page } from '@playwright/test';
import gifenc from 'gifenc';
import { SCENARIOS } from '../../src-engine/scenarios/scenarios.ts';
import { chromiumLaunch } from '../../src-main/launch/chromium.mjs';
import { startHost } from './app-fixture.ts';

const docs = path.join(import.meta.dirname, '../../docs');
const SIZE = { width: 1440, height: 900 };
/** Longest wait for a training, in milliseconds; the language models of Moby Dick are then still learning. */
const PATIENCE = 45_000;
/** Longest wait for a picture while the machine is busy training. */
const SLOW = 120_000;
/** The film: pixels, frames and milliseconds between them. */
const FILM = { width: 960, height: 600, frames: 36, every: 350 };

async function openCard(page: Page, title: string): Promise<void> {
  await page
    .getByRole('list', { name: 'Templates' })
    .getByRole('button', { name: new RegExp(`^${title.replaceAll(/[()?]/gu, '.')}`, 'u') })
    .first()
    .click();
  await page.getByText(/^ready/u).waitFor();
}

async function withApp(browser: Browser, use: (page: Page) => Promise<void>): Promise<void> {
  const host = await startHost();
  const page = await browser.newPage({ viewport: SIZE, colorScheme: 'light' });
  await page.goto(host.address);
  await page.getByRole('list', { name: 'Templates' }).waitFor();
  await use(page);
  await page.close();
  await host.close();
}

/** Opens the card, trains, and waits for the end or for the patience to run out. */
async function takeTemplate(page: Page, id: string, title: string): Promise<void> {
  await openCard(page, title);
  await page.getByRole('button', { name: 'Train', exact: true }).first().click();
  await page
    .getByText(/(?:done|early|stopped at), ?|stopped at step/u)
    .first()
    .waitFor({ timeout: PATIENCE })
    .catch(() => undefined);
  await page.waitForTimeout(500);
  await page.mouse.move(0, 0);
  await page.screenshot({ path: path.join(docs, 'guide/pictures', `${id}.png`), animations: 'disabled', timeout: SLOW });
}

/** The pixels of a picture, decoded by the browser. */
async function pixelsOf(blank: Page, png: Buffer): Promise<Uint8ClampedArray> {
  const numbers = await blank.evaluate(
    async ({ data, width, height }) => {
      const picture = await createImageBitmap(await (await fetch(`data:image/png;base64,${data}`)).blob());
      const context = new OffscreenCanvas(width, height).getContext('2d');
      if (context === null) throw new Error('no canvas');
      context.imageSmoothingQuality = 'high';
      context.drawImage(picture, 0, 0, width, height);
      return btoa(Array.from(context.getImageData(0, 0, width, height).data, (byte) => String.fromCharCode(byte)).join(''));
    },
    { data: png.toString('base64'), width: FILM.width, height: FILM.height },
  );
  return new Uint8ClampedArray(Buffer.from(numbers, 'base64'));
}

/** An RNN, a GRU and an LSTM learn beside one another: their gradients over time, filmed. */
async function takeFilm(browser: Browser): Promise<void> {
  const shots: Buffer[] = [];
  await withApp(browser, async (page) => {
    await openCard(page, 'Three memories');
    await page.getByRole('button', { name: 'Train', exact: true }).click();
    for (let frame = 0; frame < FILM.frames; frame += 1) {
      await page.waitForTimeout(FILM.every);
      shots.push(await page.screenshot({ timeout: SLOW }));
    }
  });
  const blank = await browser.newPage();
  const film = gifenc.GIFEncoder();
  for (const shot of shots) {
    const pixels = await pixelsOf(blank, shot);
    const palette = gifenc.quantize(pixels, 128);
    film.writeFrame(gifenc.applyPalette(pixels, palette), FILM.width, FILM.height, { palette, delay: FILM.every });
  }
  film.finish();
  await writeFile(path.join(docs, 'film.gif'), film.bytes());
}

const asked = process.argv.slice(2);
await mkdir(path.join(docs, 'guide/pictures'), { recursive: true });
const browser = await chromium.launch(chromiumLaunch());
try {
  if (asked.length === 0 || asked.includes('film')) await takeFilm(browser);
  for (const { id, title } of SCENARIOS) {
    if (asked.length > 0 && !asked.includes(id)) continue;
    await withApp(browser, (page) => takeTemplate(page, id, title));
    console.log(id);
  }
} finally {
  await browser.close();
}
