import { block, expect, openTemplate, test } from './app-fixture.ts';

type App = Parameters<typeof block>[0];
const oneStep = async (app: App) => {
  await app.getByRole('region', { name: 'Canvas' }).focus();
  await app.keyboard.press('Control+Shift+Enter');
};

test('undo keeps training honest: a name keeps the weights, a size marks what it affects, the next training says what it keeps', async ({ app }) => {
  await openTemplate(app, 'Names');
  await oneStep(app);
  await expect(app.getByText(/step 1\b/).first()).toBeVisible();
  await block(app, 'RNN').click();
  const weights = app.getByRole('region', { name: /options$/ });
  await expect(weights.getByRole('img', { name: /^weight_hh: mean/ })).toBeVisible();

  await app.keyboard.press('F2');
  await app.keyboard.type('Memory');
  await app.keyboard.press('Enter');
  await expect(block(app, 'Memory')).not.toHaveAccessibleName(/Edited since/);
  await expect(app.getByText('edited since')).toHaveCount(0);

  const units = app.getByRole('textbox', { name: 'Units' });
  await units.fill('20');
  await units.press('Enter');
  await expect(block(app, 'Memory')).toHaveAccessibleName(/Edited since the last training/);
  await expect(block(app, 'Embedding')).not.toHaveAccessibleName(/Edited since/);
  await expect(app.getByText('starts anew')).toHaveCount(3);
  await block(app, 'Embedding').click();
  await expect(app.getByText('starts anew')).toHaveCount(0);

  await app.keyboard.press('Control+z');
  await expect(block(app, 'Memory')).not.toHaveAccessibleName(/Edited since/);
  await oneStep(app);
  await expect(app.getByText(/step 2\b/).first()).toBeVisible();
  await expect(app.getByText(/^Keeps/)).toHaveCount(0);

  await app.keyboard.press('Control+y');
  await oneStep(app);
  await expect(app.getByText(/^Keeps \d of \d parameters/)).toBeVisible();
  await expect(app.getByText(/^New weights: .*weight_hh/)).toBeVisible();
  await expect(block(app, 'Memory')).not.toHaveAccessibleName(/Edited since/);
});
