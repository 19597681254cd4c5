import type { Baseline, SplitIndices } from './dataset.ts';

/** The class that is most frequent in training, given as the answer to every test example. */
export function majorityBaseline(classes: Int32Array, split: SplitIndices): Baseline {
  const counts = new Map<number, number>();
  for (const example of split.train) {
    const target = classAt(classes, example);
    counts.set(target, (counts.get(target) ?? 0) + 1);
  }
  const [majority] = [...counts].reduce((best, each) => (each[1] > best[1] ? each : best));
  const hits = split.test.filter((example) => classAt(classes, example) === majority).length;
  return { name: 'majority class', metric: 'accuracy', score: hits / split.test.length };
}

function classAt(classes: Int32Array, example: number): number {
  const target = classes[example];
  if (target === undefined) throw new Error(`no class for example ${example}`);
  return target;
}
