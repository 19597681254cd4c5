import { cellDate, cellNumber, isBlank, isMissing } from './cells.ts';
import { parseCsv } from './csv-rows.ts';
import type { Head } from './head.ts';
import { refuse, unreadable } from '../import-problems.ts';
import { jsonCells, jsonKeys } from './json-rows.ts';

/** The rows of a table's beginning. */
export interface HeadTable {
  readonly header: boolean;
  readonly columns: readonly string[];
  /** Below the header, without blank ones; each has a cell for every column. */
  readonly rows: readonly (readonly string[])[];
}

/** More columns than a model has use for: the file is no table, or its delimiter another. */
const MOST_COLUMNS = 1000;
/** Lines of JSON whose keys make the columns. */
const KEY_LINES = 1000;

/** `header` null: looked up. Throws ProblemError U031. */
export function headTable(head: Head, format: 'csv' | 'jsonl', delimiter: string, header: boolean | null): HeadTable {
  const table = format === 'csv' ? csvTable(head, delimiter, header) : jsonTable(head);
  if (table.columns.length > MOST_COLUMNS) {
    const what = `it has ${table.columns.length} columns; up to ${MOST_COLUMNS} can be read.`;
    refuse(unreadable({ file: head.file.name }, what, 'Check the delimiter, or take out the columns that are not needed.'));
  }
  if (table.rows.length === 0) refuse(unreadable({ file: head.file.name }, 'there is no row below the header.', 'Choose a file with data in it.'));
  return table;
}

function csvTable({ text, whole, file }: Head, delimiter: string, given: boolean | null): HeadTable {
  const all = parseCsv(text, delimiter, !whole, file.name);
  const rows = all.filter((row) => !isBlank(row));
  const first = rows[0];
  if (first === undefined) {
    return refuse(
      unreadable(
        { file: file.name, row: 1 },
        'a quote is opened and never closed, or the first row is longer than a mebibyte.',
        'Close the quote, or choose the format text.',
      ),
    );
  }
  const header = given ?? isHeader(rows);
  const columns = header ? uniqueNames(first) : first.map((_, index) => `column ${index + 1}`);
  return { header, columns, rows: (header ? rows.slice(1) : rows).map((row) => columns.map((_, index) => row[index] ?? '')) };
}

function jsonTable({ text, whole, file }: Head): HeadTable {
  const lines = text.split(/\r\n|\n|\r/u);
  if (!whole) lines.pop();
  const columns = new Set<string>();
  for (const [index, line] of lines.slice(0, KEY_LINES).entries()) for (const key of jsonKeys(line, { file: file.name, row: index + 1 })) columns.add(key);
  const names = [...columns];
  const rows = lines.flatMap((line, index) => {
    const cells = jsonCells(line, names, { file: file.name, row: index + 1 });
    return cells.length === 0 ? [] : [cells];
  });
  return { header: false, columns: names, rows };
}

/** Texts above numbers, or names that do not occur in their columns though few values do. */
function isHeader(rows: readonly (readonly string[])[]): boolean {
  const [first = [], ...others] = rows;
  if (others.length === 0) return first.every((cell) => isName(cell));
  if (!first.every((cell) => isName(cell)) || new Set(first.map((cell) => cell.trim())).size < first.length) return false;
  const body = others.slice(0, 1000);
  const column = (index: number): readonly string[] => body.map((row) => row[index] ?? '').filter((cell) => !isMissing(cell));
  const valued = first.some((_, index) => column(index).some((cell) => !Number.isNaN(cellNumber(cell, true)) || !Number.isNaN(cellDate(cell))));
  if (valued) return true;
  const repeated = first.some((cell, index) => column(index).includes(cell));
  return !repeated && first.every((cell) => cell.trim().split(/\s+/u).length <= 4);
}

const LONGEST_NAME = 100;

function isName(cell: string): boolean {
  const plain = cell.trim();
  return plain.length <= LONGEST_NAME && Number.isNaN(cellNumber(plain, true)) && Number.isNaN(cellDate(plain)) && !plain.includes('\n');
}

/** Names without a place get one; a name that is there twice is numbered. */
function uniqueNames(cells: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return cells.map((cell, index) => {
    const plain = cell.trim() === '' ? `column ${index + 1}` : cell.trim().slice(0, 4 * LONGEST_NAME);
    let name = plain;
    for (let number = 2; taken.has(name); number += 1) name = `${plain} (${number})`;
    taken.add(name);
    return name;
  });
}
