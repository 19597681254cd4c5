import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ask, expect, test } from './desktop.ts';

/** The section "Electron" of the hosts' design, statement by statement: what a page may not do. */

test('"Every window: contextIsolation, sandbox, webSecurity on; nodeIntegration off; no webview."', async ({ desktop }) => {
  const preferences = await desktop.main(({ BrowserWindow }) => {
    // Electron has it for its own tests, and does not tell of it.
    type Told = { readonly getLastWebPreferences: () => Record<string, unknown> };
    return BrowserWindow.getAllWindows().map((window) => ({ ...(window.webContents as unknown as Told).getLastWebPreferences() }));
  }, null);
  expect(preferences).toHaveLength(1);
  for (const each of preferences) {
    expect(each).toMatchObject({ contextIsolation: true, sandbox: true, webSecurity: true, nodeIntegration: false, webviewTag: false });
  }
  await expect(desktop.page()).toHaveTitle(/Unroll/u);
  await expect(desktop.page().locator('body')).toContainText('Names');
});

test('"Pages come from app:// through protocol.handle"', async ({ desktop }) => {
  const found = await desktop.fetchOwn('app://unroll/');
  expect(found.status).toBe(200);
  expect(found.headers.get('x-content-type-options')).toBe('nosniff');
  expect(await desktop.main(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getURL(), null)).toBe('app://unroll/');
  expect((await desktop.fetchOwn('app://other/')).status).toBe(403);
  expect((await desktop.fetchOwn('app://unroll.evil/')).status).toBe(403);
  expect((await desktop.fetchOwn('app://unroll/', 'POST')).status).toBe(403);
});

test('"no `..`, encoded or otherwise, no symlink out"', async ({ desktop }) => {
  const renderer = join(import.meta.dirname, '../../out/renderer');
  const folder = await mkdtemp(join(tmpdir(), 'unroll-secret-'));
  const link = `link-${process.pid}.txt`;
  await writeFile(join(folder, 'secret.txt'), 'secret');
  await symlink(join(folder, 'secret.txt'), join(renderer, link));
  try {
    for (const path of [
      '../main/electron.js',
      '%2e%2e/main/electron.js',
      '..%2fmain%2felectron.js',
      '%2e%2e%2fmain%2felectron.js',
      '..%5cmain',
      '%252e%252e/main',
      './/',
      link,
    ]) {
      expect((await desktop.fetchOwn(`app://unroll/${path}`)).status, path).toBe(404);
    }
  } finally {
    await rm(join(renderer, link));
    await rm(folder, { recursive: true });
  }
});

test('"CSP as a header: default none, own scripts plus `wasm-unsafe-eval`, workers self, no `unsafe-eval`"', async ({ desktop }) => {
  const policy = (await desktop.fetchOwn('app://unroll/')).headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval'");
  expect(policy).toContain("worker-src 'self'");
  expect(policy).not.toContain("'unsafe-eval'");
  const broken: string[] = [];
  desktop.page().on('console', (message) => {
    if (/Content Security Policy/u.test(message.text())) broken.push(message.text());
  });
  await desktop.page().reload();
  await expect(desktop.page().locator('body')).toContainText('Names');
  expect(broken).toEqual([]);
});

