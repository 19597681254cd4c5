import type { Page } from '@playwright/test';
import { block, expect, openTemplate, test } from './app-fixture.ts';

/** Finds a text in the editor and types another end for it, as a person does. */
async function replaceEnd(app: Page, found: string, end: string, typed: string): Promise<void> {
  await app.locator('.code-editor .view-lines').first().click();
  await app.keyboard.press('Control+f');
  const find = app.getByRole('textbox', { name: 'Find', exact: true });
  await find.fill(found);
  await find.press('Enter');
  await find.press('Escape');
  await app.keyboard.press('ArrowRight');
  for (let letter = 0; letter < end.length; letter++) await app.keyboard.press('Backspace');
  await app.keyboard.type(typed);
}

async function openCode(app: Page, template: string): Promise<void> {
  await openTemplate(app, template);
  await app.getByRole('tab', { name: 'Code' }).click();
  await expect(app.locator('.code-editor')).toContainText('unroll/project');
}

test('a number changed in the code changes the canvas, as one undo step, and undo changes the code back', async ({ app }) => {
  await openCode(app, 'Names');
  await replaceEnd(app, '"units": 64', '64', '48');
  await expect(app.getByRole('button', { name: 'Undo: Edit the code' })).toBeVisible();
  await expect(app.getByText('In step with the canvas')).toBeVisible();
  await app.getByRole('tab', { name: 'Design' }).click();
  await expect(app.getByRole('group', { name: /^Wire from RNN.*B × T × 48$/ })).toBeAttached();
  await app.getByRole('tab', { name: 'Code' }).click();
  await app.getByRole('button', { name: 'Undo: Edit the code' }).click();
  await app.getByRole('tab', { name: 'Design' }).click();
  await expect(app.getByRole('group', { name: /^Wire from RNN.*B × T × 64$/ })).toBeAttached();
});

test('a text with a mistake is marked at its place and changes nothing', async ({ app }) => {
  await openCode(app, 'Names');
  await replaceEnd(app, '"units": 64', '64', 'true');
  await expect(app.getByRole('status').filter({ hasText: 'The canvas keeps the last version that could be read.' })).toBeVisible();
  await expect(app.locator('.code-editor .squiggly-error')).not.toHaveCount(0);
  await expect(app.getByRole('button', { name: 'Undo: Edit the code' })).toHaveCount(0);
  await app.getByRole('button', { name: 'Take the canvas’s version' }).click();
  await expect(app.getByText('In step with the canvas')).toBeVisible();
});

test('the editor suggests the kinds of blocks', async ({ app }) => {
  await openCode(app, 'Names');
  await replaceEnd(app, '"kind": "rnn"', '"rnn"', '');
  await app.keyboard.press('Control+Space');
  await expect(app.locator('.suggest-widget')).toContainText('"gru"');
  await app.locator('.suggest-widget').getByText('"gru"').click();
  await expect(app.getByRole('button', { name: 'Undo: Edit the code' })).toBeVisible();
  await app.getByRole('tab', { name: 'Design' }).click();
  await expect(block(app, 'GRU')).toBeVisible();
});

test('the model is shown in PyTorch, and a drawing that cannot be trained says why there is no code', async ({ app }) => {
  await openCode(app, 'Names');
  await app.getByRole('radio', { name: 'PyTorch' }).click();
  await expect(app.locator('.code-editor')).toContainText('class Model(nn.Module):');
  await app.getByRole('tab', { name: 'Design' }).click();
  await block(app, 'Last step').click();
  await app.keyboard.press('Delete');
  await app.getByRole('tab', { name: 'Code' }).click();
  await app.getByRole('radio', { name: 'PyTorch' }).click();
  await expect(app.getByText('There is no code yet')).toBeVisible();
});
