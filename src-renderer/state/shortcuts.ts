import { tinykeys } from 'tinykeys';
import { commandStore, runCommand, type Command } from './commands.ts';

/** Places that read keys themselves. */
const TEXT = 'input, textarea, select, [contenteditable="true"]';
const LISTS =
  '[role="listbox"], [role="menu"], [role="dialog"], [role="alertdialog"], [role="combobox"], [role="radiogroup"], [role="tablist"], [role="slider"]';

/** Binds every command's shortcuts to the window, and follows the registry. The only place that does. Returns the way to unbind. */
export function bindShortcuts(target: Window): () => void {
  let unbind = () => {};
  const bind = (registry: ReadonlyMap<string, Command>) => {
    unbind();
    const chords = [...registry.values()].flatMap((command) =>
      (command.native === true ? [] : command.shortcuts).map((chord) => [chord, pressed(command, chord)] as const),
    );
    unbind = tinykeys(target, Object.fromEntries(chords));
  };
  bind(commandStore.getState());
  const unsubscribe = commandStore.subscribe(bind);
  return () => {
    unsubscribe();
    unbind();
  };
}

function pressed(command: Command, chord: string): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.defaultPrevented || isTakenElsewhere(event.target, chord)) return;
    if (runCommand(command.id, { repeat: event.repeat })) event.preventDefault();
  };
}

/** Text fields keep their own undo, selection and letters; lists and dialogs keep plain keys. Saving and the like work everywhere. */
function isTakenElsewhere(target: EventTarget | null, chord: string): boolean {
  if (!(target instanceof Element)) return false;
  const editing = /^\$mod\+(Shift\+)?[zyaxcvd]$/i.test(chord);
  if (target.closest(TEXT) !== null) return editing || !chord.includes('$mod');
  return !chord.includes('$mod') && target.closest(LISTS) !== null;
}
