import { block, drag, expect, middleOf, openTemplate, test } from './app-fixture.ts';

type App = Parameters<typeof block>[0];
const boxOf = async (app: App, name: string) => {
  const box = await block(app, name).first().boundingBox();
  return { x: Math.round(box?.x ?? 0), y: Math.round(box?.y ?? 0), width: Math.round(box?.width ?? 0) };
};

async function lower(app: App, name: string, by: number): Promise<void> {
  const at = await middleOf(block(app, name));
  await drag(app, block(app, name), { x: at.x, y: at.y + by });
}

test('several blocks align and distribute, by the bar and by keys, each as one undo step', async ({ app }) => {
  await openTemplate(app, 'Names');
  await lower(app, 'Embedding', 90);
  await lower(app, 'RNN', 40);
  await block(app, 'Name').first().click();
  for (const name of ['Embedding', 'RNN']) await block(app, name).click({ modifiers: ['Shift'] });
  const before = await boxOf(app, 'Embedding');
  await app.getByRole('button', { name: 'Align top' }).click();
  const tops = await Promise.all(['Name', 'Embedding', 'RNN'].map(async (name) => (await boxOf(app, name)).y));
  expect(new Set(tops).size).toBe(1);
  await app.getByRole('button', { name: 'Undo: Align top' }).click();
  expect(await boxOf(app, 'Embedding')).toEqual(before);

  await app.keyboard.press('Alt+s');
  const bottoms = await Promise.all(['Name', 'Embedding'].map(async (name) => (await boxOf(app, name)).y));
  expect(bottoms[0]).toBe(bottoms[1]);
  await app.keyboard.press('Alt+Shift+h');
  const [a, b, c] = await Promise.all(['Name', 'Embedding', 'RNN'].map((name) => boxOf(app, name)));
  expect(Math.abs(b!.x - a!.x - a!.width - (c!.x - b!.x - b!.width))).toBeLessThan(3);
});

test('lay out puts every block behind what feeds it, in a worker, as one undo step', async ({ app }) => {
  await openTemplate(app, 'Sentiment');
  await lower(app, 'Embedding', 120);
  const before = await boxOf(app, 'Embedding');
  await app.getByRole('button', { name: 'Lay out from left to right' }).click();
  await expect(app.getByRole('button', { name: 'Undo: Lay out' })).toBeVisible();
  await expect(async () => {
    const [words, embed, bi, head] = await Promise.all(['Review', 'Embedding', 'Bidirectional', 'Softmax head'].map((name) => boxOf(app, name)));
    expect(words!.x + words!.width).toBeLessThan(embed!.x);
    expect(embed!.x + embed!.width).toBeLessThan(bi!.x);
    expect(bi!.x + bi!.width).toBeLessThan(head!.x);
  }).toPass();
  await app.keyboard.press('Control+z');
  await expect(app.getByRole('button', { name: 'Undo: Move Embedding' })).toBeVisible();
  await app.getByRole('region', { name: 'Canvas' }).focus();
  await app.keyboard.press('Shift+L');
  await expect(app.getByRole('button', { name: 'Undo: Lay out' })).toBeVisible();
  expect(before.width).toBeGreaterThan(0);
});

test('a block is renamed on its card: by a double press, and by F2', async ({ app }) => {
  await openTemplate(app, 'Names');
  await block(app, 'RNN').locator('.node-title').dblclick();
  const field = app.locator('.node-card').getByRole('textbox', { name: 'Name of this block' });
  await expect(field).toBeFocused();
  await app.keyboard.type('Memory');
  await app.keyboard.press('Enter');
  await expect(block(app, 'Memory')).toBeVisible();
  await app.keyboard.press('F2');
  await app.keyboard.type('Nothing');
  await app.keyboard.press('Escape');
  await expect(block(app, 'Memory')).toBeVisible();
  await app.keyboard.press('F2');
  await app.keyboard.press('Delete');
  await app.keyboard.press('Enter');
  await expect(block(app, 'RNN')).toBeVisible();
  await app.keyboard.press('Control+z');
  await expect(block(app, 'Memory')).toBeVisible();
});

test('a block is switched off and on; one that cannot be says why', async ({ app }) => {
  await openTemplate(app, 'Names');
  await block(app, 'RNN').focus();
  await app.keyboard.press('Enter');
  await app.keyboard.press('m');
  await expect(block(app, 'RNN')).toHaveAccessibleName(/switched off/);
  await expect(app.getByText('shapes agree')).toBeVisible();
  await app.getByRole('button', { name: 'Undo: Switch RNN off' }).click();
  await expect(block(app, 'RNN')).not.toHaveAccessibleName(/switched off/);

  await block(app, 'Last step').click({ button: 'right' });
  await app.getByRole('menuitem', { name: /^Switch on or off/ }).click();
  await expect(app.getByText(/cannot be switched off: what leaves it is not of the kind that enters it/)).toBeVisible();
  await expect(block(app, 'Last step')).not.toHaveAccessibleName(/switched off/);
});
