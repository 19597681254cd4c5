import { expect, openTemplate, test } from './app-fixture.ts';
import { expectSound } from './axe.ts';

test('states: units by steps of the cell that is chosen, each number on hover and from the keyboard', async ({ app }) => {
  await openTemplate(app, 'Sentiment');
  await app.getByRole('tab', { name: 'States' }).click();
  await expect(app.getByText('first weights, not trained')).toBeVisible();
  await app.getByRole('textbox', { name: 'Text', exact: true }).fill('a stunning film');
  const hidden = app.getByRole('img', { name: /^hidden state of gru1 →: \d+ units over 3 steps/ });
  await expect(hidden).toBeVisible();
  await expect(app.getByRole('img', { name: /^update gate of gru1 →/ })).toBeVisible();

  const box = await hidden.boundingBox();
  await app.mouse.move(box!.x + box!.width - 4, box!.y + 2);
  await expect(app.getByText(/unit 1, t = 3 “film”: h -?[\d.e-]+, r [\d.e-]+, z [\d.e-]+/)).toBeVisible();
  await app.mouse.move(0, 0);
  await hidden.focus();
  await app.keyboard.press('ArrowRight');
  await app.keyboard.press('ArrowDown');
  await expect(app.getByText(/unit 2, t = 1 “a”/)).toBeVisible();

  await app.getByRole('combobox', { name: 'Cell' }).click();
  await app.getByRole('option', { name: /gru1 ←/ }).click();
  await expect(app.getByRole('img', { name: /^hidden state of gru1 ←/ })).toBeVisible();
  await expectSound(app, 'States', '.samples');
});

test('connectivity: a step that is pointed at shows what its answer hangs on, as shares or norms', async ({ app }) => {
  await openTemplate(app, 'Next character');
  await app.getByRole('tab', { name: 'States' }).click();
  await app.getByRole('radio', { name: 'connectivity' }).click();
  await app.getByRole('textbox', { name: 'Text', exact: true }).fill('whale');
  const tokens = app.getByRole('group', { name: /^The input; point at a step/ }).getByRole('button');
  await expect(tokens).toHaveCount(5);
  await tokens.nth(1).hover();
  await expect(app.getByText(/The answer at t = 2, after “h”, is/)).toBeVisible();
  await expect(tokens.nth(4)).toHaveAccessibleName(/^e ?: 0.0 %$/);
  const shares = await tokens.evaluateAll((buttons) => buttons.map((button) => parseFloat(button.querySelector('.visually-hidden')!.textContent.slice(2))));
  expect(shares[0]! + shares[1]!).toBeCloseTo(100, 0);

  await tokens.nth(3).focus();
  await expect(app.getByText(/The answer at t = 4, after “l”, is/)).toBeVisible();
  await app.getByRole('radio', { name: 'absolute' }).click();
  await expect(tokens.nth(0)).toHaveAccessibleName(/^w ?: [\d.e-]+$/);
  await expectSound(app, 'connectivity', '.samples');
});

test('connectivity: the scrubber puts the same text to the weights of the past', async ({ app }) => {
  await openTemplate(app, 'Names');
  await app.getByRole('tab', { name: 'States' }).click();
  await app.getByRole('radio', { name: 'connectivity' }).click();
  await app.getByRole('textbox', { name: 'Text', exact: true }).fill('isabella');
  const said = app.locator('.connectivity-said');
  await expect(app.locator('.connectivity-step')).toHaveText('step 0');
  const first = await said.innerText();
  await app.getByRole('button', { name: 'Train', exact: true }).click();
  const progress = app.getByRole('status', { name: 'Training progress' });
  await expect(progress).toContainText(/done, [\d,]+ steps/, { timeout: 90_000 });
  const end = /done, ([\d,]+) steps/.exec(await progress.innerText())?.[1] ?? '';
  const scrubber = app.getByRole('slider', { name: 'Training step of the weights' });
  const live = app.getByRole('button', { name: 'live' });
  await expect(live).toHaveAttribute('aria-pressed', 'true');
  await expect(app.locator('.connectivity-step')).toHaveText(`step ${end}`);
  const latest = await said.innerText();

  await scrubber.focus();
  await app.keyboard.press('ArrowLeft');
  await expect(app.locator('.scrubber-step')).toContainText(/at step [\d,]+, epoch \d+/);
  for (let press = 0; press < 7; press++) await app.keyboard.press('PageDown');
  await expect(app.locator('.connectivity-step')).toHaveText('step 0');
  expect(await said.innerText()).toBe(first);
  await app.getByRole('radio', { name: 'absolute' }).click();
  await expect(scrubber).toHaveAttribute('aria-valuetext', 'step 0');
  await live.click();
  await expect.poll(() => said.innerText()).toBe(latest);
  await expectSound(app, 'connectivity', '.samples');
});
