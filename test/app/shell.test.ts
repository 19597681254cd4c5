import { block, expect, openTemplate, test } from './app-fixture.ts';

test('a template is opened from the keyboard alone, and Train draws the first point', async ({ app }) => {
  const card = app.getByRole('button', { name: /^Names/ });
  for (let press = 0; press < 20 && !(await card.evaluate((node) => node === document.activeElement)); press++) await app.keyboard.press('Tab');
  await expect(card).toBeFocused();
  await app.keyboard.press('Enter');
  await expect(app.getByText(/^ready/)).toBeVisible();
  await app.keyboard.press('Control+Enter');
  await expect(app.locator('.loss-plot canvas')).toBeVisible();
});

test('the command palette finds and runs a command', async ({ app }) => {
  await openTemplate(app, 'Names');
  await app.keyboard.press('Control+k');
  await app.getByRole('combobox', { name: 'Commands' }).fill('light theme');
  await app.keyboard.press('Enter');
  await expect(app.locator('html')).toHaveAttribute('data-theme', 'light');
  await expect(app.getByRole('dialog')).toHaveCount(0);
});

test('the theme, the height of the panels and their arrangement are found again', async ({ app }) => {
  await openTemplate(app, 'Names');
  await app.getByRole('button', { name: 'Theme: System' }).click();
  await app.getByRole('button', { name: 'Theme: Dark' }).click();
  await app.getByRole('tab', { name: 'Data' }).click();
  await app.getByRole('separator', { name: 'Height of the panels' }).focus();
  await app.keyboard.press('ArrowUp');
  const panels = app.getByRole('region', { name: 'Panels' });
  const height = (await panels.boundingBox())?.height ?? 0;

  await app.reload();
  await expect(app.getByText(/^ready/), 'the project is there again').toBeVisible();
  await expect(app.locator('html')).toHaveAttribute('data-theme', 'light');
  await expect(app.getByRole('tab', { name: 'Data' })).toHaveAttribute('aria-selected', 'true');
  expect((await panels.boundingBox())?.height).toBe(height);

  await app.getByRole('button', { name: 'Hide the panels' }).click();
  await expect(app.getByText('No run yet')).not.toBeInViewport();
  await app.getByRole('button', { name: 'Show the panels' }).click();
  await expect(app.getByText('No run yet')).toBeInViewport();
});

test('the problems panel counts, explains and leads to the block', async ({ app }) => {
  await openTemplate(app, 'Names');
  await block(app, 'Last step').click();
  await app.keyboard.press('Delete');
  const tab = app.getByRole('tab', { name: /^Problems, [1-9]/ });
  await tab.click();
  const row = app
    .getByRole('listitem')
    .filter({ hasText: /Softmax head/ })
    .first();
  await expect(row).toContainText(/U0\d\d/);
  await row.getByRole('button').first().click();
  await expect(app.getByRole('region', { name: /^Softmax head: options/ })).toBeVisible();
  const train = app.getByRole('button', { name: 'Train', exact: true });
  await expect(train).toHaveAttribute('aria-disabled', 'true');
  await expect(app.getByRole('status', { name: 'Training progress' })).toHaveText('no model ready');
  await app.getByRole('tab', { name: 'Data' }).click();
  await train.click({ force: true });
  await expect(tab, 'Train leads to what stands in its way').toHaveAttribute('aria-selected', 'true');
});

test('the data panel shows what the data holds, and says when it is generated', async ({ app }) => {
  await openTemplate(app, 'Sentiment');
  await app.getByRole('tab', { name: 'Data' }).click();
  const panels = app.getByRole('region', { name: 'Panels' });
  await expect(panels.getByText('generated')).toBeVisible();
  await expect(panels.getByText('negative').first()).toBeVisible();
  await expect(panels.getByText('majority class').first()).toBeVisible();
  await expect(panels.getByRole('row').nth(1)).toBeVisible();
});
