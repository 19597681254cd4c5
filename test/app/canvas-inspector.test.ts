import { block, expect, openTemplate, test } from './app-fixture.ts';

test('the inspector shows a cell with its equations, sizes and arrays', async ({ app }) => {
  await openTemplate(app, 'Sentiment');
  await block(app, 'GRU').click();
  const inspector = app.getByRole('region', { name: 'GRU: options' });
  await expect(inspector).toContainText('bi/gru1');
  await expect(inspector.locator('.katex')).toHaveCount(5);
  await expect(inspector.getByRole('row', { name: 'weight_ih 96 × 100' })).toBeVisible();
  await expect(inspector.getByRole('heading', { name: /Parameters/ })).toContainText('2 × 12,768');
});

test('a number out of bounds is explained and not applied; a good one changes every shape behind it', async ({ app }) => {
  await openTemplate(app, 'Sentiment');
  await block(app, 'GRU').click();
  const units = app.getByRole('textbox', { name: 'Units' });
  await units.fill('0');
  await expect(app.locator('.ui-field-error')).toHaveText('Must be between 1 and 4,096.');
  await units.press('Enter');
  await expect(app.getByRole('group', { name: /^Wire from Bidirectional.*B × 64$/ })).toBeAttached();

  await units.fill('48');
  await units.press('Enter');
  await expect(app.locator('.ui-field-error')).toHaveCount(0);
  await expect(app.getByRole('group', { name: /^Wire from Bidirectional.*B × 96$/ })).toBeAttached();
});

test('a cell is swapped for another kind in one undo step', async ({ app }) => {
  await openTemplate(app, 'Names');
  await block(app, 'RNN').click();
  await app.getByRole('combobox', { name: 'Cell type' }).click();
  await app.getByRole('option', { name: 'LSTM' }).click();
  await expect(block(app, 'LSTM')).toBeVisible();
  await expect(app.getByText('shapes agree')).toBeVisible();
  await app.getByRole('button', { name: 'Undo: RNN to LSTM' }).click();
  await expect(block(app, 'RNN')).toBeVisible();
});

test('a new name is shown on the block, and an emptied one gives back the kind', async ({ app }) => {
  await openTemplate(app, 'Names');
  await block(app, 'Embedding').click();
  const name = app.getByRole('textbox', { name: 'Name of this block' });
  await name.fill('Letters');
  await name.press('Enter');
  await expect(block(app, 'Letters')).toBeVisible();
  await name.fill('');
  await name.press('Enter');
  await expect(block(app, 'Embedding')).toBeVisible();
});

test('with nothing selected the training settings are edited', async ({ app }) => {
  await openTemplate(app, 'Names');
  const training = app.getByRole('region', { name: 'Training' });
  const rate = training.getByRole('textbox', { name: 'Learning rate' });
  await rate.fill('-1');
  await expect(app.locator('.ui-field-error')).toHaveText('Must be more than 0.');
  await rate.press('Escape');
  await training.getByRole('radio', { name: 'mean' }).click();
  await expect(app.getByRole('button', { name: /^Undo: Copies/ })).toBeVisible();
  await training.getByRole('combobox', { name: 'Clipping' }).click();
  await app.getByRole('option', { name: 'off' }).click();
  await expect(training.getByRole('textbox', { name: 'Largest norm' })).toHaveCount(0);
});

test('a block with a problem shows it, with the sentence in the inspector', async ({ app }) => {
  await openTemplate(app, 'Names');
  await app.getByRole('group', { name: /^Wire from Embedding/ }).focus();
  await app.keyboard.press('Enter');
  await app.keyboard.press('Delete');
  await expect(block(app, 'RNN')).toHaveAccessibleName(/Nothing feeds the port/);
  await block(app, 'RNN').click();
  await expect(app.getByRole('region', { name: 'RNN: options' })).toContainText('Nothing feeds the port');
});
