import type { ImportEncoding, ImportFormat } from '../../../document/data/import-options.ts';
import { isBlank } from './cells.ts';
import { readCsv, type RowBatch } from './csv-rows.ts';
import { decode } from './decode.ts';
import { refuse, unreadable } from '../import-problems.ts';
import type { ImportReader } from '../import-reader.ts';
import type { ImportPart } from '../import-services.ts';
import { jsonCells } from './json-rows.ts';
import { readLines } from './lines.ts';

/** How the rows of a table stand in its file. */
export interface TableLayout {
  readonly format: Extract<ImportFormat, 'csv' | 'jsonl'>;
  readonly encoding: ImportEncoding;
  readonly delimiter: string;
  readonly header: boolean;
  /** Names of the columns, in the order of the cells. */
  readonly columns: readonly string[];
}

/** The rows below the header, each with a cell for every column. Throws ProblemError U031 for a row with too many or too few, with its number. */
export async function* readTable(reader: ImportReader, { file, name }: Pick<ImportPart, 'file' | 'name'>, layout: TableLayout): AsyncGenerator<RowBatch> {
  const text = decode(reader.pieces(file, name), layout.encoding, file.name);
  const batches = layout.format === 'csv' ? readCsv(text, layout.delimiter, file.name) : readJsonLines(readLines(text, file.name), layout.columns, file.name);
  for await (const batch of batches) {
    yield withoutBlank(batch, layout, file.name);
  }
}

async function* readJsonLines(lines: AsyncIterable<readonly string[]>, columns: readonly string[], name: string): AsyncGenerator<RowBatch> {
  let first = 1;
  for await (const batch of lines) {
    const start = first;
    yield { rows: batch.map((line, index) => jsonCells(line, columns, { file: name, row: start + index })), first };
    first += batch.length;
  }
}

/** Blank rows and the header become empty lists, so that the numbers of the others stay what they are. */
function withoutBlank({ rows, first }: RowBatch, layout: TableLayout, name: string): RowBatch {
  return {
    first,
    rows: rows.map((row, index) => {
      const number = first + index;
      if (isBlank(row) || (layout.header && number === 1)) return [];
      return row.length === layout.columns.length ? row : evened(row, layout, number, name);
    }),
  };
}

/** Empty cells at the end may be there or not: some programs write them. */
function evened(row: readonly string[], { columns }: TableLayout, number: number, name: string): readonly string[] {
  if (row.length > columns.length && row.slice(columns.length).every((cell) => cell.trim() === '')) return row.slice(0, columns.length);
  const what = `it has ${row.length} ${row.length === 1 ? 'cell' : 'cells'} where the table has ${columns.length} columns.`;
  return refuse(
    unreadable({ file: name, row: number }, what, 'Mend that row: put a cell that holds the delimiter or a line break in quotes; or choose another delimiter.'),
  );
}
