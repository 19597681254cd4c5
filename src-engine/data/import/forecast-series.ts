import type { ImportOptions } from '../../document/data/import-options.ts';
import type { DataSpec } from '../../document/project.ts';
import { at } from '../at.ts';
import type { Baseline, Dataset } from '../dataset.ts';
import { forecastBaseline, naiveForecast, seasonalForecast } from '../series/series-baselines.ts';
import type { SeriesColumn } from '../series/series.ts';
import { rowsAhead, seriesExamples, type SeriesPlan } from '../series/series-examples.ts';
import { refuse, tooSmall } from './import-problems.ts';
import type { MemoryBudget } from './memory-budget.ts';
import { filled, type NumberColumn } from './number-rows.ts';

const LONGEST_GUESS = 24;
const MOST_WINDOWS = 50_000;

/** A window, where none is given: 24 rows, or a tenth of all. */
export function usualWindow(rows: number): number {
  return Math.max(1, Math.min(LONGEST_GUESS, Math.floor(rows / 10)));
}

/** A stride, where none is given: with it there are at most 50,000 windows. */
export function usualStride(rows: number): number {
  return Math.max(1, Math.ceil(rows / MOST_WINDOWS));
}

/** Windows of a table's rows in time order, the rows `horizon` later as targets. Throws ProblemError U032 where the rows are fewer than a window, U035. */
export function forecastDataset(
  spec: DataSpec,
  options: ImportOptions,
  title: string,
  table: { readonly columns: readonly NumberColumn[]; readonly dates: Float64Array | null },
  budget: MemoryBudget,
): Dataset {
  const rows = table.columns[0]?.values.length ?? 0;
  const { window = usualWindow(rows), horizon = 1, stride = usualStride(rows), missing = 'refuse' } = options;
  const columns = table.columns.map(({ name, role, values }) => ({ name, role, values: filled(values, missing) }));
  if (rows < window + horizon) {
    const what = `${title} has ${rows} ${rows === 1 ? 'row' : 'rows'}; a window of ${window} and ${horizon} ahead need ${window + horizon}.`;
    refuse(tooSmall(what, 'Choose a shorter window, or use more data.', 'window'));
  }
  const inputs: readonly SeriesColumn[] = columns.filter(({ role }) => role !== 'target');
  const truths: readonly SeriesColumn[] = columns.filter(({ role }) => role !== 'input');
  const examples = Math.ceil((rows - window - horizon + 1) / stride);
  budget.expect(4 * examples * (window * inputs.length + truths.length) + 16 * rows * (1 + columns.length));
  const targets = truths.map(({ name, values }) => ({ name: ahead(name, horizon), values: rowsAhead(values, horizon) }));
  const plan: SeriesPlan = { inputs, targets, window, horizon, perStep: false, stride, split: spec.split };
  const next = horizon === 1 ? truths.map(({ name }) => placeOf(inputs, name)) : null;
  const made = seriesExamples(plan);
  const baselines = [
    forecastBaseline('naive: as it is now', plan, made, naiveForecast(truths)),
    ...seasonsOf(table.dates).map(({ name, rows: season }) => forecastBaseline(name, plan, made, seasonalForecast(truths, horizon, season))),
  ].filter((baseline) => baseline !== null);
  const [baseline, ...others] = baselines.toSorted((left, right) => left.score - right.score);
  return {
    source: spec.source,
    title,
    generated: false,
    signature: {
      input: { kind: 'features', width: inputs.length, columns: inputs.map(({ name }) => name), normalisation: made.inputScale },
      output: {
        kind: 'numbers',
        width: targets.length,
        columns: targets.map(({ name }) => name),
        normalisation: made.targetScale,
        perStep: false,
        ...(next === null ? {} : { next }),
      },
      longest: window,
    },
    count: made.ends.length,
    offsets: made.offsets,
    inputs: made.inputs,
    targets: made.targets,
    split: made.split,
    baseline: baseline ?? NO_FORECAST,
    baselines: others,
    vectors: {},
    ...(next === null ? {} : { outlook: { ends: made.ends, inputs, targets, level: null } }),
    describe: (example) => describeRow(at(made.ends, example) + horizon, truths, table.dates),
  };
}

/** Where no target of the test part can be forecast by an earlier row; its score is then no number. */
const NO_FORECAST: Baseline = { name: 'none', metric: 'rmse', score: Number.NaN };

function placeOf(columns: readonly SeriesColumn[], name: string): number | null {
  const place = columns.findIndex((column) => column.name === name);
  return place < 0 ? null : place;
}

function ahead(name: string, horizon: number): string {
  return horizon === 0 ? name : `${name}, ${horizon} ${horizon === 1 ? 'row' : 'rows'} on`;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Seasons by the usual distance between two dates: of a day, a week, a year. */
function seasonsOf(dates: Float64Array | null): readonly { readonly name: string; readonly rows: number }[] {
  const step = dates === null ? 0 : usualStep(dates);
  if (step === HOUR) return [{ name: 'seasonal naive: this hour a day ago', rows: 24 }];
  if (step === DAY) return [{ name: 'seasonal naive: this day a week ago', rows: 7 }];
  if (step >= 28 * DAY && step <= 31 * DAY) return [{ name: 'seasonal naive: this month a year ago', rows: 12 }];
  return step >= 89 * DAY && step <= 92 * DAY ? [{ name: 'seasonal naive: this quarter a year ago', rows: 4 }] : [];
}

function usualStep(dates: Float64Array): number {
  const steps = Float64Array.from({ length: Math.min(1000, dates.length - 1) }, (_, row) => at(dates, row + 1) - at(dates, row)).sort();
  return steps[Math.floor(steps.length / 2)] ?? 0;
}

function describeRow(row: number, truths: readonly SeriesColumn[], dates: Float64Array | null): string {
  const values = truths.map(({ name, values: numbers }) => `${name} ${Number((numbers[row] ?? Number.NaN).toPrecision(6))}`).join(', ');
  const date = dates?.[row];
  return `${date === undefined ? `row ${row + 1}` : dateText(date)}: ${values}`;
}

function dateText(date: number): string {
  if (Math.abs(date) < 100_000) return String(date);
  const text = new Date(date).toISOString();
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text.slice(0, 16).replace('T', ' ');
}
