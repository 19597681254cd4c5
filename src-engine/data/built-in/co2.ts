import { z } from 'zod';
import type { DataSpec } from '../../document/project.ts';
import { readJsonAsset } from './assets.ts';
import { at } from '../at.ts';
import type { AssetReader, Dataset } from '../dataset.ts';
import { parseOptions } from '../options.ts';
import { seriesDataset } from '../series/series-dataset.ts';
import type { KnownAhead } from '../series/series.ts';
import { rowsAhead, seriesExamples, type SeriesPlan } from '../series/series-examples.ts';

const Co2Options = z.strictObject({
  /** Months a model reads. */
  window: z.int().min(2).max(120).default(24),
  /** Months from the last one read to the one forecast. */
  horizon: z.int().min(1).max(12).default(1),
  /** A forecast at every month of the window, or at its last only. */
  perStep: z.boolean().default(false),
});
type Co2Options = z.infer<typeof Co2Options>;

const Co2Asset = z.object({
  start: z.string().regex(/^\d{4}-\d{2}$/),
  ppm: z.array(z.number().positive()).min(1),
  filled: z.array(z.int().min(0)),
});
type Co2Asset = z.infer<typeof Co2Asset>;

const YEAR = 12;
/** Earlier years whose changes are averaged into the seasonal input. */
const SEASONS = 3;
/** Months over which the baseline averages the growth since the year before: three were better than one, six or twelve on the training part. */
const TREND_MONTHS = 3;

/**
 * Monthly carbon dioxide over Mauna Loa, 1958 to 2020: a window of months in, the change from its last month to the month forecast out.
 * The level rises out of the training range, so a model reads and answers changes, which do not; the error of a forecast change is the error of
 * the forecast level, in ppm. Each step has two inputs: the change since the month before, and the change that followed this month of the
 * year over the horizon, averaged over the three years before. Months that were not measured serve as inputs (filled, see SOURCES.md), never in a target.
 */
export async function loadCo2(spec: DataSpec, assets: AssetReader): Promise<Dataset> {
  const options = parseOptions(spec, Co2Options);
  const series = await readJsonAsset(assets, 'co2.json', Co2Asset);
  const plan = co2Plan(series, options, spec);
  const examples = seriesExamples(plan);
  return seriesDataset(spec, plan, examples, {
    title: 'Mauna Loa CO2, monthly',
    generated: false,
    forecasts: [
      { name: 'same month last year plus trend', columns: [seasonalForecast(series, options.horizon)] },
      { name: 'the last month read, again', columns: [new Float64Array(series.ppm.length)] },
    ],
    columns: [{ name: 'carbon dioxide (ppm)', values: Float64Array.from(series.ppm, (ppm, month) => (series.filled.includes(month) ? Number.NaN : ppm)) }],
    level: { name: 'carbon dioxide (ppm)', values: Float64Array.from(series.ppm) },
    label: (month) => monthName(series, month),
    describe: (month) => `${monthName(series, month)}: ${at(series.ppm, month).toFixed(2)} ppm`,
  });
}

function co2Plan({ ppm, filled }: Co2Asset, { window, horizon, perStep }: Co2Options, { split }: DataSpec): SeriesPlan {
  const level = Float64Array.from(ppm);
  const ahead = horizon === 1 ? 'the next month' : `${horizon} months on`;
  const changeAhead = change(level, horizon);
  const years = Array.from({ length: SEASONS }, (_, year) => rowsAhead(changeAhead, -(year + 1) * YEAR));
  const measured = changeAhead.map((value, month) => (filled.includes(month) || filled.includes(month + horizon) ? Number.NaN : value));
  return {
    inputs: [
      { name: 'change since the month before (ppm)', values: rowsAhead(change(level, 1), -1) },
      { name: `change to ${ahead} in the three years before, mean (ppm)`, values: mean(years), ahead: seasonAhead(level) },
    ],
    targets: [{ name: `change to ${ahead} (ppm)`, values: measured }],
    window,
    horizon,
    perStep,
    split,
    ...(horizon === 1 ? { next: [0] } : {}),
  };
}

/** The seasonal input of a model that forecasts the next month: it rests on the years before, so it is known eleven months after the last one measured. */
function seasonAhead(level: Float64Array): KnownAhead {
  const changes = change(level, 1);
  const years = Array.from({ length: SEASONS }, (_, year) => (year + 1) * YEAR);
  return { rows: YEAR - 1, value: (month) => years.reduce((sum, months) => sum + (changes[month - months] ?? Number.NaN), 0) / SEASONS };
}

/** At month t the change to `x[t+h-12] + trend`, where trend is the mean of `x[t-j] - x[t-j-12]` over j = 0, 1, 2. */
function seasonalForecast({ ppm }: Co2Asset, horizon: number): Float64Array {
  const level = Float64Array.from(ppm);
  const growth = level.map((value, month) => value - (level[month - YEAR] ?? Number.NaN));
  const trend = mean(Array.from({ length: TREND_MONTHS }, (_, back) => rowsAhead(growth, -back)));
  const lastYear = rowsAhead(level, horizon - YEAR);
  return level.map((now, month) => at(lastYear, month) + at(trend, month) - now);
}

/** x[t + months] - x[t]. */
function change(level: Float64Array, months: number): Float64Array {
  return rowsAhead(level, months).map((value, month) => value - at(level, month));
}

function mean(columns: readonly Float64Array[]): Float64Array {
  const sums = new Float64Array(columns[0]?.length ?? 0);
  for (const column of columns) for (const [row, value] of column.entries()) sums[row] = at(sums, row) + value / columns.length;
  return sums;
}

function monthName(series: Co2Asset, month: number): string {
  const [year = 0, first = 1] = series.start.split('-').map(Number);
  const months = year * YEAR + first - 1 + month;
  return `${Math.floor(months / YEAR)}-${String((months % YEAR) + 1).padStart(2, '0')}`;
}
