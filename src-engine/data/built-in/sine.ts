import { z } from 'zod';
import type { DataSpec } from '../../document/project.ts';
import { at } from '../at.ts';
import { meanBaseline } from '../baselines.ts';
import type { Dataset } from '../dataset.ts';
import { EXAMPLES, SEED } from './generated.ts';
import { fitNormalisation, normalised } from '../normalise.ts';
import { parseOptions } from '../options.ts';
import { createRandom, randomUniform } from '../random.ts';
import { splitSteps } from '../sequences.ts';
import { splitAtRandom } from '../split.ts';

const SineOptions = z.strictObject({
  /** Steps of every wave, T. */
  length: z.int().min(2).max(1000).default(40),
  /** Most waves within the T steps; the fewest is 1. */
  waves: z.number().min(1).max(20).default(3),
  count: EXAMPLES.default(2000),
  seed: SEED,
});

const WIDTH = 2;

/**
 * A frequency f (waves within the T steps) and a phase p (turns, 0 to 1) in, as one row of numbers; sin(2 pi (f t / T + p)) for t = 0 .. T-1 out. Whoever
 * answers 0 at every step has an RMSE of about sqrt(1/2).
 */
export function loadSine(spec: DataSpec): Promise<Dataset> {
  const { length, waves, count, seed } = parseOptions(spec, SineOptions);
  const random = createRandom(seed);
  const vectors = Float64Array.from({ length: count * WIDTH }, (_, place) =>
    place % WIDTH === 0 ? 1 + (waves - 1) * randomUniform(random) : randomUniform(random),
  );
  const values = Float64Array.from({ length: count * length }, (_, place) => {
    const [example, step] = [Math.floor(place / length), place % length];
    return Math.sin(2 * Math.PI * ((at(vectors, example * WIDTH) * step) / length + at(vectors, example * WIDTH + 1)));
  });
  const split = splitAtRandom(count, spec.split);
  const scale = fitNormalisation(vectors, WIDTH, split.train);
  const offsets = Int32Array.from({ length: count + 1 }, (_, example) => example * length);
  return Promise.resolve({
    source: spec.source,
    title: 'Sine waves',
    generated: true,
    signature: {
      input: { kind: 'vector', width: WIDTH, columns: [`frequency (waves in ${length} steps)`, 'phase (turns)'], normalisation: scale },
      output: { kind: 'numbers', width: 1, columns: ['sine'], normalisation: null, perStep: true },
      longest: length,
    },
    count,
    offsets,
    inputs: { kind: 'vectors', width: WIDTH, values: normalised(vectors, scale) },
    targets: { kind: 'numbers', perStep: true, width: 1, values: Float32Array.from(values) },
    split,
    baseline: meanBaseline(values, splitSteps(offsets, split)),
    vectors: {},
    describe: (example) => `frequency ${at(vectors, example * WIDTH).toFixed(2)}, phase ${at(vectors, example * WIDTH + 1).toFixed(2)}`,
  });
}
