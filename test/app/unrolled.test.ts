import type { Locator, Page } from '@playwright/test';
import { block, expect, openTemplate, test } from './app-fixture.ts';
import { expectSound } from './axe.ts';

const picture = (app: Page): Locator => app.getByRole('grid', { name: /^The model unrolled over time/ });
const stage = (app: Page): Locator => app.getByRole('status', { name: 'Stage' });
const readout = (app: Page): Locator => app.locator('.unrolled-readout');
const details = (app: Page): Locator => app.getByRole('complementary', { name: 'Details' });

async function unroll(app: Page, template: string): Promise<void> {
  await openTemplate(app, template);
  await app.getByRole('tab', { name: 'Unrolled' }).click();
  await expect(picture(app)).toBeVisible();
}

async function walkThrough(app: Page): Promise<void> {
  await app.getByRole('radio', { name: 'one example' }).click();
  await expect(stage(app)).toContainText(/steps to read/, { timeout: 30_000 });
}

test('unrolled: an example is walked through, forward, to the loss, backward and to the update, which is shown and not made', async ({ app }) => {
  await unroll(app, 'The RNN unit');
  await expect(picture(app)).toHaveAccessibleName('The model unrolled over time: Bits, rnn1, ŷ over 12 steps');
  await walkThrough(app);
  await expect(stage(app)).toContainText('12 steps to read');
  const on = app.getByRole('button', { name: 'One step on' });
  await on.click();
  await expect(stage(app)).toContainText('forward · t = 1');
  await expect(stage(app)).toContainText('comes from the first state');
  await on.click();
  await expect(stage(app)).toContainText('h at t = 2 comes from h at t = 1');
  for (let t = 3; t <= 12; t++) await on.click();
  await on.click();
  await expect(stage(app)).toContainText(/Loss [\d.]+, the mean over 12 steps with a target/);
  await on.click();
  await expect(stage(app)).toContainText('backward · t = 12');
  await expect(stage(app)).toContainText('1 of 12 copies has added its part');
  await expect(details(app)).toContainText('1 of 12 added');
  for (let t = 11; t >= 1; t--) await on.click();
  await expect(stage(app)).toContainText('12 of 12 copies have added their part');
  await on.click();
  await expect(stage(app)).toContainText('The sum of the copies’ parts');
  await expect(details(app)).toContainText('sum of 12');
  await expect(details(app)).toContainText('mean (÷ 12)');
  await expect(details(app)).toContainText('learning rate');
  await expect(on).toHaveAttribute('aria-disabled', 'true');
  await expect(details(app)).toContainText('This update is shown, not made');
  await expect(app.getByRole('status', { name: 'Training progress' })).toContainText('ready');

  await details(app).getByRole('button', { name: 'Make one training step' }).click();
  await expect(app.getByRole('status', { name: 'Training progress' })).toContainText(/step 1(?!\d)/);
  await expect(stage(app), 'the walk stays where it is, with the new weights').toContainText('update');
});

test('unrolled: with the keyboard alone the cursor goes from copy to copy, opens one, and the walk goes on', async ({ app }) => {
  await openTemplate(app, 'Sentiment');
  await app.keyboard.press('Shift+U');
  await expect(picture(app)).toBeVisible();
  await picture(app).focus();
  await app.keyboard.press('ArrowRight');
  await expect(readout(app)).toContainText('gru1.forward:t1');
  await app.keyboard.press('ArrowRight');
  await expect(readout(app)).toContainText('gru1.forward:t2');
  await expect(readout(app)).toContainText('one function, 40 copies');
  await app.keyboard.press('ArrowUp');
  await expect(readout(app)).toContainText('gru1.backward:t2');
  await app.keyboard.press('End');
  await expect(readout(app)).toContainText('gru1.backward:t40');
  await app.keyboard.press('Home');
  await app.keyboard.press('Enter');
  await expect(details(app).getByRole('heading', { name: 'gru1.backward:t1' })).toBeVisible();
  await app.keyboard.press('Escape');
  await expect(details(app)).toBeHidden();

  await app.keyboard.press('Control+k');
  await app.keyboard.type('walk through one example');
  await app.keyboard.press('Enter');
  await expect(stage(app)).toContainText('23 steps to read', { timeout: 30_000 });
  await app.keyboard.press('.');
  await expect(stage(app)).toContainText('forward · t = 1');
  await app.keyboard.press(',');
  await expect(stage(app)).toContainText('start');
  const slider = app.getByRole('slider', { name: 'Stage of the walk' });
  await slider.focus();
  await app.keyboard.press('End');
  await expect(stage(app)).toContainText('update');
  await app.keyboard.press('Home');
  await app.keyboard.press('ArrowRight');
  await app.keyboard.press('ArrowRight');
  await expect(slider).toHaveAttribute('aria-valuetext', 'forward · t = 2');
  await app.keyboard.press('Space');
  await expect(app.getByRole('button', { name: 'Pause the walk' })).toBeVisible();
  await expect(stage(app)).toContainText('backward', { timeout: 20_000 });
  await app.keyboard.press('Space');
  await expect(app.getByRole('button', { name: 'Play' })).toBeVisible();
});

