import { block, drag, expect, middleOf, openTemplate, port, test } from './app-fixture.ts';

type App = Parameters<typeof block>[0];
const wires = (app: App) => app.getByRole('group', { name: /^Wire from/ });
const palette = (app: App, title: string) => app.getByRole('navigation', { name: 'Blocks' }).getByRole('option', { name: new RegExp(`^${title}`) });

async function expectTraining(app: App): Promise<void> {
  await expect(app.getByText('shapes agree')).toBeVisible();
  await expect(app.getByText(/step [1-9]/).first()).toBeVisible({ timeout: 60_000 });
}

test('the mouse alone builds the sentiment model on an empty canvas and trains it', async ({ app }) => {
  await openTemplate(app, 'Sentiment');
  const canvas = await app.getByRole('region', { name: 'Canvas' }).boundingBox();
  const at = (x: number, y: number) => ({ x: (canvas?.x ?? 0) + x, y: (canvas?.y ?? 0) + y });
  await app.mouse.click(at(450, 60).x, at(450, 60).y, { button: 'right' });
  await app.getByRole('menuitem', { name: /^Select everything/ }).click();
  await (await middle(app, 'Embedding')).rightClick();
  await app.getByRole('menuitem', { name: /^Delete/ }).click();
  await expect(app.getByText('Start with an input')).toBeVisible();

  await drag(app, palette(app, 'Tokens'), at(110, 160));
  await drag(app, palette(app, 'Embedding'), at(330, 160));
  await drag(app, palette(app, 'Bidirectional'), at(560, 160));
  await drag(app, palette(app, 'GRU'), block(app, 'Bidirectional'));
  await drag(app, palette(app, 'Softmax head'), at(800, 330));
  await drag(app, port(app, 'tokens1', 'out'), port(app, 'embed1', 'in'));
  await drag(app, port(app, 'embed1', 'out'), port(app, 'bi1', 'in'));
  await drag(app, port(app, 'bi1', 'state'), port(app, 'head1', 'in'));
  await expect(wires(app)).toHaveCount(3);
  await app.getByRole('button', { name: 'Train', exact: true }).click();
  await expectTraining(app);
});

async function middle(app: App, name: string) {
  const place = await middleOf(block(app, name).first());
  return { rightClick: () => app.mouse.click(place.x, place.y, { button: 'right' }) };
}

test('the keyboard alone builds the sentiment model on an empty canvas and trains it', async ({ app }) => {
  const card = app.getByRole('button', { name: /^Sentiment/ });
  for (let step = 0; step < 40 && !(await card.evaluate((element) => element === document.activeElement)); step++) await app.keyboard.press('Tab');
  await app.keyboard.press('Enter');
  await expect(app.getByText(/^ready/)).toBeVisible();
  await app.keyboard.press('Control+a');
  await app.keyboard.press('Delete');
  await expect(app.getByText('Start with an input')).toBeVisible();
  for (const words of ['tokens', 'embedding', 'bidirectional', 'gru', 'softmax']) {
    await app.keyboard.press('Shift+A');
    await expect(app.getByRole('dialog', { name: 'Add a block' })).toBeVisible();
    await app.keyboard.type(words);
    await app.keyboard.press('Enter');
    await expect(app.getByRole('dialog', { name: 'Add a block' })).toHaveCount(0);
  }
  await expect(app.getByRole('group', { name: /^Wire from Bidirectional to Softmax head/ })).toBeAttached();
  await expect(app.getByText('shapes agree')).toBeVisible();
  await app.keyboard.press('Control+Enter');
  await expectTraining(app);
});

test('one registry: every shortcut is bound to one command, and the palette lists every command by name', async ({ app }) => {
  await openTemplate(app, 'Names');
  await app.keyboard.press('Control+k');
  const list = app.getByRole('dialog', { name: 'Commands' });
  for (const title of [
    'Undo',
    'Copy',
    'Paste with the wires into it',
    'Nest in',
    'Align on one line',
    'Lay out from left to right',
    'Add GRU',
    'Rename',
    'Insert on the wire',
  ])
    await expect(list.getByRole('option', { name: new RegExp(`^${title}`) }).first()).toBeAttached();
  await app.keyboard.type('frame all');
  await app.keyboard.press('Enter');
  await expect(list).toHaveCount(0);
});
