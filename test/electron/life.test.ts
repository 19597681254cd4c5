import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { names } from '../../src-engine/scenarios/names.ts';
import { answerDialogs, ask, askedOf, expect, test, type Desktop } from './desktop.ts';

/** How the app starts, closes and ends. */

/** An edit by hand in a template, so that there is work to lose. */
async function editTemplate(desktop: Desktop): Promise<void> {
  const page = desktop.page();
  await page.getByRole('button', { name: /^Names/u }).click();
  await expect(page.getByText(/^ready/u)).toBeVisible();
  await page
    .getByRole('region', { name: 'Canvas' })
    .getByRole('group', { name: /^RNN\b/u })
    .click();
  await page.keyboard.press('ControlOrMeta+d');
  await expect.poll(() => page.evaluate(() => !window.dispatchEvent(new Event('beforeunload', { cancelable: true })))).toBe(true);
}

const closeWindow = (desktop: Desktop): Promise<void> =>
  desktop.main(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.close();
  }, null);
const windows = (desktop: Desktop): Promise<number> => desktop.main(({ BrowserWindow }) => BrowserWindow.getAllWindows().length, null);
const quit = (desktop: Desktop): Promise<void> =>
  desktop.main(({ app }) => {
    app.quit();
  }, null);

test('"window state kept": its place, size and whether it filled the screen', async ({ launch }) => {
  const first = await launch();
  await first.main(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.setBounds({ x: 140, y: 90, width: 1180, height: 760 });
  }, null);
  await expect.poll(() => readFile(join(first.folder, 'window.json'), 'utf8').catch(() => '')).toContain('1180');
  await first.kill();
  const next = await launch({ folder: first.folder });
  expect(await next.main(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getNormalBounds(), null)).toEqual({
    x: 140,
    y: 90,
    width: 1180,
    height: 760,
  });
  await next.main(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.maximize();
  }, null);
  await expect.poll(() => readFile(join(first.folder, 'window.json'), 'utf8')).toContain('"maximised":true');
  await next.kill();
  const last = await launch({ folder: first.folder });
  expect(await last.main(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isMaximized(), null)).toBe(true);
});

test('"one instance per user": a second start comes to the front of the first, with its file', async ({ desktop }) => {
  await desktop.main(({ BrowserWindow }) => {
    Object.assign(globalThis, { __focused: 0 });
    BrowserWindow.getAllWindows()[0]?.on('focus', () => {
      const seen = globalThis as unknown as { __focused: number };
      seen.__focused += 1;
    });
  }, null);
  const path = join(desktop.folder, 'second.unroll');
  await answerDialogs(desktop, { save: path });
  await ask(desktop, 'project.save', { text: JSON.stringify(names.project()), name: 'second', handle: null, as: false });
  await desktop.second([]);
  await expect.poll(() => desktop.main(() => (globalThis as unknown as { __focused: number }).__focused, null)).toBeGreaterThan(0);
  await desktop.second([path]);
  await expect(desktop.page().getByText('Opened second.unroll')).toBeVisible();
  expect(await windows(desktop)).toBe(1);
});

test('"unsaved work asked about on quit": Cancel stays', async ({ desktop }) => {
  await editTemplate(desktop);
  await answerDialogs(desktop, { box: 2 });
  await quit(desktop);
  await expect
    .poll(() => askedOf(desktop))
    .toMatchObject([{ message: 'The project has changes that are not saved.', buttons: ['Save', 'Don’t save', 'Cancel'] }]);
  await closeWindow(desktop);
  await expect.poll(async () => (await askedOf(desktop)).length).toBe(2);
  expect(await windows(desktop)).toBe(1);
  await expect(desktop.page().getByRole('region', { name: 'Canvas' })).toBeVisible();
});

test('"unsaved work asked about on quit": Don’t save ends the app, and what was put by for a crash goes', async ({ desktop }) => {
  await editTemplate(desktop);
  const kept = async (): Promise<number> => (await readdir(join(desktop.folder, 'unsaved')).catch(() => [])).length;
  await expect.poll(kept).toBeGreaterThan(0);
  await answerDialogs(desktop, { box: 1 });
  await quit(desktop);
  await desktop.exited;
  expect(await kept()).toBe(0);
});

test('"unsaved work asked about on quit": Save writes the file, then ends the app', async ({ desktop }) => {
  await editTemplate(desktop);
  const path = join(desktop.folder, 'kept.unroll');
  await answerDialogs(desktop, { box: 0, save: path });
  await quit(desktop);
  await desktop.exited;
  expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ format: 'unroll/project' });
});

test('unsaved work asked about on closing the window: a save that is cancelled keeps it open', async ({ desktop }) => {
  await editTemplate(desktop);
  await answerDialogs(desktop, { box: 0, save: null });
  await closeWindow(desktop);
  await expect.poll(async () => (await askedOf(desktop)).length).toBe(2);
  expect(await windows(desktop)).toBe(1);
});

