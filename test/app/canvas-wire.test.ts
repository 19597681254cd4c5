import { block, drag, expect, middleOf, openTemplate, port, test } from './app-fixture.ts';

test('a wire that does not fit names both shapes and the axis, and its fix is one click and one undo step', async ({ app }) => {
  await openTemplate(app, 'Sentiment');
  await drag(app, port(app, 'embed', 'out'), port(app, 'head', 'in'));

  const refusal = app.getByRole('alertdialog');
  await expect(refusal).toContainText('B × T × 100');
  await expect(refusal).toContainText('B × F');
  await expect(refusal).toContainText('axis T is left over');
  await refusal.getByRole('button', { name: 'Insert Last step' }).click();

  await expect(block(app, 'Last step')).toHaveAccessibleName(/B × 100/);
  await expect(app.getByRole('group', { name: 'Wire from Last step to Softmax head, B × 100' })).toBeAttached();
  await app.keyboard.press('Control+z');
  await expect(block(app, 'Last step')).toHaveCount(0);
  await expect(app.getByRole('group', { name: 'Wire from Bidirectional to Softmax head, B × 64' })).toBeAttached();
});

test('while a wire is dragged the ports that fit glow and the others dim', async ({ app }) => {
  await openTemplate(app, 'Sentiment');
  const start = await middleOf(port(app, 'embed', 'out'));
  await app.mouse.move(start.x, start.y);
  await app.mouse.down();
  await app.mouse.move(start.x + 20, start.y + 60, { steps: 4 });

  await expect(port(app, 'bi', 'in')).toHaveAttribute('data-fit', 'fits');
  await expect(port(app, 'head', 'in')).toHaveAttribute('data-fit', 'dim');
  await expect(port(app, 'words', 'out')).toHaveAttribute('data-fit', 'dim');
  await app.mouse.move(start.x, start.y);
  await app.mouse.up();
});

test('a wire that fits is drawn, and undo takes it back', async ({ app }) => {
  await openTemplate(app, 'Sentiment');
  const wire = app.getByRole('group', { name: 'Wire from Bidirectional to Softmax head, B × 64' });
  await wire.focus();
  await app.keyboard.press('Enter');
  await app.keyboard.press('Delete');
  await expect(wire).toHaveCount(0);

  await drag(app, port(app, 'bi', 'state'), port(app, 'head', 'in'));
  await expect(wire).toBeAttached();
  await app.keyboard.press('Control+z');
  await expect(wire).toHaveCount(0);
});

test('a wire let go on a block takes the port that fits', async ({ app }) => {
  await openTemplate(app, 'Names');
  const wire = app.getByRole('group', { name: /^Wire from Embedding to RNN/ });
  await wire.focus();
  await app.keyboard.press('Enter');
  await app.keyboard.press('Backspace');
  await expect(wire).toHaveCount(0);

  await drag(app, port(app, 'embed', 'out'), block(app, 'RNN'));
  await expect(wire).toBeAttached();
});

test('a wire let go on empty canvas lists what fits there and adds it wired', async ({ app }) => {
  await openTemplate(app, 'Sentiment');
  const canvas = await app.getByRole('region', { name: 'Canvas' }).boundingBox();
  await drag(app, port(app, 'embed', 'out'), { x: (canvas?.x ?? 0) + 400, y: (canvas?.y ?? 0) + 60 });

  const menu = app.getByRole('dialog', { name: 'Connect to' });
  await expect(menu.getByRole('option', { name: /^LSTM/ })).toBeVisible();
  await expect(menu.getByRole('option', { name: /^Softmax head/ })).toHaveCount(0);
  await app.keyboard.type('lstm');
  await app.keyboard.press('Enter');
  await expect(app.getByRole('group', { name: 'Wire from Embedding to LSTM, B × T × 100' })).toBeAttached();
});

test('the keyboard alone wires two blocks', async ({ app }) => {
  await openTemplate(app, 'Sentiment');
  const wire = app.getByRole('group', { name: 'Wire from Bidirectional to Softmax head, B × 64' });
  await wire.focus();
  await app.keyboard.press('Enter');
  await app.keyboard.press('Delete');
  await block(app, 'Softmax head').focus();
  await app.keyboard.press('Enter');
  await app.keyboard.press('w');

  const menu = app.getByRole('dialog', { name: 'Connect to' });
  await expect(menu.getByRole('option', { name: /^From Bidirectional/ })).toBeVisible();
  await app.keyboard.type('from bi');
  await app.keyboard.press('Enter');
  await expect(wire).toBeAttached();
});
