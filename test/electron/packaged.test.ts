import { existsSync } from 'node:fs';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { listPackage } from '@electron/asar';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import config from '../../electron-builder.config.ts';
import { names } from '../../src-engine/scenarios/names.ts';
import { answerDialogs, ask, expect, filesBelow, test } from './desktop.ts';
import { packApp, runBuilder, type Packed } from './packed.ts';

/** What electron-builder itself packs; only Electron's own program is a hollow one. */
test.describe.configure({ mode: 'serial', timeout: 300_000 });

let packed: Packed;
test.beforeAll(async () => {
  packed = await packApp();
});
test.afterAll(() => rm(packed.folder, { recursive: true, force: true }));

test('"electron-builder: AppImage + deb, dmg + zip, nsis", with the file association', () => {
  expect([config.linux.target, config.mac.target, config.win.target]).toEqual([['AppImage', 'deb'], ['dmg', 'zip'], ['nsis']]);
  expect(config.fileAssociations).toMatchObject([{ ext: 'unroll', mimeType: 'application/x-unroll' }]);
  expect(config.publish).toBeNull();
});

test("the settings are those that electron-builder's own schema allows", async () => {
  await expect(runBuilder(join(packed.folder, 'refused'), ['-c.linux.nonsense=1'])).rejects.toMatchObject({
    stdout: expect.stringContaining('does not match the API schema'),
  });
});

test('"Fuses set in the packaging."', async () => {
  const wire = await getCurrentFuseWire(packed.program);
  const fuse = (option: FuseV1Options): string => (wire[option] === FuseState.ENABLE ? 'on' : 'off');
  expect({
    runAsNode: fuse(FuseV1Options.RunAsNode),
    cookieEncryption: fuse(FuseV1Options.EnableCookieEncryption),
    nodeOptions: fuse(FuseV1Options.EnableNodeOptionsEnvironmentVariable),
    inspect: fuse(FuseV1Options.EnableNodeCliInspectArguments),
    integrity: fuse(FuseV1Options.EnableEmbeddedAsarIntegrityValidation),
    onlyFromAsar: fuse(FuseV1Options.OnlyLoadAppFromAsar),
    browserSnapshot: fuse(FuseV1Options.LoadBrowserProcessSpecificV8Snapshot),
    fileProtocol: fuse(FuseV1Options.GrantFileProtocolExtraPrivileges),
  }).toEqual({
    runAsNode: 'off',
    cookieEncryption: 'on',
    nodeOptions: 'off',
    inspect: 'off',
    integrity: 'on',
    onlyFromAsar: 'on',
    browserSnapshot: 'off',
    fileProtocol: 'off',
  });
});

test('the archive holds the app and the packages that it loads, and none that only builds it or is built into the window', async () => {
  const files = listPackage(packed.archive, { isPack: false }).map((file) => file.replaceAll('\\', '/'));
  expect([...new Set(files.map((file) => file.split('/')[1]))].toSorted()).toEqual(['node_modules', 'out', 'package.json']);
  expect([...new Set(files.flatMap((file) => /^\/out\/([^/]+)/u.exec(file)?.[1] ?? []))].toSorted()).toEqual(['engine', 'main', 'preload', 'renderer']);
  for (const name of ['react', 'monaco-editor', 'elkjs', 'lucide-react', 'vite', 'electron', 'typescript', 'ws']) {
    expect(files, name).not.toContain(`/node_modules/${name}/package.json`);
  }
  expect(files.filter((file) => /\.(?:map|ts|tsx|md)$/u.test(file))).toEqual([]);
  for (const name of ['web.js', 'cli.js']) expect(files).not.toContain(`/out/main/${name}`);
  const bytes = (await stat(packed.archive)).size;
  const unpacked = await Promise.all(
    (await filesBelow(`${packed.root}.unpacked`)).map(async (file) => (await stat(join(`${packed.root}.unpacked`, file))).size),
  );
  const megabytes = (bytes + unpacked.reduce((sum, each) => sum + each, 0)) / 1e6;
  test.info().annotations.push({ type: 'size of the app without Electron', description: `${megabytes.toFixed(1)} MB` });
  expect(megabytes).toBeLessThan(50);
});

