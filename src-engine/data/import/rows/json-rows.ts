import { refuse, shown, unreadable, type Place } from '../import-problems.ts';

/** The values of one line of JSON Lines as cells, in the order of `columns`; a key that is not there is an empty cell. Throws ProblemError U031. */
export function jsonCells(line: string, columns: readonly string[], place: Place): readonly string[] {
  if (line.trim() === '') return [];
  const values = jsonObject(line, place);
  return columns.map((column) => cellOf(Object.hasOwn(values, column) ? values[column] : undefined));
}

/** The keys of a line, in their order. */
export function jsonKeys(line: string, place: Place): readonly string[] {
  return line.trim() === '' ? [] : Object.keys(jsonObject(line, place));
}

const FIX = 'Write one object on each line, e.g. {"text": "a good day", "label": "positive"}.';

function jsonObject(line: string, place: Place): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return refuse(unreadable(place, `the line is not JSON: ${shown(line)}`, FIX));
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return refuse(unreadable(place, 'the line is not an object with keys.', FIX));
  return value as Readonly<Record<string, unknown>>;
}

/** Lists and objects as JSON: columns that hold them are of no use, but may be there. */
function cellOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
