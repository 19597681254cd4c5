import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { names } from '../../src-engine/scenarios/names.ts';
import { answerDialogs, ask, askedOf, expect, test } from './desktop.ts';

/** Dialogs, dropped files, files that the system hands over. */

const text = JSON.stringify(names.project());

test('"open/save dialogs": projects are saved and opened through them; the window knows no path', async ({ desktop }) => {
  const path = join(desktop.folder, 'mine.unroll');
  await answerDialogs(desktop, {});
  expect(await ask(desktop, 'project.save', { text, name: 'a/b', handle: null, as: false })).toMatchObject({ ok: true, value: { saved: null } });
  expect((await askedOf(desktop)).at(-1)).toMatchObject({ defaultPath: 'a-b.unroll', filters: [{ extensions: ['unroll'] }] });

  await answerDialogs(desktop, { save: path, open: [path] });
  const saved = await ask(desktop, 'project.save', { text, name: 'mine', handle: null, as: false });
  expect(saved).toMatchObject({ ok: true, value: { saved: { name: 'mine.unroll' }, download: null } });
  expect(JSON.stringify(saved)).not.toContain(desktop.folder);
  expect(await readFile(path, 'utf8')).toBe(text);

  const { handle } = (saved.value as { saved: { handle: string } }).saved;
  const changed = JSON.stringify({ ...names.project(), name: 'changed' });
  const asked = (await askedOf(desktop)).length;
  expect(await ask(desktop, 'project.save', { text: changed, name: 'mine', handle, as: false })).toMatchObject({ ok: true });
  expect(await askedOf(desktop)).toHaveLength(asked);
  expect(await readFile(path, 'utf8')).toBe(changed);
  expect(await ask(desktop, 'project.open', {})).toMatchObject({ ok: true, value: { opened: { text: changed, name: 'mine.unroll', handle } } });
});

test('a handle that was never given out asks for a place, and a file that cannot be read is a problem', async ({ desktop }) => {
  const target = join(desktop.folder, 'untouched.unroll');
  await writeFile(target, 'mine');
  await answerDialogs(desktop, { open: [join(desktop.folder, 'gone.unroll')] });
  expect(await ask(desktop, 'project.save', { text: '{}', name: 'x', handle: target, as: false })).toMatchObject({ ok: true, value: { saved: null } });
  expect(await readFile(target, 'utf8')).toBe('mine');
  expect(await ask(desktop, 'project.open', {})).toMatchObject({ ok: false, problems: [{ code: 'U051' }] });
});

test('"open/save dialogs": data is chosen as a file, several, a folder or vectors', async ({ desktop }) => {
  const [a, b, folder] = [join(desktop.folder, 'a.csv'), join(desktop.folder, 'b.csv'), join(desktop.folder, 'classes')];
  await writeFile(a, 'x,y\n1,2\n');
  await writeFile(b, 'x,y\n3,4\n');
  await mkdir(folder);
  for (const [what, open, kind, properties] of [
    ['file', [a], 'file', ['openFile']],
    ['files', [a, b], 'files', ['openFile', 'multiSelections']],
    ['folder', [folder], 'folder', ['openDirectory']],
    ['vectors', [a], 'file', ['openFile']],
  ] as const) {
    await answerDialogs(desktop, { open });
    const answer = await ask(desktop, 'data.choose', { what });
    expect(answer, what).toMatchObject({ ok: true, value: { chosen: { kind } } });
    expect(JSON.stringify(answer)).not.toContain(desktop.folder);
    expect((await askedOf(desktop)).at(-1)).toMatchObject({ properties });
  }
});

test('a data file that is dropped on the window is looked into where it lies', async ({ desktop }) => {
  const path = join(desktop.folder, 'weather.csv');
  await writeFile(path, `day,rain\n${Array.from({ length: 300 }, (_, day) => `2026-01-01,${day % 7}`).join('\n')}\n`);
  await desktop.drop([path]);
  const dialog = desktop.page().getByRole('dialog');
  await expect(dialog.getByText('weather.csv').first()).toBeVisible();
  await expect(dialog.getByText('rain').first()).toBeVisible();
});

test('a folder that is dropped on the window is data with one folder for each class', async ({ desktop }) => {
  const folder = join(desktop.folder, 'reviews');
  for (const name of ['good', 'bad']) {
    await mkdir(join(folder, name), { recursive: true });
    for (let file = 0; file < 12; file++) await writeFile(join(folder, name, `${file}.txt`), `a ${name} film number ${file}`);
  }
  await desktop.drop([folder]);
  const dialog = desktop.page().getByRole('dialog');
  await expect(dialog.getByText('reviews').first()).toBeVisible();
  await expect(dialog.getByText('good').first()).toBeVisible();
});

test('a project that is dropped on the window is opened where it lies, and saved there without asking', async ({ desktop }) => {
  const path = join(desktop.folder, 'dropped.unroll');
  await writeFile(path, text);
  await answerDialogs(desktop, {});
  await desktop.drop([path]);
  const page = desktop.page();
  await expect(page.getByRole('region', { name: 'Canvas' })).toBeVisible();
  await page.keyboard.press('ControlOrMeta+s');
  await expect(page.getByText('Saved dropped.unroll')).toBeVisible();
  expect(await askedOf(desktop)).toEqual([]);
});

test('a file that the page made itself has no path, and none is made of it', async ({ desktop }) => {
  const reply = await desktop.page().evaluate(() => {
    const { unroll } = globalThis as unknown as { unroll: { drop: (what: string, files: readonly unknown[]) => Promise<unknown> } };
    return unroll.drop('file', [new File(['x'], 'passwd')]);
  });
  expect(reply).toMatchObject({ ok: false, problems: [{ code: 'U051' }] });
  await expect(
    desktop.page().evaluate(() => {
      const { unroll } = globalThis as unknown as { unroll: { drop: (what: string, files: readonly unknown[]) => Promise<unknown> } };
      return unroll.drop('anything', [new File(['x'], 'x')]);
    }),
  ).rejects.toThrow();
});

test('"file association for `.unroll`": the file of the command line is opened', async ({ launch }) => {
  const first = await launch();
  const path = join(first.folder, 'given.unroll');
  await writeFile(path, text);
  await first.kill();
  const desktop = await launch({ folder: first.folder, args: [path] });
  await expect(desktop.page().getByRole('region', { name: 'Canvas' })).toBeVisible();
  await expect(desktop.page().getByText('Opened given.unroll')).toBeVisible();
});

test('"file association for `.unroll`": a file opened while the app runs is opened in it', async ({ desktop }) => {
  const path = join(desktop.folder, 'later.unroll');
  await writeFile(path, text);
  await expect(desktop.page().getByRole('heading', { name: 'Unroll' })).toBeVisible();
  await desktop.main(({ app }, opened) => {
    app.emit('open-file', { preventDefault: () => undefined }, opened);
  }, path);
  await expect(desktop.page().getByText('Opened later.unroll')).toBeVisible();
});

test('"file association for `.unroll`": one that is no project is a sentence, and nothing changes', async ({ desktop }) => {
  const path = join(desktop.folder, 'broken.unroll');
  await writeFile(path, '{"format":"unroll/project","version":1,');
  await desktop.main(({ app }, opened) => {
    app.emit('open-file', { preventDefault: () => undefined }, opened);
  }, path);
  await expect(desktop.page().getByText(/JSON/u).first()).toBeVisible();
  await expect(desktop.page().getByRole('button', { name: /^Names/u })).toBeVisible();
});
