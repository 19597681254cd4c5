import { block, expect, openTemplate, test } from './app-fixture.ts';
import { expectSound } from './axe.ts';

test('axe finds nothing serious in the window', async ({ app }) => {
  await expectSound(app, 'gallery');

  await openTemplate(app, 'Names');
  await expectSound(app, 'a project before training');
  await app.getByRole('button', { name: 'Train', exact: true }).click();
  await expect(app.getByRole('status', { name: 'Training progress' })).toContainText(/done, [\d,]+ steps/, { timeout: 90_000 });
  await expectSound(app, 'Loss and Gradients after training');
  await app.getByRole('tab', { name: /^Data/ }).click();
  await expectSound(app, 'Data', '.dock-frame');
  await block(app, 'RNN').click();
  await expectSound(app, 'the inspector of a cell', '.inspector');

  await app.getByRole('tab', { name: /^Problems/ }).click();
  await expectSound(app, 'Problems, none', '.dock-frame');
  await block(app, 'Last step').click();
  await app.keyboard.press('Delete');
  await expect(app.getByText(/Nothing feeds the port/)).toBeVisible();
  await expectSound(app, 'Problems, some');

  await app.keyboard.press('Control+k');
  await expect(app.getByRole('dialog')).toBeVisible();
  await expectSound(app, 'commands', '[role="dialog"]');
});

test('axe finds nothing serious in the lists of the canvas and the code', async ({ app }) => {
  await openTemplate(app, 'Sentiment');
  await block(app, 'GRU').click();
  await app.keyboard.press('Shift+A');
  await expect(app.getByRole('dialog', { name: 'Add a block' })).toBeVisible();
  await expectSound(app, 'the list of blocks', '[role="dialog"]');
  await app.keyboard.press('Escape');

  await block(app, 'GRU').click({ button: 'right' });
  await expect(app.getByRole('menu')).toBeVisible();
  await expectSound(app, 'the menu of a block', '[role="menu"]');
  await app.keyboard.press('Escape');

  await block(app, 'GRU').focus();
  await app.keyboard.press('Control+a');
  await expect(app.getByRole('group', { name: 'Align' })).toBeVisible();
  await expectSound(app, 'several blocks selected');

  await app.getByRole('tab', { name: 'Code' }).click();
  await expect(app.locator('.monaco-editor .view-line').first()).toBeVisible();
  await expectSound(app, 'code');
});
