import type { ImportFormat } from '../../../document/data/import-options.ts';
import { parseCsv } from './csv-rows.ts';
import type { Head } from './head.ts';

const DELIMITERS = [',', '\t', ';', '|'] as const;
/** Rows that are compared. */
const ROWS = 200;

const BY_EXTENSION: ReadonlyMap<string, ImportFormat> = new Map([
  ['csv', 'csv'],
  ['tsv', 'csv'],
  ['tab', 'csv'],
  ['jsonl', 'jsonl'],
  ['ndjson', 'jsonl'],
  ['md', 'text'],
]);

/** By the name's ending, else by what the text looks like: objects on lines, columns, or plain text. */
export function guessFormat(head: Head): ImportFormat {
  const extension = /\.([a-z0-9]+)$/u.exec(head.file.name.toLowerCase())?.[1] ?? '';
  const known = BY_EXTENSION.get(extension);
  if (known !== undefined) return known;
  if (isJsonLines(head)) return 'jsonl';
  return separation(head, '\t') > 0 ? 'csv' : 'text';
}

function isJsonLines({ text }: Head): boolean {
  const line = text.trimStart().split(/\r\n|\n|\r/u, 1)[0] ?? '';
  if (!line.startsWith('{')) return false;
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null;
  } catch {
    return false;
  }
}

/** The one with which the first rows have most columns, all the same number; the comma where none has two. */
export function guessDelimiter(head: Head): string {
  const first = head.file.name.toLowerCase().endsWith('.tsv') ? '\t' : ',';
  const best = DELIMITERS.map((delimiter) => ({ delimiter, score: separation(head, delimiter) })).reduce((most, each) =>
    each.score > most.score ? each : most,
  );
  return best.score > 0 ? best.delimiter : first;
}

/** Columns times the share of rows that have that number of them; 0 where they are fewer than two, or hardly any rows agree. */
function separation({ text, whole, file }: Head, delimiter: string): number {
  const rows = firstRows(text, delimiter, !whole, file.name).filter((row) => row.length > 1 || row[0] !== '');
  const counts = new Map<number, number>();
  for (const { length } of rows) counts.set(length, (counts.get(length) ?? 0) + 1);
  const [columns, agreeing] = [...counts].reduce((most, each) => (each[1] > most[1] ? each : most), [0, 0]);
  return columns < 2 || agreeing < 0.6 * rows.length ? 0 : (columns * agreeing) / rows.length;
}

/** What can be read of the beginning: a delimiter is only being tried. */
function firstRows(text: string, delimiter: string, open: boolean, name: string): readonly (readonly string[])[] {
  try {
    return parseCsv(text.slice(0, 1 << 16), delimiter, open || text.length > 1 << 16, name).slice(0, ROWS);
  } catch {
    return [];
  }
}
