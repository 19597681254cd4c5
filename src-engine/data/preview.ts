import type { Dataset, SplitIndices } from './dataset.ts';
import { countLengths, countValues, type LengthHistogram, type ValueHistogram } from './histogram.ts';
import { previewCurves, previewSeries, targetPlaces, unscaled, type CurvesPreview, type SeriesPreview } from './preview-series.ts';

/** What can be seen of a data set at a glance: some thousand numbers at most, whatever its size. */
export interface DataPreview {
  /** Steps of the examples. */
  readonly lengths: LengthHistogram;
  readonly balance: ClassBalance | null;
  /** The numbers to be answered, in their own unit; null for classes and where they are all the same. */
  readonly targets: ValueHistogram | null;
  readonly series: SeriesPreview | null;
  readonly curves: CurvesPreview | null;
  /** The most frequent tokens and how often they are read. */
  readonly frequent: readonly { readonly token: string; readonly count: number }[];
}

/** Targets in each part, the most frequent class first. Targets at every step count one by one. */
export interface ClassBalance {
  readonly classes: readonly { readonly name: string; readonly train: number; readonly validation: number; readonly test: number }[];
  /** How many classes there are beside those listed. */
  readonly others: number;
}

const BINS = 30;
const CLASSES = 24;
const TOKENS = 60;

export function previewDataset(dataset: Dataset): DataPreview {
  return {
    lengths: countLengths(lengthsOf(dataset), BINS),
    balance: balanceOf(dataset),
    targets: targetHistogram(dataset),
    series: previewSeries(dataset),
    curves: previewCurves(dataset),
    frequent: frequentTokens(dataset),
  };
}

function* lengthsOf({ offsets, count }: Dataset): Generator<number> {
  for (let example = 0; example < count; example += 1) yield (offsets[example + 1] ?? 0) - (offsets[example] ?? 0);
}

function balanceOf(dataset: Dataset): ClassBalance | null {
  const { output } = dataset.signature;
  if (output.kind !== 'classes') return null;
  const parts = { train: countTargets(dataset, 'train'), validation: countTargets(dataset, 'validation'), test: countTargets(dataset, 'test') };
  const rows = output.classes.map((name, id) => ({ name, train: parts.train[id] ?? 0, validation: parts.validation[id] ?? 0, test: parts.test[id] ?? 0 }));
  const present = output.classes.length <= CLASSES ? rows : rows.filter((row) => total(row) > 0);
  const sorted = present.sort((a, b) => total(b) - total(a));
  return { classes: sorted.slice(0, CLASSES), others: Math.max(0, sorted.length - CLASSES) };
}

function total({ train, validation, test }: ClassBalance['classes'][number]): number {
  return train + validation + test;
}

/** [classes] */
function countTargets(dataset: Dataset, part: keyof SplitIndices): Int32Array {
  const { targets, signature, split } = dataset;
  const counts = new Int32Array(signature.output.kind === 'classes' ? signature.output.classes.length : 0);
  if (targets.kind !== 'classes') return counts;
  for (const example of split[part]) {
    const [from, to] = targetPlaces(dataset, example);
    for (let place = from; place < to; place += 1) {
      const id = targets.values[place] ?? -1;
      if (id >= 0) counts[id] = (counts[id] ?? 0) + 1;
    }
  }
  return counts;
}

function targetHistogram({ targets, signature }: Dataset): ValueHistogram | null {
  const { output } = signature;
  if (targets.kind !== 'numbers' || output.kind !== 'numbers') return null;
  const first = Float64Array.from({ length: targets.values.length / targets.width }, (_, row) =>
    unscaled(targets.values[row * targets.width] ?? NaN, output.normalisation, 0),
  );
  return countValues(first, BINS);
}

function frequentTokens({ inputs, signature }: Dataset): DataPreview['frequent'] {
  if (inputs.kind !== 'tokens' || signature.input.kind !== 'tokens') return [];
  const { vocabulary } = signature.input;
  const counts = new Int32Array(vocabulary.length);
  for (const id of inputs.ids) counts[id] = (counts[id] ?? 0) + 1;
  return vocabulary
    .map((token, id) => ({ token, count: counts[id] ?? 0 }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count)
    .slice(0, TOKENS);
}
