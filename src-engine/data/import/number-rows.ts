import type { ColumnRole, ImportOptions, MissingRule } from '../../document/data/import-options.ts';
import { cellDate, cellNumber, isMissing } from './rows/cells.ts';
import { Growing } from './grow.ts';
import { refuse, shown, unreadable, type Place } from './import-problems.ts';
import type { MemoryBudget } from './memory-budget.ts';

/** A column of numbers; NaN where one is missing. */
export interface NumberColumn {
  readonly name: string;
  readonly role: Extract<ColumnRole, 'input' | 'target' | 'both'>;
  readonly values: Float64Array;
}

interface Cells {
  readonly index: number;
  readonly name: string;
  readonly role: NumberColumn['role'];
  readonly values: Growing<Float64Array>;
}

/** The number columns of a table, row by row, with the date of each row where there is one. */
export class NumberRows {
  readonly #columns: readonly Cells[];
  readonly #date: { readonly index: number; readonly name: string } | null;
  readonly #dates: Growing<Float64Array>;
  readonly #comma: boolean;
  readonly #missing: MissingRule;
  #count = 0;

  constructor(names: readonly string[], roles: readonly ColumnRole[], options: ImportOptions, budget: MemoryBudget) {
    this.#columns = names.flatMap((name, index) => {
      const role = roles[index];
      return role === 'input' || role === 'target' || role === 'both' ? [{ index, name, role, values: new Growing(Float64Array, budget) }] : [];
    });
    const date = roles.indexOf('date');
    this.#date = date < 0 ? null : { index: date, name: names[date] ?? '' };
    this.#dates = new Growing(Float64Array, budget);
    this.#comma = options.delimiter === ';';
    this.#missing = options.missing ?? 'refuse';
  }

  get count(): number {
    return this.#count;
  }

  /** False where the row is left out. Throws ProblemError U031 for a text among numbers, a number or date that is missing. */
  add(row: readonly string[], place: Place, dropRows: boolean): boolean {
    const values = this.#columns.map(({ index, name }) => this.#number(row[index] ?? '', { ...place, column: name }));
    if (dropRows && values.some(Number.isNaN)) return false;
    if (this.#date !== null) this.#dates.push(dateOf(row[this.#date.index] ?? '', { ...place, column: this.#date.name }));
    for (const [column, { values: cells }] of this.#columns.entries()) cells.push(values[column] ?? Number.NaN);
    this.#count += 1;
    return true;
  }

  #number(cell: string, place: Place): number {
    const value = cellNumber(cell, this.#comma);
    if (!Number.isNaN(value)) return value;
    if (!isMissing(cell)) {
      refuse(unreadable(place, `"${shown(cell)}" is not a number.`, 'Correct it (numbers are written like 1234.5), or set the column to ignore.'));
    }
    if (this.#missing === 'refuse') {
      refuse(unreadable(place, 'a number is missing.', 'Fill it in, or set missing values to drop, previous or interpolate.'));
    }
    return Number.NaN;
  }

  /** The columns and dates, in the order of the dates. Throws ProblemError U031 for a column without a number. The collector is used up. */
  finish(file: string): { readonly columns: readonly NumberColumn[]; readonly dates: Float64Array | null } {
    const columns = this.#columns.map(({ name, role, values }) => {
      const numbers = values.take();
      if (numbers.every(Number.isNaN)) {
        refuse(unreadable({ file, column: name }, 'the column is empty.', 'Set it to ignore, or choose another column.'));
      }
      return { name, role, values: numbers };
    });
    if (this.#date === null) return { columns, dates: null };
    const dates = this.#dates.take();
    const order = risingOrder(dates);
    if (order === null) return { columns, dates };
    const sorted = (values: Float64Array): Float64Array => Float64Array.from(order, (row) => values[row] ?? Number.NaN);
    return { columns: columns.map((column) => ({ ...column, values: sorted(column.values) })), dates: sorted(dates) };
  }
}

function dateOf(cell: string, place: Place): number {
  const date = cellDate(cell);
  if (!Number.isNaN(date)) return date;
  const number = cellNumber(cell, false);
  if (!Number.isNaN(number)) return number;
  const what = isMissing(cell) ? 'the date is missing.' : `"${shown(cell)}" is not a date that can be read.`;
  return refuse(unreadable(place, what, 'Write dates like 2024-05-31, or set the column to ignore: the rows are then taken in their order.'));
}

/** Rows by date, those of one date as they stand; null where they are in order. */
function risingOrder(dates: Float64Array): Uint32Array | null {
  if (dates.every((date, row) => row === 0 || date >= (dates[row - 1] ?? date))) return null;
  const order = Uint32Array.from(dates, (_, row) => row);
  return order.sort((left, right) => (dates[left] ?? 0) - (dates[right] ?? 0) || left - right);
}

/** Missing numbers filled in: with the one before, or on the line between the neighbours (the last one goes on). Those before the first stay missing. */
export function filled(values: Float64Array, rule: MissingRule): Float64Array {
  if (rule !== 'previous' && rule !== 'interpolate') return values;
  const result = values.slice();
  let last = -1;
  for (let row = 0; row < result.length; row += 1) {
    const value = result[row] ?? Number.NaN;
    if (Number.isNaN(value)) {
      if (rule === 'previous' && last >= 0) result[row] = result[last] ?? Number.NaN;
      continue;
    }
    if (rule === 'interpolate' && last >= 0) bridge(result, last, row);
    last = row;
  }
  if (rule === 'interpolate' && last >= 0) result.fill(result[last] ?? Number.NaN, last + 1);
  if (rule === 'previous' && last >= 0) result.fill(result[last] ?? Number.NaN, last + 1);
  return result;
}

function bridge(values: Float64Array, from: number, to: number): void {
  const [start, end] = [values[from] ?? 0, values[to] ?? 0];
  for (let row = from + 1; row < to; row += 1) values[row] = start + ((end - start) * (row - from)) / (to - from);
}
