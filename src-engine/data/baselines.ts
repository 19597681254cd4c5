import { at } from './at.ts';
import type { Baseline, SplitIndices } from './dataset.ts';

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
