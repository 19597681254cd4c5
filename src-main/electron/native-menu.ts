import type { MenuItemConstructorOptions } from 'electron';
import type { MenuCommand } from '../contract.ts';
import { menuTemplate, type RecentItem } from './menu.ts';

/** Makes a menu of a template and shows it as the application's. */
export type ShowMenu = (template: MenuItemConstructorOptions[]) => ShownMenu;

export interface ShownMenu {
  readonly getMenuItemById: (id: string) => { enabled: boolean } | null;
}

/** The application's menu. It follows the window's commands; while only what is allowed changes, it stays open and is changed in place. */
export class NativeMenu {
  readonly #show: ShowMenu;
  readonly #platform: NodeJS.Platform;
  readonly #run: (id: string) => void;
  #commands: readonly MenuCommand[] = [];
  #recent: readonly RecentItem[] = [];
  #menu: ShownMenu | null = null;

  constructor(show: ShowMenu, platform: NodeJS.Platform, run: (id: string) => void) {
    this.#show = show;
    this.#platform = platform;
    this.#run = run;
    this.#build();
  }

  showCommands(commands: readonly MenuCommand[]): void {
    const before = this.#commands;
    this.#commands = commands;
    if (commands.length === before.length && commands.every((command, index) => isSameItem(command, before[index]))) this.#allow();
    else this.#build();
  }

  showRecent(recent: readonly RecentItem[]): void {
    this.#recent = recent;
    this.#build();
  }

  #allow(): void {
    for (const { id, native, enabled } of this.#commands) {
      const item = native ? null : (this.#menu?.getMenuItemById(id) ?? null);
      if (item !== null) item.enabled = enabled;
    }
  }

  #build(): void {
    const template = menuTemplate({ commands: this.#commands, recent: this.#recent, platform: this.#platform, run: this.#run });
    this.#menu = this.#show(template);
  }
}

function isSameItem(a: MenuCommand, b: MenuCommand | undefined): boolean {
  return b !== undefined && a.id === b.id && a.label === b.label && a.group === b.group && a.shortcut === b.shortcut && a.native === b.native;
}
