import { describe, expect, test } from 'vitest';
import type { Dataset } from '../../src-engine/data/dataset.ts';
import { load, problemsOf, split } from './data-builders.ts';

const SPLIT = split(0.7, 0.1, 0.2);

function column(data: Dataset, example: number, place: number): readonly number[] {
  const { inputs, signature, offsets } = data;
  if (inputs.kind !== 'features' || signature.input.kind !== 'features') throw new Error('no features');
  const { mean, deviation } = signature.input.normalisation!;
  const values = [...inputs.values.subarray(offsets[example]! * inputs.width, offsets[example + 1]! * inputs.width)];
  return values.filter((_, index) => index % inputs.width === place).map((value) => value * deviation[place]! + mean[place]!);
}

function targetPpm({ signature, targets }: Dataset, example: number): number {
  if (signature.output.kind !== 'numbers') throw new Error('no numbers');
  return targets.values[example]! * signature.output.normalisation!.deviation[0]! + signature.output.normalisation!.mean[0]!;
}

describe('CO2', () => {
  test('tests on the last 20 % of the months, and validates on those before', async () => {
    const data = await load('builtin:co2', { split: SPLIT });
    expect(data.split.test.length).toBe(149); // 746 months in all
    expect(data.describe(data.split.test[0]!)).toMatch(/^2007-12: /);
    expect(data.describe(data.split.test.at(-1)!)).toBe('2020-04: 416.18 ppm');
    expect(Math.max(...data.split.train)).toBeLessThan(Math.min(...data.split.validation));
    expect(Math.max(...data.split.validation)).toBeLessThan(Math.min(...data.split.test));
  });

  test('gives changes that the signature turns back into ppm: 414.51 in March 2020 and 416.18 in April are +1.67', async () => {
    const data = await load('builtin:co2', { split: SPLIT });
    const last = data.count - 1;
    expect(targetPpm(data, last)).toBeCloseTo(1.67, 4);
    expect(column(data, last, 0).at(-1)).toBeCloseTo(414.51 - 414.09, 4);
    expect(column(data, last, 1).at(-1)).toBeCloseTo((seasonal(data, '2019') + seasonal(data, '2018') + seasonal(data, '2017')) / 3, 3);
  });

  test('reads only months before the one it forecasts', async () => {
    const data = await load('builtin:co2', { split: SPLIT });
    const test = [...data.split.test];
    for (const [index, example] of test.slice(1).entries()) expect(column(data, example, 0).at(-1)).toBeCloseTo(targetPpm(data, test[index]!), 4);
  });

  test('normalises by the training part alone', async () => {
    const data = await load('builtin:co2', { split: SPLIT });
    const values = [...data.split.train].map((example) => data.targets.values[example]!);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
    expect(mean).toBeCloseTo(0, 5);
    expect(deviation).toBeCloseTo(1, 5);
  });

  test('has the seasonal naive forecast as baseline: 0.503 ppm on the last 20 %', async () => {
    const { baseline } = await load('builtin:co2', { split: SPLIT });
    expect(baseline).toMatchObject({ name: 'same month last year plus trend', metric: 'rmse' });
    expect(baseline.score).toBeCloseTo(0.5031, 4);
  });

  test('forecasts further ahead and from other windows where asked', async () => {
    const data = await load('builtin:co2', { split: SPLIT, options: { window: 12, horizon: 3 } });
    expect(data.signature.longest).toBe(12);
    expect(targetPpm(data, data.count - 1)).toBeCloseTo(416.18 - 413.37, 4); // January to April 2020
    expect(data.signature.output).toMatchObject({ columns: ['change to 3 months on (ppm)'] });
  });

  test('refuses a horizon beyond a year and a window that is not a number', async () => {
    const problems = await problemsOf(() => load('builtin:co2', { options: { window: 'long', horizon: 13 } }));
    expect(problems.map(({ code, path }) => [code, path])).toEqual([
      ['U004', 'data.options.window'],
      ['U004', 'data.options.horizon'],
    ]);
  });
});

/** The change from March to April of a year, by the described months. */
function seasonal(data: Dataset, year: string): number {
  const ppm = (month: string): number => {
    const text = Array.from({ length: data.count }, (_, example) => data.describe(example)).find((each) => each.startsWith(`${year}-${month}`));
    return Number(/: ([\d.]+) ppm/.exec(text ?? '')?.[1]);
  };
  return ppm('04') - ppm('03');
}
