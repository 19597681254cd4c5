import type { Locator, Page } from '@playwright/test';
import { block, expect, openTemplate, test } from './app-fixture.ts';

const panel = (app: Page): Locator => app.locator('.gradients');
const map = (app: Page): Locator => app.getByRole('img', { name: /^Gradient map/ });
const quantity = (app: Page): Locator => app.getByRole('combobox', { name: 'Quantity' });

async function train(app: Page): Promise<void> {
  await app.getByRole('button', { name: 'Train', exact: true }).click();
  await expect(app.getByRole('status', { name: 'Training progress' })).toContainText(/done, [\d,]+ steps/, { timeout: 90_000 });
}

async function choose(app: Page, name: string): Promise<void> {
  await quantity(app).click();
  await app.getByRole('option', { name, exact: true }).click();
}

test('gradients: every quantity is painted on a scale of its own, and what a model does not have is said', async ({ app }) => {
  await openTemplate(app, 'Names');
  await train(app);
  await app.getByRole('tab', { name: 'Gradients' }).click();
  await expect(map(app)).toHaveAccessibleName(/‖∂L\/∂h‖: rnn1 →/);
  await expect(panel(app).getByRole('img', { name: /^Colour scale/ })).toHaveAccessibleName('Colour scale, norm, log scale, from 1e-8 to 1e4');

  await choose(app, 'Jacobian ‖∂hₜ/∂hₜ₋₁‖');
  await expect(map(app)).toHaveAccessibleName(/Jacobian.*rnn1 →/);
  await expect(panel(app).getByRole('img', { name: /^Colour scale/ })).toHaveAccessibleName('Colour scale, norm, log scale, from 1e-2 to 1e2');
  await choose(app, 'weight gradient of each copy');
  await expect(map(app)).toHaveAccessibleName(/rnn1\.weight_ih, .*rnn1\.weight_hh/);
  await choose(app, 'norms of h and c');
  await expect(map(app)).toHaveAccessibleName(/rnn1 → ‖h‖/);
  await choose(app, 'gates shut and open');
  await expect(panel(app)).toContainText('An RNN has no gates');
  await choose(app, 'flow from every step');
  await expect(panel(app)).toContainText('one loss for each sequence');
});

test('gradients: pointing at the map reads a number and lights the block up; pressing a cell selects it', async ({ app }) => {
  await openTemplate(app, 'Names');
  await train(app);
  await app.getByRole('tab', { name: 'Gradients' }).click();
  await map(app).hover({ position: { x: 5, y: 8 } });
  await expect(panel(app)).toContainText(/rnn1:t1, rnn1 →: [\d.e-]+ over \d+ of \d+ rows/);
  await expect(block(app, 'RNN').locator('.node-card')).toHaveAttribute('data-linked', 'true');
  await map(app).click({ position: { x: 5, y: 8 } });
  await expect(block(app, 'RNN').locator('.node-card')).toHaveAttribute('data-selected', 'true');
  await app.mouse.move(0, 0);
  await app.keyboard.press('Tab');
  await expect(block(app, 'RNN').locator('.node-card')).toHaveAttribute('data-linked', 'false');
});

test('gradients: the scrubber goes back to the first step of the training and returns to the latest', async ({ app }) => {
  await openTemplate(app, 'Names');
  await train(app);
  await app.getByRole('tab', { name: 'Gradients' }).click();
  const scrubber = app.getByRole('slider', { name: 'Training step of the picture' });
  const live = app.getByRole('button', { name: 'live' });
  await expect(live).toHaveAttribute('aria-pressed', 'true');
  const latest = await map(app).getAttribute('aria-label');
  await scrubber.focus();
  await app.keyboard.press('Home');
  await expect(live).toHaveAttribute('aria-pressed', 'false');
  await expect(panel(app)).toContainText(/at step \d/);
  await expect(map(app)).not.toHaveAccessibleName(latest ?? '');
  await live.click();
  await expect(map(app)).toHaveAccessibleName(latest ?? '');
});

test('gradients: a model that answers at every step has a triangle, and a press on it chooses the loss step', async ({ app }) => {
  await openTemplate(app, 'Forecast, every month');
  await app.getByRole('button', { name: 'Train', exact: true }).click();
  await app.getByRole('tab', { name: 'Gradients' }).click();
  await expect(map(app)).toBeVisible({ timeout: 30_000 });
  await choose(app, 'flow from every step');
  await expect(map(app)).toHaveAccessibleName(/loss steps/, { timeout: 60_000 });
  const [canvas, box] = [await map(app).boundingBox(), await app.locator('.gradients-map').boundingBox()];
  expect(canvas!.height, 'all loss steps in sight').toBeLessThan(box!.height);
  await map(app).click({ position: { x: 3, y: 20 } });
  await expect(app.getByRole('combobox', { name: 'Loss step' })).toContainText(/loss at \d+/);
});

test('gradients: a remedy changes one thing as one undo step, trains anew, and says with both numbers whether it helped', async ({ app }) => {
  await openTemplate(app, 'Exploding gradients');
  await app.getByRole('button', { name: 'Train', exact: true }).click();
  const readout = app.getByRole('status', { name: 'Training progress' });
  await expect(readout).toContainText(/stopped|failed|not finite/i, { timeout: 90_000 });
  await app.getByRole('tab', { name: 'Gradients' }).click();
  const diagnosis = app.getByRole('complementary', { name: 'Diagnosis' });
  await expect(diagnosis).toContainText('updates clipped');
  await expect(diagnosis).toContainText('spectral radius');
  await diagnosis.getByRole('button', { name: 'Clip at norm 1' }).click();
  const result = app.getByRole('region', { name: 'Result of the remedy' });
  await expect(result).toContainText(/After [\d,]+ steps: factor per step .* before, .* now; loss not finite before, [\d.]+ now/, { timeout: 90_000 });
  await expect(app.getByRole('combobox', { name: 'Clipping' })).toContainText('by norm');
  await app.getByRole('button', { name: /^Undo/ }).first().click();
  await expect(app.getByRole('combobox', { name: 'Clipping' })).toContainText('off');
});
