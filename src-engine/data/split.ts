import { problem, ProblemError } from '../document/problems.ts';
import type { SplitSpec } from '../document/project.ts';
import type { SplitIndices } from './dataset.ts';
import { createRandom, shuffled } from './random.ts';

export interface SplitSizes {
  readonly train: number;
  readonly validation: number;
  readonly test: number;
}

/** Examples of each part, adding up to `count`. Throws U004 where the shares do not add up to 1, U032 where a part would be empty. */
export function splitSizes(count: number, split: SplitSpec): SplitSizes {
  const shares = [split.train, split.validation, split.test];
  if (shares.some((share) => !(share > 0)) || Math.abs(shares.reduce((sum, share) => sum + share, 0) - 1) > 1e-6) {
    throw new ProblemError([
      problem('U004', `The shares of the split are ${shares.join(', ')}.`, 'Choose three shares above 0 that add up to 1.', { path: 'data.split' }),
    ]);
  }
  const test = Math.round(count * split.test);
  const validation = Math.round(count * split.validation);
  const sizes = { train: count - test - validation, validation, test };
  requireExamples(count, sizes);
  return sizes;
}

function requireExamples(count: number, sizes: SplitSizes): void {
  if (Math.min(sizes.train, sizes.validation, sizes.test) >= 1) return;
  throw new ProblemError([
    problem(
      'U032',
      `Of ${count} examples the split leaves ${sizes.train} for training, ${sizes.validation} for validation and ${sizes.test} for the test.`,
      'Use more data or larger shares for the parts that come out empty.',
      { path: 'data.split' },
    ),
  ]);
}

/** Examples drawn at random into the three parts; the same seed gives the same parts. */
export function splitAtRandom(count: number, split: SplitSpec): SplitIndices {
  const sizes = splitSizes(count, split);
  const order = shuffled(
    createRandom(split.seed),
    Array.from({ length: count }, (_, example) => example),
  );
  return cut(order, sizes);
}

/**
 * Examples by the place of their last target (and of their first, where they have several) in a series of `length` steps: the first share of the series trains,
 * the next validates, the last tests; an example with targets in two of them is left out. The seed plays no role. Throws U032 where a part has no example.
 */
export function splitByTime(targetPlaces: readonly number[], length: number, split: SplitSpec, firstPlaces: readonly number[] = targetPlaces): SplitIndices {
  const sizes = splitSizes(length, split);
  const testStart = length - sizes.test;
  const validationStart = testStart - sizes.validation;
  const between = (from: number, to: number): Int32Array =>
    Int32Array.from(targetPlaces.flatMap((place, example) => ((firstPlaces[example] ?? place) >= from && place < to ? [example] : [])));
  const parts = { train: between(0, validationStart), validation: between(validationStart, testStart), test: between(testStart, length) };
  requireExamples(targetPlaces.length, { train: parts.train.length, validation: parts.validation.length, test: parts.test.length });
  return parts;
}

function cut(order: readonly number[], sizes: SplitSizes): SplitIndices {
  const validationStart = sizes.train;
  const testStart = validationStart + sizes.validation;
  return {
    train: Int32Array.from(order.slice(0, validationStart)),
    validation: Int32Array.from(order.slice(validationStart, testStart)),
    test: Int32Array.from(order.slice(testStart)),
  };
}
