import { readFile } from 'node:fs/promises';
import type { Page, TestInfo } from '@playwright/test';
import Papa from 'papaparse';
import { expect, openTemplate, test } from './app-fixture.ts';

/** Saves from one menu, and reads the file that came. */
async function save(app: Page, info: TestInfo, menu: string | RegExp, format: string): Promise<{ readonly name: string; readonly bytes: Buffer }> {
  await app.getByRole('button', { name: menu }).first().click();
  const downloading = app.waitForEvent('download');
  await app.getByRole('menuitem', { name: new RegExp(`^${format}`) }).click();
  const download = await downloading;
  const name = download.suggestedFilename();
  const file = info.outputPath(name);
  await download.saveAs(file);
  await expect(app.getByText(`Saved ${name}`).first()).toBeVisible();
  return { name, bytes: await readFile(file) };
}

/** Texts and paths of an SVG as a browser's own parser of XML reads it. */
async function readSvg(
  app: Page,
  bytes: Buffer,
): Promise<{ readonly texts: readonly string[]; readonly paths: readonly string[]; readonly cells: readonly string[] }> {
  return app.evaluate((text) => {
    const parsed = new DOMParser().parseFromString(text, 'image/svg+xml');
    if (parsed.querySelector('parsererror') !== null) throw new Error('no XML');
    const all = (selector: string, read: (element: Element) => string): string[] => [...parsed.querySelectorAll(selector)].map(read);
    return {
      texts: all('text', (element) => element.textContent),
      paths: all('path', (element) => element.getAttribute('d') ?? ''),
      cells: all('rect', (element) => element.getAttribute('fill') ?? ''),
    };
  }, bytes.toString('utf8'));
}

/** Width, height and how many different colours a PNG has, decoded by the browser. */
async function readPng(
  app: Page,
  bytes: Buffer,
): Promise<{ readonly width: number; readonly height: number; readonly colours: number; readonly corner: string }> {
  return app.evaluate(async (base64) => {
    const blob = new Blob([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], { type: 'image/png' });
    const bitmap = await createImageBitmap(blob);
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const context = canvas.getContext('2d')!;
    context.drawImage(bitmap, 0, 0);
    const pixels = new Uint32Array(context.getImageData(0, 0, bitmap.width, bitmap.height).data.buffer);
    const [red, green, blue] = context.getImageData(2, 2, 1, 1).data;
    return { width: bitmap.width, height: bitmap.height, colours: new Set(pixels).size, corner: [red, green, blue].join(' ') };
  }, bytes.toString('base64'));
}

function readCsv(bytes: Buffer): readonly Readonly<Record<string, string>>[] {
  const { data, errors } = Papa.parse<Record<string, string>>(bytes.toString('utf8'), { header: true, skipEmptyLines: true });
  expect(errors).toEqual([]);
  return data;
}

test('pictures: the loss leaves as a drawing with its curves and axes, as a picture and as a table', async ({ app }, info) => {
  await app.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await openTemplate(app, 'Names');
  await app.getByRole('button', { name: 'Train', exact: true }).click();
  await expect(app.getByRole('status', { name: 'Training progress' })).toContainText(/done, [\d,]+ steps/, { timeout: 90_000 });

  const svg = await save(app, info, 'Save the loss', 'SVG');
  expect(svg.name).toBe('names-loss.svg');
  const { texts, paths } = await readSvg(app, svg.bytes);
  for (const text of ['training step', 'loss', 'accuracy', 'train, smoothed', 'validation', 'train, every step']) expect(texts).toContain(text);
  expect(texts.some((text) => /^Loss of Names; test accuracy [\d.]+ %$/.test(text))).toBe(true);
  expect(paths.length).toBe(4);
  for (const path of paths) expect(path).toMatch(/^M[\d.]+ [\d.]+L/);

  const png = await save(app, info, 'Save the loss', 'PNG');
  expect(png.name).toBe('names-loss.png');
  const picture = await readPng(app, png.bytes);
  expect([picture.width, picture.height]).toEqual([1920, 1080]);
  expect(picture.corner).toBe('255 255 255');
  expect(picture.colours).toBeGreaterThan(50);

  const rows = readCsv((await save(app, info, 'Save the loss', 'CSV')).bytes);
  expect(Object.keys(rows[0]!)).toEqual(['training step', 'train, every step', 'train, smoothed', 'validation', 'accuracy, validation']);
  expect(rows.length).toBeGreaterThan(50);
  const last = rows.findLast((row) => row['validation'] !== '');
  await expect(app.locator('.loss-legend')).toContainText(Number(last!['validation']).toFixed(3));

  const flow = await readSvg(app, (await save(app, info, 'Save the flow', 'SVG')).bytes);
  for (const text of ['steps before the loss', 'gradient norm', 'fitted decay']) expect(flow.texts).toContain(text);

  await app.getByRole('tab', { name: 'Unrolled' }).click();
  const seen = await app.locator('.unrolled-canvas').boundingBox();
  const unrolled = await save(app, info, 'Save the unrolled view', 'PNG');
  expect(unrolled.name).toBe('names-unrolled.png');
  const view = await readPng(app, unrolled.bytes);
  expect(Math.abs(view.width - 2 * seen!.width)).toBeLessThanOrEqual(2);
  expect(Math.abs(view.height - 2 * seen!.height)).toBeLessThanOrEqual(2);
  expect(view.colours).toBeGreaterThan(50);
  await app.getByRole('tab', { name: 'Design' }).click();

  await app.getByRole('tab', { name: 'Scores' }).click();
  const confusion = readCsv((await save(app, info, 'Save the confusion matrix', 'CSV')).bytes);
  expect(confusion.map(({ truth, answer }) => `${truth!} ${answer!}`)).toEqual(['female female', 'female male', 'male female', 'male male']);
  const cells = await app.locator('.confusion-cell').allInnerTexts();
  expect(confusion.map(({ count }) => Number(count))).toEqual(cells.map((text) => Number(text.replaceAll(',', ''))));
});

