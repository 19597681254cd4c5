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
  if (Math.min(sizes.train, sizes.validation, sizes.test) < 1) {
    throw new ProblemError([
      problem(
        'U032',
        `Of ${count} examples the split leaves ${sizes.train} for training, ${sizes.validation} for validation and ${sizes.test} for the test.`,
        'Use more data or larger shares for the parts that come out empty.',
        { path: 'data.split' },
      ),
    ]);
  }
  return sizes;
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

/** Examples in their order in time: the training part first, the test part last. The seed plays no role. */
export function splitInOrder(count: number, split: SplitSpec): SplitIndices {
  const order = Array.from({ length: count }, (_, example) => example);
  return cut(order, splitSizes(count, split));
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