test('every package of the archive finds the packages that it asks for', async () => {
  const modules = join(packed.root, 'node_modules');
  const scoped = async (name: string): Promise<string[]> =>
    name.startsWith('@') ? (await readdir(join(modules, name))).map((each) => `${name}/${each}`) : [name];
  const found = (await Promise.all((await readdir(modules)).filter((name) => !name.startsWith('.')).map(scoped))).flat();
  expect(found).toContain('electron-updater');
  for (const name of found.filter((each) => !each.startsWith('onnxruntime'))) {
    const { dependencies = {} } = JSON.parse(await readFile(join(modules, name, 'package.json'), 'utf8')) as { dependencies?: Record<string, string> };
    for (const needed of Object.keys(dependencies)) {
      const places = [join(modules, needed), join(modules, name, 'node_modules', needed)];
      expect(
        places.some((place) => existsSync(join(place, 'package.json'))),
        `${name} asks for ${needed}`,
      ).toBe(true);
    }
  }
  const load = createRequire(join(packed.root, 'out/main/electron.js'));
  expect(load('builder-util-runtime')).toHaveProperty('CancellationToken');
});

test('the packed app starts, and trains and exports with the threads, kernels and data that are unpacked beside it', async ({ launch }) => {
  const unpacked = await filesBelow(`${packed.root}.unpacked`);
  for (const file of [
    'package.json',
    'out/main/engine-worker.js',
    'out/main/kernel-thread.js',
    'out/engine/kernels-relaxed.wasm',
    'out/engine/kernels-simd.wasm',
  ]) {
    expect(unpacked).toContain(file);
  }
  const desktop = await launch({ root: packed.root, packaged: true });
  await expect(desktop.page().getByRole('button', { name: /^Names/u })).toBeVisible();
  const project = { ...names.project(), training: { ...names.project().training, epochs: 1 } };
  expect(await ask(desktop, 'session.open', { text: JSON.stringify(project) })).toMatchObject({ ok: true, value: { state: 'ready', problems: [] } });
  expect(await ask(desktop, 'session.start', {})).toMatchObject({ ok: true });
  await expect.poll(async () => (await ask(desktop, 'session.status', {})).value['state'], { timeout: 60_000 }).toBe('done');
  await answerDialogs(desktop, { save: join(desktop.folder, 'names.onnx') });
  const exported = await ask(desktop, 'session.export', { name: 'names', format: 'onnx', arrays: false });
  expect(exported).toMatchObject({ ok: true, value: { saved: { name: 'names.onnx' } } });
  expect(exported.value['largestDifference']).toBeLessThan(1e-4);
});

test('no new version is looked for until a feed is named', async ({ launch }) => {
  const desktop = await launch({ root: packed.root, packaged: true });
  expect(desktop.double?.updater.feeds).toEqual([]);
  for (const feed of ['http://example.org/unroll', 'https://name:word@example.org/', 'file:///tmp', 'nonsense']) {
    const refused = await launch({ root: packed.root, packaged: true, environment: { UNROLL_UPDATE_FEED: feed } });
    expect(refused.double?.updater.feeds, feed).toEqual([]);
    await refused.kill();
  }
});

test('a new version from the named feed is fetched only where the user says so', async ({ launch }) => {
  const desktop = await launch({ root: packed.root, packaged: true, environment: { UNROLL_UPDATE_FEED: 'https://example.org/unroll' } });
  const updater = desktop.double?.updater;
  await expect.poll(() => updater?.feeds).toEqual([{ provider: 'generic', url: 'https://example.org/unroll' }]);
  expect(updater).toMatchObject({ autoDownload: false, autoInstallOnAppQuit: true });
  await answerDialogs(desktop, { box: 1 });
  updater?.emit('update-available', { version: '9.9.9' });
  await desktop.page().waitForTimeout(200);
  expect(updater?.downloads).toBe(0);
  await answerDialogs(desktop, { box: 0 });
  updater?.emit('update-available', { version: '9.9.9' });
  await expect.poll(() => updater?.downloads).toBe(1);
});
