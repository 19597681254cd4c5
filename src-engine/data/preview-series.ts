import type { Normalisation } from '../document/signature.ts';
import type { Dataset, SourceSeries } from './dataset.ts';

/** A series as it is plotted: at most some hundred places of it, the peaks among them. Values are in the unit of the data. */
export interface SeriesPreview {
  readonly columns: readonly { readonly name: string; readonly values: readonly number[] }[];
  /** The place of each value in the series, from 0. */
  readonly places: readonly number[];
  /** The name of each place, a date where the data has one. */
  readonly labels: readonly string[];
  /** Places from which the series validates and tests. */
  readonly validationStart: number;
  readonly testStart: number;
}

/** A few examples drawn as curves, where each is a short series of its own. */
export interface CurvesPreview {
  readonly name: string;
  readonly curves: readonly { readonly label: string; readonly values: readonly number[] }[];
}

const COLUMNS = 3;
const BUCKETS = 300;
const CURVES = 4;
const CURVE_STEPS = 200;

/** The series that a data set was cut from: its own account of it, else what its examples show of it; null where it is none. */
export function previewSeries(dataset: Dataset): SeriesPreview | null {
  const source = dataset.series ?? seriesOfTargets(dataset);
  if (source === null) return null;
  const width = source.columns.length;
  const length = source.values.length / width;
  const value = (place: number, column: number): number => source.values[place * width + column] ?? NaN;
  const places = thin(length, (place) => value(place, 0));
  return {
    columns: source.columns.slice(0, COLUMNS).map((name, column) => ({ name, values: places.map((place) => value(place, column)) })),
    places,
    labels: places.map((place) => source.label(place)),
    validationStart: source.validationStart,
    testStart: source.testStart,
  };
}

/** One target for each example, the examples in the order of time and so their parts: the targets are a series. */
function seriesOfTargets({ targets, signature, split, count }: Dataset): SourceSeries | null {
  const { output } = signature;
  if (
    targets.kind !== 'numbers' ||
    targets.perStep ||
    output.kind !== 'numbers' ||
    !follows(split.train, split.validation) ||
    !follows(split.validation, split.test)
  ) {
    return null;
  }
  const scale = output.normalisation;
  return {
    columns: output.columns,
    values: Float64Array.from(targets.values.subarray(0, count * targets.width), (value, index) => unscaled(value, scale, index % targets.width)),
    label: (place) => String(place + 1),
    validationStart: split.validation[0] ?? 0,
    testStart: split.test[0] ?? 0,
  };
}

function follows(earlier: Int32Array, later: Int32Array): boolean {
  return extreme(earlier, Math.max) < extreme(later, Math.min);
}

function extreme(values: Int32Array, choose: (a: number, b: number) => number): number {
  return values.reduce((most, value) => choose(most, value), values[0] ?? NaN);
}

/** The first training examples, where each has a number to answer at every step; null where not. */
export function previewCurves({ targets, signature, split, offsets, describe, series }: Dataset): CurvesPreview | null {
  const { output } = signature;
  if (series !== undefined || targets.kind !== 'numbers' || !targets.perStep || output.kind !== 'numbers') return null;
  const curve = (example: number): readonly number[] => {
    const start = offsets[example] ?? 0;
    const steps = Math.min(CURVE_STEPS, (offsets[example + 1] ?? start) - start);
    return Array.from({ length: steps }, (_, step) => unscaled(targets.values[(start + step) * targets.width] ?? NaN, output.normalisation, 0));
  };
  return {
    name: output.columns[0] ?? '',
    curves: Array.from(split.train.subarray(0, CURVES), (example) => ({ label: describe(example), values: curve(example) })),
  };
}

/** Where the targets of an example begin and end. */
export function targetPlaces({ targets, offsets }: Dataset, example: number): readonly [number, number] {
  if (!targets.perStep) return [example, example + 1];
  const places = targets.kind === 'classes' ? (targets.offsets ?? offsets) : offsets;
  return [places[example] ?? 0, places[example + 1] ?? 0];
}

/** In the unit of the data. */
export function unscaled(value: number, scale: Normalisation | null, column: number): number {
  return value * (scale?.deviation[column] ?? 1) + (scale?.mean[column] ?? 0);
}

/** All places of a short series; of a long one the lowest and the highest of each of equal shares, in order. */
function thin(length: number, valueAt: (place: number) => number): readonly number[] {
  if (length <= 2 * BUCKETS) return Array.from({ length }, (_, place) => place);
  const kept: number[] = [];
  for (let bucket = 0; bucket < BUCKETS; bucket += 1) {
    const first = Math.floor((bucket * length) / BUCKETS);
    const end = Math.floor(((bucket + 1) * length) / BUCKETS);
    let [low, high] = [first, first];
    for (let place = first; place < end; place += 1) {
      if (valueAt(place) < valueAt(low)) low = place;
      if (valueAt(place) > valueAt(high)) high = place;
    }
    kept.push(...(low === high ? [low] : [Math.min(low, high), Math.max(low, high)]));
  }
  return kept;
}
