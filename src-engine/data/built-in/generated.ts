import { z } from 'zod';
import type { DataSpec } from '../../document/project.ts';
import { majorityBaseline } from '../baselines.ts';
import type { Dataset } from '../dataset.ts';
import { joinSequences, splitSteps } from '../sequences.ts';
import { splitAtRandom } from '../split.ts';

/** Examples in all three parts together. */
export const EXAMPLES = z.int().min(10).max(20_000).default(10_000);

/** Decides which examples are made; `split.seed` decides which of them test. */
export const SEED = z.int().min(0).max(0x7fffffff).default(1);

export interface CharacterTask {
  readonly title: string;
  /** Characters by id; the unknown token first. */
  readonly vocabulary: readonly string[];
  readonly classes: readonly string[];
  /** One for each example: its characters by id, and the class it belongs to; with `perStep` the classes of all steps, one example after the other. */
  readonly sequences: readonly Int32Array[];
  readonly targets: Int32Array;
  /** A class at every step; left out: one for each sequence. */
  readonly perStep?: boolean;
}

/** A generated data set of characters with one class for each sequence, or for each step. */
export function characterDataset(spec: DataSpec, { title, vocabulary, classes, sequences, targets, perStep = false }: CharacterTask): Dataset {
  const { ids, offsets, longest } = joinSequences(sequences);
  const split = splitAtRandom(sequences.length, spec.split);
  return {
    source: spec.source,
    title,
    generated: true,
    signature: { input: { kind: 'tokens', unit: 'character', vocabulary }, output: { kind: 'classes', classes, perStep }, longest },
    count: sequences.length,
    offsets,
    inputs: { kind: 'tokens', ids },
    targets: { kind: 'classes', perStep, values: targets },
    split,
    baseline: majorityBaseline(targets, perStep ? splitSteps(offsets, split) : split),
    vectors: {},
    describe: (example) => Array.from(sequences[example] ?? [], (id) => vocabulary[id] ?? '').join(''),
  };
}
