import { fc } from '../fixtures/laws.ts';
import { describe, expect, test } from 'vitest';
import { epochBatches, evaluationBatches, makeBatch } from '../../src-engine/data/batches/batching.ts';
import type { Dataset } from '../../src-engine/data/dataset.ts';
import { createRandom } from '../../src-engine/data/random.ts';
import { joinSequences } from '../../src-engine/data/sequences.ts';

/** Sequences of tokens, each its own example of the training part; the target of an example is its number, of a step ten times that. */
function tokenData(sequences: readonly (readonly number[])[], perStep = false): Dataset {
  const joined = joinSequences(sequences.map((each) => Int32Array.from(each)));
  const examples = Int32Array.from(sequences.keys());
  return {
    source: 'test',
    title: 'test',
    generated: true,
    signature: {
      input: { kind: 'tokens', unit: 'word', vocabulary: [] },
      output: { kind: 'classes', classes: [], perStep },
      longest: joined.longest,
    },
    count: sequences.length,
    offsets: joined.offsets,
    inputs: { kind: 'tokens', ids: joined.ids },
    targets: perStep
      ? { kind: 'classes', perStep, values: Int32Array.from(sequences.flatMap((each, example) => each.map(() => 10 * example))) }
      : { kind: 'classes', perStep, values: examples },
    split: { train: examples, validation: examples.subarray(0, 1), test: examples },
    baseline: { name: 'none', metric: 'accuracy', score: 0 },
    vectors: {},
    describe: String,
  };
}

const sequences = fc.array(fc.array(fc.nat(50), { minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 120 });
const anyBatchSize = fc.integer({ min: 1, max: 9 });
const anySeed = fc.integer();

describe('an epoch', () => {
  test('shows every example exactly once', () => {
    fc.assert(
      fc.property(sequences, anyBatchSize, anySeed, (rows, size, seed) => {
        const batches = epochBatches(tokenData(rows), 'train', size, createRandom(seed));
        const shown = batches.flatMap((batch) => [...batch]).sort((left, right) => left - right);
        expect(shown).toEqual([...rows.keys()]);
      }),
    );
  });

  test('has batches of the asked size, and at most one smaller', () => {
    fc.assert(
      fc.property(sequences, anyBatchSize, anySeed, (rows, size, seed) => {
        const sizes = epochBatches(tokenData(rows), 'train', size, createRandom(seed)).map((batch) => batch.length);
        expect(sizes.filter((each) => each !== size).length).toBeLessThanOrEqual(1);
        expect(sizes.length).toBe(Math.ceil(rows.length / size));
      }),
    );
  });

  test('comes in the same order from the same seed, in another order from the next draw', () => {
    const data = tokenData(Array.from({ length: 100 }, (_, index) => [index]));
    const random = createRandom(3);
    const first = epochBatches(data, 'train', 8, random);
    expect(epochBatches(data, 'train', 8, createRandom(3))).toEqual(first);
    expect(epochBatches(data, 'train', 8, random)).not.toEqual(first);
  });

  test('puts sequences of similar length together: with few lengths hardly a step is padding', () => {
    const data = tokenData(Array.from({ length: 640 }, (_, index) => Array.from({ length: 1 + (index % 40) }, () => 1)));
    const batches = epochBatches(data, 'train', 32, createRandom(5)).map((examples) => makeBatch(data, examples, 32));
    const cells = batches.reduce((sum, batch) => sum + batch.steps * batch.size, 0);
    const filled = batches.reduce((sum, batch) => sum + batch.lengths.reduce((total, each) => total + each, 0), 0);
    expect(filled / cells).toBeGreaterThan(0.9);
  });
});

test('evaluation takes the examples of a part in order', () => {
  const data = tokenData(Array.from({ length: 10 }, () => [1]));
  expect(evaluationBatches(data, 'test', 4).map((batch) => [...batch])).toEqual([
    [0, 1, 2, 3],
    [4, 5, 6, 7],
    [8, 9],
  ]);
});

describe('a batch', () => {
  test('is time-major: token t of row b stands at t*B + b, and -1 stands where a row has ended or is absent', () => {
    fc.assert(
      fc.property(sequences, fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 5 }), (rows, spareRows, spareSteps) => {
        const data = tokenData(rows);
        const size = rows.length + spareRows;
        const steps = data.signature.longest + spareSteps;
        const batch = makeBatch(data, data.split.train, size, steps);
        expect([batch.rows, batch.size, batch.steps]).toEqual([rows.length, size, steps]);
        expect([...batch.lengths]).toEqual(Array.from({ length: size }, (_, row) => rows[row]?.length ?? 0));
        const expected = Array.from({ length: steps }, (_, t) => Array.from({ length: size }, (__, row) => rows[row]?.[t] ?? -1)).flat();
        expect(batch.inputs.kind === 'tokens' && [...batch.inputs.ids]).toEqual(expected);
        expect(batch.targets?.kind === 'classes' && [...batch.targets.values]).toEqual(
          Array.from({ length: size }, (_, row) => (row < rows.length ? row : -1)),
        );
      }),
    );
  });

  test('holds targets per step like the steps themselves', () => {
    const data = tokenData([[5], [6, 7, 8]], true);
    const batch = makeBatch(data, Int32Array.of(1, 0), 3);
    expect(batch.targets).toEqual({ kind: 'classes', perStep: true, values: Int32Array.of(10, 0, -1, 10, -1, -1, 10, -1, -1) });
  });

  test('holds the numbers of features and targets side by side, 0 where padded', () => {
    const source = {
      offsets: Int32Array.of(0, 1, 3),
      inputs: { kind: 'features', width: 2, values: Float32Array.of(1, 2, 3, 4, 5, 6) },
      targets: { kind: 'numbers', perStep: false, width: 2, values: Float32Array.of(10, 20, 30, 40) },
    } as const;
    const batch = makeBatch(source, Int32Array.of(0, 1), 2);
    expect(batch.inputs).toEqual({ kind: 'features', width: 2, values: Float32Array.of(1, 2, 3, 4, 0, 0, 5, 6) });
    expect(batch.targets).toEqual({ kind: 'numbers', perStep: false, width: 2, values: Float32Array.of(10, 20, 30, 40) });
  });

  test('refuses more examples than rows, and fewer steps than the longest example', () => {
    const data = tokenData([[1], [1, 2]]);
    expect(() => makeBatch(data, data.split.train, 1)).toThrow('2 examples do not fit a batch of 1');
    expect(() => makeBatch(data, data.split.train, 2, 1)).toThrow('an example of 2 steps does not fit 1');
  });
});
