import type { ColumnRole } from '../../document/data/import-options.ts';
import { cellDate, cellNumber, isMissing } from './rows/cells.ts';

export type ColumnKind = 'number' | 'date' | 'category' | 'text' | 'empty';

/** Different values that are counted. */
const DISTINCT = 1000;
const EXAMPLES = 5;
/** Letters of a value that is remembered. */
const KEPT = 200;

/** What the cells of one column hold, cell by cell. */
export class ColumnStats {
  readonly name: string;
  readonly #comma: boolean;
  readonly #values = new Map<string, number>();
  #cells = 0;
  #missing = 0;
  #numbers = 0;
  #dates = 0;
  #letters = 0;
  #min = Infinity;
  #max = -Infinity;
  #sum = 0;
  #rising = true;
  #last = -Infinity;

  constructor(name: string, comma: boolean) {
    this.name = name;
    this.#comma = comma;
  }

  add(cell: string): void {
    this.#cells += 1;
    if (isMissing(cell)) {
      this.#missing += 1;
      return;
    }
    if (this.#values.size <= DISTINCT) {
      const value = cell.slice(0, KEPT);
      this.#values.set(value, (this.#values.get(value) ?? 0) + 1);
    }
    this.#letters += cell.length;
    const value = cellNumber(cell, this.#comma);
    if (!Number.isNaN(value)) this.#addNumber(value);
    else if (cell.length < 40 && !Number.isNaN(cellDate(cell))) this.#dates += 1;
  }

  #addNumber(value: number): void {
    this.#numbers += 1;
    this.#sum += value;
    this.#min = Math.min(this.#min, value);
    this.#max = Math.max(this.#max, value);
    if (value < this.#last) this.#rising = false;
    this.#last = value;
  }

  get filled(): number {
    return this.#cells - this.#missing;
  }

  get missing(): number {
    return this.#missing;
  }

  get rising(): boolean {
    return this.#rising;
  }

  /** Letters of a cell, mean. */
  get letters(): number {
    return this.filled === 0 ? 0 : this.#letters / this.filled;
  }

  /** Null where there are more than can be counted. */
  get distinct(): number | null {
    return this.#values.size > DISTINCT ? null : this.#values.size;
  }

  /** A single text among many numbers does not make a column of texts: it is an error in a column of numbers. */
  get kind(): ColumnKind {
    const filled = this.filled;
    if (filled === 0) return 'empty';
    if (this.#numbers >= 0.9 * filled) return 'number';
    if (this.#dates >= 0.9 * filled) return 'date';
    const { distinct } = this;
    const few = distinct !== null && distinct <= Math.max(2, Math.min(100, 0.2 * filled));
    return few && this.letters <= 60 ? 'category' : 'text';
  }

  get range(): { readonly min: number; readonly max: number; readonly mean: number } | null {
    return this.#numbers === 0 ? null : { min: this.#min, max: this.#max, mean: this.#sum / this.#numbers };
  }

  /** Whole numbers of which there are few, as classes are numbered. */
  get isCode(): boolean {
    const { distinct } = this;
    return this.kind === 'number' && distinct !== null && distinct <= 20 && [...this.#values.keys()].every((value) => /^\s*-?\d+\s*$/u.test(value));
  }

  has(value: string): boolean {
    return this.#values.has(value.slice(0, KEPT));
  }

  examples(): readonly string[] {
    return [...this.#values.keys()].slice(0, EXAMPLES);
  }
}

const DATE_NAME = /^(date|time|day|month|year|datetime|timestamp|datum|zeit|jahr|monat|tag)$/iu;
const LABEL_NAME = /^(label|class|category|target|y|sentiment|polarity|rating|gender|sex|species|type|klasse|kategorie)$/iu;

/** A role for each column: what is given, else by name and content, so that they make one of the tasks. */
export function guessRoles(
  columns: readonly ColumnStats[],
  given: ReadonlyMap<string, ColumnRole>,
  task: 'classify' | 'forecast' | 'language' | null,
): readonly ColumnRole[] {
  const chosen = new Set(given.values());
  const open = columns.filter(({ name }) => !given.has(name));
  const date = chosen.has('date') ? null : (open.find(isDate) ?? null);
  const rest = open.filter((column) => column !== date);
  const label =
    chosen.has('label') || task === 'forecast' || task === 'language' || chosen.has('target') || chosen.has('both') ? null : findLabel(rest, date, task);
  const hasLabel = chosen.has('label') || label !== null;
  const others = rest.filter((column) => column !== label);
  const onlyTexts = !others.some(({ kind }) => kind === 'number');
  const texts = others.filter(({ kind }) => kind === 'text' || (kind === 'category' && onlyTexts));
  const text =
    chosen.has('text') || chosen.has('input') || task === 'forecast'
      ? null
      : (longest(texts) ?? (task === 'language' ? longest(rest.filter(({ kind }) => kind === 'category')) : null));
  const readsText = chosen.has('text') || text !== null;
  return columns.map((column) => {
    const role = given.get(column.name);
    if (role !== undefined) return role;
    if (column === date) return 'date';
    if (column === label) return 'label';
    if (column === text && (hasLabel || task === 'language' || (task === null && onlyTexts))) return 'text';
    if (column.kind !== 'number' || (readsText && (hasLabel || task === 'language'))) return 'ignore';
    if (hasLabel) return 'input';
    return chosen.has('target') || chosen.has('both') ? 'input' : 'both';
  });
}

function isDate(column: ColumnStats): boolean {
  return column.kind === 'date' || (column.kind === 'number' && DATE_NAME.test(column.name.trim()) && column.rising);
}

/** A column of few values: by its name, else the last one; numbers serve only where they are asked for or called a label. */
function findLabel(columns: readonly ColumnStats[], date: ColumnStats | null, task: string | null): ColumnStats | null {
  const fits = columns.filter((column) => column.kind === 'category' || column.isCode);
  const named = fits.findLast(({ name }) => LABEL_NAME.test(name.trim()));
  if (named !== undefined) return named;
  const categories = fits.filter(({ kind }) => kind === 'category');
  const hasText = columns.some(({ kind }) => kind === 'text');
  if (categories.length > 0 && (task === 'classify' || date === null)) return categories.at(-1) ?? null;
  if (task === 'classify' || (hasText && date === null))
    return (
      fits.at(-1) ??
      (task === 'classify' ? (columns.findLast((column) => column.kind === 'text' && column.letters < 60 && column.distinct !== null) ?? null) : null)
    );
  return null;
}

function longest(columns: readonly ColumnStats[]): ColumnStats | null {
  return columns.reduce<ColumnStats | null>((most, column) => (most === null || column.letters > most.letters ? column : most), null);
}
