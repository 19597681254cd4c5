import { fc } from '../fixtures/laws.ts';
import { describe, expect, test } from 'vitest';
import { forecastBaseline, forecastBaselines, naiveForecast, seasonalForecast } from '../../src-engine/data/series/series-baselines.ts';
import type { SeriesColumn } from '../../src-engine/data/series/series.ts';
import { rowsAhead, seriesExamples, type SeriesExamples, type SeriesPlan } from '../../src-engine/data/series/series-examples.ts';
import { problemsOf, split } from './data-builders.ts';

const SPLIT = split(0.6, 0.2, 0.2);

function column(values: readonly number[], name = 'x'): SeriesColumn {
  return { name, values: Float64Array.from(values) };
}

/** Reads and forecasts the same column. */
function plan(values: readonly number[], changes: Partial<SeriesPlan> = {}): SeriesPlan {
  const { horizon = 1 } = changes;
  const series = column(values);
  return {
    inputs: [series],
    targets: [{ ...series, values: rowsAhead(series.values, horizon) }],
    window: 3,
    horizon,
    perStep: false,
    split: SPLIT,
    ...changes,
  };
}

const counted = (length: number): readonly number[] => Array.from({ length }, (_, row) => row);

/** Rows of the series, which count up from 0, that an example reads and answers, and the part it belongs to. */
function rowsOf({ inputs, targets, inputScale, targetScale, offsets }: SeriesExamples, example: number) {
  if (inputs.kind !== 'features') throw new Error('no features');
  const [start, end] = [offsets[example]!, offsets[example + 1]!];
  const back = (value: number, scale: typeof inputScale): number => Math.round(value * scale.deviation[0]! + scale.mean[0]!) + 0;
  const answered = targets.perStep ? targets.values.subarray(start, end) : targets.values.subarray(example, example + 1);
  return {
    read: Array.from(inputs.values.subarray(start, end), (value) => back(value, inputScale)),
    answered: Array.from(answered, (value) => back(value, targetScale)),
  };
}

const plans = fc.record({
  length: fc.integer({ min: 60, max: 200 }),
  window: fc.integer({ min: 1, max: 8 }),
  horizon: fc.integer({ min: 1, max: 5 }),
  stride: fc.integer({ min: 1, max: 3 }),
  perStep: fc.boolean(),
});

describe('windows of a series', () => {
  test('each reads `window` rows one after the other and answers the row `horizon` later, at its last step or at every one', () => {
    fc.assert(
      fc.property(plans, ({ length, ...changes }) => {
        const { window, horizon, perStep } = changes;
        const examples = seriesExamples(plan(counted(length), changes));
        for (const [example, end] of examples.ends.entries()) {
          const read = Array.from({ length: window }, (_, step) => end - window + 1 + step);
          expect(rowsOf(examples, example)).toEqual({ read, answered: perStep ? read.map((row) => row + horizon) : [end + horizon] });
        }
      }),
    );
  });

  test('no row is answered in two parts, nothing that training reads or answers is answered later, and no window reads what it answers', () => {
    fc.assert(
      fc.property(plans, ({ length, ...changes }) => {
        const examples = seriesExamples(plan(counted(length), changes));
        const seen = (part: Int32Array) => Array.from(part, (example) => rowsOf(examples, example));
        const [train, validation, test] = [seen(examples.split.train), seen(examples.split.validation), seen(examples.split.test)];
        const first = (rows: typeof train): number => Math.min(...rows.flatMap(({ answered }) => answered));
        const last = (rows: typeof train): number => Math.max(...rows.flatMap(({ read, answered }) => [...read, ...answered]));
        expect(last(train)).toBeLessThan(first(validation));
        expect(last(validation)).toBeLessThan(first(test));
        for (const { read, answered } of [...train, ...validation, ...test]) expect(Math.max(...read)).toBeLessThan(Math.max(...answered));
      }),
    );
  });

  test('what comes after the training part moves neither scale', () => {
    fc.assert(
      fc.property(plans, fc.double({ min: -1e6, max: 1e6, noNaN: true }), ({ length, ...changes }, shock) => {
        const values = counted(length).map((row) => Math.sin(row));
        const before = seriesExamples(plan(values, changes));
        const lastRead = before.ends[before.split.train.at(-1)!]! + changes.horizon;
        const after = seriesExamples(
          plan(
            values.map((value, row) => (row > lastRead ? shock : value)),
            changes,
          ),
        );
        expect([after.inputScale, after.targetScale]).toEqual([before.inputScale, before.targetScale]);
      }),
    );
  });

  test('a row without a number is in no window, read or answered', () => {
    const values = counted(60).map((row) => (row === 20 ? Number.NaN : row));
    const examples = seriesExamples(plan(values));
    const touched = [...examples.ends.keys()].flatMap((example) => [...rowsOf(examples, example).read, ...rowsOf(examples, example).answered]);
    expect(touched).not.toContain(20);
    expect([...examples.ends].filter((end) => end > 15 && end < 26)).toEqual([16, 17, 18, 23, 24, 25]);
  });

  test('several columns stand side by side, each on its own scale', () => {
    const [small, large] = [
      column(counted(60), 'small'),
      column(
        counted(60).map((row) => row * 1000),
        'large',
      ),
    ];
    const { inputs, inputScale } = seriesExamples({ ...plan(counted(60)), inputs: [small, large] });
    if (inputs.kind !== 'features') throw new Error('no features');
    expect(inputs.width).toBe(2);
    expect(inputScale.deviation[1]! / inputScale.deviation[0]!).toBeCloseTo(1000, 6);
    expect(inputs.values[0]).toBeCloseTo(inputs.values[1]!, 5);
  });

  test('U032 where no window fits, or one does but a part is empty', async () => {
    expect(await problemsOf(() => seriesExamples(plan(counted(60), { window: 60 })))).toMatchObject([{ code: 'U032', path: 'data.options.window' }]);
    expect(await problemsOf(() => seriesExamples(plan(counted(60), { window: 20, perStep: true })))).toMatchObject([{ code: 'U032' }]);
  });
});

