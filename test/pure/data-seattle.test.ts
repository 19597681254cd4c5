import { describe, expect, test } from 'vitest';
import { load, problemsOf, split } from './data-builders.ts';

const SPLIT = split(0.7, 0.1, 0.2);

describe('Seattle weather', () => {
  test('forecasts the highest temperature of the next day, the last 20 % of the days as test', async () => {
    const data = await load('builtin:seattle', { split: SPLIT });
    expect([data.generated, data.signature.longest, data.split.test.length]).toEqual([false, 14, 292]);
    expect(data.describe(data.count - 1)).toBe('2015-12-31: 5.6 °C');
    expect(data.signature.output).toMatchObject({ columns: ['highest temperature (°C)'], perStep: false });
  });

  test('has two forecasts to beat: yesterday again 3.06 °C, and the harder one comes first; last year 4.94 °C', async () => {
    const { baseline, baselines = [] } = await load('builtin:seattle', { split: SPLIT });
    expect([baseline.name, baselines.map(({ name, metric }) => `${name}: ${metric}`)]).toEqual([
      'the last day read, again',
      ['the last day read, again: mae', 'same day last year: rmse', 'same day last year: mae'],
    ]);
    expect(baseline.score).toBeCloseTo(3.062, 3);
    expect(baselines[1]?.score).toBeCloseTo(4.942, 2);
  });

  test('a week ahead, yesterday again is no longer the harder one', async () => {
    const { baseline } = await load('builtin:seattle', { split: SPLIT, options: { horizon: 7 } });
    expect(baseline.name).toBe('same day last year');
  });

  test('as vectors it holds the same numbers, one row for each example', async () => {
    const [steps, vectors] = [await load('builtin:seattle'), await load('builtin:seattle', { options: { readAs: 'vector' } })];
    if (steps.inputs.kind !== 'features' || vectors.inputs.kind !== 'vectors') throw new Error('other kinds');
    expect(vectors.inputs.values).toEqual(steps.inputs.values);
    expect(vectors.targets).toEqual(steps.targets);
    expect([vectors.inputs.width, vectors.signature.longest, vectors.count]).toEqual([42, 1, steps.count]);
    const { input } = vectors.signature;
    if (input.kind !== 'vector') throw new Error('no vector');
    expect([input.columns.length, input.columns[0], input.columns[39]]).toEqual([42, 'highest temperature (°C), 13 before', 'highest temperature (°C)']);
    expect(input.normalisation?.mean.length).toBe(42);
  });

  test('with the weather it reads three columns more, with an answer a day it has fourteen for each example', async () => {
    const data = await load('builtin:seattle', { options: { weather: true, perStep: true } });
    expect([data.inputs.kind === 'features' && data.inputs.width, data.targets.values.length]).toEqual([6, data.count * 14]);
  });

  test('a vector has no answer at every step', async () => {
    const problems = await problemsOf(() => load('builtin:seattle', { options: { readAs: 'vector', perStep: true } }));
    expect(problems).toMatchObject([{ code: 'U004', path: 'data.options.perStep' }]);
  });
});

describe('penguins', () => {
  test('are 342 of three species, by four measures each on its own scale', async () => {
    const data = await load('builtin:penguins');
    expect([data.count, data.signature.longest]).toEqual([342, 1]);
    expect(data.signature.output).toMatchObject({ classes: ['Adelie', 'Chinstrap', 'Gentoo'] });
    expect(data.describe(0)).toBe('beak length (mm) 39.1, beak depth (mm) 18.7, flipper length (mm) 181, body mass (g) 3750');
    if (data.inputs.kind !== 'vectors') throw new Error('no vectors');
    const { width, values } = data.inputs;
    for (let column = 0; column < width; column += 1) {
      const scaled = Array.from(data.split.train, (example) => values[example * width + column]!);
      expect(scaled.reduce((sum, value) => sum + value, 0) / scaled.length).toBeCloseTo(0, 5);
      expect(scaled.reduce((sum, value) => sum + value * value, 0) / scaled.length).toBeCloseTo(1, 5);
    }
  });
});

describe('sine waves', () => {
  test('are the sine of their frequency and phase, step by step', async () => {
    const data = await load('builtin:sine', { options: { count: 50, length: 16 } });
    const { input } = data.signature;
    if (data.inputs.kind !== 'vectors' || input.kind !== 'vector') throw new Error('no vectors');
    for (let example = 0; example < data.count; example += 1) {
      const [frequency, phase] = [0, 1].map((column) =>
        data.inputs.kind === 'vectors'
          ? data.inputs.values[example * 2 + column]! * input.normalisation!.deviation[column]! + input.normalisation!.mean[column]!
          : 0,
      );
      expect(frequency).toBeGreaterThan(0.999);
      expect(frequency).toBeLessThan(3.001);
      for (let step = 0; step < 16; step += 1) {
        expect(data.targets.values[example * 16 + step]).toBeCloseTo(Math.sin(2 * Math.PI * ((frequency! * step) / 16 + phase!)), 4);
      }
    }
  });

  test('have the error of their mean as baseline, the root of a half', async () => {
    expect((await load('builtin:sine')).baseline.score).toBeCloseTo(Math.SQRT1_2, 2);
  });
});
