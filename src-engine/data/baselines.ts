import { at } from './at.ts';
import { ClassTally } from './class-tally.ts';
import type { Baseline, Dataset, MeasuredBaseline, SplitIndices } from './dataset.ts';

/** The class that is most frequent in training, given as the answer to every test example. */
export function majorityBaseline(classes: Int32Array, split: SplitIndices): Baseline {
  const counts = new Map<number, number>();
  for (const example of split.train) {
    const target = at(classes, example);
    counts.set(target, (counts.get(target) ?? 0) + 1);
  }
  const [majority] = [...counts].reduce((best, each) => (each[1] > best[1] ? each : best));
  const hits = split.test.filter((example) => at(classes, example) === majority).length;
  return { name: 'majority class', metric: 'accuracy', score: hits / split.test.length };
}

/** The mean of the training targets, given as the answer to every test example. Root mean squared error in the unit of the targets, [N]. */
export function meanBaseline(targets: Float64Array, split: SplitIndices): Baseline {
  const mean = split.train.reduce((total, example) => total + at(targets, example), 0) / split.train.length;
  const squares = split.test.reduce((total, example) => total + (at(targets, example) - mean) ** 2, 0);
  return { name: 'mean of the training part', metric: 'rmse', score: Math.sqrt(squares / split.test.length) };
}

/**
 * Each unit of a text taken for as likely as it was frequent in training (plus one, so that none is impossible), whatever stands before it.
 * `counts` [V] by id, those of the unknown id 0 left out; `targets` [S], -1 where none counts. Bits per character, or perplexity of words.
 */
export function unigramBaseline(counts: Int32Array, targets: Int32Array, unit: 'character' | 'word'): Baseline {
  const total = counts.subarray(1).reduce((sum, count) => sum + count + 1, 0);
  let nats = 0;
  let counted = 0;
  for (const target of targets) {
    if (target < 0) continue;
    nats -= Math.log((at(counts, target) + 1) / total);
    counted += 1;
  }
  const mean = nats / Math.max(1, counted);
  return unit === 'character'
    ? { name: 'frequency of characters', metric: 'bits-per-character', score: mean / Math.LN2 }
    : { name: 'frequency of words', metric: 'perplexity', score: Math.exp(mean) };
}

/**
 * What else needs no model, of any data set: the majority class (share of right answers and macro F1, by step where the targets are), the frequency of
 * classes at every step (perplexity, and bits per character of characters), the mean (RMSE and MAE, in the unit of the data). Fitted on the
 * training part, measured on the test part; without what the data set says itself.
 */
export function furtherBaselines(dataset: Dataset): readonly MeasuredBaseline[] {
  if (dataset.split.train.length === 0 || dataset.split.test.length === 0) return [];
  const own = [dataset.baseline, ...(dataset.baselines ?? [])];
  const { targets } = dataset;
  const found = targets.kind === 'classes' ? [...perplexityOf(own), ...classBaselines(dataset, targets.values)] : meanBaselines(dataset, targets);
  const measured = new Set(own.map(({ metric }) => metric));
  const further = found.filter(({ metric }) => !measured.has(metric) && measured.add(metric));
  return [...own.slice(1), ...further];
}

/** Bits per character said as perplexity. */
function perplexityOf(baselines: readonly MeasuredBaseline[]): readonly MeasuredBaseline[] {
  const bits = baselines.filter(({ metric }) => metric === 'bits-per-character');
  return bits.map(({ name, score }) => ({ name, metric: 'perplexity', score: 2 ** score }));
}

function classBaselines(dataset: Dataset, values: Int32Array): readonly MeasuredBaseline[] {
  const { input, output } = dataset.signature;
  const classes = output.kind === 'classes' ? output.classes.length : 0;
  const answered = targetRows(dataset, 'test').filter((row) => at(values, row) >= 0);
  const counts = new Int32Array(classes);
  for (const row of targetRows(dataset, 'train')) if (at(values, row) >= 0) counts[at(values, row)] = at(counts, at(values, row)) + 1;
  const majority = counts.indexOf(counts.reduce((most, count) => Math.max(most, count), 0));
  const tally = new ClassTally(classes);
  for (const row of answered) tally.add(at(values, row), majority);
  const { accuracy, macroF1 } = tally.measures();
  const constant: readonly MeasuredBaseline[] = [
    { name: 'majority class', metric: 'accuracy', score: accuracy },
    { name: 'majority class', metric: 'macro-f1', score: macroF1 },
  ];
  if (!output.perStep) return constant;
  const total = counts.reduce((sum, count) => sum + count + 1, 0);
  const nats = answered.reduce((sum, row) => sum - Math.log((at(counts, at(values, row)) + 1) / total), 0) / Math.max(1, answered.length);
  const name = 'frequency of classes';
  const bits: readonly MeasuredBaseline[] =
    input.kind === 'tokens' && input.unit === 'character' ? [{ name, metric: 'bits-per-character', score: nats / Math.LN2 }] : [];
  return [...constant, { name, metric: 'perplexity', score: Math.exp(nats) }, ...bits];
}

function meanBaselines(dataset: Dataset, { width, values }: Extract<Dataset['targets'], { kind: 'numbers' }>): readonly MeasuredBaseline[] {
  const { output } = dataset.signature;
  const deviation = output.kind === 'numbers' ? output.normalisation?.deviation : undefined;
  const [train, test] = [targetRows(dataset, 'train'), targetRows(dataset, 'test')];
  let [squares, distances] = [0, 0];
  for (let column = 0; column < width; column += 1) {
    const mean = train.reduce((sum, row) => sum + at(values, row * width + column), 0) / train.length;
    for (const row of test) {
      const distance = (at(values, row * width + column) - mean) * (deviation?.[column] ?? 1);
      squares += distance ** 2 / width;
      distances += Math.abs(distance) / width;
    }
  }
  const name = 'mean of the training part';
  return [
    { name, metric: 'rmse', score: Math.sqrt(squares / test.length) },
    { name, metric: 'mae', score: distances / test.length },
  ];
}

/** Rows of the targets that belong to a part: its examples, or all of their steps. */
function targetRows({ targets, offsets, split }: Dataset, part: keyof SplitIndices): Int32Array {
  if (!targets.perStep) return split[part];
  const starts = (targets.kind === 'classes' ? targets.offsets : undefined) ?? offsets;
  const length = split[part].reduce((sum, example) => sum + at(starts, example + 1) - at(starts, example), 0);
  const rows = new Int32Array(length);
  let place = 0;
  for (const example of split[part]) for (let row = at(starts, example); row < at(starts, example + 1); row += 1) rows[place++] = row;
  return rows;
}