describe('baselines of a series', () => {
  const values = counted(60).map((row) => (row % 7) * 10 + row);
  const series = [column(values)];
  const errorOf = (horizon: number, forecasts: (horizon: number) => readonly Float64Array[], perStep = false): number | undefined => {
    const made = plan(values, { horizon, perStep });
    return forecastBaseline('any', made, seriesExamples(made), forecasts(horizon))?.score;
  };

  test('naive: the value now, for any horizon', () => {
    expect(errorOf(7, () => naiveForecast(series))).toBe(7);
    expect(errorOf(14, () => naiveForecast(series))).toBe(14);
  });

  test('seasonal naive: the value a whole number of seasons before the one forecast, known when it is forecast', () => {
    expect(errorOf(3, (horizon) => seasonalForecast(series, horizon, 7))).toBe(7);
    expect(errorOf(8, (horizon) => seasonalForecast(series, horizon, 7))).toBe(14);
    expect(errorOf(3, (horizon) => seasonalForecast(series, horizon, 7), true)).toBe(7);
  });

  test('the best of several is the baseline; its mean absolute error and the errors of the others stand beside it', () => {
    const made = plan(values, { horizon: 3 });
    const forecasts = [
      { name: 'naive', columns: naiveForecast(series) },
      { name: 'seasonal', columns: seasonalForecast(series, 3, 7) },
      { name: 'never', columns: seasonalForecast(series, 3, 365) },
    ];
    const found = forecastBaselines(made, seriesExamples(made), forecasts);
    expect(found?.baseline).toEqual({ name: 'seasonal', metric: 'rmse', score: 7 });
    expect(found?.baselines.map(({ name, metric }) => `${name} ${metric}`)).toEqual(['seasonal mae', 'naive rmse', 'naive mae']);
    expect(found?.baselines[0]?.score).toBe(7);
    // Three rows on the value is 33 higher within a week, 37 lower across its end.
    const { split, ends } = seriesExamples(made);
    const errors = [...split.test].map((example) => (ends[example]! % 7 < 4 ? 33 : 37));
    expect(found?.baselines[2]?.score).toBeCloseTo(errors.reduce((sum, error) => sum + error, 0) / errors.length, 12);
  });

  test('a season longer than the series has no forecast to compare with', () => {
    expect(errorOf(1, (horizon) => seasonalForecast(series, horizon, 365))).toBeUndefined();
  });
});