test('a running training is asked about before the app ends with it', async ({ desktop }) => {
  const { training, ...project } = names.project();
  expect(await ask(desktop, 'session.open', { text: JSON.stringify({ ...project, training: { ...training, epochs: 1000 } }) })).toMatchObject({ ok: true });
  expect(await ask(desktop, 'session.start', {})).toMatchObject({ ok: true, value: { state: 'running' } });
  await answerDialogs(desktop, { box: 1 });
  await quit(desktop);
  await expect.poll(() => askedOf(desktop)).toMatchObject([{ message: 'A training is running.', buttons: ['End the training', 'Cancel'] }]);
  expect(await windows(desktop)).toBe(1);
  await answerDialogs(desktop, { box: 0 });
  await quit(desktop);
  await desktop.exited;
});

test('quitting waits until the engine has closed in order', async ({ desktop }) => {
  expect(await ask(desktop, 'session.open', { text: JSON.stringify(names.project()) })).toMatchObject({ ok: true });
  await quit(desktop);
  await desktop.exited;
  const log = await readFile(join(desktop.folder, 'log', 'unroll.log'), 'utf8');
  expect(log).toContain('run opened');
  expect(log).not.toContain('died');
});

test('a window whose process dies says so; reloaded, it finds the training still running', async ({ desktop }) => {
  const { training, ...project } = names.project();
  expect(await ask(desktop, 'session.open', { text: JSON.stringify({ ...project, training: { ...training, epochs: 1000 } }) })).toMatchObject({ ok: true });
  expect(await ask(desktop, 'session.start', {})).toMatchObject({ ok: true });
  await answerDialogs(desktop, { box: 0 });
  await desktop.main(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer();
  }, null);
  await expect.poll(() => askedOf(desktop)).toMatchObject([{ message: 'The window stopped working.', buttons: ['Reload the window', 'Close'] }]);
  await expect
    .poll(async () => {
      try {
        return (await ask(desktop, 'session.status', {})).value['state'];
      } catch {
        return 'no page yet';
      }
    })
    .toBe('running');
  expect(await readFile(join(desktop.folder, 'log', 'unroll.log'), 'utf8')).toContain('process is gone reason=');
});

test('the real engine trains, its events reach the page as they are, and the model is saved', async ({ desktop }) => {
  const page = desktop.page();
  await page.evaluate(() => {
    const heard: { name: string; bytes: boolean }[] = [];
    Reflect.set(globalThis, 'heard', heard);
    (globalThis as unknown as { unroll: { onEvent: (listener: (name: string, payload: unknown) => void) => void } }).unroll.onEvent((name, payload) => {
      heard.push({ name, bytes: payload instanceof Uint8Array });
    });
  });
  const project = { ...names.project(), training: { ...names.project().training, epochs: 1 } };
  expect(await ask(desktop, 'session.open', { text: JSON.stringify(project) })).toMatchObject({ ok: true, value: { state: 'ready', problems: [] } });
  expect(await ask(desktop, 'session.start', {})).toMatchObject({ ok: true, value: { state: 'running' } });
  const heard = () => page.evaluate(() => (globalThis as unknown as { heard: { name: string; bytes: boolean }[] }).heard);
  await expect.poll(async () => (await heard()).map((each) => each.name), { timeout: 60_000 }).toContain('done');
  for (const { name, bytes } of await heard()) expect(bytes, name).toBe(name === 'losses' || name === 'probe');
  expect((await heard()).map((each) => each.name)).toEqual(expect.arrayContaining(['state', 'progress', 'losses', 'probe', 'validation', 'done']));

  const path = join(desktop.folder, 'mine.model.json');
  await answerDialogs(desktop, { save: path });
  const exported = await ask(desktop, 'session.export', { name: 'mine', format: 'json', arrays: false });
  expect(exported).toMatchObject({ ok: true, value: { saved: { name: 'mine.model.json' }, download: null } });
  expect(exported.value['largestDifference']).toBeLessThan(1e-5);
  expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ format: 'unroll/model' });
});

test("Show log shows the log's file in its folder", async ({ desktop }) => {
  await desktop.main(({ shell }) => {
    const shown: string[] = [];
    Object.assign(globalThis, { __shown: shown });
    Object.assign(shell, { showItemInFolder: (path: string) => shown.push(path) });
  }, null);
  await desktop.page().getByRole('heading', { name: 'Unroll' }).waitFor();
  await desktop.page().keyboard.press('ControlOrMeta+k');
  await desktop.page().getByRole('option', { name: 'Show log' }).click();
  await expect
    .poll(() => desktop.main(() => (globalThis as unknown as { __shown: string[] }).__shown, null))
    .toEqual([join(desktop.folder, 'log', 'unroll.log')]);
});
