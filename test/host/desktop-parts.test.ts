import { EventEmitter } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { MenuCommand } from '../../src-main/contract.ts';
import { acceleratorOf } from '../../src-main/electron/accelerator.ts';
import { projectInArguments } from '../../src-main/electron/handed-files.ts';
import { endInOrder, LeaveGuard } from '../../src-main/electron/leave-guard.ts';
import { menuTemplate } from '../../src-main/electron/menu.ts';
import { NativeMenu } from '../../src-main/electron/native-menu.ts';
import { unpacked } from '../../src-main/electron/unpacked.ts';
import { updateFeed } from '../../src-main/electron/updates.ts';
import { placeOf, readWindowState } from '../../src-main/electron/window-state.ts';

/** What of the desktop app can be told without a window. */

const command = (id: string, more: Partial<MenuCommand> = {}): MenuCommand => ({
  id,
  label: id,
  group: 'File',
  shortcut: null,
  native: false,
  enabled: true,
  ...more,
});
const parts = { recent: [], run: () => undefined };

describe('a shortcut', () => {
  it.each([
    ['$mod+z', 'CommandOrControl+Z'],
    ['$mod+Shift+z', 'CommandOrControl+Shift+Z'],
    ['$mod+Enter', 'CommandOrControl+Return'],
    ['$mod+.', 'CommandOrControl+.'],
    ['Delete', 'Delete'],
    ['Shift+ArrowLeft', 'Shift+Left'],
    ['Alt+KeyD', 'Alt+D'],
  ])('%s is %s to Electron', (shortcut, accelerator) => {
    expect(acceleratorOf(shortcut)).toBe(accelerator);
  });
});

describe('the native menu', () => {
  const commands = [
    command('file.save', { shortcut: '$mod+s' }),
    command('edit.delete', { group: 'Edit', shortcut: 'Delete' }),
    command('edit.copy', { group: 'Edit', native: true, shortcut: '$mod+c' }),
    command('run.train', { group: 'Training' }),
    command('help.log', { group: 'Help' }),
  ];

  it("has a Mac's own menu first, and gives a Mac no plain keys", () => {
    const menus = menuTemplate({ ...parts, commands, platform: 'darwin' });
    expect(menus.map(({ label, role }) => label ?? role)).toEqual(['appMenu', '&File', '&Edit', '&View', '&Training', 'windowMenu', '&Help']);
    expect(menus[2]?.submenu).toMatchObject([{ id: 'edit.delete' }, { role: 'copy' }]);
    expect(JSON.stringify(menus[2])).not.toContain('accelerator');
    expect(JSON.stringify(menus[1])).toContain('CommandOrControl+S');
  });

  it('only shows shortcuts elsewhere: the page hears the keys itself', () => {
    const menus = menuTemplate({ ...parts, commands, platform: 'linux' });
    expect(menus[1]?.submenu).toMatchObject([{ id: 'edit.delete', accelerator: 'Delete', registerAccelerator: false }, { role: 'copy' }]);
    expect(menus[0]?.submenu).toMatchObject([{ id: 'file.save', registerAccelerator: false }, { type: 'separator' }, { role: 'quit' }]);
  });

  it('is changed in place while only what is allowed changes', () => {
    let built = 0;
    const item = { enabled: true };
    const menu = new NativeMenu(
      () => {
        built += 1;
        return { getMenuItemById: () => item };
      },
      'linux',
      () => undefined,
    );
    menu.showCommands([command('file.save')]);
    menu.showCommands([command('file.save', { enabled: false })]);
    expect([built, item.enabled]).toEqual([2, false]);
    menu.showCommands([command('file.save', { label: 'Store' })]);
    expect(built).toBe(3);
  });
});

describe("the window's place", () => {
  const screen = [{ x: 0, y: 25, width: 1920, height: 1055 }];
  const state = (x: number, y: number, width = 1200, height = 800) => ({ bounds: { x, y, width, height }, maximised: false });

  it('is as it was left, on whichever display that is', () => {
    expect(placeOf(state(100, 80), screen)).toEqual({ x: 100, y: 80, width: 1200, height: 800 });
    expect(placeOf(state(-1800, 80), [...screen, { x: -1920, y: 0, width: 1920, height: 1080 }])).toMatchObject({ x: -1800 });
  });

  it.each([
    ['its display is gone', state(3000, 80)],
    ['its title is above the screen', state(100, -200)],
    ['its title is below the screen', state(100, 1070)],
    ['only a sliver of it is in sight', state(1900, 80)],
  ])("is the system's choice where %s", (_, left) => {
    expect(placeOf(left, screen)).toEqual({ width: 1200, height: 800 });
  });

  it('is no smaller than the window can be, and the usual one at first', () => {
    expect(placeOf(state(0, 25, 10, 10), screen)).toMatchObject({ width: 1024, height: 700 });
    expect(placeOf(null, screen)).toEqual({ width: 1440, height: 900 });
  });

  it.each(['', '{', '{"bounds":{"x":"1"}}', '{"bounds":{"x":1e999,"y":0,"width":1,"height":1},"maximised":false}'])(
    'is not taken from a damaged file: %s',
    async (text) => {
      const folder = await mkdtemp(join(tmpdir(), 'unroll-window-'));
      await writeFile(join(folder, 'window.json'), text);
      expect(readWindowState(join(folder, 'window.json'))).toBeNull();
      await rm(folder, { recursive: true });
    },
  );
});

