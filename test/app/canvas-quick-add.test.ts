import { block, expect, middleOf, openTemplate, port, test } from './app-fixture.ts';

const wires = (app: Parameters<typeof block>[0]) => app.getByRole('group', { name: /^Wire from/ });
const canvas = (app: Parameters<typeof block>[0]) => app.getByRole('region', { name: 'Canvas' });

test('a double press on empty canvas lists blocks; the one that is typed and entered stands there', async ({ app }) => {
  await openTemplate(app, 'Names');
  const box = await canvas(app).boundingBox();
  const at = { x: (box?.x ?? 0) + 400, y: (box?.y ?? 0) + 70 };
  await app.mouse.dblclick(at.x, at.y);
  const list = app.getByRole('dialog', { name: 'Add a block' });
  await expect(list.getByRole('option', { name: /^LSTM/ })).toBeVisible();
  await app.keyboard.type('drpt');
  await app.keyboard.press('Enter');

  const added = await middleOf(block(app, 'Dropout'));
  expect(Math.abs(added.x - at.x)).toBeLessThan(4);
  await expect(block(app, 'Dropout')).toHaveAttribute('aria-current', 'true');
  await app.getByRole('button', { name: 'Undo: Add Dropout' }).click();
  await expect(block(app, 'Dropout')).toHaveCount(0);
});

test('Tab on the canvas and Shift A list blocks too: at the pointer, or beside what is selected', async ({ app }) => {
  await openTemplate(app, 'Names');
  await app.mouse.move(5, 5);
  await canvas(app).focus();
  await app.keyboard.press('Tab');
  await expect(app.getByRole('dialog', { name: 'Add a block' })).toBeVisible();
  await app.keyboard.press('Escape');
  await expect(app.getByRole('dialog', { name: 'Add a block' })).toHaveCount(0);

  await block(app, 'Embedding').focus();
  await app.keyboard.press('Enter');
  await app.keyboard.press('Shift+A');
  await app.keyboard.type('gru');
  await app.keyboard.press('Enter');
  await expect(app.getByRole('group', { name: /^Wire from Embedding to GRU/ })).toBeAttached();
});

test('a command inserts a block on the selected wire: only what fits is offered', async ({ app }) => {
  await openTemplate(app, 'Names');
  const wire = app.getByRole('group', { name: /^Wire from Embedding to RNN/ });
  await wire.focus();
  await app.keyboard.press('Enter');
  await app.keyboard.press('i');
  const list = app.getByRole('dialog', { name: 'Insert on the wire' });
  await expect(list.getByRole('option', { name: /^Dropout/ })).toBeVisible();
  await expect(list.getByRole('option', { name: /^Last step/ })).toHaveCount(0);
  await app.keyboard.type('dropout');
  await app.keyboard.press('Enter');
  await expect(app.getByRole('group', { name: /^Wire from Embedding to Dropout/ })).toBeAttached();
  await expect(app.getByRole('group', { name: /^Wire from Dropout to RNN/ })).toBeAttached();
  await app.keyboard.press('Control+z');
  await expect(wire).toBeAttached();
});

test('the right button on a wire offers the same', async ({ app }) => {
  await openTemplate(app, 'Names');
  const [from, to] = await Promise.all([middleOf(port(app, 'embed', 'out')), middleOf(app.locator('.port[data-handleid="in"]').nth(1))]);
  await app.mouse.click((from.x + to.x) / 2, (from.y + to.y) / 2, { button: 'right' });
  await app.getByRole('menuitem', { name: /^Insert on the wire/ }).click();
  await app
    .locator('.canvas-list')
    .getByRole('option', { name: /^Layer norm/i })
    .click();
  await expect(wires(app)).toHaveCount(5);
  await app.keyboard.press('Control+z');
  await expect(wires(app)).toHaveCount(4);
});

test('the right button on the canvas adds where it was pressed', async ({ app }) => {
  await openTemplate(app, 'Names');
  const box = await canvas(app).boundingBox();
  const at = { x: (box?.x ?? 0) + 420, y: (box?.y ?? 0) + 80 };
  await app.mouse.click(at.x, at.y, { button: 'right' });
  await app.getByRole('menuitem', { name: /^Add a block/ }).click();
  await app
    .locator('.canvas-list')
    .getByRole('option', { name: /^Repeat/ })
    .click();
  expect(Math.abs((await middleOf(block(app, 'Repeat'))).x - at.x)).toBeLessThan(4);
});
