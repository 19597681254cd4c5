import { describe, expect, test } from 'vitest';
import type { Dataset } from '../../src-engine/data/dataset.ts';
import { normalised } from '../../src-engine/data/normalise.ts';
import { load, problemsOf, tokensOf } from './data-builders.ts';

describe.each(['builtin:adding', 'builtin:recall', 'builtin:parity'])('%s', (source) => {
  test('says that it is generated, and has as many examples as asked for, others from another seed', async () => {
    const [first, second] = [await load(source, { options: { count: 50 } }), await load(source, { options: { count: 50, seed: 2 } })];
    expect([first.generated, first.count]).toEqual([true, 50]);
    expect(second.inputs).not.toEqual(first.inputs);
  });

  test('refuses a count that is not whole', async () => {
    expect(await problemsOf(() => load(source, { options: { count: 30.5 } }))).toMatchObject([{ code: 'U004', path: 'data.options.count' }]);
  });
});

/** Rows [value, marked] of one example. */
function rowsOf({ inputs, offsets }: Dataset, example: number): readonly (readonly [number, number])[] {
  if (inputs.kind !== 'features') throw new Error('no features');
  const steps = inputs.values.subarray(offsets[example]! * inputs.width, offsets[example + 1]! * inputs.width);
  return Array.from({ length: steps.length / 2 }, (_, step) => [steps[step * 2]!, steps[step * 2 + 1]!] as const);
}

describe('adding', () => {
  test.each([2, 7, 100])('of %i steps marks one value in each half, and asks for the sum of the two', async (length) => {
    const data = await load('builtin:adding', { options: { length, count: 200 } });
    const { output } = data.signature;
    const sums = Array.from({ length: data.count }, (_, example) => {
      const rows = rowsOf(data, example);
      const marked = rows.flatMap(([, mark], step) => (mark === 1 ? [step] : []));
      expect(rows.length).toBe(length);
      expect(rows.every(([value, mark]) => value >= 0 && value < 1 && (mark === 0 || mark === 1))).toBe(true);
      expect(marked.map((step) => step < Math.floor(length / 2))).toEqual([true, false]);
      return marked.reduce((total, step) => total + rows[step]![0], 0);
    });
    if (output.kind !== 'numbers') throw new Error('no numbers');
    expect(data.targets.values).toEqual(normalised(sums, output.normalisation));
    expect(data.describe(3)).toMatch(new RegExp(`= ${sums[3]!.toFixed(3)}$`, 'u'));
  });

  test('has the error of the mean as baseline, the root of a sixth', async () => {
    const { name, metric, score } = (await load('builtin:adding', { options: { count: 20_000 } })).baseline;
    expect([name, metric]).toEqual(['mean of the training part', 'rmse']);
    expect(score).toBeGreaterThan(0.4);
    expect(score).toBeLessThan(0.416);
  });
});

describe('recall', () => {
  test('is a letter, as many digits as the lag, and a question mark; the class is the letter', async () => {
    const data = await load('builtin:recall', { options: { symbols: 3, lag: 12, noise: 4, count: 300 } });
    const { output } = data.signature;
    if (output.kind !== 'classes') throw new Error('no classes');
    expect([output.classes, data.signature.longest]).toEqual([['a', 'b', 'c'], 14]);
    for (let example = 0; example < data.count; example++) {
      expect(data.describe(example)).toMatch(/^[a-c][0-3]{12}\?$/u);
      expect(tokensOf(data, example)[0]).toBe(output.classes[data.targets.values[example]!]);
    }
    expect(new Set(data.targets.values)).toEqual(new Set([0, 1, 2]));
  });

  test('has the most frequent letter as baseline', async () => {
    const { name, score } = (await load('builtin:recall')).baseline;
    expect(name).toBe('majority class');
    expect(Math.abs(score - 1 / 8)).toBeLessThan(0.05);
  });
});

test('parity is odd where the number of ones is', async () => {
  const data = await load('builtin:parity', { options: { length: 9, count: 100 } });
  for (let example = 0; example < data.count; example++) {
    expect(data.describe(example)).toMatch(/^[01]{9}$/u);
    expect(data.targets.values[example]).toBe([...data.describe(example)].filter((bit) => bit === '1').length % 2);
  }
});

test('parity at every step is that of the bits so far', async () => {
  const data = await load('builtin:parity', { options: { length: 9, shortest: 3, perStep: true, count: 100 } });
  const lengths = new Set<number>();
  for (let example = 0; example < data.count; example++) {
    const bits = [...data.describe(example)].map(Number);
    lengths.add(bits.length);
    const given = data.targets.values.subarray(data.offsets[example], data.offsets[example + 1]);
    expect([...given]).toEqual(bits.map((_, step) => bits.slice(0, step + 1).filter((bit) => bit === 1).length % 2));
  }
  expect([...lengths].sort()).toEqual([3, 4, 5, 6, 7, 8, 9]);
});

test('parity refuses a shortest sequence above the longest', async () => {
  expect(await problemsOf(() => load('builtin:parity', { options: { length: 5, shortest: 6 } }))).toMatchObject([{ path: 'data.options.shortest' }]);
});
