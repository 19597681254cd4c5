import Papa from 'papaparse';
import { refuse, unreadable } from '../import-problems.ts';
import { LONGEST_LINE } from './lines.ts';

export interface RowBatch {
  /** Cells as they stand, quotes taken off. */
  readonly rows: readonly (readonly string[])[];
  /** Number of the first of them, from 1, as a spreadsheet counts. */
  readonly first: number;
}

interface Parsed {
  readonly data: readonly string[][];
  readonly errors: readonly { readonly code: string; readonly row?: number }[];
  readonly meta: { readonly cursor: number };
}

/**
 * The rows of CSV that comes in pieces. A row that a piece ends in stays with the next piece. Lines may end in \n, \r\n or, where the text
 * has no \n, in \r. Throws ProblemError U031, with the row, for a quote that is never closed or stands inside a quoted cell.
 */
export async function* readCsv(pieces: AsyncIterable<string>, delimiter: string, name: string): AsyncGenerator<RowBatch> {
  let parser: CsvParser | null = null;
  for await (const piece of pieces) {
    parser ??= new CsvParser(delimiter, piece.includes('\n') || !piece.includes('\r') ? '\n' : '\r', name);
    const batch = parser.add(piece);
    if (batch.rows.length > 0) yield batch;
  }
  const last = parser?.end() ?? null;
  if (last !== null && last.rows.length > 0) yield last;
}

/** The rows of a whole piece of text; with `open` its last row, which may go on, is left out. */
export function parseCsv(text: string, delimiter: string, open: boolean, name: string): readonly (readonly string[])[] {
  const parser = new CsvParser(delimiter, text.includes('\n') || !text.includes('\r') ? '\n' : '\r', name);
  const { rows } = parser.add(text);
  return open ? rows : [...rows, ...parser.end().rows];
}

class CsvParser {
  readonly #name: string;
  readonly #newline: '\n' | '\r';
  readonly #delimiter: string;
  #rest = '';
  #next = 1;

  constructor(delimiter: string, newline: '\n' | '\r', name: string) {
    this.#name = name;
    this.#newline = newline;
    this.#delimiter = delimiter;
  }

  add(piece: string): RowBatch {
    const text = this.#rest + piece;
    const parsed = this.#parse(text, true);
    this.#rest = text.slice(parsed.meta.cursor);
    const batch = this.#batch(parsed);
    if (this.#rest.length > LONGEST_LINE) this.#refuseLong();
    return batch;
  }

  end(): RowBatch {
    if (this.#rest === '') return { rows: [], first: this.#next };
    return this.#batch(this.#parse(this.#rest.replace(/\r$/u, ''), false));
  }

  #parse(text: string, more: boolean): Parsed {
    const parser = new Papa.Parser({ delimiter: this.#delimiter, newline: this.#newline, quoteChar: '"' });
    return parser.parse(text, 0, more) as Parsed;
  }

  #batch({ data, errors }: Parsed): RowBatch {
    const first = this.#next;
    // What is said of the row that is not whole yet will be said again when it is.
    const wrong = errors.find(({ row }) => row !== undefined && row < data.length);
    if (wrong !== undefined) this.#refuse(wrong.code, first + (wrong.row ?? 0));
    this.#next += data.length;
    for (const row of data) trimReturn(row);
    return { rows: data, first };
  }

  #refuse(code: string, row: number): never {
    if (code === 'MissingQuotes') return this.#refuseOpen(row);
    const what = 'a quoted cell goes on behind its closing quote.';
    return refuse(unreadable({ file: this.#name, row }, what, 'Write a quote inside a quoted cell twice (""), or take the quotes off the cell.'));
  }

  #refuseOpen(row: number): never {
    return refuse(
      unreadable(
        { file: this.#name, row },
        'a quote is opened and never closed.',
        'Close it in that row, or write it twice ("") where it is part of the text.',
      ),
    );
  }

  #refuseLong(): never {
    if (this.#rest.includes('"')) return this.#refuseOpen(this.#next);
    const what = `it has more than ${LONGEST_LINE.toLocaleString('en')} letters.`;
    return refuse(unreadable({ file: this.#name, row: this.#next }, what, 'Import the file as plain text, or check that it is a table.'));
  }
}

/** Lines are cut at \n: of \r\n the \r is left behind in the last cell. */
function trimReturn(row: string[]): void {
  const last = row.at(-1);
  if (last?.endsWith('\r') === true) row[row.length - 1] = last.slice(0, -1);
}