test('unrolled: a map that counts back from the loss lights all copies of the cell, in one example the copy meant, and by t the copy of that step', async ({
  app,
}) => {
  await unroll(app, 'Sentiment');
  await app.getByRole('button', { name: 'One training step' }).click();
  await expect(app.getByText('paused at step 1')).toBeVisible();
  await app.getByRole('tab', { name: 'Gradients' }).click();
  const map = app.getByRole('img', { name: /^Gradient map/ });
  await expect(map).toHaveAccessibleName(/over 40 steps before the loss/);
  const [forward, backward] = [8, 46];
  const right = (await map.boundingBox())!.width - 4;
  await map.hover({ position: { x: right, y: forward } });
  await expect(readout(app)).toContainText('gru1 →, at the loss: another t in each example');
  await expect(readout(app)).toContainText('one function, 40 copies');
  await expect(block(app, 'GRU').locator('.node-card')).toHaveCount(0);

  await walkThrough(app);
  await expect(stage(app)).toContainText('23 steps to read');
  await map.hover({ position: { x: right, y: forward } });
  await expect(readout(app), 'the last of this example').toContainText('gru1.forward:t23');
  await map.hover({ position: { x: right, y: backward } });
  await expect(readout(app), 'a backward copy ends at the first step').toContainText('gru1.backward:t1,');
  await map.hover({ position: { x: 5, y: forward } });
  await expect(readout(app), 'this example is not that long').toContainText('press a copy for its numbers');
  await app.mouse.move(0, 0);
  await picture(app).focus();
  await app.keyboard.press('ArrowRight');
  await app.keyboard.press('End');
  await app.keyboard.press('ArrowLeft');
  const said = /gru1\.forward:t(\d+)/.exec(await readout(app).innerText());
  expect(Number(said?.[1])).toBeGreaterThan(20);

  await app.getByRole('button', { name: 'by t' }).click();
  await expect(map).toHaveAccessibleName(/over 40 steps, at training step/);
  await map.hover({ position: { x: 5, y: forward } });
  await expect(readout(app)).toContainText('gru1.forward:t1,');
  await app.getByRole('radio', { name: 'training' }).click();
  await map.hover({ position: { x: 5, y: forward } });
  await expect(readout(app)).toContainText(/gru1\.forward:t1, dL\/dh [\d.e-]+/);
  await app.reload();
  await expect(map, 'the choice is kept').toHaveAccessibleName(/over 40 steps, at training step/, { timeout: 30_000 });
});