test('the page can neither make code from text nor reach another site nor load scripts that are not its own', async ({ desktop }) => {
  const tried = await desktop.page().evaluate(async () => {
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

test('"Each handler checks the sender frame, then parses the arguments": a frame inside the page is not answered', async ({ desktop }) => {
  const refusal = await desktop.page().evaluate(async () => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    const inner = frame.contentWindow as unknown as {
      readonly unroll?: unknown;
      readonly __invoke?: (channel: string, args: unknown[]) => Promise<unknown>;
    };
    // In Electron a frame has no preload at all; the double lets it call, so that the check of the sender is what refuses.
    if (inner.__invoke === undefined) return inner.unroll === undefined ? ['no preload', 'no preload'] : ['answered', 'answered'];
    const attempt = (channel: string, argument: unknown): Promise<string> =>
      inner.__invoke?.(channel, [argument]).then(
        () => 'answered',
        (error: unknown) => String(error),
      ) ?? Promise.resolve('');
    const tried = [await attempt('unroll:request', 'not even a request'), await attempt('unroll:drop', { what: 'file', paths: ['/etc/passwd'] })];
    frame.remove();
    return tried;
  });
  for (const each of refusal) expect(each).toMatch(/not the window of this app|no preload/u);
});

test('"Each handler checks the sender frame, then parses the arguments": what is no request is refused', async ({ desktop }) => {
  expect(await ask(desktop, 'app.info', {})).toMatchObject({ ok: true, value: { shell: 'electron', files: 'dialog' } });
  expect(await ask(desktop, 'app.quit', {})).toMatchObject({ ok: false, problems: [{ code: 'U050' }] });
  expect(await ask(desktop, '__proto__', {})).toMatchObject({ ok: false, problems: [{ code: 'U050' }] });
  expect(await ask(desktop, 'session.setLearningRate', { value: 'fast' })).toMatchObject({ ok: false, problems: [{ code: 'U004' }] });
  expect(await ask(desktop, 'menu.show', { commands: [{ id: 'x', label: 'x', group: 'File', shortcut: null, native: false, enabled: 1 }] })).toMatchObject({
    ok: false,
    problems: [{ code: 'U004', path: 'commands.0.enabled' }],
  });
  await expect(ask(desktop, 'x'.repeat(1000), {})).rejects.toThrow();
});

test('"Permission requests denied"', async ({ desktop }) => {
  if (desktop.double !== null) {
    const { request, check, device } = desktop.double.permissions;
    let granted: unknown = null;
    (request as (contents: unknown, permission: string, answer: (granted: boolean) => void) => void)({}, 'media', (answer) => (granted = answer));
    expect(granted).toBe(false);
    expect((check as () => boolean)()).toBe(false);
    expect((device as () => boolean)()).toBe(false);
  }
  const asked = await desktop.page().evaluate(async () => ({
    notification: await Notification.requestPermission(),
    location: await new Promise((resolve) => {
      navigator.geolocation.getCurrentPosition(
        () => {
          resolve('told');
        },
        () => {
          resolve('refused');
        },
        { timeout: 2000 },
      );
    }),
  }));
  expect(asked.location).toBe('refused');
  // Under the double Chromium answers by itself, and one without a window has nobody to ask.
  expect(desktop.double === null ? ['denied'] : ['denied', 'default']).toContain(asked.notification);
});

test('"navigation ... denied"', async ({ desktop }) => {
  const page = desktop.page();
  await page.evaluate(() => Reflect.set(globalThis, 'stayed', true));
  await desktop.main(({ BrowserWindow }) => {
    const asked: string[] = [];
    Object.assign(globalThis, { __navigations: asked });
    BrowserWindow.getAllWindows()[0]?.webContents.on('will-navigate', ({ url }) => {
      asked.push(url);
    });
  }, null);
  const asked = () => desktop.main(() => (globalThis as unknown as { __navigations: string[] }).__navigations, null);
  for (const [address, url] of [
    ['https://example.org/', 'https://example.org/'],
    ['/assets/', 'app://unroll/assets/'],
  ] as const) {
    await page.evaluate((href) => {
      location.href = href;
    }, address);
    await expect.poll(async () => (await asked()).at(-1)).toBe(url);
  }
  expect(await page.evaluate(() => Reflect.get(globalThis, 'stayed') as unknown)).toBe(true);
});

test('"new windows denied. `openExternal` takes an allow-list of https addresses"', async ({ desktop }) => {
  await desktop.main(({ shell }) => {
    const opened: string[] = [];
    Object.assign(globalThis, { __opened: opened });
    Object.assign(shell, {
      openExternal: (url: string) => {
        opened.push(url);
        return Promise.resolve();
      },
    });
  }, null);
  const tried = [
    'https://pytorch.org/docs/',
    'https://evil.example/',
    'http://pytorch.org/',
    'https://pytorch.org.evil.example/',
    'https://pytorch.org:8443/',
    'https://name:word@pytorch.org/',
    'file:///etc/passwd',
    'javascript:alert(1)',
  ];
  for (const url of tried) await desktop.page().evaluate((address) => void open(address), url);
  const opened = () => desktop.main(() => (globalThis as unknown as { __opened: string[] }).__opened, null);
  await expect.poll(opened).toEqual(['https://pytorch.org/docs/']);
  await expect.poll(() => desktop.page().context().pages()).toHaveLength(1);
  expect(await desktop.main(({ BrowserWindow }) => BrowserWindow.getAllWindows().length, null)).toBe(1);
});

test('"Preload exposes named functions only."', async ({ desktop }) => {
  const offered = await desktop.page().evaluate(() => {
    const { unroll } = globalThis as unknown as { unroll: Record<string, unknown> };
    return {
      api: Object.entries(unroll).map(([name, value]) => `${name}: ${typeof value}`),
      node: ['require', 'process', 'module', 'Buffer', 'ipcRenderer', 'electron'].filter((name) => name in globalThis),
    };
  });
  expect(offered).toEqual({ api: ['request: function', 'onEvent: function', 'drop: function'], node: [] });
});

test('the window saves only what it made itself', async ({ desktop }) => {
  const saved = (url: string): Promise<boolean> =>
    desktop.main(({ session }, address) => {
      let refused = false;
      const event = {
        preventDefault: () => {
          refused = true;
        },
      };
      session.defaultSession.emit('will-download', event, { getURL: () => address });
      return !refused;
    }, url);
  expect(await saved('blob:app://unroll/3f0c')).toBe(true);
  for (const url of ['https://evil.example/x', 'data:text/plain,x', 'blob:https://evil.example/3f0c', 'app://unroll/index.html', 'file:///etc/passwd']) {
    expect(await saved(url), url).toBe(false);
  }
});
