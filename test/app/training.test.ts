import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Locator, Page } from '@playwright/test';
import { z } from 'zod';
import { block, expect, openTemplate, test } from './app-fixture.ts';

const commandLine = path.join(import.meta.dirname, '../../out/main/cli.js');
const run = promisify(execFile);

const train = (app: Page): Locator => app.getByRole('button', { name: 'Train', exact: true });
const readout = (app: Page): Locator => app.getByRole('status', { name: 'Training progress' });

/** What the legend of the loss panel says of one curve. */
async function legend(app: Page, curve: string): Promise<number> {
  const text = await app
    .locator('.loss-entry', { has: app.getByText(curve, { exact: true }) })
    .locator('dd')
    .innerText();
  return Number.parseFloat(text);
}

/** How many different colours a canvas shows. */
async function colours(canvas: Locator): Promise<number> {
  return canvas.evaluate((node: HTMLCanvasElement) => {
    const context = node.getContext('2d');
    if (context === null) return 0;
    const { data } = context.getImageData(0, 0, node.width, node.height);
    return new Set(new Uint32Array(data.buffer)).size;
  });
}

async function trainToTheEnd(app: Page): Promise<string> {
  await train(app).click();
  await expect(readout(app)).toContainText(/done, [\d,]+ steps/, { timeout: 90_000 });
  const score = /test accuracy ([\d.]+) %/.exec(await readout(app).innerText());
  if (score?.[1] === undefined) throw new Error('no test score on the screen');
  return score[1];
}

test('names: train, see the loss fall and the gradient, swap the cell, train again, export, and the command line agrees', async ({ app }, info) => {
  await openTemplate(app, 'Names');
  const plot = app.locator('.loss-plot .u-over');
  const map = app.getByRole('img', { name: /^Gradient map/ });

  await trainToTheEnd(app);
  const last = await legend(app, 'train');
  await plot.hover({ position: { x: 1, y: 40 } });
  const first = await legend(app, 'train');
  expect(last).toBeLessThan(first * 0.8);
  await expect(map).toBeVisible();
  expect(await colours(map)).toBeGreaterThan(4);
  await expect(app.getByRole('complementary', { name: 'Diagnosis' })).toContainText(/half-life [\d.]+ steps?: vanishing/);

  await block(app, 'RNN').click();
  await app.getByRole('combobox', { name: 'Cell type' }).click();
  await app.getByRole('option', { name: 'LSTM' }).click();
  await expect(readout(app)).toContainText('edited since');
  const score = await trainToTheEnd(app);
  expect(Number(score)).toBeGreaterThanOrEqual(78);
  await expect(readout(app)).not.toContainText('edited since');
  expect(await colours(map)).toBeGreaterThan(4);

  const downloading = app.waitForEvent('download');
  await app.getByRole('button', { name: 'Export the trained model' }).click();
  await app.getByRole('menuitem', { name: /^JSON/ }).click();
  const file = info.outputPath('names.model.json');
  await (await downloading).saveAs(file);
  await expect(app.getByText(/Read back and run by Unroll and unroll-runtime on \d+ examples: largest difference/)).toBeVisible();

  const { stdout } = await run(process.execPath, [commandLine, 'evaluate', file, '--json']);
  const evaluated = z.object({ score: z.number() }).parse(JSON.parse(stdout));
  expect((evaluated.score * 100).toFixed(1)).toBe(score);
});

test('training pauses, steps, goes on and stops with a test score', async ({ app }) => {
  await openTemplate(app, 'Sentiment');
  const step = app.getByRole('button', { name: 'One training step' });
  await step.click();
  await expect(readout(app)).toContainText('paused at step 1');
  await step.click();
  await expect(readout(app)).toContainText('paused at step 2');
  await train(app).click();
  await app.getByRole('button', { name: 'Pause', exact: true }).click();
  await expect(readout(app)).toContainText(/paused at step/);
  await app.getByRole('button', { name: 'Stop and take the test score' }).click();
  await expect(readout(app)).toContainText(/test accuracy/);
  await app.getByRole('button', { name: /^Reset/ }).click();
  await expect(readout(app)).toContainText('ready');
  await expect(app.getByText('No run yet')).toBeVisible();
});

test('a learning rate that is far too high stops with the place, and says what to do', async ({ app }) => {
  await openTemplate(app, 'Names');
  const rate = app.getByRole('textbox', { name: 'Learning rate' });
  await rate.fill('1000000');
  await rate.press('Enter');
  await train(app).click();
  const banner = app.getByRole('alert');
  await expect(banner).toContainText(/Training stopped after \d+ updates?: .* rnn1:t\d+/);
  await expect(banner).toContainText('a lower learning rate');
});

test('the learning rate changes mid-run without a reset and leaves a mark', async ({ app }) => {
  await openTemplate(app, 'Names');
  await app.getByRole('button', { name: 'One training step' }).click();
  const rate = app.getByRole('textbox', { name: 'Learning rate' });
  await rate.fill('0.0005');
  await rate.press('Enter');
  await expect(readout(app)).not.toContainText('edited since');
  await app.getByRole('button', { name: 'One training step' }).click();
  await expect(readout(app)).toContainText('paused at step 2');
});

test('another project opened right after Train does not train by itself, also where the host answers late', async ({ app, page, context }) => {
  const { host: address } = new URL(app.url());
  const late = await context.newPage();
  let delay = 0;
  await late.routeWebSocket(/\/socket/u, (socket) => {
    const server = socket.connectToServer();
    server.onMessage((message) => setTimeout(() => socket.send(message), delay));
  });
  await page.close();
  await late.goto(`http://${address}/`);
  await openTemplate(late, 'Forecast, every month');
  await train(late).click();
  await expect(readout(late)).toContainText(/done, [\d,]+ steps/, { timeout: 90_000 });
  // Longer than it takes to open the other: Train has asked to reset the run, and hears of it when the other is on its way.
  delay = 3000;
  await train(late).click();
  await late.getByRole('button', { name: 'Templates' }).click();
  await late.getByRole('button', { name: /^Names/ }).click();
  await expect(readout(late)).toContainText('ready', { timeout: 30_000 });
  await late.getByRole('button', { name: 'One training step' }).click();
  await expect(readout(late)).toContainText('paused at step 1', { timeout: 30_000 });
});