describe('leaving', () => {
  function guarded(platform: NodeJS.Platform, answers: number[], training = false) {
    const app = Object.assign(new EventEmitter(), { quit: () => done.push('quit') });
    const done: string[] = [];
    const webContents = Object.assign(new EventEmitter(), { reload: () => done.push('reload') });
    const window = Object.assign(new EventEmitter(), { webContents, close: () => done.push('close') });
    const guard = new LeaveGuard({
      app: app as never,
      dialog: { showMessageBoxSync: () => answers.shift() ?? 99 },
      platform,
      isTraining: () => training,
      saveFirst: () => done.push('save'),
      giveUp: () => done.push('give up'),
    });
    guard.watch(window as never);
    const fire = (emitter: EventEmitter, name: string): boolean => {
      let prevented = false;
      emitter.emit(name, { preventDefault: () => (prevented = true) });
      return prevented;
    };
    return { app, window, guard, done, closed: () => fire(window, 'close'), unloads: () => fire(webContents, 'will-prevent-unload') };
  }

  it.each([
    ['close', (it: ReturnType<typeof guarded>) => it.closed()],
    ['quit', (it: ReturnType<typeof guarded>) => it.app.emit('before-quit') && it.closed()],
    ['reload', () => undefined],
  ])('goes on with what was wanted once the work is saved: %s', (wanted, begin) => {
    const it = guarded('linux', [0]);
    begin(it);
    expect(it.unloads()).toBe(false);
    expect(it.done).toEqual(['save']);
    expect(it.guard.leave()).toBe(true);
    expect(it.done).toEqual(['save', wanted]);
    expect(it.guard.leave()).toBe(false);
  });

  it('forgets that the app was to quit when the user stays', () => {
    const it = guarded('linux', [2, 0]);
    it.app.emit('before-quit');
    it.closed();
    expect(it.unloads()).toBe(false);
    it.unloads();
    it.guard.leave();
    expect(it.done).toEqual(['save', 'reload']);
  });

  it('asks about a training once, and on a Mac only where the app ends', () => {
    const linux = guarded('linux', [0, 1], true);
    expect(linux.closed()).toBe(false);
    expect(linux.closed()).toBe(false);
    const mac = guarded('darwin', [1], true);
    expect(mac.closed()).toBe(false);
    mac.app.emit('before-quit');
    expect(mac.closed()).toBe(true);
  });

  it('ends in order, and at last without it', async () => {
    for (const closes of [true, false]) {
      const app = new EventEmitter();
      const ended = new Promise<string>((finish) =>
        Object.assign(app, {
          exit: () => {
            finish('ended');
          },
        }),
      );
      let prevented = 0;
      endInOrder(app as never, () => (closes ? Promise.resolve() : new Promise(() => undefined)), 50);
      for (let time = 0; time < 2; time++) app.emit('will-quit', { preventDefault: () => (prevented += 1) });
      expect(await ended).toBe('ended');
      expect(prevented).toBe(2);
    }
  });
});

describe('the command line', () => {
  it.each([
    [['unroll'], null],
    [['unroll', '--flag', 'notes.txt'], null],
    [['unroll', 'a.unroll', 'b.UNROLL'], resolve('/work', 'b.UNROLL')],
    [['unroll', '/x/a.unroll'], '/x/a.unroll'],
    [['a.unroll'], null],
    [['unroll', '--a.unroll'], null],
  ])('%j names %s', (argv, path) => {
    expect(projectInArguments(argv, '/work')).toBe(path);
  });
});

describe('the feed of new versions', () => {
  it('is none until one is named, in the environment or the settings, by https', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'unroll-feed-'));
    expect(updateFeed({}, folder)).toBeNull();
    await writeFile(join(folder, 'settings.json'), '{"updateFeed":"https://example.org/a"}');
    expect(updateFeed({}, folder)).toBe('https://example.org/a');
    expect(updateFeed({ UNROLL_UPDATE_FEED: 'https://example.org/b' }, folder)).toBe('https://example.org/b');
    expect(updateFeed({ UNROLL_UPDATE_FEED: 'http://example.org/b' }, folder)).toBeNull();
    await writeFile(join(folder, 'settings.json'), '{"updateFeed":7}');
    expect(updateFeed({}, folder)).toBeNull();
    await rm(folder, { recursive: true });
  });
});

it("a thread's file lies beside the archive", () => {
  expect(unpacked(new URL('file:///opt/Unroll/resources/app.asar/out/main/engine-worker.js')).pathname).toBe(
    '/opt/Unroll/resources/app.asar.unpacked/out/main/engine-worker.js',
  );
  expect(unpacked(new URL('file:///work/out/main/engine-worker.js')).pathname).toBe('/work/out/main/engine-worker.js');
});
