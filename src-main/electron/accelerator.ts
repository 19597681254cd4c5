const KEYS: Readonly<Record<string, string>> = {
  $mod: 'CommandOrControl',
  Enter: 'Return',
  Escape: 'Esc',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  Space: 'Space',
  ' ': 'Space',
  '+': 'Plus',
};

/** A shortcut of the window's registry (`$mod+Shift+z`) as Electron writes it (`CommandOrControl+Shift+Z`). */
export function acceleratorOf(shortcut: string): string {
  return shortcut
    .split('+')
    .map((part) => KEYS[part] ?? (part.length === 1 ? part.toUpperCase() : part.replace(/^(?:Key|Digit)/u, '')))
    .join('+');
}
