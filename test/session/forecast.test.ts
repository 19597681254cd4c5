import { beforeAll, describe, expect, it } from 'vitest';
import { forecastInputs } from '../../src-engine/session/answers/answer-forecast.ts';
import { parseModel, predict } from '../../src-engine/session/direct.ts';
import type { EngineFiles } from '../../src-engine/session/engine-files.ts';
import type { Project } from '../../src-engine/document/project.ts';
import type { Session } from '../../src-engine/session/session.ts';
import { problemsOf } from '../pure/data-builders.ts';
import { engineFiles, openSession, scenarioProject } from './session-fixture.ts';

let engine: EngineFiles;
beforeAll(async () => {
  engine = await engineFiles();
});

const SECOND = { part: 'test', example: 5 } as const;

async function trained(project: Project, steps = 20): Promise<Session> {
  const { session, next } = openSession(engine);
  expect((await session.handlers.open({ project, threads: 1 })).problems).toEqual([]);
  await session.handlers.start({ steps });
  await next('done');
  return session;
}

function withOptions(project: Project, options: Record<string, boolean | number>): Project {
  return { ...project, data: { ...project.data!, options } };
}

const numbers = (values: readonly unknown[]): number[] => values.map(Number);

describe('a forecast fed back from a window of the data', () => {
  it('begins with what the model answers, goes on by days, and knows what really came', async () => {
    const session = await trained(scenarioProject('seattle'));
    const forecast = await session.handlers.forecast({ input: SECOND, steps: 30, hold: false });
    const { answers } = await session.handlers.classify({ input: SECOND });
    expect(forecast.columns).toEqual(['highest temperature (°C)']);
    expect([forecast.past.length, forecast.ahead.length, forecast.held]).toEqual([14, 30, []]);
    expect(Number(forecast.ahead[0]!.values[0])).toBeCloseTo(Number(answers[0]!.numbers[0]!.value), 4);
    expect([forecast.past.at(-1)!.label, forecast.ahead[0]!.label]).toEqual(['2015-03-19', '2015-03-20']);
    const next = await session.handlers.forecast({ input: { part: 'test', example: 6 }, steps: 1, hold: false });
    expect(forecast.ahead[0]!.truth).toEqual(next.past.at(-1)!.values);
    expect(new Set(numbers(forecast.ahead.map(({ values }) => values[0]))).size).toBe(30);
  });

  it('reads nothing that comes after the window: the same forecast where the later days are not known', async () => {
    const session = await trained(scenarioProject('seattle'));
    const long = await session.handlers.forecast({ input: SECOND, steps: 10, hold: false });
    const short = await session.handlers.forecast({ input: SECOND, steps: 3, hold: false });
    expect(short.ahead).toEqual(long.ahead.slice(0, 3));
    const last = await session.handlers.forecast({ input: { part: 'test', example: 291 }, steps: 3, hold: false });
    expect(last.ahead.map(({ label, truth }) => [label, truth?.[0] === null])).toEqual([
      ['2015-12-31', false],
      [null, true],
      [null, true],
    ]);
  });

  it('adds changes up to levels: carbon dioxide in ppm, a year at most, because the season of the years before is known for no longer', async () => {
    const session = await trained(scenarioProject('forecast'), 200);
    const { columns, past, ahead } = await session.handlers.forecast({ input: SECOND, steps: 12, hold: false });
    expect(columns).toEqual(['carbon dioxide (ppm)']);
    const levels = numbers([...past, ...ahead].map(({ values }) => values[0]));
    expect(levels.every((level) => level > 370 && level < 420)).toBe(true);
    for (const { values, truth } of ahead) expect(Math.abs(Number(values[0]) - Number(truth![0]))).toBeLessThan(4);
    const [problem] = await problemsOf(() => session.handlers.forecast({ input: SECOND, steps: 13, hold: false }));
    expect(problem).toMatchObject({ code: 'U045', fix: 'Forecast at most 12 steps.' });
  });

  it('takes the last answer of a model that answers at every step', async () => {
    const session = await trained(scenarioProject('forecast-every-month'));
    const { ahead } = await session.handlers.forecast({ input: SECOND, steps: 2, hold: false });
    const { answers } = await session.handlers.classify({ input: SECOND });
    const { past } = await session.handlers.forecast({ input: SECOND, steps: 1, hold: false });
    expect(Number(ahead[0]!.values[0]) - Number(past.at(-1)!.values[0])).toBeCloseTo(Number(answers.at(-1)!.numbers[0]!.value), 3);
  });

  it('refuses columns that it would have to guess, by name, and holds them where told to', async () => {
    const session = await trained(withOptions(scenarioProject('seattle'), { weather: true }));
    const [problem] = await problemsOf(() => session.handlers.forecast({ input: SECOND, steps: 2, hold: false }));
    expect(problem?.code).toBe('U045');
    for (const name of ['lowest temperature (°C)', 'precipitation (mm)', 'wind']) expect(problem?.message).toContain(`"${name}"`);
    const { held, ahead } = await session.handlers.forecast({ input: SECOND, steps: 2, hold: true });
    expect([held, ahead.length]).toEqual([['lowest temperature (°C)', 'precipitation (mm)', 'wind'], 2]);
  });

  it('refuses what no series is behind', async () => {
    const session = await trained(scenarioProject('parity'));
    expect(await problemsOf(() => session.handlers.forecast({ input: SECOND, steps: 2, hold: true }))).toMatchObject([{ code: 'U045' }]);
    const ahead = await trained(withOptions(scenarioProject('seattle'), { horizon: 3 }));
    expect(await problemsOf(() => ahead.handlers.forecast({ input: SECOND, steps: 2, hold: true }))).toMatchObject([{ code: 'U045' }]);
  });
});

describe('a forecast of a model file from typed numbers', () => {
  it('is each answer read again: as if one step after the other had been asked for', async () => {
    const session = await trained(scenarioProject('seattle'));
    const { text } = await session.handlers.exportModel({ arrays: false });
    const window = Array.from({ length: 14 }, (_, day) => [10 + day, 0.5, 0.2]);
    const input = JSON.stringify({ sequences: [window, window.slice(3)] });
    const { outputs, columns, held } = forecastInputs(parseModel(text), input, { steps: 3, hold: true }, engine);
    expect([columns, held]).toEqual([['highest temperature (°C)'], ['season, sine', 'season, cosine']]);
    for (const [index, rows] of [window, window.slice(3)].entries()) {
      const read = [...rows];
      for (const [answer = Number.NaN] of outputs[index]!) {
        const one = await predict(text, JSON.stringify({ sequences: [read.slice(-14)] }), engine);
        expect(answer).toBeCloseTo(Number((one.outputs[0] as readonly number[])[0]), 3);
        read.push([answer, 0.5, 0.2]);
      }
    }
  });

  it('refuses seasons that nobody told it, by name', async () => {
    const session = await trained(scenarioProject('seattle'));
    const { text } = await session.handlers.exportModel({ arrays: false });
    const input = JSON.stringify({ sequences: [[[10, 0.5, 0.2]]] });
    const [problem] = await problemsOf(() => forecastInputs(parseModel(text), input, { steps: 2, hold: false }, engine));
    expect(problem?.message).toContain('"season, sine", "season, cosine"');
  });
});
