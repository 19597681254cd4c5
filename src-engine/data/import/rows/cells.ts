/** What a cell without a value says. */
const MISSING = new Set(['', 'na', 'n/a', 'nan', 'null', 'none', '-', '?', '#n/a']);

export function isMissing(cell: string): boolean {
  return cell.length <= 4 && MISSING.has(cell.trim().toLowerCase());
}

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/u;
const COMMA_NUMBER = /^[+-]?\d+,\d+$/u;

/** A cell's number; NaN where it has none. With `comma`, as files with semicolons write them, 1,5 is 1.5. */
export function cellNumber(cell: string, comma: boolean): number {
  const plain = cell.trim();
  if (NUMBER.test(plain)) return finite(Number(plain));
  return comma && COMMA_NUMBER.test(plain) ? finite(Number(plain.replace(',', '.'))) : Number.NaN;
}

function finite(value: number): number {
  return Number.isFinite(value) ? value : Number.NaN;
}

const YEAR_FIRST = /^(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?:[ T](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s?(?:Z|[+-]\d{2}:?\d{2})?)?$/u;
const DAY_FIRST = /^(\d{1,2})\.(\d{1,2})\.(\d{4})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?)?$/u;
const MONTH_FIRST = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?)?$/u;

const MONTH_NAME = /^([a-z]{3})[a-z]*\.? (?:(\d{1,2}),? )?(\d{4})$/iu;
const NAME_SECOND = /^(\d{1,2})[ -]([a-z]{3})[a-z]*\.?[ -](\d{4})$/iu;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * Milliseconds since 1970 of a date as files write them: 2024-05-31 (or /, with a time or without a day), 31.5.2024, 5/31/2024, May 31 2024, 31 May 2024; NaN
 * where it is none.
 */
export function cellDate(cell: string): number {
  const plain = cell.trim();
  const yearFirst = YEAR_FIRST.exec(plain);
  if (yearFirst !== null) return moment(yearFirst[1], yearFirst[2], yearFirst[3] ?? '1', yearFirst.slice(4));
  const dayFirst = DAY_FIRST.exec(plain);
  if (dayFirst !== null) return moment(dayFirst[3], dayFirst[2], dayFirst[1], dayFirst.slice(4));
  const monthFirst = MONTH_FIRST.exec(plain);
  if (monthFirst !== null) return moment(monthFirst[3], monthFirst[1], monthFirst[2], monthFirst.slice(4));
  const named = MONTH_NAME.exec(plain);
  if (named !== null) return moment(named[3], monthNumber(named[1]), named[2] ?? '1', []);
  const second = NAME_SECOND.exec(plain);
  return second === null ? Number.NaN : moment(second[3], monthNumber(second[2]), second[1], []);
}

function monthNumber(name = ''): string {
  return String(MONTHS.indexOf(name.toLowerCase()) + 1);
}

function moment(year = '', month = '', day = '', time: readonly (string | undefined)[]): number {
  const [hours, minutes, seconds] = [Number(time[0] ?? 0), Number(time[1] ?? 0), Number(time[2] ?? 0)];
  if (Number(month) < 1 || Number(month) > 12 || Number(day) < 1 || Number(day) > 31 || hours > 24 || minutes > 59 || seconds > 60) return Number.NaN;
  return Date.UTC(Number(year), Number(month) - 1, Number(day), hours, minutes, seconds);
}

/** A line with nothing on it. */
export function isBlank(row: readonly string[]): boolean {
  return row.length === 0 || (row.length === 1 && (row[0] ?? '').trim() === '');
}
