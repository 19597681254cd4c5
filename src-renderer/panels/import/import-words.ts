import type { ColumnRole, ImportEncoding, ImportTask, MissingRule } from '../../../src-engine/document/data/import-options.ts';
import type { ColumnDescription } from '../../../src-engine/session/protocol.ts';
import type { SelectOption } from '../../ui/fields/Select.tsx';

const roleNames: Readonly<Record<ColumnRole, string>> = {
  input: 'Input',
  target: 'Target',
  both: 'Input and target',
  date: 'Date',
  text: 'Text',
  label: 'Class',
  ignore: 'Left out',
};

export const taskNames: Readonly<Record<ImportTask, string>> = { classify: 'Classify', forecast: 'Forecast', language: 'Write on' };

export const encodings: readonly (SelectOption & { readonly value: ImportEncoding })[] = [
  { value: 'utf-8', label: 'UTF-8' },
  { value: 'windows-1252', label: 'Latin-1' },
  { value: 'utf-16le', label: 'UTF-16 LE' },
  { value: 'utf-16be', label: 'UTF-16 BE' },
];

export const missingRules: readonly (SelectOption & { readonly value: MissingRule })[] = [
  { value: 'refuse', label: 'Refuse the file' },
  { value: 'drop', label: 'Leave out the row' },
  { value: 'previous', label: 'Take the one before' },
  { value: 'interpolate', label: 'On the line between' },
];

const delimiterNames: Readonly<Record<string, string>> = { ',': 'Comma', ';': 'Semicolon', '\t': 'Tab', '|': 'Bar', ' ': 'Space', ':': 'Colon' };

/** The usual ones, and the one in use where it is none of them. */
export function delimiters(present: string): readonly SelectOption[] {
  const usual = [',', ';', '\t', '|', ' '];
  return (usual.includes(present) || present === '' ? usual : [...usual, present]).map((value) => ({ value, label: delimiterNames[value] ?? value }));
}

const rolesOfKind: Readonly<Record<ColumnDescription['kind'], readonly ColumnRole[]>> = {
  number: ['input', 'target', 'both', 'label', 'date', 'ignore'],
  date: ['date', 'ignore'],
  category: ['label', 'text', 'ignore'],
  text: ['text', 'label', 'ignore'],
  empty: ['ignore'],
};

/** The roles that fit what a column holds, the one it has among them. */
export function rolesFor({ kind, role }: ColumnDescription): readonly SelectOption[] {
  const fitting = rolesOfKind[kind];
  return (fitting.includes(role) ? fitting : [role, ...fitting]).map((value) => ({ value, label: roleNames[value] }));
}

/** `812 bytes`, `4.1 kB`, `200 MB`. */
export function bytesText(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  const power = Math.min(3, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  return `${value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString('en')} ${['', 'kB', 'MB', 'GB'][power] ?? ''}`;
}

export function countText(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}
