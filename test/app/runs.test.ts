import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { placeOnScale, shadeAt } from '../../src-renderer/charts/colour-scale.ts';
import { block, expect, openTemplate, startHost, test } from './app-fixture.ts';

const train = (app: Page): Locator => app.getByRole('button', { name: 'Train', exact: true });
const readout = (app: Page): Locator => app.getByRole('status', { name: 'Training progress' });
const rows = (app: Page): Locator => app.getByRole('region', { name: 'Kept runs' }).locator('tbody tr');
const panel = (app: Page): Locator => app.locator('.runs');

async function showRuns(app: Page): Promise<void> {
  await app.getByRole('tab', { name: /^Runs/ }).click();
}

async function trainToTheEnd(app: Page): Promise<void> {
  await train(app).click();
  await expect(readout(app)).toContainText(/done, [\d,]+ steps.*test accuracy/, { timeout: 90_000 });
}

async function choose(app: Page, run: string, item: string | RegExp): Promise<void> {
  await app.getByRole('button', { name: `More for ${run}` }).click();
  await app.getByRole('menuitem', { name: item }).click();
}

/** The number under a cell of a picture and the colour it is painted in, read at the middle of the cell. */
async function painted(half: Locator, t: number): Promise<{ readonly value: number; readonly colour: string }> {
  const canvas = half.getByRole('img', { name: /^Gradient of/ });
  const box = await canvas.boundingBox();
  const steps = Number(/, (\d+) steps/.exec((await canvas.getAttribute('aria-label')) ?? '')?.[1]);
  if (box === null) throw new Error('no picture');
  const x = ((t - 0.5) / steps) * box.width;
  await canvas.hover({ position: { x, y: 10 } });
  const text = await half.locator('.compare-readout').innerText();
  await half.locator('.compare-title').hover();
  await expect(half.locator('.compare-readout')).toContainText(/^step/);
  const colour = await canvas.evaluate((node: HTMLCanvasElement, at) => {
    const scale = window.devicePixelRatio;
    const [r = 0, g = 0, b = 0] = node.getContext('2d')?.getImageData(Math.round(at * scale), Math.round(10 * scale), 1, 1).data ?? [];
    return `rgb(${String(r)}, ${String(g)}, ${String(b)})`;
  }, x);
  return { value: Number.parseFloat(text.split(': ')[1] ?? ''), colour };
}

function distance(one: string, other: string): number {
  const parts = (colour: string): readonly number[] => {
    const hex = /^#(..)(..)(..)$/.exec(colour);
    return hex === null ? (colour.match(/\d+/g) ?? []).map(Number) : hex.slice(1).map((part) => Number.parseInt(part, 16));
  };
  const [a, b] = [parts(one), parts(other)];
  return Math.max(...a.map((part, index) => Math.abs(part - (b[index] ?? 0))));
}

test('a run is forked as an LSTM of the same budget; both are listed with the difference, compared on one scale, and drawn over each other', async ({
  app,
}) => {
  await openTemplate(app, 'Names');
  await trainToTheEnd(app);
  await showRuns(app);
  await expect(rows(app)).toHaveCount(1);
  await expect(rows(app).first()).toContainText('first run');

  await choose(app, 'Run 1', /^Fork as LSTM/);
  await expect(rows(app)).toHaveCount(2);
  await expect(rows(app).first()).toContainText(/RNN → LSTM · units \d+ → \d+/);
  await expect(block(app, 'LSTM')).toBeVisible();
  await expect(rows(app).first()).toContainText('test accuracy', { timeout: 90_000 });
  await expect(app.getByRole('tab', { name: 'Runs, 2' })).toBeVisible();

  await app.getByRole('checkbox', { name: 'Draw Run 1 over the loss' }).check();
  await expect(app.locator('.loss-entry', { hasText: 'Run 1' }).locator('dd')).toHaveText(/\d\.\d+/);

  await app.getByRole('button', { name: /^Pin Run 1/ }).click();
  await app.getByRole('button', { name: /^Pin Run 2/ }).click();
  const halves = [app.getByRole('region', { name: 'Run 1' }), app.getByRole('region', { name: 'Run 2' })] as const;
  for (const half of halves) await expect(half.getByRole('img', { name: /^Gradient of/ })).toBeVisible();
  const ends = await Promise.all(halves.map((half) => half.getByRole('img', { name: /^Loss of/ }).getAttribute('aria-label')));
  expect(ends[0]?.replace('Run 1', '')).toBe(ends[1]?.replace('Run 2', ''));
  for (const half of halves) {
    for (const t of [1, 4, 7]) {
      const { value, colour } = await painted(half, t);
      expect(value).toBeGreaterThan(0);
      expect(distance(colour, shadeAt(placeOnScale(value))), `t = ${String(t)}: ${String(value)} painted ${colour}`).toBeLessThanOrEqual(6);
    }
  }
  const downloading = app.waitForEvent('download');
  await app.getByRole('button', { name: 'Save the gradient of Run 1' }).click();
  await app.getByRole('menuitem', { name: /^CSV/ }).click();
  expect((await downloading).suggestedFilename()).toBe('names-gradients-of-run-1.csv');
});

test('a run is renamed where it stands, deleted with a way back, and opened again with its weights', async ({ app }) => {
  await openTemplate(app, 'Names');
  await trainToTheEnd(app);
  const made = /done, ([\d,]+) steps/.exec(await readout(app).innerText())?.[1] ?? '';
  await showRuns(app);
  await choose(app, 'Run 1', 'Rename');
  const field = app.getByRole('textbox', { name: 'Name of Run 1' });
  await field.fill('Plain RNN');
  await field.press('Enter');
  await expect(rows(app).first()).toContainText('Plain RNN');

  await choose(app, 'Plain RNN', 'Delete');
  await expect(panel(app)).toContainText('No run of this project yet');
  await app.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(rows(app)).toHaveCount(1);

  await app.getByRole('button', { name: /^Reset/ }).click();
  await expect(readout(app)).toContainText('ready');
  await choose(app, 'Plain RNN', /^Open with its weights/);
  await expect(readout(app)).toContainText(`paused at step ${made}`);
  await expect(app.locator('.loss-entry', { hasText: 'train' }).locator('dd')).toHaveText(/\d\.\d+/);
  await expect(rows(app)).toHaveCount(1);
});

test('runs are there after a restart of the host', async ({ page }) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'unroll-user-'));
  const first = await startHost({ UNROLL_USER_FOLDER: folder });
  await page.goto(first.address);
  await openTemplate(page, 'Names');
  await trainToTheEnd(page);
  await first.close();
  const second = await startHost({ UNROLL_USER_FOLDER: folder });
  await page.goto(second.address);
  await openTemplate(page, 'Names');
  await showRuns(page);
  await page.getByRole('button', { name: 'Show 1 of other projects' }).click();
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page).first()).toContainText(/Names.*first run.*test accuracy.*done/s);
  await second.close();
  await rm(folder, { recursive: true, force: true });
});
