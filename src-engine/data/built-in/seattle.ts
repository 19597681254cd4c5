import { z } from 'zod';
import type { DataSpec } from '../../document/project.ts';
import { readJsonAsset } from './assets.ts';
import { at } from '../at.ts';
import type { AssetReader, Dataset } from '../dataset.ts';
import { parseOptions } from '../options.ts';
import { naiveForecast, seasonalForecast } from '../series/series-baselines.ts';
import { asVectors, seriesDataset } from '../series/series-dataset.ts';
import type { SeriesColumn } from '../series/series.ts';
import { rowsAhead, seriesExamples, type SeriesPlan } from '../series/series-examples.ts';

const SeattleOptions = z
  .strictObject({
    /** Days a model reads. */
    window: z.int().min(1).max(365).default(14),
    /** Days from the last one read to the one forecast. */
    horizon: z.int().min(1).max(30).default(1),
    /** A forecast at every day of the window, or at its last only. */
    perStep: z.boolean().default(false),
    /** Also reads the minimum, the precipitation and the wind of each day. */
    weather: z.boolean().default(false),
    /** The window day by day, or as one row of numbers for a feed-forward network. */
    readAs: z.enum(['sequence', 'vector']).default('sequence'),
  })
  .refine(({ perStep, readAs }) => !perStep || readAs === 'sequence', { error: 'a vector has one answer', path: ['perStep'] });
type SeattleOptions = z.infer<typeof SeattleOptions>;

const Days = z.array(z.number()).min(1);
const SeattleAsset = z.object({ start: z.iso.date(), maximum: Days, minimum: Days, precipitation: Days, wind: Days });
type SeattleAsset = z.infer<typeof SeattleAsset>;

const YEAR = 365;
const DAYS_A_YEAR = 365.25;
const DAY = 86_400_000; // milliseconds

/**
 * The daily weather of Seattle, 2012 to 2015: a window of days in, the highest temperature of a later day out, in degrees Celsius. Each day is read as its
 * highest temperature and the season, the sine and cosine of where the day forecast stands in its year.
 */
export async function loadSeattle(spec: DataSpec, assets: AssetReader): Promise<Dataset> {
  const options = parseOptions(spec, SeattleOptions);
  const days = await readJsonAsset(assets, 'seattle.json', SeattleAsset);
  const maximum: SeriesColumn = { name: 'highest temperature (°C)', values: Float64Array.from(days.maximum) };
  const plan = seattlePlan(days, maximum, options, spec);
  const examples = seriesExamples(plan);
  const dataset = seriesDataset(spec, plan, examples, {
    title: 'Seattle weather, daily',
    generated: false,
    forecasts: [
      { name: 'the last day read, again', columns: naiveForecast([maximum]) },
      { name: 'same day last year', columns: seasonalForecast([maximum], options.horizon, YEAR) },
    ],
    columns: [maximum],
    label: (row) => dateOf(days, row),
    describe: (row) => `${dateOf(days, row)}: ${at(days.maximum, row).toFixed(1)} °C`,
  });
  return options.readAs === 'vector' ? asVectors(dataset) : dataset;
}

function seattlePlan(days: SeattleAsset, maximum: SeriesColumn, options: SeattleOptions, { split }: DataSpec): SeriesPlan {
  const { window, horizon, perStep } = options;
  const weather: readonly SeriesColumn[] = [
    { name: 'lowest temperature (°C)', values: Float64Array.from(days.minimum) },
    { name: 'precipitation (mm)', values: Float64Array.from(days.precipitation) },
    { name: 'wind', values: Float64Array.from(days.wind) },
  ];
  const ahead = horizon === 1 ? '' : `, ${horizon} days on`;
  return {
    inputs: [maximum, ...(options.weather ? weather : []), season(days, 'sine', horizon), season(days, 'cosine', horizon)],
    targets: [{ name: `${maximum.name}${ahead}`, values: rowsAhead(maximum.values, horizon) }],
    window,
    horizon,
    perStep,
    split,
    ...(horizon === 1 && options.readAs === 'sequence' ? { next: [0] } : {}),
  };
}

/** Where the day forecast stands in its year, on a circle. */
function season(days: SeattleAsset, part: 'sine' | 'cosine', horizon: number): SeriesColumn {
  const value = (row: number): number => {
    const angle = (2 * Math.PI * ((Date.parse(days.start) / DAY + row + horizon) % DAYS_A_YEAR)) / DAYS_A_YEAR;
    return part === 'sine' ? Math.sin(angle) : Math.cos(angle);
  };
  return { name: `season, ${part}`, values: Float64Array.from(days.maximum, (_, row) => value(row)), ahead: { rows: Infinity, value } };
}

function dateOf({ start }: SeattleAsset, row: number): string {
  return new Date(Date.parse(start) + row * DAY).toISOString().slice(0, 10);
}
