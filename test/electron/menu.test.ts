import { join } from 'node:path';
import { writeFile } from 'node:fs/promises';
import { names } from '../../src-engine/scenarios/names.ts';
import { answerDialogs, ask, expect, test, type Desktop } from './desktop.ts';

/** The native menu is the window's own registry of commands, and what the system expects beside it. */

interface Shown {
  readonly id?: string;
  readonly label: string;
  readonly role?: string;
  readonly accelerator?: string;
  readonly enabled: boolean;
  readonly items: readonly Shown[];
}

function menuOf(desktop: Desktop): Promise<readonly Shown[]> {
  return desktop.main(({ Menu }) => {
    type Item = NonNullable<ReturnType<typeof Menu.getApplicationMenu>>['items'][number];
    const shown = (item: Item): Shown => ({
      id: item.id,
      label: item.label,
      ...(item.role === undefined ? {} : { role: item.role.toLowerCase() }),
      ...(typeof item.accelerator === 'string' ? { accelerator: item.accelerator } : {}),
      enabled: item.enabled,
      items: item.submenu?.items.map(shown) ?? [],
    });
    return Menu.getApplicationMenu()?.items.map(shown) ?? [];
  }, null);
}

async function itemOf(desktop: Desktop, id: string): Promise<Shown | undefined> {
  const all = (items: readonly Shown[]): readonly Shown[] => items.flatMap((item) => [item, ...all(item.items)]);
  return all(await menuOf(desktop)).find((item) => item.id === id);
}

function click(desktop: Desktop, id: string): Promise<void> {
  return desktop.main(({ Menu }, wanted) => {
    Menu.getApplicationMenu()?.getMenuItemById(wanted)?.click();
  }, id);
}

test('"Native menu": every command of the window is in it, under its group, with its shortcut', async ({ desktop }) => {
  await expect
    .poll(async () => (await menuOf(desktop)).map(({ label }) => label.replace('&', '')))
    .toEqual(expect.arrayContaining(['File', 'Edit', 'View', 'Training', 'Help']));
  const menus = await menuOf(desktop);
  const file = menus.find(({ label }) => label === '&File');
  expect(file?.items.find(({ id }) => id === 'file.save')).toMatchObject({ label: 'Save', accelerator: 'CommandOrControl+S' });
  expect(file?.items.find(({ id }) => id === 'file.saveAs')).toMatchObject({ label: 'Save as', accelerator: 'CommandOrControl+Shift+S' });
  expect(menus.find(({ label }) => label === '&Edit')?.items.find(({ id }) => id === 'edit.undo')).toMatchObject({ accelerator: 'CommandOrControl+Z' });
  expect(file?.items.at(-1)?.role).toMatch(/quit|close/u);
  expect(menus.find(({ label }) => label === '&View')?.items.map(({ role }) => role)).toEqual(
    expect.arrayContaining(['reload', 'toggledevtools', 'togglefullscreen']),
  );
});

test('"Native menu": an item is enabled exactly while its command is', async ({ desktop }) => {
  await expect.poll(async () => (await itemOf(desktop, 'file.save'))?.enabled).toBe(false);
  expect(await itemOf(desktop, 'run.train')).toMatchObject({ enabled: false });
  await desktop
    .page()
    .getByRole('button', { name: /^Names/u })
    .click();
  await expect(desktop.page().getByText(/^ready/u)).toBeVisible();
  await expect.poll(async () => (await itemOf(desktop, 'file.save'))?.enabled).toBe(true);
  expect(await itemOf(desktop, 'run.train')).toMatchObject({ enabled: true });
  expect(await itemOf(desktop, 'edit.undo')).toMatchObject({ enabled: false });
  expect(await itemOf(desktop, 'edit.copy')).toMatchObject({ role: 'copy' });
});

test('"Native menu": a click runs the command in the window', async ({ desktop }) => {
  const page = desktop.page();
  await expect.poll(async () => (await itemOf(desktop, 'file.new'))?.enabled).toBe(true);
  await click(desktop, 'file.new');
  await expect(page.getByRole('region', { name: 'Canvas' })).toBeVisible();
  await click(desktop, 'view.commands');
  await expect(page.getByPlaceholder('What do you want to do?')).toBeVisible();
});

test('"Native menu": undo means the text while a text field has the focus', async ({ desktop }) => {
  const page = desktop.page();
  const field = page.getByRole('textbox', { name: 'Find a template' });
  await field.click();
  await page.keyboard.type('abc');
  await desktop.main(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.webContents.send('unroll:event', { event: 'command', payload: { id: 'edit.undo' } });
  }, null);
  await expect(field).toHaveValue('ab');
});

test('"recent documents": in the menu, in the system\'s list and on top of the gallery, still there at the next start', async ({ launch }) => {
  const first = await launch();
  const path = join(first.folder, 'mine.unroll');
  await first.main(({ app }) => {
    const added: string[] = [];
    Object.assign(globalThis, { __added: added });
    Object.assign(app, { addRecentDocument: (document: string) => added.push(document) });
  }, null);
  await expect(first.page().getByRole('heading', { name: 'Recent projects' })).toHaveCount(0);
  await answerDialogs(first, { save: path });
  expect(await ask(first, 'project.save', { text: JSON.stringify(names.project()), name: 'mine', handle: null, as: false })).toMatchObject({ ok: true });
  expect(await first.main(() => (globalThis as unknown as { __added: string[] }).__added, null)).toEqual([path]);
  await first.kill();

  const next = await launch({ folder: first.folder });
  const recent = async () => (await menuOf(next)).find(({ label }) => label === '&File')?.items.find(({ label }) => label === 'Open recent')?.items;
  await expect.poll(async () => (await recent())?.map(({ label }) => label)).toEqual([path]);
  const card = next
    .page()
    .getByRole('list', { name: 'Recent projects' })
    .getByRole('button', { name: /^mine just now/u });
  await expect(card).toBeVisible();
  expect(await next.page().content()).not.toContain(next.folder);
  await card.click();
  await expect(next.page().getByRole('region', { name: 'Canvas' })).toBeVisible();
  await expect(next.page().getByText('Names').first()).toBeVisible();
});

test('"recent documents": one can be taken out of the list; its file stays', async ({ launch }) => {
  const first = await launch();
  for (const name of ['one.unroll', 'two.unroll']) {
    await answerDialogs(first, { open: [join(first.folder, name)] });
    await writeFile(join(first.folder, name), JSON.stringify(names.project()));
    expect(await ask(first, 'project.open', {})).toMatchObject({ ok: true });
  }
  const page = first.page();
  await page.reload();
  const list = page.getByRole('list', { name: 'Recent projects' });
  await expect(list.getByRole('button', { name: /ago|just now/u })).toHaveText([/^two/u, /^one/u]);
  await list.getByRole('listitem').first().hover();
  await page.getByRole('button', { name: 'Forget two.unroll' }).click();
  await expect(list.getByRole('button', { name: /ago|just now/u })).toHaveText([/^one/u]);
  const { value } = await ask(first, 'project.recent', {});
  expect(value['recent']).toMatchObject([{ name: 'one.unroll' }]);
});

test('a handle that was never given out opens nothing', async ({ desktop }) => {
  expect(await ask(desktop, 'project.openKnown', { handle: '/etc/passwd' })).toMatchObject({ ok: false, problems: [{ code: 'U050' }] });
  expect(await ask(desktop, 'project.forget', { handle: 'x' })).toMatchObject({ ok: false, problems: [{ code: 'U050' }] });
});
