import { z } from 'zod';
import type { DataSpec } from '../../document/project.ts';
import { at } from '../at.ts';
import type { Baseline, Dataset, SplitIndices } from '../dataset.ts';
import { EXAMPLES, SEED } from './generated.ts';
import { parseOptions } from '../options.ts';
import { createRandom, randomIndex } from '../random.ts';
import { joinSequences } from '../sequences.ts';
import { splitAtRandom } from '../split.ts';
import { PADDING_ID, UNKNOWN_TOKEN } from '../text/tokenizer.ts';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const BLANK = '.';
const QUERY = '?';

const CopyOptions = z.strictObject({
  /** Different letters. */
  symbols: z.int().min(2).max(LETTERS.length).default(8),
  /** Letters to be repeated. */
  length: z.int().min(1).max(100).default(5),
  /** Blanks between the last letter and the first question mark. */
  lag: z.int().min(0).max(1000).default(10),
  count: EXAMPLES,
  seed: SEED,
});

/**
 * The copy task: letters, `lag` blanks, then a question mark for each letter; at the question marks the letters are to be answered in their order, and at no
 * other step is there a target. T = 2 length + lag. After Hochreiter and Schmidhuber 1997 and Arjovsky, Shah and Bengio 2016.
 */
export function loadCopy(spec: DataSpec): Promise<Dataset> {
  const { symbols, length, lag, count, seed } = parseOptions(spec, CopyOptions);
  const classes = [...LETTERS.slice(0, symbols)];
  const vocabulary = [UNKNOWN_TOKEN, ...classes, BLANK, QUERY];
  const random = createRandom(seed);
  const letters = Array.from({ length: count }, () => Array.from({ length }, () => randomIndex(random, symbols)));
  const fill = (steps: number, id: number): readonly number[] => Array.from({ length: steps }, () => id);
  const { ids, offsets, longest } = joinSequences(
    letters.map((word) => Int32Array.from([...word.map((letter) => letter + 1), ...fill(lag, symbols + 1), ...fill(length, symbols + 2)])),
  );
  const values = Int32Array.from(letters.flatMap((word) => [...fill(length + lag, PADDING_ID), ...word]));
  const split = splitAtRandom(count, spec.split);
  return Promise.resolve({
    source: spec.source,
    title: 'Copy with a lag',
    generated: true,
    signature: { input: { kind: 'tokens', unit: 'character', vocabulary }, output: { kind: 'classes', classes, perStep: true }, longest },
    count,
    offsets,
    inputs: { kind: 'tokens', ids },
    targets: { kind: 'classes', perStep: true, values },
    split,
    baseline: commonLetter(letters, symbols, split),
    vectors: {},
    describe: (example) => Array.from(ids.subarray(at(offsets, example), at(offsets, example + 1)), (id) => vocabulary[id] ?? '').join(''),
  });
}

/** The letter most frequent in training, answered at every question mark. */
function commonLetter(letters: readonly (readonly number[])[], symbols: number, split: SplitIndices): Baseline {
  const counts = new Int32Array(symbols);
  for (const example of split.train) for (const letter of letters[example] ?? []) counts[letter] = at(counts, letter) + 1;
  const common = counts.indexOf(Math.max(...counts));
  const tested = [...split.test].flatMap((example) => letters[example] ?? []);
  return { name: 'majority class', metric: 'accuracy', score: tested.filter((letter) => letter === common).length / Math.max(1, tested.length) };
}
