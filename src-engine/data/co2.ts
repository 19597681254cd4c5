import { z } from 'zod';
import type { DataSpec } from '../document/project.ts';
import type { Normalisation } from '../document/signature.ts';
import { readJsonAsset } from './assets.ts';
import { seasonalNaiveBaseline } from './baselines.ts';
import type { AssetReader, Dataset } from './dataset.ts';
import { at } from './at.ts';
import { fitNormalisation, normalised } from './normalise.ts';
import { parseOptions } from './options.ts';
import { splitByTime } from './split.ts';

const Co2Options = z.strictObject({
  /** Months a model reads. */
  window: z.int().min(2).max(120).default(24),
  /** Months from the last one read to the one forecast. */
  horizon: z.int().min(1).max(12).default(1),
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
const WIDTH = 2;

/**
 * Monthly carbon dioxide over Mauna Loa, 1958 to 2020: a window of months in, the change from its last month to the month forecast out.
 * The level rises out of the training range, so a model reads and answers changes, which do not; the error of a forecast change is the error of
 * the forecast level, in ppm. Each step has two inputs: the change since the month before, and the change that followed this month of the
 * year over the horizon, averaged over the three years before. Months that were not measured serve as inputs (filled, see SOURCES.md), never in a target.
 */
export async function loadCo2(spec: DataSpec, assets: AssetReader): Promise<Dataset> {
  const options = parseOptions(spec, Co2Options);
  const series = await readJsonAsset(assets, 'co2.json', Co2Asset);
  const ends = windowEnds(series, options);
  const split = splitByTime(
    ends.map((end) => end + options.horizon),
    series.ppm.length,
    spec.split,
  );
  const inputs = windowInputs(series.ppm, ends, options);
  const targets = Float64Array.from(ends, (end) => change(series.ppm, end, options.horizon));
  const inputScale = fitNormalisation(inputs, WIDTH, stepsOf(split.train, options.window));
  const targetScale = fitNormalisation(targets, 1, split.train);
  return {
    source: spec.source,
    title: 'Mauna Loa CO2, monthly',
    generated: false,
    signature: signature(options, inputScale, targetScale),
    count: ends.length,
    offsets: Int32Array.from({ length: ends.length + 1 }, (_, example) => example * options.window),
    inputs: { kind: 'features', width: WIDTH, values: normalised(inputs, inputScale) },
    targets: { kind: 'numbers', perStep: false, width: 1, values: normalised(targets, targetScale) },
    split,
    baseline: seasonalNaiveBaseline(
      series.ppm,
      split.test.map((example) => at(ends, example)),
      options.horizon,
    ),
    vectors: {},
    describe: (example) => describeMonth(series, at(ends, example) + options.horizon),
  };
}

function signature(options: Co2Options, inputs: Normalisation, targets: Normalisation): Dataset['signature'] {
  const ahead = options.horizon === 1 ? 'the next month' : `${options.horizon} months on`;
  return {
    input: {
      kind: 'features',
      width: WIDTH,
      columns: ['change since the month before (ppm)', `change to ${ahead} in the three years before, mean (ppm)`],
      normalisation: inputs,
    },
    output: { kind: 'numbers', width: 1, columns: [`change to ${ahead} (ppm)`], normalisation: targets, perStep: false },
    longest: options.window,
  };
}

/** Places of the last month of every window whose forecast can be judged: measured there and at the month forecast. */
function windowEnds(series: Co2Asset, { window, horizon }: Co2Options): readonly number[] {
  const filled = new Set(series.filled);
  const first = SEASONS * YEAR + window - 1;
  const ends = Array.from({ length: Math.max(0, series.ppm.length - horizon - first) }, (_, index) => first + index);
  return ends.filter((end) => !filled.has(end) && !filled.has(end + horizon));
}

/** [N*window, WIDTH] in ppm. */
function windowInputs(ppm: readonly number[], ends: readonly number[], { window, horizon }: Co2Options): Float64Array {
  const inputs = new Float64Array(ends.length * window * WIDTH);
  let place = 0;
  for (const end of ends) {
    for (let month = end - window + 1; month <= end; month += 1) {
      inputs[place] = change(ppm, month - 1, 1);
      inputs[place + 1] = seasonalChange(ppm, month, horizon);
      place += WIDTH;
    }
  }
  return inputs;
}

function seasonalChange(ppm: readonly number[], month: number, horizon: number): number {
  let sum = 0;
  for (let year = 1; year <= SEASONS; year += 1) sum += change(ppm, month - year * YEAR, horizon);
  return sum / SEASONS;
}

function change(ppm: readonly number[], from: number, months: number): number {
  return at(ppm, from + months) - at(ppm, from);
}

/** Places of the steps of these examples, all of `window` steps. */
function stepsOf(examples: Int32Array, window: number): Int32Array {
  return Int32Array.from({ length: examples.length * window }, (_, index) => at(examples, Math.floor(index / window)) * window + (index % window));
}

function describeMonth(series: Co2Asset, month: number): string {
  const [year = 0, first = 1] = series.start.split('-').map(Number);
  const months = year * YEAR + first - 1 + month;
  return `${Math.floor(months / YEAR)}-${String((months % YEAR) + 1).padStart(2, '0')}: ${at(series.ppm, month).toFixed(2)} ppm`;
}
