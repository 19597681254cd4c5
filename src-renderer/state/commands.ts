import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

/** Something the user can have done: by a key, a button, a menu or the command palette. */
export interface Command {
  readonly id: string;
  readonly title: string;
  /** Heading in menus and the command palette. */
  readonly group: string;
  /** Chords as tinykeys writes them, e.g. `$mod+z`; the first one is shown. */
  readonly shortcuts: readonly string[];
  /** Its keys belong to the system, which tells of them in its own way (copy, cut, paste): they are shown, not bound. */
  readonly native?: boolean;
  readonly enabled: () => boolean;
  readonly run: (press?: { readonly repeat: boolean }) => void;
}

type Registry = ReadonlyMap<string, Command>;

/** The one list of commands. Rooms add theirs while they are mounted. */
export const commandStore = createStore<Registry>(() => new Map<string, Command>());

/** Adds commands, replacing those with the same id; the reply takes them out again. */
export function registerCommands(commands: readonly Command[]): () => void {
  commandStore.setState((registry) => new Map([...registry, ...commands.map((command) => [command.id, command] as const)]), true);
  return () => {
    commandStore.setState((registry) => new Map([...registry].filter(([, command]) => !commands.includes(command))), true);
  };
}

/** Runs a command where it is there and allowed; true when it ran. */
export function runCommand(id: string, press?: { readonly repeat: boolean }): boolean {
  const command = commandStore.getState().get(id);
  if (command === undefined || !command.enabled()) return false;
  command.run(press);
  return true;
}

export function useCommands(): readonly Command[] {
  const registry = useStore(commandStore);
  return [...registry.values()];
}

/** The first shortcut of a command as the keyboard writes it, or null. */
export function useShortcut(id: string): string | null {
  return useStore(commandStore, (registry) => {
    const shortcut = registry.get(id)?.shortcuts[0];
    return shortcut === undefined ? null : shortcutText(shortcut, navigator.platform.startsWith('Mac'));
  });
}

const KEY_NAMES: Readonly<Record<string, string>> = { ArrowLeft: '\u2190', ArrowRight: '\u2192', ArrowUp: '\u2191', ArrowDown: '\u2193', Escape: 'Esc' };

/** `$mod+Shift+z` as `Ctrl Shift Z`, or with the signs of a Mac. */
export function shortcutText(shortcut: string, mac: boolean): string {
  const names: Readonly<Record<string, string>> = mac ? { $mod: '\u2318', Shift: '\u21e7', Alt: '\u2325' } : { $mod: 'Ctrl' };
  return shortcut
    .split('+')
    .map((part) => names[part] ?? KEY_NAMES[part] ?? (part.length === 1 ? part.toUpperCase() : part.replace(/^Key/, '')))
    .join(mac ? '' : ' ');
}
