import { z } from 'zod';
import type { DataSpec } from '../../document/project.ts';
import { at } from '../at.ts';
import { meanBaseline } from '../baselines.ts';
import type { Dataset } from '../dataset.ts';
import { EXAMPLES, SEED } from './generated.ts';
import { fitNormalisation, normalised } from '../normalise.ts';
import { parseOptions } from '../options.ts';
import { createRandom, randomIndex, randomUniform, type Random } from '../random.ts';
import { splitAtRandom } from '../split.ts';

const AddingOptions = z.strictObject({
  /** Steps of every sequence, T. */
  length: z.int().min(2).max(1000).default(100),
  count: EXAMPLES,
  seed: SEED,
});

/** A value and a marker at each step. */
const WIDTH = 2;

/**
 * The adding problem: T numbers from [0, 1), one in each half of the sequence marked with a 1; the target is the sum of the two. Hochreiter and
 * Schmidhuber 1997, task 4, with values and marks as in Arjovsky, Shah and Bengio 2016. Whoever answers the mean has an RMSE of about
 * sqrt(1/6) = 0.408; whoever knows the second number only, sqrt(1/12) = 0.289.
 */
export function loadAdding(spec: DataSpec): Promise<Dataset> {
  const { length, count, seed } = parseOptions(spec, AddingOptions);
  const split = splitAtRandom(count, spec.split);
  const random = createRandom(seed);
  const values = new Float32Array(count * length * WIDTH);
  const examples = Array.from({ length: count }, (_, example) =>
    writeExample(values.subarray(example * length * WIDTH, (example + 1) * length * WIDTH), random),
  );
  const sums = Float64Array.from(examples, ({ sum }) => sum);
  const scale = fitNormalisation(sums, 1, split.train);
  return Promise.resolve({
    source: spec.source,
    title: 'Adding problem',
    generated: true,
    signature: {
      input: { kind: 'features', width: WIDTH, columns: ['value', 'marked'], normalisation: null },
      output: { kind: 'numbers', width: 1, columns: ['sum of the marked values'], normalisation: scale, perStep: false },
      longest: length,
    },
    count,
    offsets: Int32Array.from({ length: count + 1 }, (_, example) => example * length),
    inputs: { kind: 'features', width: WIDTH, values },
    targets: { kind: 'numbers', perStep: false, width: 1, values: normalised(sums, scale) },
    split,
    baseline: meanBaseline(sums, split),
    vectors: {},
    describe: (example) => describeSum(examples[example]),
  });
}

interface Marked {
  /** Value and step, counted from 1, of the two that are marked. */
  readonly marked: readonly (readonly [number, number])[];
  readonly sum: number;
}

/** Fills one sequence, [T,2]. */
function writeExample(sequence: Float32Array, random: Random): Marked {
  const length = sequence.length / WIDTH;
  const half = Math.floor(length / 2);
  const steps = [randomIndex(random, half), half + randomIndex(random, length - half)];
  for (let step = 0; step < length; step += 1) sequence[step * WIDTH] = randomUniform(random);
  for (const step of steps) sequence[step * WIDTH + 1] = 1;
  const marked = steps.map((step) => [at(sequence, step * WIDTH), step + 1] as const);
  return { marked, sum: marked.reduce((total, [value]) => total + value, 0) };
}

function describeSum(example: Marked | undefined): string {
  if (example === undefined) return '';
  const terms = example.marked.map(([value, step]) => `${value.toFixed(3)} (step ${step})`);
  return `${terms.join(' + ')} = ${example.sum.toFixed(3)}`;
}
