import type { Locator, Page } from '@playwright/test';
import { expect, openTemplate, test } from './app-fixture.ts';
import { expectSound } from './axe.ts';

const panel = (app: Page): Locator => app.getByRole('complementary', { name: 'Memory of a cell' });
const plot = (app: Page): Locator => app.getByRole('img', { name: /^Accuracy of recall against the lag/ });

async function open(app: Page, template: string): Promise<void> {
  await openTemplate(app, template);
  await app.getByRole('tab', { name: 'Memory' }).click();
  await expect(app.getByText('How long does this cell remember?')).toBeVisible();
}

async function choose(app: Page, label: string, value: string): Promise<void> {
  await panel(app).getByRole('combobox', { name: label }).click();
  await app.getByRole('option', { name: value, exact: true }).click();
}

async function measured(app: Page): Promise<void> {
  await panel(app).getByRole('button', { name: 'Measure' }).click();
  await expect(panel(app).getByRole('status')).toBeVisible({ timeout: 120_000 });
}

test('memory: an RNN collapses at some lag, a GRU in its place later; the half-life of the gradient is told beside it', async ({ app }) => {
  await open(app, 'Recall with an RNN');
  await choose(app, 'Longest lag', '32');
  await measured(app);
  const result = panel(app).getByRole('region', { name: 'Result' }).or(panel(app).getByRole('status'));
  await expect(result.first()).toContainText(/RNN, 48 units\s*Remembers up to \d+ steps?; at \d+ recall collapses\./);
  await expect(result.first()).toContainText(/Its gradient halves every 0\.\d steps before training/);
  await expect(plot(app)).toHaveAccessibleName(/1: RNN, 48 units: 100 % at lag 1, /);

  await app.getByRole('tab', { name: 'Gradients' }).click();
  await app.getByRole('button', { name: 'Train', exact: true }).click();
  const swap = app.getByRole('complementary', { name: 'Diagnosis' }).getByRole('button', { name: 'GRU, same parameters' });
  await swap.click({ timeout: 60_000 });
  await app.getByRole('tab', { name: 'Memory' }).click();
  await measured(app);
  await expect(result.first()).toContainText(/GRU, \d+ units\s*Remembers (32 steps, the longest lag|up to \d\d steps)/);
  await expect(panel(app).getByRole('list', { name: 'Measured before' })).toContainText(/RNN, 48 units\s*\d+ steps?/);

  await expectSound(app, 'Memory');
});

test('memory: says how far it is, goes on beside a training, and can be cancelled', async ({ app }) => {
  await open(app, 'Recall with an LSTM');
  await choose(app, 'Longest lag', '512');
  await choose(app, 'Updates per lag', '2,400');
  await app.getByRole('button', { name: 'Train', exact: true }).click();
  await panel(app).getByRole('button', { name: 'Measure' }).click();
  await expect(panel(app)).toContainText(/Lag \d+/);
  await expect(panel(app)).toContainText(/\d+ of 2400 updates/);
  await expect(plot(app)).toHaveAccessibleName(/being measured: \d+ % at lag 1/, { timeout: 60_000 });
  const progress = app.getByRole('status', { name: 'Training progress' });
  await expect(progress).toContainText(/step [\d,]+|done/);
  await panel(app).getByRole('button', { name: 'Cancel' }).click();
  await expect(panel(app)).toContainText(/Remembers \d+ steps? or more\..*Cancelled before the end was found/s, { timeout: 30_000 });
  await panel(app).getByRole('button', { name: 'Clear' }).click();
  await expect(app.getByText('How long does this cell remember?')).toBeVisible();
});
