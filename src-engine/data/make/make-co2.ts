import { readFileSync } from 'node:fs';
import { z } from 'zod';

// The package exports its code only, so the file is found by its place.
const FILE = new URL('../../../node_modules/vega-datasets/data/co2-concentration.csv', import.meta.url);
const Row = z.tuple([z.iso.date(), z.coerce.number().positive(), z.string()]);

export interface MonthlyCo2 {
  /** Year and month of the first value, e.g. `1958-03`. */
  readonly start: string;
  /** One value per month without a break, in ppm. */
  readonly ppm: readonly number[];
  /** Places in `ppm` that were not measured. */
  readonly filled: readonly number[];
}

/**
 * The Mauna Loa record as an unbroken monthly series. Months that were not measured are filled with the mean of the same month a year
 * before and after, or, in the first year, carried back from the two years that follow (the next year's value less that year's growth).
 */
export function makeCo2(): MonthlyCo2 {
  const lines = readFileSync(FILE, 'utf8').trim().split(/\r?\n/).slice(1);
  const measured = new Map(lines.map((line) => Row.parse(line.split(','))).map(([date, ppm]) => [monthNumber(date), ppm]));
  const first = Math.min(...measured.keys());
  const months = Array.from({ length: Math.max(...measured.keys()) - first + 1 }, (_, index) => first + index);
  return {
    start: `${Math.floor(first / 12)}-${String((first % 12) + 1).padStart(2, '0')}`,
    ppm: months.map((month) => measured.get(month) ?? filling(measured, month)),
    filled: months.flatMap((month, index) => (measured.has(month) ? [] : [index])),
  };
}

function monthNumber(date: string): number {
  const [year, month] = date.split('-').map(Number);
  if (year === undefined || month === undefined) throw new Error(`not a date: ${date}`);
  return year * 12 + month - 1;
}

function filling(measured: ReadonlyMap<number, number>, month: number): number {
  const after = valueOf(measured, month + 12);
  const before = measured.get(month - 12);
  const ppm = before === undefined ? after - (valueOf(measured, month + 24) - after) : (before + after) / 2;
  return Math.round(ppm * 100) / 100;
}

function valueOf(measured: ReadonlyMap<number, number>, month: number): number {
  const ppm = measured.get(month);
  if (ppm === undefined) throw new Error(`no value for month ${month}`);
  return ppm;
}
