import { block, expect, openTemplate, test } from './app-fixture.ts';

type App = Parameters<typeof block>[0];
const wires = (app: App) => app.getByRole('group', { name: /^Wire from/ });
const blocks = (app: App) => app.locator('.react-flow__node');

async function select(app: App, ...names: readonly string[]): Promise<void> {
  for (const [place, name] of names.entries())
    await block(app, name)
      .first()
      .click(place === 0 ? {} : { modifiers: ['Shift'] });
}

test('copy and paste put copies with their wires at the pointer; one step back takes them away', async ({ app }) => {
  await openTemplate(app, 'Names');
  await select(app, 'Embedding', 'RNN');
  await app.keyboard.press('Control+c');
  const canvas = await app.getByRole('region', { name: 'Canvas' }).boundingBox();
  await app.mouse.move((canvas?.x ?? 0) + 400, (canvas?.y ?? 0) + 60);
  await app.keyboard.press('Control+v');
  await expect(blocks(app)).toHaveCount(7);
  await expect(app.getByRole('group', { name: /^Wire from Embedding to RNN/ })).toHaveCount(2);
  await expect(app.getByRole('group', { name: /^Wire from Name to Embedding/ })).toHaveCount(1);
  await app.getByRole('button', { name: 'Undo: Paste 2 blocks' }).click();
  await expect(blocks(app)).toHaveCount(5);
});

test('Ctrl Shift V also wires them to what fed the originals', async ({ app }) => {
  await openTemplate(app, 'Names');
  await select(app, 'Embedding', 'RNN');
  await app.keyboard.press('Control+c');
  await app.keyboard.press('Control+Shift+V');
  await expect(app.getByRole('group', { name: /^Wire from Name to Embedding/ })).toHaveCount(2);
  await app.keyboard.press('Control+z');
  await expect(blocks(app)).toHaveCount(5);
});

test('cut takes blocks away, and paste brings them back', async ({ app }) => {
  await openTemplate(app, 'Sentiment');
  await block(app, 'Bidirectional').focus();
  await app.keyboard.press('Enter');
  await app.keyboard.press('Control+x');
  await expect(blocks(app)).toHaveCount(3);
  await expect(app.getByRole('button', { name: 'Undo: Cut Bidirectional' })).toBeVisible();
  await app.keyboard.press('Control+Shift+V');
  await expect(blocks(app)).toHaveCount(5);
  await expect(app.getByRole('group', { name: /^Wire from Embedding to Bidirectional/ })).toBeAttached();
});

test('duplicate, with and without the wires into it', async ({ app }) => {
  await openTemplate(app, 'Names');
  await select(app, 'RNN');
  await app.keyboard.press('Control+d');
  await expect(block(app, 'RNN')).toHaveCount(2);
  await expect(wires(app)).toHaveCount(4);
  await app.keyboard.press('Control+z');
  await app.keyboard.press('Control+Shift+D');
  await expect(wires(app)).toHaveCount(5);
});

test('a child copied is pasted into its block, behind the others', async ({ app }) => {
  await openTemplate(app, 'Sentiment');
  await block(app, 'GRU').click();
  await app.keyboard.press('Control+c');
  await app.keyboard.press('Control+v');
  await expect(block(app, 'GRU')).toHaveCount(2);
  const [outer, last] = await Promise.all([block(app, 'Bidirectional').boundingBox(), block(app, 'GRU').last().boundingBox()]);
  expect((last?.x ?? 0) + (last?.width ?? 0)).toBeLessThan((outer?.x ?? 0) + (outer?.width ?? 0));
});

test('blocks pass to another window as text; other text is refused with a sentence', async ({ app, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openTemplate(app, 'Names');
  await select(app, 'RNN');
  await app.keyboard.press('Control+c');
  const text = await app.evaluate(() => navigator.clipboard.readText());
  expect(JSON.parse(text)).toMatchObject({ format: 'unroll/blocks', graph: { nodes: [{ kind: 'rnn' }] } });

  await app.getByRole('button', { name: 'Templates' }).click();
  await openTemplate(app, 'Sentiment');
  await app.getByRole('region', { name: 'Canvas' }).focus();
  await app.keyboard.press('Control+v');
  await expect(block(app, 'RNN')).toHaveCount(1);

  await app.evaluate(() => navigator.clipboard.writeText('a shopping list'));
  await app.keyboard.press('Control+v');
  await expect(app.getByText('The clipboard holds no blocks.')).toBeVisible();
});

test('the menu of the right button copies and pastes', async ({ app, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openTemplate(app, 'Names');
  await block(app, 'RNN').click({ button: 'right' });
  await app.getByRole('menuitem', { name: /^Copy/ }).click();
  const canvas = await app.getByRole('region', { name: 'Canvas' }).boundingBox();
  await app.mouse.click((canvas?.x ?? 0) + 420, (canvas?.y ?? 0) + 60, { button: 'right' });
  await app.getByRole('menuitem', { name: /^Paste Ctrl/ }).click();
  await expect(block(app, 'RNN')).toHaveCount(2);
});
