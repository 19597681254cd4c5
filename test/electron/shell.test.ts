import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { names } from '../../src-engine/scenarios/names.ts';
import { fetchOwn } from './double/double.ts';
import { openApp, type OpenedApp } from './double/open-app.ts';

/** The compiled main process and preload of the desktop app, its real pages in a real Chromium, its real engine. */
test.describe.configure({ mode: 'serial' });

let opened: OpenedApp;
let page: Page;
let folder: string;
test.beforeAll(async ({ browser }) => {
  folder = await mkdtemp(join(tmpdir(), 'unroll-electron-'));
  opened = await openApp(browser);
  page = opened.page;
});
test.afterAll(async () => {
  await opened.close();
  await rm(folder, { recursive: true });
});

interface Answer {
  readonly ok: boolean;
  readonly value: Record<string, unknown>;
  readonly problems: readonly { readonly code: string }[];
}

const ask = (name: string, argument: unknown): Promise<Answer> =>
  page.evaluate(
    ([asked, what]) => (globalThis as unknown as { unroll: { request: (name: unknown, argument: unknown) => Promise<Answer> } }).unroll.request(asked, what),
    [name, argument],
  );

test('the window is sandboxed, isolated and shows the app', async () => {
  expect(opened.window.options.webPreferences).toMatchObject({
    contextIsolation: true,
    sandbox: true,
    webSecurity: true,
    nodeIntegration: false,
    webviewTag: false,
  });
  expect(opened.state.sandboxed).toBe(true);
  expect(opened.state.privileged).toEqual([{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } }]);
  expect(opened.window.shown).toBe(true);
  await expect(page).toHaveTitle(/Unroll/u);
  await expect(page.locator('body')).toContainText('Names');
});

test('the page breaks no rule of its own policy', async () => {
  const broken: string[] = [];
  page.on('console', (message) => {
    if (/Content Security Policy/u.test(message.text())) broken.push(message.text());
  });
  await page.reload();
  await expect(page.locator('body')).toContainText('Names');
  expect(broken).toEqual([]);
});

test('the page can neither make code from text nor reach another site nor load scripts that are not its own', async () => {
  const tried = await page.evaluate(async () => {
    const attempt = async (deed: () => unknown): Promise<string> => {
      try {
        await deed();
        return 'allowed';
      } catch {
        return 'refused';
      }
    };
    // The debugger lifts the policy for what it evaluates itself, not for what comes later.
    await new Promise((resolve) => setTimeout(resolve, 10));
    const inline = document.createElement('script');
    inline.textContent = 'globalThis.ranInline = true';
    document.head.append(inline);
    return {
      text: await attempt(() => Reflect.construct(Function, ['return 1'])),
      fetch: await attempt(() => fetch('https://example.org/')),
      wasm: await attempt(() => WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))),
      inline: 'ranInline' in globalThis ? 'allowed' : 'refused',
    };
  });
  expect(tried).toEqual({ text: 'refused', fetch: 'refused', wasm: 'allowed', inline: 'refused' });
});

test('pages come from app:// with every header, and nothing else does', async () => {
  const found = await fetchOwn('app://unroll/');
  expect(found.status).toBe(200);
  expect(found.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(found.headers.get('x-content-type-options')).toBe('nosniff');
  for (const url of ['app://unroll/../main/electron.js', 'app://unroll/%2e%2e/main/electron.js', 'app://unroll/..%2fmain%2felectron.js', 'app://unroll/no']) {
    expect((await fetchOwn(url)).status, url).toBe(404);
  }
  expect((await fetchOwn('app://other/')).status).toBe(403);
  expect((await fetchOwn('app://unroll.evil/')).status).toBe(403);
  expect((await fetchOwn('app://unroll/', 'POST')).status).toBe(403);
});

test('the preload offers two functions and nothing of Node', async () => {
  const offered = await page.evaluate(() => ({
    api: Object.keys((globalThis as unknown as { unroll: object }).unroll),
    node: ['require', 'process', 'module', 'Buffer', 'ipcRenderer'].filter((name) => name in globalThis),
  }));
  expect(offered).toEqual({ api: ['request', 'onEvent'], node: [] });
});

test('requests are parsed before they are answered', async () => {
  expect(await ask('app.info', {})).toMatchObject({ ok: true, value: { shell: 'electron', files: 'dialog' } });
  expect(await ask('app.quit', {})).toMatchObject({ ok: false, problems: [{ code: 'U050' }] });
  expect(await ask('session.setLearningRate', { value: 'fast' })).toMatchObject({ ok: false, problems: [{ code: 'U004' }] });
  await expect(ask('x'.repeat(1000), {})).rejects.toThrow();
});

test('a frame inside the page is not answered', async () => {
  const refusal = await page.evaluate(async () => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    const inner = frame.contentWindow as unknown as { __invoke: (channel: string, args: unknown[]) => Promise<unknown> };
    try {
      await inner.__invoke('unroll:request', [{ name: 'app.info', argument: {} }]);
      return 'answered';
    } catch (error) {
      return String(error);
    } finally {
      frame.remove();
    }
  });
  expect(refusal).toContain('not the window of this app');
});

