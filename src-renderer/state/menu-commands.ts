import type { MenuCommand } from '../../src-main/contract.ts';
import type { Client } from '../bridge/client.ts';
import { commandStore, runCommand, type Command } from './commands.ts';
import { documentStore } from './document-store.ts';
import type { Delay } from './runs/run-document.ts';
import { runStore } from './run-store.ts';
import { workspaceStore } from './workspace-store.ts';

/** Milliseconds after which a menu knows of a change. */
const PAUSE = 120;

/** The registry as a native menu shows it. */
function menuCommands(registry: ReadonlyMap<string, Command>): MenuCommand[] {
  return [...registry.values()].map((command) => ({
    id: command.id,
    label: command.title,
    group: command.group,
    shortcut: command.shortcuts[0] ?? null,
    native: command.native === true,
    enabled: command.enabled(),
  }));
}

/** Keeps the shell's menu as the registry is. What a command needs to be allowed lies in many stores: it is asked again after whatever may change it. */
export function followMenu(client: Client, page: Window, delay: Delay): void {
  let sent = '';
  let shown = true;
  const send = async (): Promise<void> => {
    const commands = menuCommands(commandStore.getState());
    const text = JSON.stringify(commands);
    if (!shown || text === sent) return;
    sent = text;
    const reply = await client.request('menu.show', { commands });
    shown = reply.ok && reply.value.shown;
  };
  const soon = (): void => {
    if (shown) delay.start(PAUSE, () => void send());
  };
  commandStore.subscribe(soon);
  documentStore.subscribe(soon);
  workspaceStore.subscribe(soon);
  runStore.subscribe((now, before) => {
    if (now.status?.state !== before.status?.state || now.opened !== before.opened) soon();
  });
  for (const event of ['pointerup', 'keyup', 'focusin'] as const) page.addEventListener(event, soon, { capture: true });
  soon();
}

/** Chords of editing, which a text field keeps for itself, and what the page calls them. */
const TEXT_EDITING: Readonly<Record<string, string>> = { 'edit.undo': 'undo', 'edit.redo': 'redo', 'edit.selectAll': 'selectAll', 'edit.delete': 'delete' };

/** Runs what was chosen in the menu; in a text field, editing means its text. */
export function runMenuCommand(id: string, page: Document): void {
  const editing = TEXT_EDITING[id];
  const inText = page.activeElement?.closest('input, textarea, [contenteditable="true"]') ?? null;
  if (editing !== undefined && inText !== null) editText(page, editing);
  else runCommand(id);
}

function editText(page: Document, editing: string): void {
  // The only way in which a page can undo in its own field; Chromium keeps it.
  const { execCommand } = page as unknown as { readonly execCommand: (this: Document, name: string) => boolean };
  execCommand.call(page, editing);
}
