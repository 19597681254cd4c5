import { problem, ProblemError } from '../../document/problems.ts';
import type { SplitSpec } from '../../document/project.ts';
import { at } from '../at.ts';
import { unigramBaseline } from '../baselines.ts';
import type { Dataset } from '../dataset.ts';
import { joinTokens } from './join-tokens.ts';
import { splitSizes } from '../split.ts';
import type { TextCollector } from './language-text.ts';
import { PADDING_ID, UNKNOWN_ID, type TextUnit } from './tokenizer.ts';

export interface LanguageOptions {
  readonly unit: TextUnit;
  /** Most units a model knows, the unknown one included; the most frequent of the training part. */
  readonly vocabulary: number;
  /** Units of an example, T. */
  readonly length: number;
}

/**
 * A text as the examples of a language model: it is cut into stretches of `length` units (the last may be shorter), and the target of each step is
 * the unit after it. The parts follow each other in the text: the first share of the stretches trains, the next validates, the last tests;
 * the seed of the split plays no role. The vocabulary is that of the training part. A unit outside it is read as the unknown token and
 * never counts as a target. Throws U032 where a part would be empty.
 */
export function languageExamples(
  collected: TextCollector,
  { unit, vocabulary: size, length }: LanguageOptions,
  split: SplitSpec,
): Pick<Dataset, 'signature' | 'count' | 'offsets' | 'inputs' | 'targets' | 'split' | 'baseline' | 'describe'> {
  const targetCount = collected.count - 1;
  if (targetCount < 3) {
    const fix = 'Use a longer text.';
    throw new ProblemError([problem('U032', `A text of ${collected.count} ${unit}s is too short to learn from.`, fix, { path: 'data' })]);
  }
  const count = Math.ceil(targetCount / length);
  const sizes = splitSizes(count, split);
  const { vocabulary, ids, counts } = collected.encode(size, sizes.train * length);
  const offsets = Int32Array.from({ length: count + 1 }, (_, example) => Math.min(example * length, targetCount));
  const targets = nextUnits(ids);
  const parts = consecutive(sizes.train, sizes.validation, count);
  const tested = targets.subarray(at(offsets, sizes.train + sizes.validation));
  return {
    signature: {
      input: { kind: 'tokens', unit, vocabulary },
      output: { kind: 'classes', classes: vocabulary, perStep: true },
      longest: Math.min(length, targetCount),
    },
    count,
    offsets,
    inputs: { kind: 'tokens', ids: ids.subarray(0, targetCount) },
    targets: { kind: 'classes', perStep: true, values: targets },
    split: parts,
    baseline: unigramBaseline(counts, tested, unit),
    describe: (example) => {
      const stretch = ids.subarray(at(offsets, example), at(offsets, example + 1));
      return joinTokens(
        Array.from(stretch, (id) => vocabulary[id] ?? ''),
        unit,
      );
    },
  };
}

/** The unit after each but the last, [S-1]; `PADDING_ID`, which does not count, where it is unknown. Shares the memory of `ids` where all are known. */
function nextUnits(ids: Int32Array): Int32Array {
  const next = ids.subarray(1);
  return next.includes(UNKNOWN_ID) ? next.map((id) => (id === UNKNOWN_ID ? PADDING_ID : id)) : next;
}

function consecutive(train: number, validation: number, count: number): Dataset['split'] {
  const range = (from: number, to: number): Int32Array => Int32Array.from({ length: to - from }, (_, index) => from + index);
  return { train: range(0, train), validation: range(train, train + validation), test: range(train + validation, count) };
}
