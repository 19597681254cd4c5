import type { Page } from '@playwright/test';
import { block, expect, openTemplate, test } from './app-fixture.ts';
import { expectSound } from './axe.ts';

/** Fields of the inspector that nothing explains. */
async function unexplained(app: Page): Promise<readonly string[]> {
  return app
    .locator('.inspector .ui-field')
    .evaluateAll((fields) => fields.filter((each) => each.querySelector('.help-button') === null).map((each) => each.textContent));
}

test('a field is explained by mouse; Escape closes, and the focus goes back', async ({ app }) => {
  await openTemplate(app, 'Sentiment');
  await block(app, 'GRU').click();
  const help = app.getByRole('button', { name: 'About Units' });
  await help.click();
  const card = app.getByRole('dialog', { name: 'units' });
  await expect(card).toContainText('Size of the hidden state.');
  await expect(card.locator('.katex')).toHaveText(/H/);
  await expect(card).toBeFocused();
  await app.keyboard.press('Escape');
  await expect(card).toHaveCount(0);
  await expect(help).toBeFocused();
  await expect(app.getByRole('region', { name: 'GRU: options' }), 'Escape leaves the block selected').toBeVisible();
});

test('a field is explained by keyboard: F1 in it, or its question mark; one word leads to the next, and to all of them', async ({ app }) => {
  await openTemplate(app, 'Sentiment');
  await block(app, 'GRU').click();
  const units = app.getByRole('textbox', { name: 'Units' });
  await units.focus();
  await app.keyboard.press('F1');
  await expect(app.getByRole('dialog', { name: 'units' })).toBeVisible();
  await app.keyboard.press('Escape');
  await expect(units).toBeFocused();

  await app.keyboard.press('Shift+Tab');
  await expect(app.getByRole('button', { name: 'About Units' })).toBeFocused();
  await app.keyboard.press('Enter');
  await app.keyboard.press('Tab');
  await app.keyboard.press('Enter');
  await expect(app.getByRole('dialog', { name: 'hidden state' })).toBeFocused();
  await app.getByRole('button', { name: 'All words' }).press('Enter');
  const glossary = app.getByRole('dialog', { name: 'Glossary' });
  await expect(glossary.locator('[data-chosen="true"]')).toContainText('hidden state');
  await glossary.getByRole('searchbox', { name: 'Find a word' }).fill('teacher');
  await expect(glossary.locator('dt').first()).toHaveText(/^teacher forcing/);
  await app.keyboard.press('Escape');
  await expect(glossary).toHaveCount(0);
  await expect(app.getByRole('button', { name: 'About Units' })).toBeFocused();
});

test('no field of the inspector is without an explanation', async ({ app }) => {
  await openTemplate(app, 'Addition');
  expect(await unexplained(app), 'training').toEqual([]);
  await app.getByRole('combobox', { name: 'Schedule' }).click();
  await app.getByRole('option', { name: 'on plateau' }).click();
  expect(await unexplained(app), 'training with a schedule').toEqual([]);
  for (const name of ['Embedding', 'LSTM', 'Decoder', 'Bidirectional']) {
    await block(app, name)
      .first()
      .click({ position: { x: 24, y: 8 } });
    await expect(app.locator('.inspector .ui-field').first()).toBeVisible();
    expect(await unexplained(app), name).toEqual([]);
  }
});

test('the words of the gradient panel explain themselves, and axe finds nothing serious', async ({ app }) => {
  await openTemplate(app, 'Recall with an RNN');
  await app.getByRole('button', { name: 'Train', exact: true }).click();
  const diagnosis = app.getByRole('complementary', { name: 'Diagnosis' });
  const word = diagnosis.getByRole('button', { name: 'half-life: what it means' });
  await expect(word).toBeVisible({ timeout: 60_000 });
  await app.getByRole('button', { name: 'Pause', exact: true }).click();
  await word.click();
  await expect(app.getByRole('dialog', { name: 'half-life' })).toContainText('half of the gradient');
  await expectSound(app, 'a word');
  await app.keyboard.press('Escape');
  await expect(word).toBeFocused();
  await expect(diagnosis.getByRole('button', { name: /^Vanishing: what it means/ })).toBeVisible();

  await app.keyboard.press('Control+k');
  await app.getByPlaceholder('What do you want to do?').fill('Glossary');
  await app.keyboard.press('Enter');
  await expect(app.getByRole('dialog', { name: 'Glossary' })).toBeVisible();
  await expectSound(app, 'Glossary');
});
