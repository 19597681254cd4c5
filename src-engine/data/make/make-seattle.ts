import { readFileSync } from 'node:fs';
import { z } from 'zod';

// The package exports its code only, so the file is found by its place.
const FILE = new URL('../../../node_modules/vega-datasets/data/seattle-weather.csv', import.meta.url);
const number = z.string().min(1).pipe(z.coerce.number());
const Row = z.tuple([z.iso.date(), number, number, number, number, z.string()]);

export interface DailyWeather {
  /** The first day, e.g. `2012-01-01`; the others follow without a break. */
  readonly start: string;
  /** Highest and lowest temperature of each day, in degrees Celsius. */
  readonly maximum: readonly number[];
  readonly minimum: readonly number[];
  /** Millimetres a day. */
  readonly precipitation: readonly number[];
  /** As the source has it. */
  readonly wind: readonly number[];
}

/** The daily weather of Seattle, 2012 to 2015, as the package has it; throws where a day is missing. */
export function makeSeattle(): DailyWeather {
  const lines = readFileSync(FILE, 'utf8').trim().split(/\r?\n/).slice(1);
  const rows = lines.map((line) => Row.parse(line.split(',')));
  const [first] = rows;
  if (first === undefined) throw new Error('no days');
  for (const [day, [date]] of rows.entries()) {
    const expected = new Date(Date.parse(first[0]) + day * 86_400_000).toISOString().slice(0, 10);
    if (date !== expected) throw new Error(`${date} where ${expected} belongs`);
  }
  return {
    start: first[0],
    maximum: rows.map((row) => row[2]),
    minimum: rows.map((row) => row[3]),
    precipitation: rows.map((row) => row[1]),
    wind: rows.map((row) => row[4]),
  };
}
