import { block, drag, expect, middleOf, openTemplate, test } from './app-fixture.ts';

const placeOf = async (app: Parameters<typeof block>[0], name: string) => {
  const box = await block(app, name).boundingBox();
  return { x: Math.round(box?.x ?? 0), y: Math.round(box?.y ?? 0) };
};

test('a drag moves a block, and is one undo step that says what it undid', async ({ app }) => {
  await openTemplate(app, 'Names');
  const before = await placeOf(app, 'Last step');
  const from = await middleOf(block(app, 'Last step'));
  await drag(app, block(app, 'Last step'), { x: from.x + 30, y: from.y + 90 });
  const after = await placeOf(app, 'Last step');
  expect(after.y - before.y).toBeGreaterThan(80);

  await app.getByRole('button', { name: 'Undo: Move Last step' }).click();
  expect(await placeOf(app, 'Last step')).toEqual(before);
  await app.keyboard.press('Control+y');
  expect(await placeOf(app, 'Last step')).toEqual(after);
});

test('arrow keys move what is selected; a box and Shift select several', async ({ app }) => {
  await openTemplate(app, 'Names');
  await block(app, 'Last step').click();
  await block(app, 'Softmax head').click({ modifiers: ['Shift'] });
  const before = await Promise.all([placeOf(app, 'Last step'), placeOf(app, 'Softmax head')]);
  await app.keyboard.press('ArrowDown');
  const after = await Promise.all([placeOf(app, 'Last step'), placeOf(app, 'Softmax head')]);
  expect(after[0].y).toBeGreaterThan(before[0].y);
  expect(after[1].y - before[1].y).toBe(after[0].y - before[0].y);

  await app.keyboard.press('Escape');
  await expect(app.locator('[aria-current="true"]')).toHaveCount(0);
  const first = await block(app, 'Name').boundingBox();
  const second = await block(app, 'Embedding').boundingBox();
  await app.mouse.move((first?.x ?? 0) - 8, (first?.y ?? 0) - 30);
  await app.mouse.down();
  await app.mouse.move((second?.x ?? 0) + 40, (second?.y ?? 0) + 40, { steps: 8 });
  await app.mouse.up();
  await expect(block(app, 'Name')).toHaveAttribute('aria-current', 'true');
  await expect(block(app, 'Embedding')).toHaveAttribute('aria-current', 'true');
  await expect(block(app, 'RNN')).not.toHaveAttribute('aria-current', 'true');
});

test('Delete and Backspace delete with the wires; text fields keep their own keys', async ({ app }) => {
  await openTemplate(app, 'Names');
  await block(app, 'Last step').click();
  await app.keyboard.press('Backspace');
  await expect(block(app, 'Last step')).toHaveCount(0);
  await expect(app.getByRole('group', { name: /^Wire from/ })).toHaveCount(2);
  await app.keyboard.press('Control+z');

  await block(app, 'RNN').click();
  const units = app.getByRole('textbox', { name: 'Units' });
  await units.click();
  await units.press('Backspace');
  await units.press('Delete');
  await expect(block(app, 'RNN')).toBeVisible();
});

test('a cell is dragged out of its block and back in', async ({ app }) => {
  await openTemplate(app, 'Sentiment');
  const gru = await middleOf(block(app, 'GRU'));
  await drag(app, block(app, 'GRU'), { x: gru.x, y: gru.y - 150 });
  await expect(block(app, 'Bidirectional')).toHaveAccessibleName(/is empty/);
  await expect(app.getByText('Drop a cell here')).toBeVisible();

  await drag(app, block(app, 'GRU'), app.getByText('Drop a cell here'));
  await expect(block(app, 'Bidirectional')).not.toHaveAccessibleName(/is empty/);
  await expect(app.getByText('shapes agree')).toBeVisible();
  await app.keyboard.press('Control+z');
  await app.keyboard.press('Control+z');
  await expect(app.getByText('shapes agree')).toBeVisible();
});

test('frame all brings every block into sight', async ({ app }) => {
  await openTemplate(app, 'Names');
  const canvas = app.getByRole('region', { name: 'Canvas' });
  const from = await middleOf(block(app, 'Last step'));
  await drag(app, block(app, 'Last step'), { x: from.x, y: from.y + 120 });
  await app.getByRole('button', { name: 'Zoom in' }).click();
  await app.getByRole('button', { name: 'Zoom in' }).click();
  await canvas.focus();
  await app.keyboard.press('f');
  const frame = await canvas.boundingBox();
  await expect(async () => {
    const boxes = await Promise.all(['Name', 'Last step', 'Softmax head'].map((name) => block(app, name).boundingBox()));
    for (const box of boxes) {
      expect(box?.x).toBeGreaterThan(frame?.x ?? Infinity);
      expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThan((frame?.x ?? 0) + (frame?.width ?? 0));
    }
  }).toPass();
});

test('a block without wires that is let go on a wire is put into it', async ({ app }) => {
  await openTemplate(app, 'Names');
  const canvas = await app.getByRole('region', { name: 'Canvas' }).boundingBox();
  await drag(app, app.getByRole('option', { name: /^Dense/ }), { x: (canvas?.x ?? 0) + 420, y: (canvas?.y ?? 0) + 80 });
  const [left, right] = await Promise.all([block(app, 'Last step').boundingBox(), block(app, 'Softmax head').boundingBox()]);
  const x = ((left?.x ?? 0) + (left?.width ?? 0) + (right?.x ?? 0)) / 2;
  await drag(app, block(app, 'Dense'), { x, y: (left?.y ?? 0) + (left?.height ?? 0) / 2 });
  await expect(app.getByRole('group', { name: /^Wire from Dense to Softmax head/ })).toBeAttached();
  await app.getByRole('button', { name: 'Undo: Insert Dense' }).click();
  await expect(app.getByRole('group', { name: /^Wire from Last step to Softmax head/ })).toBeAttached();
});

test('Space pans while the left button is held; without it the button selects by box', async ({ app }) => {
  await openTemplate(app, 'Names');
  const canvas = await app.getByRole('region', { name: 'Canvas' }).boundingBox();
  const before = await placeOf(app, 'RNN');
  await app.mouse.move((canvas?.x ?? 0) + 300, (canvas?.y ?? 0) + 40);
  await app.keyboard.down('Space');
  await app.mouse.down();
  await app.mouse.move((canvas?.x ?? 0) + 360, (canvas?.y ?? 0) + 70, { steps: 6 });
  await app.mouse.up();
  await app.keyboard.up('Space');
  const after = await placeOf(app, 'RNN');
  expect(after.x - before.x).toBeGreaterThan(40);
  await expect(app.locator('[aria-current="true"]')).toHaveCount(0);
});
