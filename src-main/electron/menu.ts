import type { MenuItemConstructorOptions } from 'electron';
import type { MenuCommand } from '../contract.ts';
import { acceleratorOf } from './accelerator.ts';

type Item = MenuItemConstructorOptions;

export interface RecentItem {
  readonly label: string;
  readonly open: () => void;
}

export interface MenuParts {
  /** The registry of the window's commands, in its order. */
  readonly commands: readonly MenuCommand[];
  readonly recent: readonly RecentItem[];
  readonly platform: NodeJS.Platform;
  readonly run: (id: string) => void;
}

/** Menus that every desktop has, in their usual order; what else the window has stands between View and Window. */
const USUAL = ['File', 'Edit', 'View'];
const LAST = 'Help';
const SEPARATOR: Item = { type: 'separator' };
const NATIVE_ROLES = { cut: 'cut', copy: 'copy', paste: 'paste' } as const;

/** The native menu: the window's commands under their groups, and what the system expects beside them. */
export function menuTemplate(parts: MenuParts): Item[] {
  const { commands, platform } = parts;
  const mac = platform === 'darwin';
  const others = [...new Set(commands.map(({ group }) => group))].filter((group) => group !== LAST && !USUAL.includes(group));
  const help = itemsOf(LAST, parts);
  return [
    ...(mac ? [{ role: 'appMenu' as const }] : []),
    { label: '&File', submenu: [...itemsOf('File', parts), ...recentItems(parts.recent), SEPARATOR, { role: mac ? 'close' : 'quit' }] },
    { label: '&Edit', submenu: itemsOf('Edit', parts) },
    { label: '&View', submenu: [...itemsOf('View', parts), ...pageItems()] },
    ...others.map((group) => ({ label: `&${group}`, submenu: itemsOf(group, parts) })),
    { role: 'windowMenu' },
    ...(help.length === 0 ? [] : [{ label: '&Help', role: 'help' as const, submenu: help }]),
  ];
}

function itemsOf(group: string, { commands, platform, run }: MenuParts): Item[] {
  return commands.filter((command) => command.group === group).map((command) => commandItem(command, platform, run));
}

/**
 * The page hears keys before the menu does, and keeps those that it acts on. Elsewhere than on a Mac the menu only shows them; there it acts on what the page
 * has left, and gets no plain keys: a letter typed into a field is no command.
 */
function commandItem({ id, label, shortcut, native, enabled }: MenuCommand, platform: NodeJS.Platform, run: (id: string) => void): Item {
  const role = native ? nativeRole(id) : null;
  if (role !== null) return { id, label, role };
  const shown = shortcut !== null && (platform !== 'darwin' || shortcut.includes('$mod'));
  return {
    id,
    label: label.replaceAll('&', '&&'),
    enabled,
    ...(shown ? { accelerator: acceleratorOf(shortcut), registerAccelerator: false } : {}),
    click: () => {
      run(id);
    },
  };
}

function nativeRole(id: string): 'cut' | 'copy' | 'paste' | null {
  const name = id.slice(id.lastIndexOf('.') + 1);
  return name in NATIVE_ROLES ? NATIVE_ROLES[name as keyof typeof NATIVE_ROLES] : null;
}

function recentItems(recent: readonly RecentItem[]): Item[] {
  if (recent.length === 0) return [];
  const submenu = recent.map(({ label, open }) => ({ label: label.replaceAll('&', '&&'), click: open }));
  return [SEPARATOR, { label: 'Open recent', submenu }];
}

function pageItems(): Item[] {
  return [
    SEPARATOR,
    { role: 'reload' },
    { role: 'toggleDevTools' },
    SEPARATOR,
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    SEPARATOR,
    { role: 'togglefullscreen' },
  ];
}
