import type { Page } from '@playwright/test';
import { expect, openTemplate, test } from './app-fixture.ts';
import { expectSound } from './axe.ts';

async function trainFor(app: Page, title: string): Promise<void> {
  await openTemplate(app, title);
  await app.getByRole('tab', { name: 'Samples' }).click();
  await expect(app.getByText('Not trained yet')).toBeVisible();
  await app.getByRole('button', { name: 'Train', exact: true }).click();
}

test('sentiment: a typed review gets a verdict, and each word is tinted by what it did to it', async ({ app }) => {
  await trainFor(app, 'Sentiment');
  await expect(app.getByRole('status', { name: 'Training progress' })).toContainText(/done, [\d,]+ steps/, { timeout: 90_000 });
  const verdict = app.getByRole('region', { name: 'Verdict' });
  const text = app.getByRole('textbox', { name: 'Text', exact: true });

  await text.fill('this movie is a boring and terrible mess zzqx');
  await expect(verdict.locator('strong')).toHaveText('negative');
  await expect(app.getByText('read as unknown: “mess”, “zzqx”')).toBeVisible();
  const tokens = app.getByRole('group', { name: 'The input as the model reads it' }).getByRole('button');
  await expect(tokens).toHaveCount(9);
  const signs = await tokens.evaluateAll((buttons) => buttons.map((button) => button.querySelector('.visually-hidden')?.textContent ?? ''));
  expect(signs.every((sign) => /^: [+−]/.test(sign))).toBe(true);

  await text.fill('a stunning and interesting film');
  await expect(verdict.locator('strong')).toHaveText('positive');
  await expect(tokens).toHaveCount(5);
  await tokens.first().focus();
  await app.keyboard.press('ArrowRight');
  await expect(app.getByText(/“stunning” at t = 2: [+−][\d.e-]+ to the logit of positive/)).toBeVisible();
  await verdict.getByRole('button', { name: /^negative/ }).click();
  await expect(app.getByText(/to the logit of negative|− against negative/).first()).toBeVisible();
  await expectSound(app, 'Samples', '.samples');

  await text.fill('<img src=x onerror=alert(1)> film');
  await expect(tokens.filter({ hasText: 'img' })).toHaveCount(1);
  expect(await app.locator('.samples img').count()).toBe(0);
});

test('names: the verdict follows what is typed while the model trains', async ({ app }) => {
  await trainFor(app, 'Names');
  const text = app.getByRole('textbox', { name: 'Text', exact: true });
  const verdict = app.getByRole('region', { name: 'Verdict' });
  await text.fill('Isabella');
  await expect(app.getByRole('group', { name: 'The input as the model reads it' }).getByRole('button')).toHaveCount(8);
  await expect(verdict.locator('strong')).toHaveText('female', { timeout: 60_000 });
});

test('next character: texts and ranked characters change while it trains, and nothing moves', async ({ app }) => {
  await trainFor(app, 'Next character');
  const texts = app.getByRole('region', { name: 'Written texts' });
  const prompt = app.getByRole('textbox', { name: 'Beginning' });
  await prompt.fill('the whale');
  await app.getByRole('textbox', { name: 'Length' }).fill('40');
  await app.getByRole('textbox', { name: 'Length' }).press('Enter');
  await expect(texts.getByRole('listitem')).toHaveCount(6);
  await expect(texts.getByRole('listitem').first()).toContainText(/^greedy\s*the whale.{30,}/s, { timeout: 30_000 });
  const before = await texts.innerText();
  const box = await texts.getByRole('listitem').last().boundingBox();
  const ranked = app.getByRole('list', { name: 'Likeliest next characters' }).getByRole('listitem');
  await expect(ranked).toHaveCount(10);
  await expect(ranked.first()).toContainText(/[\d.]+ %/);

  await expect.poll(async () => texts.innerText(), { timeout: 60_000 }).not.toBe(before);
  expect(await texts.getByRole('listitem').last().boundingBox()).toEqual(box);
  await expect(app.getByRole('button', { name: 'Pause', exact: true })).toBeVisible();

  await prompt.fill('Ω');
  await expect(app.getByText(/which this model has never read/).first()).toBeVisible();
  await prompt.fill('the whale');
  await expect(texts.getByRole('listitem').first()).toContainText(/^greedy\s*the whale.{30,}/s);
  await expectSound(app, 'Samples', '.samples');
});

test('forecast: as far as asked, against what really came', async ({ app }) => {
  await trainFor(app, 'Forecast Reads');
  const region = app.getByRole('region', { name: 'Forecast', exact: true });
  await expect(region).toContainText(/24 read, 12 forecast; RMSE [\d.]+ over the 12 known/, { timeout: 60_000 });
  const horizon = app.getByRole('textbox', { name: 'Horizon' });
  await horizon.fill('3');
  await horizon.press('Enter');
  await expect(region).toContainText(/24 read, 3 forecast; RMSE [\d.]+ over the 3 known/);
  await expect(region.getByRole('img', { name: /measured, and forecast beyond the window/ })).toBeVisible();
  await expectSound(app, 'Samples', '.samples');
});

test('name writer: a gender and a letter are chosen, and a name is written with the probability of each letter', async ({ app }) => {
  await trainFor(app, 'Name writer');
  const inputs = app.getByRole('region', { name: 'Inputs' });
  await inputs.getByRole('combobox', { name: 'female or male' }).click();
  await app.getByRole('option', { name: 'male', exact: true }).click();
  const written = app.getByRole('region', { name: 'Written answer' });
  await expect(written.getByRole('status')).toHaveText(/^[a-z]+$/, { timeout: 60_000 });
  await expect(written.getByRole('button').first()).toHaveAccessibleName(/^[a-z] ?: [\d.]+ %$/);
  await expectSound(app, 'Samples', '.samples');
});
