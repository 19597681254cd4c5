import { block, drag, expect, middleOf, openTemplate, test } from './app-fixture.ts';

type App = Parameters<typeof block>[0];
const inside = async (app: App, inner: string, outer: string): Promise<boolean> => {
  const [a, b] = await Promise.all([block(app, inner).boundingBox(), block(app, outer).boundingBox()]);
  if (a === null || b === null) throw new Error('not on the screen');
  return a.x > b.x && a.y > b.y && a.x + a.width < b.x + b.width && a.y + a.height < b.y + b.height;
};

test('while a cell is dragged over a block the block lights up and grows; let go, it is in it', async ({ app }) => {
  await openTemplate(app, 'Sentiment');
  const canvas = await app.getByRole('region', { name: 'Canvas' }).boundingBox();
  await drag(app, app.getByRole('option', { name: /^LSTM/ }), { x: (canvas?.x ?? 0) + 380, y: (canvas?.y ?? 0) + 60 });
  const before = await block(app, 'Bidirectional').boundingBox();
  const [from, to] = await Promise.all([middleOf(block(app, 'LSTM')), middleOf(block(app, 'GRU'))]);
  await app.mouse.move(from.x, from.y);
  await app.mouse.down();
  await app.mouse.move(from.x + 10, from.y + 10, { steps: 3 });
  await app.mouse.move(to.x + 30, to.y, { steps: 10 });
  await expect(app.locator('.node-block')).toHaveAttribute('data-target', 'true');
  await expect(app.locator('.node-slot')).toBeVisible();
  expect((await block(app, 'Bidirectional').boundingBox())?.width).toBeGreaterThan((before?.width ?? 0) + 100);
  await app.mouse.up();
  await expect(app.locator('.node-slot')).toHaveCount(0);
  expect(await inside(app, 'LSTM', 'Bidirectional')).toBe(true);
  await app.getByRole('button', { name: 'Undo: Move LSTM into Bidirectional' }).click();
  expect(await inside(app, 'LSTM', 'Bidirectional')).toBe(false);
});

test('a block goes into a block with all that is in it, and out again', async ({ app }) => {
  await openTemplate(app, 'Names');
  await app.keyboard.press('Control+j');
  await expect.poll(async () => (await app.getByRole('region', { name: 'Canvas' }).boundingBox())?.height ?? 0).toBeGreaterThan(650);
  const canvas = await app.getByRole('region', { name: 'Canvas' }).boundingBox();
  const at = (x: number) => ({ x: (canvas?.x ?? 0) + x, y: (canvas?.y ?? 0) + 170 });
  await drag(app, app.getByRole('option', { name: /^Stack/ }), at(150));
  await drag(app, app.getByRole('option', { name: /^Bidirectional/ }), at(500));
  await drag(app, app.getByRole('option', { name: /^GRU/ }), block(app, 'Bidirectional'));
  expect(await inside(app, 'GRU', 'Bidirectional')).toBe(true);
  const caption = app.locator('.react-flow__node', { hasText: 'Bidirectional' }).locator('.block-aside').last();
  await drag(app, caption, block(app, 'Stack'));
  expect(await inside(app, 'Bidirectional', 'Stack')).toBe(true);
  expect(await inside(app, 'GRU', 'Bidirectional')).toBe(true);
  await app.getByRole('button', { name: 'Undo: Move Bidirectional into Stack' }).click();
  expect(await inside(app, 'Bidirectional', 'Stack')).toBe(false);
});

test('the keyboard puts a block around a cell, takes the cell out, and nests it again', async ({ app }) => {
  await openTemplate(app, 'Names');
  await block(app, 'RNN').focus();
  await app.keyboard.press('Enter');
  await app.keyboard.press('Control+g');
  await expect(app.getByRole('dialog', { name: 'Nest in' })).toBeVisible();
  await app.keyboard.type('new stack');
  await app.keyboard.press('Enter');
  expect(await inside(app, 'RNN', 'Stack')).toBe(true);
  await expect(app.getByRole('group', { name: /^Wire from Embedding to Stack/ })).toBeAttached();
  await expect(app.getByRole('group', { name: /^Wire from Stack to Last step/ })).toBeAttached();
  await expect(app.getByText('shapes agree')).toBeVisible();

  await block(app, 'RNN').focus();
  await app.keyboard.press('Enter');
  await app.keyboard.press('Control+Shift+G');
  expect(await inside(app, 'RNN', 'Stack')).toBe(false);
  await app.keyboard.press('Control+g');
  await app.keyboard.type('stack1');
  await app.keyboard.press('Enter');
  expect(await inside(app, 'RNN', 'Stack')).toBe(true);
  for (let step = 0; step < 3; step++) await app.keyboard.press('Control+z');
  await expect(block(app, 'Stack')).toHaveCount(0);
  await expect(app.getByText('shapes agree')).toBeVisible();
});
