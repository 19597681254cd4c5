import { at } from './at.ts';
import type { Baseline, SplitIndices } from './dataset.ts';

/** Targets with steps of their own, as texts. The answer most frequent in training (the first of equals), given to every test example: share of exact matches. */
export function commonAnswerBaseline(answers: readonly string[], split: SplitIndices): Baseline {
  const counts = new Map<string, number>();
  for (const example of split.train) counts.set(answers[example] ?? '', (counts.get(answers[example] ?? '') ?? 0) + 1);
  const [common] = [...counts].reduce((best, each) => (each[1] > best[1] ? each : best));
  const hits = split.test.filter((example) => answers[example] === common).length;
  return { name: 'most frequent answer', metric: 'exact-match', score: hits / split.test.length };
}

/** Each class taken for as likely as it was frequent among the training targets (plus one, so that none is impossible): perplexity of the test targets. */
export function frequencyBaseline(values: Int32Array, offsets: Int32Array, classes: number, split: SplitIndices): Baseline {
  const counts = new Float64Array(classes).fill(1);
  const each = (example: number): Int32Array => values.subarray(at(offsets, example), at(offsets, example + 1));
  for (const example of split.train) for (const value of each(example)) counts[value] = (counts[value] ?? 0) + 1;
  const total = counts.reduce((sum, count) => sum + count, 0);
  let [nats, steps] = [0, 0];
  for (const example of split.test) {
    for (const value of each(example)) {
      nats -= Math.log((counts[value] ?? 1) / total);
      steps += 1;
    }
  }
  return { name: 'frequency of letters', metric: 'perplexity', score: Math.exp(nats / Math.max(1, steps)) };
}
