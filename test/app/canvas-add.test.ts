import { block, drag, expect, middleOf, openTemplate, test } from './app-fixture.ts';

const wires = (app: Parameters<typeof block>[0]) => app.getByRole('group', { name: /^Wire from/ });

test('Enter in the palette adds block after block, each wired to the one before', async ({ app }) => {
  await openTemplate(app, 'Sentiment');
  await app.getByRole('region', { name: 'Canvas' }).focus();
  await app.keyboard.press('Control+a');
  await app.keyboard.press('Delete');
  await expect(app.getByText('Start with an input')).toBeVisible();

  const search = app.getByRole('combobox', { name: 'Find a block' });
  for (const kind of ['tokens', 'embedding', 'lstm', 'last step', 'softmax']) {
    await search.fill(kind);
    await search.press('Enter');
  }
  await expect(wires(app)).toHaveCount(4);
  await expect(app.getByText('shapes agree')).toBeVisible();
  await app.getByRole('region', { name: 'Canvas' }).focus();
  for (let step = 0; step < 6; step++) await app.keyboard.press('Control+z');
  await expect(block(app, 'Bidirectional')).toBeVisible();
  await expect(wires(app)).toHaveCount(3);
});

test('a block that cannot follow the one before it says why where it stands, and offers the block between', async ({ app }) => {
  await openTemplate(app, 'Names');
  await block(app, 'Name').focus();
  await app.keyboard.press('Control+a');
  await app.keyboard.press('Delete');
  await expect(app.getByRole('tab', { name: 'Problems, 0' }), 'an empty canvas is no mistake').toBeVisible();
  const search = app.getByRole('combobox', { name: 'Find a block' });
  for (const words of ['tokens', 'rnn']) {
    await search.fill(words);
    await search.press('Enter');
  }
  const refusal = app.getByRole('alertdialog', { name: 'This wire does not fit' });
  await expect(refusal).toContainText('token ids have no features');
  await refusal.getByRole('button', { name: 'Insert Embedding' }).click();
  await expect(wires(app)).toHaveCount(2);
  await expect(block(app, 'RNN').locator('.node-card'), 'the next block goes beside it').toHaveAttribute('data-selected', 'true');
});

test('the arrow keys walk through the palette', async ({ app }) => {
  await openTemplate(app, 'Names');
  const search = app.getByRole('combobox', { name: 'Find a block' });
  const options = app.getByRole('option');
  await search.focus();
  await search.press('ArrowDown');
  await search.press('ArrowDown');
  await expect(options.nth(1)).toHaveAttribute('aria-selected', 'true');
  await search.press('ArrowUp');
  await expect(options.first()).toHaveAttribute('aria-selected', 'true');
  await search.press('End');
  await expect(options.last()).toHaveAttribute('aria-selected', 'true');
  await expect(options.last()).toBeInViewport();
});

test('a block dragged from the palette lands where it is let go, as one undo step', async ({ app }) => {
  await openTemplate(app, 'Names');
  const canvas = await app.getByRole('region', { name: 'Canvas' }).boundingBox();
  const target = { x: (canvas?.x ?? 0) + 420, y: (canvas?.y ?? 0) + 80 };
  await drag(app, app.getByRole('option', { name: /^Dense/ }), target);

  const added = block(app, 'Dense');
  const box = await added.boundingBox();
  expect(Math.abs((box?.x ?? 0) + (box?.width ?? 0) / 2 - target.x)).toBeLessThan(3);
  await app.keyboard.press('Control+z');
  await expect(added).toHaveCount(0);
});

test('a cell dragged from the palette into a block joins its children', async ({ app }) => {
  await openTemplate(app, 'Sentiment');
  const gru = await middleOf(block(app, 'GRU'));
  await drag(app, app.getByRole('option', { name: /^LSTM/ }), { x: gru.x + 50, y: gru.y });

  const [outer, inner] = await Promise.all([block(app, 'Bidirectional').boundingBox(), block(app, 'LSTM').boundingBox()]);
  expect(inner?.x).toBeGreaterThan(outer?.x ?? Infinity);
  expect((inner?.x ?? 0) + (inner?.width ?? 0)).toBeLessThan((outer?.x ?? 0) + (outer?.width ?? 0));
  await app.keyboard.press('Control+z');
  await expect(block(app, 'LSTM')).toHaveCount(0);
});

test('a block dragged onto a wire is put into it', async ({ app }) => {
  await openTemplate(app, 'Names');
  const [left, right] = await Promise.all([block(app, 'Last step').boundingBox(), block(app, 'Softmax head').boundingBox()]);
  const x = ((left?.x ?? 0) + (left?.width ?? 0) + (right?.x ?? 0)) / 2;
  await drag(app, app.getByRole('option', { name: /^Dense/ }), { x, y: (left?.y ?? 0) + (left?.height ?? 0) / 2 });
  await expect(app.getByRole('group', { name: /^Wire from Last step to Dense/ })).toBeAttached();
  await expect(app.getByRole('group', { name: /^Wire from Dense to Softmax head/ })).toBeAttached();
});

test('a double press in the palette adds beside what is selected', async ({ app }) => {
  await openTemplate(app, 'Names');
  await block(app, 'Embedding').click();
  await app.getByRole('option', { name: /^GRU/ }).dblclick();
  await expect(app.getByRole('group', { name: /^Wire from Embedding to GRU/ })).toBeAttached();
});
