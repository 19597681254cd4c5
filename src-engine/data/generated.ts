import { z } from 'zod';
import type { DataSpec } from '../document/project.ts';
import { majorityBaseline } from './baselines.ts';
import type { Dataset } from './dataset.ts';
import { joinSequences } from './sequences.ts';
import { splitAtRandom } from './split.ts';

/** Examples in all three parts together. */
export const EXAMPLES = z.int().min(10).max(20_000).default(10_000);

/** Decides which examples are made; `split.seed` decides which of them test. */
export const SEED = z.int().min(0).max(0x7fffffff).default(1);

export interface CharacterTask {
  readonly title: string;
  /** Characters by id; the unknown token first. */
  readonly vocabulary: readonly string[];
  readonly classes: readonly string[];
  /** One for each example: its characters by id, and the class it belongs to. */
  readonly sequences: readonly Int32Array[];
  readonly targets: Int32Array;
}

/** A generated data set of characters with one class for each sequence. */
export function characterDataset(spec: DataSpec, { title, vocabulary, classes, sequences, targets }: CharacterTask): Dataset {
  const { ids, offsets, longest } = joinSequences(sequences);
  const split = splitAtRandom(targets.length, spec.split);
  return {
    source: spec.source,
    title,
    generated: true,
    signature: { input: { kind: 'tokens', unit: 'character', vocabulary }, output: { kind: 'classes', classes, perStep: false }, longest },
    count: targets.length,
    offsets,
    inputs: { kind: 'tokens', ids },
    targets: { kind: 'classes', perStep: false, values: targets },
    split,
    baseline: majorityBaseline(targets, split),
    vectors: {},
    describe: (example) => Array.from(sequences[example] ?? [], (id) => vocabulary[id] ?? '').join(''),
  };
}