test('projects are saved and opened through dialogs; the window knows no path', async () => {
  const { dialogs } = opened.state;
  const path = join(folder, 'mine.unroll');
  const text = JSON.stringify(names.project());
  dialogs.save = null;
  expect(await ask('project.save', { text, name: 'a/b', handle: null, as: false })).toMatchObject({ ok: true, value: { saved: null } });
  expect(dialogs.asked.at(-1)).toMatchObject({ defaultPath: 'a-b.unroll' });

  dialogs.save = path;
  const saved = await ask('project.save', { text, name: 'mine', handle: null, as: false });
  expect(saved).toMatchObject({ ok: true, value: { saved: { name: 'mine.unroll' }, download: null } });
  expect(JSON.stringify(saved)).not.toContain(folder);
  expect(await readFile(path, 'utf8')).toBe(text);
  expect(opened.state.recent).toContain(path);

  const { handle } = (saved.value as { saved: { handle: string } }).saved;
  const asked = dialogs.asked.length;
  expect(await ask('project.save', { text: '{"changed":true}', name: 'mine', handle, as: false })).toMatchObject({ ok: true });
  expect(dialogs.asked).toHaveLength(asked);
  expect(await readFile(path, 'utf8')).toBe('{"changed":true}');

  dialogs.open = path;
  expect(await ask('project.open', {})).toMatchObject({ ok: true, value: { opened: { text: '{"changed":true}', name: 'mine.unroll', handle } } });
  dialogs.open = null;
  expect(await ask('project.open', {})).toMatchObject({ ok: true, value: { opened: null } });
});

test('a handle that was never given out asks for a place, and a file that cannot be read is a problem', async () => {
  const { dialogs } = opened.state;
  const target = join(folder, 'untouched.unroll');
  await writeFile(target, 'mine');
  dialogs.save = null;
  expect(await ask('project.save', { text: '{}', name: 'x', handle: target, as: false })).toMatchObject({ ok: true, value: { saved: null } });
  expect(await readFile(target, 'utf8')).toBe('mine');
  dialogs.open = join(folder, 'gone.unroll');
  expect(await ask('project.open', {})).toMatchObject({ ok: false, problems: [{ code: 'U051' }] });
});

test('the real engine trains, its events reach the page as they are, and the model is saved', async () => {
  await page.evaluate(() => {
    const heard: { name: string; bytes: boolean }[] = [];
    Reflect.set(globalThis, 'heard', heard);
    (globalThis as unknown as { unroll: { onEvent: (listener: (name: string, payload: unknown) => void) => void } }).unroll.onEvent((name, payload) => {
      heard.push({ name, bytes: payload instanceof Uint8Array });
    });
  });
  const project = { ...names.project(), training: { ...names.project().training, epochs: 1 } };
  expect(await ask('session.open', { text: JSON.stringify(project) })).toMatchObject({ ok: true, value: { state: 'ready', problems: [] } });
  expect(await ask('session.start', {})).toMatchObject({ ok: true, value: { state: 'running' } });
  const heard = () => page.evaluate(() => (globalThis as unknown as { heard: { name: string; bytes: boolean }[] }).heard);
  await expect.poll(async () => (await heard()).map((each) => each.name), { timeout: 60_000 }).toContain('done');
  for (const { name, bytes } of await heard()) expect(bytes, name).toBe(name === 'losses' || name === 'probe');
  expect((await heard()).map((each) => each.name)).toEqual(expect.arrayContaining(['state', 'progress', 'losses', 'probe', 'validation', 'done']));

  opened.state.dialogs.save = join(folder, 'mine.model.json');
  const exported = await ask('session.export', { name: 'mine', format: 'json', arrays: false });
  expect(exported).toMatchObject({ ok: true, value: { saved: { name: 'mine.model.json' }, download: null } });
  expect(exported.value['largestDifference']).toBeLessThan(1e-5);
  expect(JSON.parse(await readFile(join(folder, 'mine.model.json'), 'utf8'))).toMatchObject({ format: 'unroll/model' });
});

test('permissions are denied', () => {
  const { request, check, device } = opened.state.permissions;
  let granted: unknown = null;
  (request as (contents: unknown, permission: string, answer: (granted: boolean) => void) => void)({}, 'media', (answer) => (granted = answer));
  expect(granted).toBe(false);
  expect((check as () => boolean)()).toBe(false);
  expect((device as () => boolean)()).toBe(false);
});

test('the page stays where it is', async () => {
  const here = page.url();
  await page.evaluate(() => Reflect.set(globalThis, 'stayed', true));
  const asked: string[] = [];
  opened.window.webContents.on('will-navigate', ({ url }: { url: string }) => asked.push(url));
  for (const [address, url] of [
    ['https://example.org/', 'https://example.org/'],
    ['/assets/', 'app://unroll/assets/'],
  ] as const) {
    await page.evaluate((href) => {
      location.href = href;
    }, address);
    await expect.poll(() => asked.at(-1)).toBe(url);
  }
  expect(await page.evaluate(() => Reflect.get(globalThis, 'stayed') as unknown)).toBe(true);
  expect(page.url()).toBe(here);
});

test('no window opens; known sites go to the browser, others nowhere', async () => {
  for (const url of ['https://pytorch.org/docs/', 'https://evil.example/', 'http://pytorch.org/', 'https://pytorch.org.evil.example/']) {
    await page.evaluate((address) => void open(address), url);
  }
  await expect.poll(() => opened.state.external).toEqual(['https://pytorch.org/docs/']);
  await expect.poll(() => opened.window.refusedWindows).toBe(4);
  await expect.poll(() => page.context().pages()).toHaveLength(1);
  expect(opened.state.windows).toHaveLength(1);
});

test('a page with unsaved work is left only when the user says so', () => {
  for (const leave of [false, true]) {
    opened.state.dialogs.leave = leave;
    let prevented = false;
    opened.window.webContents.emit('will-prevent-unload', { preventDefault: () => (prevented = true) });
    expect(prevented).toBe(leave);
  }
});

test('a second start brings the window to the front', () => {
  let focused = 0;
  opened.window.on('focus', () => focused++);
  opened.second();
  expect(focused).toBe(1);
});
