import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { LETTERS } from '../../src-renderer/charts/letters.ts';

const root = path.join(import.meta.dirname, '../../src-renderer');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const withoutComments = (text: string): string => text.replaceAll(/\/\*[\s\S]*?\*\//g, '');

const TOKENS = path.join('ui', 'tokens.css');
const sheets = globSync('**/*.css', { cwd: root }).filter((file) => file !== TOKENS);
const programs = globSync('**/*.{ts,tsx}', { cwd: root });
const tokens = withoutComments(read(TOKENS));
const tokenValue = (name: string): string | undefined => new RegExp(`--${name}: ([^;]+);`).exec(tokens)?.[1];

/** Declarations `property: value` of a sheet whose property matches, one line each. */
function declarations(sheet: string, property: RegExp): readonly string[] {
  return Array.from(withoutComments(sheet).matchAll(/(?<=[{;\s])([a-z-]+):\s*([^;{}]+);/g))
    .filter(([, name = '']) => property.test(name))
    .map(([, name = '', value = '']) => `${name}: ${value.replaceAll(/\s+/g, ' ').trim()}`);
}

/** What breaks the rule in any sheet, each with its file. */
function breaks(property: RegExp, rule: RegExp): readonly string[] {
  return sheets.flatMap((file) =>
    declarations(read(file), property)
      .filter((each) => rule.test(each))
      .map((each) => `${file}: ${each}`),
  );
}

describe('the style sheets take from the tokens', () => {
  it('their colours', () => {
    expect(breaks(/./, /#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|hwb|lab|lch|oklab|oklch)a?\(/i)).toEqual([]);
  });

  it('the sizes of their letters', () => {
    expect(breaks(/^font-size$/, /^font-size: (?!var\(--type-|inherit$|0$|[\d.]+em$)/)).toEqual([]);
    expect(breaks(/^font$/, /^font: (?!inherit$|(?:\d00 )?var\(--type-)/)).toEqual([]);
  });

  it('their shadows and rings', () => {
    expect(breaks(/^(box|text)-shadow$/, /^[a-z-]+: (?!none$|(?:var\(--[a-z-]+\)(?:, )?)+$)/)).toEqual([]);
    expect(breaks(/^filter$/, /shadow\(/)).toEqual([]);
  });

  it('their corners', () => {
    expect(breaks(/^border(-[a-z]+)*-radius$/, /(?<!- )\b[\d.]+px/)).toEqual([]);
  });

  it('their spaces, but for hairlines and what is pulled back', () => {
    expect(breaks(/^(padding|margin|gap|row-gap|column-gap)(-[a-z-]+)?$/, /(?<![-\w.])(?!1px)[\d.]+px/)).toEqual([]);
  });
});

it('no module names a colour, a size of letters or of an icon of its own', () => {
  const raw = /['"`]#[0-9a-fA-F]{3,8}['"`]|['"`](?:rgb|hsl)a?\(\d|fontSize: ?['"\d]|\.font = ['"`]|font-size="\d|<[A-Z]\w* size=\{\d+\}/g;
  const found = programs.flatMap((file) => (read(file).match(raw) ?? []).map((each) => `${file}: ${each}`));
  // The field's size attribute counts letters.
  expect(found.filter((each) => !each.endsWith('<input size={1}'))).toEqual([]);
});

it('every token that a sheet names is defined', () => {
  const own = sheets.flatMap((file) => Array.from(withoutComments(read(file)).matchAll(/(--[a-z0-9-]+):/g), ([, name = '']) => name));
  const inProgram = programs.flatMap((file) => Array.from(read(file).matchAll(/['"`](--[a-z0-9-]+)['"`]/g), ([, name = '']) => name));
  const known = new Set([...own, ...inProgram, ...Array.from(tokens.matchAll(/(--[a-z0-9-]+):/g), ([, name = '']) => name)]);
  const used = [TOKENS, ...sheets].flatMap((file) =>
    Array.from(withoutComments(read(file)).matchAll(/var\((--[a-z0-9-]+)[,)]/g), ([, name = '']) => `${file} ${name}`),
  );
  expect(used.filter((each) => !each.includes(' --radix-') && !known.has(each.split(' ')[1] ?? ''))).toEqual([]);
});

it('both themes name the same colours', () => {
  const [dark = '', light = ''] = tokens.split(":root[data-theme='light']");
  const colours = (part: string): string[] => Array.from(part.matchAll(/(--[a-z0-9-]+): #/g), ([, name = '']) => name);
  const shared = new Set(['--veil', '--on-bright', '--on-dark']);
  expect(new Set(colours(light))).toEqual(new Set(colours(dark).filter((name) => !shared.has(name))));
});

it('letters on canvases have the sizes of the page', () => {
  expect([`${LETTERS.axis}px`, `${LETTERS.note}px`, `${LETTERS.code}px`]).toEqual([tokenValue('type-xs'), tokenValue('type-s'), tokenValue('type-m')]);
});