test('pictures: the numbers of a saved gradient map are those that are painted', async ({ app }, info) => {
  await app.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await openTemplate(app, 'Sentiment');
  await app.getByRole('button', { name: 'One training step' }).click();
  await expect(app.getByText('paused at step 1')).toBeVisible();
  await app.getByRole('tab', { name: 'Gradients' }).click();
  const map = app.getByRole('img', { name: /^Gradient map/ });
  await expect(map).toBeVisible();

  const { name, bytes } = await save(app, info, 'Save the gradient map', 'CSV');
  expect(name).toBe('sentiment-gradients.csv');
  const rows = readCsv(bytes);
  expect(Object.keys(rows[0]!)).toEqual(['layer', 'direction', 'steps before the loss', 'value']);
  expect(new Set(rows.map(({ layer, direction }) => `${layer!} ${direction!}`))).toEqual(new Set(['gru1 forward', 'gru1 backward']));
  const steps = rows.length / 2;
  const box = await map.boundingBox();
  for (const column of [1, 3, 5]) {
    await map.hover({ position: { x: ((column - 0.5) / steps) * box!.width, y: 8 } });
    const said = await app.locator('.gradients-readout').innerText();
    const painted = Number(/: ([\d.e-]+) over/.exec(said)?.[1]);
    const saved = Number(rows.find((row) => row['direction'] === 'forward' && row['steps before the loss'] === String(steps - column))!['value']);
    expect(painted).toBeCloseTo(saved, 3);
    expect(Math.abs(painted / saved - 1)).toBeLessThan(0.05);
  }
  const png = await readPng(app, (await save(app, info, 'Save the gradient map', 'PNG')).bytes);
  expect(png.width).toBe(1920);
  expect(png.corner).toBe('20 23 29');
  expect((await readSvg(app, (await save(app, info, 'Save the gradient map', 'SVG')).bytes)).cells.length).toBeGreaterThan(2 * steps);

  await app.getByRole('tab', { name: 'States' }).click();
  await app.getByRole('textbox', { name: 'Text', exact: true }).fill('a stunning film');
  await expect(app.getByRole('img', { name: /^hidden state of gru1 →: \d+ units over 3 steps/ })).toBeVisible();
  const states = readCsv((await save(app, info, 'Save the states', 'CSV')).bytes);
  expect(new Set(states.map(({ quantity }) => quantity))).toEqual(new Set(['h', 'r', 'z']));
  expect(states.filter(({ quantity, unit }) => quantity === 'h' && unit === '1').map(({ token }) => token)).toEqual(['a', 'stunning', 'film']);
  await app.getByRole('radio', { name: 'connectivity' }).click();
  await expect(app.getByRole('button', { name: 'Save the connectivity' })).toBeVisible();
  const connectivity = readCsv((await save(app, info, 'Save the connectivity', 'CSV')).bytes);
  expect(connectivity.reduce((sum, { share }) => sum + Number(share), 0)).toBeCloseTo(1, 6);
});

test('pictures: a forecast leaves with what was measured and what was foretold', async ({ app }, info) => {
  await openTemplate(app, 'Forecast Reads');
  await app.getByRole('button', { name: 'One training step' }).click();
  await expect(app.getByText('paused at step 1')).toBeVisible();
  await app.getByRole('tab', { name: 'Samples' }).click();
  await expect(app.getByRole('region', { name: 'Forecast', exact: true })).toContainText(/24 read, 12 forecast/);
  const { name, bytes } = await save(app, info, /^Save: .*forecast beyond the window/, 'SVG');
  expect(name).toMatch(/-forecast\.svg$/);
  const { texts, paths } = await readSvg(app, bytes);
  expect(texts.length).toBeGreaterThan(10);
  expect(paths.length).toBeGreaterThanOrEqual(2);
});
