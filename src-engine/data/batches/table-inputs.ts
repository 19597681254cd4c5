import { COLUMN_PREFIX, MISSING_RULES, type ColumnRole, type MissingRule } from '../../document/data/import-options.ts';
import type { DataSpec } from '../../document/project.ts';
import { problem, ProblemError } from '../../document/problems.ts';
import type { DataSignature } from '../../document/signature.ts';
import { guessDelimiter, guessFormat } from '../import/rows/guess-format.ts';
import type { Head } from '../import/rows/head.ts';
import { headTable, type HeadTable } from '../import/rows/head-table.ts';
import { MemoryBudget } from '../import/memory-budget.ts';
import { filled, NumberRows } from '../import/number-rows.ts';

/** What a file that is no batch file gives a model to read. */
interface TableInputs {
  /** As a batch file has it. */
  readonly inputs: { readonly texts: readonly string[] } | { readonly sequences: readonly (readonly number[][])[] } | { readonly vectors: readonly number[][] };
  /** One sentence: what was read of the file. */
  readonly said: string;
}

interface TableFile {
  readonly name: string;
  readonly text: string;
}

const BUDGET_BYTES = 2 ** 31;

/**
 * The inputs in a table (CSV, TSV, JSON Lines) or a plain text, one on each line, for a model that was trained on `data`: of texts their column; of numbers the
 * columns of the model, each row an input, or, where the model reads steps, the last rows as one. Throws ProblemError: U004 for columns that are not there, U031.
 */
export function readTableInputs(file: TableFile, data: DataSpec | null, signature: DataSignature): TableInputs {
  const { input } = signature;
  const head = headOf(file);
  const format = guessFormat(head);
  if (format !== 'csv' && format !== 'jsonl') {
    if (input.kind !== 'tokens')
      throw lacking(file.name, 'The model reads numbers, and this is plain text.', `Give a table with the columns ${quoted(input.columns)}.`);
    const texts = head.text.split(/\r\n|\n|\r/u).filter((line) => line.trim() !== '');
    return { inputs: { texts }, said: `Read ${counted(texts.length, 'line')} of ${file.name}, each as one text.` };
  }
  const table = headTable(head, format, format === 'csv' ? guessDelimiter(head) : '', hasHeader(head, data, signature));
  return input.kind === 'tokens' ? textsOf(table, file, data) : numbersOf(table, file, data, signature, guessDelimiter(head));
}

function headOf({ name, text }: TableFile): Head {
  const plain = text.replace(/^\u{feff}/u, '');
  const file = { name, bytes: plain.length, pieces: readAlready };
  return { file, encoding: 'utf-8', sure: true, text: plain, bytes: plain.length, whole: true };
}

function readAlready(): never {
  throw new Error('the text of this file is here already');
}

/** The first row names the columns where it names one that the model knows. */
function hasHeader({ text }: Head, data: DataSpec | null, { input }: DataSignature): true | null {
  const first = text.split(/\r\n|\n|\r/u, 1)[0] ?? '';
  const known = input.kind === 'tokens' ? [textColumn(data)] : input.columns;
  return known.some((name) => name !== null && first.includes(name)) ? true : null;
}

/** The column of the training data that the texts stood in. */
function textColumn(data: DataSpec | null): string | null {
  const found = Object.entries(data?.options ?? {}).find(([key, role]) => key.startsWith(COLUMN_PREFIX) && role === 'text');
  return found?.[0].slice(COLUMN_PREFIX.length) ?? null;
}

function textsOf({ columns, rows }: HeadTable, { name }: TableFile, data: DataSpec | null): TableInputs {
  const wanted = textColumn(data) ?? 'text';
  const place = columns.length === 1 ? 0 : columns.indexOf(wanted);
  if (place < 0)
    throw lacking(name, `It has no column "${wanted}", which the model reads.`, `Its columns are ${quoted(columns)}: name the one with the texts so.`);
  const texts = rows.map((row) => row[place] ?? '');
  const empty = texts.findIndex((text) => text.trim() === '');
  if (empty >= 0) throw lacking(name, `Row ${empty + 1} below the header has no text.`, 'Fill it in, or take the row out.');
  return { inputs: { texts }, said: `Read ${counted(texts.length, 'text')} from the column "${columns[place] ?? ''}" of ${name}.` };
}

function numbersOf({ columns, rows }: HeadTable, { name }: TableFile, data: DataSpec | null, signature: DataSignature, delimiter: string): TableInputs {
  const { input, longest } = signature;
  if (input.kind === 'tokens') throw new Error('a model of tokens reads texts');
  const missing = input.columns.filter((column) => !columns.includes(column));
  if (missing.length > 0)
    throw lacking(
      name,
      `It has no ${missing.length === 1 ? 'column' : 'columns'} ${quoted(missing)}, which the model reads.`,
      `Its columns are ${quoted(columns)}.`,
    );
  const rule = input.kind === 'vector' ? 'refuse' : missingRule(data);
  const roles = columns.map((column): ColumnRole => {
    if (input.columns.includes(column)) return 'input';
    return data?.options[`${COLUMN_PREFIX}${column}`] === 'date' ? 'date' : 'ignore';
  });
  const numbers = new NumberRows(columns, roles, { columns: new Map(), classes: new Map(), delimiter, missing: rule }, new MemoryBudget(BUDGET_BYTES));
  for (const [index, row] of rows.entries()) numbers.add(row, { file: name, row: index + 2 }, false);
  const found = new Map(numbers.finish(name).columns.map((column) => [column.name, filled(column.values, rule)]));
  const table = rows.map((_, row) => input.columns.map((column) => found.get(column)?.[row] ?? Number.NaN));
  if (input.kind === 'vector') return { inputs: { vectors: table }, said: `Read ${counted(table.length, 'row')} of ${name}: ${quoted(input.columns)}.` };
  const last = table.slice(-longest);
  if (last.some((row) => row.some(Number.isNaN))) throw lacking(name, 'One of its first numbers is missing.', 'Fill it in: there is none before it to take.');
  return { inputs: { sequences: [last] }, said: `Read the last ${last.length} of ${counted(table.length, 'row')} of ${name}: ${quoted(input.columns)}.` };
}

/** What was done in training; a row cannot be left out of the middle of a series. */
function missingRule(data: DataSpec | null): MissingRule {
  const rule = MISSING_RULES.find((each) => each === data?.options['missing']);
  return rule === 'interpolate' || rule === 'previous' ? rule : 'refuse';
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ');
}

function counted(count: number, what: string): string {
  return `${count.toLocaleString('en')} ${what}${count === 1 ? '' : 's'}`;
}

function lacking(file: string, message: string, fix: string): ProblemError {
  return new ProblemError([problem('U004', `${file}: ${message}`, fix)]);
}
