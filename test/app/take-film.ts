// Takes the short film of the README of the built app: node test/app/take-film.ts
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { chromium, type Page } from '@playwright/test';
import gifenc from 'gifenc';
import { chromiumLaunch } from '../../src-main/launch/chromium.mjs';
import { openTemplate, startHost } from './app-fixture.ts';

const SIZE = { width: 1440, height: 900 };
/** Longest wait for a picture while the machine is busy training, in milliseconds. */
const SLOW = 120_000;
/** The film: pixels, frames and milliseconds between them. */
const FILM = { width: 960, height: 600, frames: 36, every: 350 };

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

/** An RNN, a GRU and an LSTM learn beside one another: their gradients over time. */
async function shoot(page: Page): Promise<readonly Buffer[]> {
  const shots: Buffer[] = [];
  await openTemplate(page, 'Three memories');
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  for (let frame = 0; frame < FILM.frames; frame += 1) {
    await page.waitForTimeout(FILM.every);
    shots.push(await page.screenshot({ timeout: SLOW }));
  }
  return shots;
}

const browser = await chromium.launch(chromiumLaunch());
const host = await startHost();
try {
  const page = await browser.newPage({ viewport: SIZE, colorScheme: 'light' });
  await page.goto(host.address);
  await page.getByRole('list', { name: 'Templates' }).waitFor();
  const shots = await shoot(page);
  await page.close();
  const blank = await browser.newPage();
  const film = gifenc.GIFEncoder();
  for (const shot of shots) {
    const pixels = await pixelsOf(blank, shot);
    const palette = gifenc.quantize(pixels, 128);
    film.writeFrame(gifenc.applyPalette(pixels, palette), FILM.width, FILM.height, { palette, delay: FILM.every });
  }
  film.finish();
  await writeFile(path.join(import.meta.dirname, '../../docs/film.gif'), film.bytes());
} finally {
  await browser.close();
  await host.close();
}
