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
