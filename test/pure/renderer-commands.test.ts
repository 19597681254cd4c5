import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { EXPORT_FORMATS } from '../../src-engine/document/export-formats.ts';
import { NODE_KINDS } from '../../src-engine/document/node-kinds.ts';
import { canvasCommands, type CanvasParts } from '../../src-renderer/canvas/canvas-commands.ts';
import { createClipboard } from '../../src-renderer/canvas/clipboard-commands.ts';
import { shortcutText } from '../../src-renderer/state/commands.ts';
import { documentCommands } from '../../src-renderer/state/document/document-commands.ts';

const WINDOW = join(import.meta.dirname, '../../src-renderer');
const text = readdirSync(WINDOW, { recursive: true, encoding: 'utf8' })
  .filter((name) => /[.]tsx?$/.test(name))
  .map((name) => readFileSync(join(WINDOW, name), 'utf8'))
  .join('\n');

const nothing = () => undefined;
const parts = { view: {}, store: {}, frame: () => null, pointer: () => null, say: { refuse: nothing, working: () => nothing } } as unknown as CanvasParts;
const clipboard = createClipboard({ pointer: () => null, write: () => Promise.resolve(), read: () => Promise.resolve(''), refuse: nothing });
const commands = [...canvasCommands(parts), ...clipboard.commands, ...documentCommands(nothing)];

/** Ids of the window's own commands, whose module wants a browser. */
const written = [...text.matchAll(/\bid: '((?:run|file|view|data)[.][\w.]+)'/g)].map(([, id]) => id ?? '');
/** Those of the unrolled view, named after what they do. */
const unrolled = [...text.matchAll(/\bentry\('(\w+)'/g)].map(([, name]) => `unrolled.${name ?? ''}`);
const known = new Set([
  ...commands.map(({ id }) => id),
  ...written,
  ...unrolled,
  'view.theme.dark',
  'view.theme.light',
  'view.theme.system',
  ...EXPORT_FORMATS.map(({ id }) => `file.export.${id}`),
]);

describe('the one registry of commands', () => {
  test('has every id once, and no two commands on one chord', () => {
    expect(new Set(commands.map(({ id }) => id)).size).toBe(commands.length);
    const chords = commands.flatMap(({ shortcuts }) => shortcuts);
    expect(new Set(chords).size).toBe(chords.length);
  });

  test('knows every command that a button, a menu or a key of the window runs', () => {
    const named = [
      ...text.matchAll(/(?:runCommand|useShortcut)\('([\w.]+)'/g),
      ...text.matchAll(/\b(?:id|command)(?:=|: )["']((?:edit|canvas|run|file|view|add|data)[.][\w.]+)["']/g),
      ...text.matchAll(/'((?:edit|canvas)[.][\w.]+)'/g),
    ].map(([, id]) => id ?? '');
    expect(named.length).toBeGreaterThan(40);
    expect(named.filter((id) => !known.has(id) && !/^view[.](loss|gradients|problems|data|states|samples|runs)/.test(id))).toEqual([]);
  });

  test('adds every kind of block, and shows chords as the keyboard writes them', () => {
    for (const kind of Object.keys(NODE_KINDS)) expect(known).toContain(`add.${kind}`);
    expect(shortcutText('Alt+Shift+KeyH', false)).toBe('Alt Shift H');
    expect(shortcutText('$mod+Shift+g', true)).toBe('⌘⇧G');
    for (const { title, group } of commands) expect(`${group}: ${title}`).toMatch(/^[A-Z][a-z]+: [A-Z0-9]/);
  });
});