test('unrolled: colours follow the training, and what is pointed at here, in the heatmap and on the canvas is one place', async ({ app }) => {
  await unroll(app, 'The RNN unit');
  await expect(readout(app)).toContainText('Press Train');
  await app.getByRole('button', { name: 'Train', exact: true }).click();
  await expect(app.getByRole('status', { name: 'Training progress' })).toContainText(/done, [\d,]+ steps/, { timeout: 90_000 });
  await app.getByRole('tab', { name: 'Gradients' }).click();
  const map = app.getByRole('img', { name: /^Gradient map/ });
  await map.hover({ position: { x: 5, y: 8 } });
  await expect(readout(app)).toContainText(/rnn1:t1, dL\/dh [\d.e-]+/);

  const box = (await picture(app).boundingBox())!;
  // The one row of cells stands in the middle, between the inputs and the answer.
  await expect(async () => {
    await app.mouse.move(box.x + box.width / 2, box.y + 4);
    await app.mouse.move(box.x + box.width * 0.4, box.y + box.height / 2 - 14);
    await expect(readout(app)).toContainText(/rnn1:t\d+, dL\/dh [\d.e-]+/, { timeout: 500 });
  }).toPass({ timeout: 15_000 });
  await app.mouse.down();
  await app.mouse.up();
  await expect(details(app)).toContainText('Jacobian norm', { timeout: 20_000 });
  await expect(details(app)).toContainText(/weight_hh/, { timeout: 20_000 });
  await app.getByRole('tab', { name: 'Design' }).click();
  await expect(block(app, 'RNN').locator('.node-card')).toHaveAttribute('data-selected', 'true');
});

test('unrolled: a small RNN over a typed text shows every number, as in a lecture', async ({ app }) => {
  await openTemplate(app, 'The RNN unit');
  await block(app, 'RNN').click();
  const units = app.getByRole('textbox', { name: 'Units' });
  await units.fill('2');
  await units.press('Enter');
  await expect(app.getByRole('status', { name: 'Training progress' })).toContainText('18 parameters', { timeout: 20_000 });
  await app.getByRole('tab', { name: 'Unrolled' }).click();
  await walkThrough(app);
  await app.getByRole('combobox', { name: 'Part of the data' }).click();
  await app.getByRole('option', { name: 'type your own' }).click();
  await app.getByRole('textbox', { name: 'Your own text' }).fill('011');
  await expect(stage(app)).toContainText('3 steps to read');
  await app.getByRole('button', { name: 'To the end' }).click();
  await expect(details(app)).toContainText('3 of 3 added');
  const sum = details(app).getByRole('table', { name: 'Sum of the copies' });
  const before = details(app).getByRole('table', { name: 'Weights before' });
  const after = details(app).getByRole('table', { name: 'Weights after' });
  for (const table of [sum, before, after]) await expect(table.locator('td')).toHaveCount(4);
  expect(await after.textContent()).not.toBe(await before.textContent());

  await picture(app).focus();
  await app.keyboard.press('ArrowRight');
  await app.keyboard.press('End');
  await app.keyboard.press('Enter');
  await expect(details(app).getByRole('heading', { name: 'rnn1:t3' })).toBeVisible();
  await expect(details(app).getByRole('table', { name: 'hidden state', exact: true }).locator('td')).toHaveCount(2);
  await expect(details(app).getByRole('table', { name: 'Jacobian' }).locator('td')).toHaveCount(4);
  await expect(details(app).getByRole('table', { name: 'Gradient of rnn1.weight_hh at this copy' }).locator('td')).toHaveCount(4);
});

test('unrolled: says why there is nothing to draw, and axe finds nothing serious', async ({ app }) => {
  await openTemplate(app, 'Feed-forward forecast');
  await app.getByRole('tab', { name: 'Unrolled' }).click();
  await expect(app.getByRole('tabpanel', { name: 'Unrolled' })).toContainText('No recurrent cell');
  await app.getByRole('button', { name: 'Templates' }).click();
  await openTemplate(app, 'Truncated BPTT');
  await expect(picture(app)).toBeVisible();
  await expectSound(app, 'Unrolled', '.unrolled');
  await walkThrough(app);
  await app.getByRole('button', { name: 'To the end' }).click();
  await expect(stage(app)).toContainText('window 5 · update');
  await expectSound(app, 'Unrolled', '.unrolled');
  await picture(app).focus();
  await app.keyboard.press('ArrowRight');
  await app.keyboard.press('Enter');
  await expect(details(app)).toContainText('h before');
  await expectSound(app, 'Unrolled', '.unrolled');
});
