import { describe, expect, test } from 'vitest';
import type { Dataset } from '../../src-engine/data/dataset.ts';
import { writtenText } from '../../src-engine/data/text/written-text.ts';
import { load, problemsOf, split, tokensOf } from './data-builders.ts';

/** The target of one example, class by class. */
function targetOf({ targets, signature }: Dataset, example: number): readonly string[] {
  const { output } = signature;
  if (targets.kind !== 'classes' || !targets.perStep || targets.offsets === undefined || output.kind !== 'classes')
    throw new Error('no targets of their own steps');
  return Array.from(targets.values.subarray(targets.offsets[example], targets.offsets[example + 1]), (id) => output.classes[id] ?? '?');
}

function textOf(dataset: Dataset, example: number): string {
  const classes = targetOf(dataset, example);
  expect(classes.at(-1)).toBe('<end>');
  return classes.slice(0, -1).join('');
}

describe('addition', () => {
  test.each(['from-left', 'from-right'])('asks for the sum of two numbers (%s), no question twice, and says how long its answers are', async (answer) => {
    const data = await load('builtin:addition', { options: { count: 500, answer } });
    const questions = Array.from({ length: data.count }, (_, example) => data.describe(example));
    expect(new Set(questions).size).toBe(500);
    for (const [example, question] of questions.entries()) {
      const [a, b] = question.split('+').map(Number);
      const sum = [...String(a! + b!)];
      expect(textOf(data, example)).toBe((answer === 'from-left' ? sum : sum.reverse()).join(''));
      expect(tokensOf(data, example).join('')).toBe(question);
    }
    expect(data.signature).toMatchObject({ longest: 7, output: { perStep: true, ownSteps: 5 } });
    expect(data.baseline).toMatchObject({ metric: 'exact-match' });
    expect(data.baseline.score).toBeLessThan(0.05);
  });

  test('has other questions from another seed, the same from the same, and not more than there are', async () => {
    const [first, again, other] = await Promise.all([1, 1, 2].map((seed) => load('builtin:addition', { options: { count: 60, seed } })));
    expect(again!.inputs).toEqual(first!.inputs);
    expect(other!.inputs).not.toEqual(first!.inputs);
    expect(await problemsOf(() => load('builtin:addition', { options: { digits: 1, count: 60 } }))).toMatchObject([
      { code: 'U004', path: 'data.options.count' },
    ]);
  });
});

const NAMES = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december'];

/** Read back by rules of its own: the month by name or the numbers by their order. */
function isoOf(text: string): string {
  const year = /\d{4}/u.exec(text)![0];
  const named = /(?<![a-z])(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*/u.exec(text);
  const rest = text.replace(year, ' ');
  const numbers = rest.match(/\d+/gu)!.map(Number);
  const yearFirst = text.startsWith(year);
  const month = named === null ? numbers[yearFirst ? 0 : 1]! : NAMES.findIndex((name) => name.startsWith(named[1]!)) + 1;
  const day = named === null ? numbers[yearFirst ? 1 : 0]! : numbers[0]!;
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

test('dates in many styles are asked for in ISO form', async () => {
  const data = await load('builtin:dates', { options: { count: 2000 } });
  for (let example = 0; example < data.count; example++)
    expect([data.describe(example), textOf(data, example)]).toEqual([data.describe(example), isoOf(data.describe(example))]);
  expect(data.signature).toMatchObject({ output: { ownSteps: 11 } });
  expect(Array.from({ length: 200 }, (_, example) => tokensOf(data, example)).flat()).not.toContain('<unk>');
});

test('names are asked for letter by letter, given gender and first letter', async () => {
  const data = await load('builtin:name-letters');
  const names = await load('builtin:names');
  expect(data.count).toBe(names.count);
  for (const example of [0, 1, 4000, data.count - 1]) {
    const name = names.describe(example);
    expect(data.describe(example)).toBe(`${example < 4525 ? 'female' : 'male'}, ${name[0]!}`);
    expect(textOf(data, example)).toBe(name.slice(1));
    const { inputs } = data;
    const { input } = data.signature;
    if (inputs.kind !== 'vectors' || input.kind !== 'vector') throw new Error('no vectors');
    const row = inputs.values.subarray(example * inputs.width, (example + 1) * inputs.width);
    expect(input.columns.filter((_, column) => row[column] === 1)).toEqual(data.describe(example).split(', '));
  }
  expect(data.baseline).toMatchObject({ metric: 'perplexity' });
  expect(data.baseline.score).toBeGreaterThan(10);
  expect(data.baseline.score).toBeLessThan(27);
});

test('copy: letters, blanks, question marks; the letters again at the question marks', async () => {
  const data = await load('builtin:copy', { options: { symbols: 3, length: 4, lag: 6, count: 300 }, split: split(0.5, 0.2, 0.3) });
  for (let example = 0; example < data.count; example++) {
    const text = data.describe(example);
    expect(text).toMatch(/^[abc]{4}\.{6}\?{4}$/u);
    const targets = [...data.targets.values.subarray(example * 14, (example + 1) * 14)];
    expect(targets).toEqual([...Array<number>(10).fill(-1), ...[...text.slice(0, 4)].map((letter) => 'abc'.indexOf(letter))]);
  }
  expect(data.baseline.score).toBeGreaterThan(0.25);
  expect(data.baseline.score).toBeLessThan(0.42);
});

test('what a decoder wrote is cut at its end', () => {
  const classes = ['1', '2', '<end>'];
  const output = (names: readonly string[]) => ({ kind: 'classes', classes: names, perStep: true, ownSteps: 4 }) as const;
  const steps = [
    [0.1, 0.8, 0.1],
    [0.9, 0.1, 0],
    [0.1, 0.1, 0.8],
    [0.9, 0.1, 0],
  ];
  expect(writtenText(steps, output(classes))).toEqual({ steps: steps.slice(0, 3), text: '21' });
  expect(writtenText(steps.slice(0, 2), output(classes)).text).toBe('21');
  expect(writtenText(steps.slice(0, 2), output(['cat', 'dog', '<end>'])).text).toBe('dog cat');
  expect(writtenText(steps, { ...output(classes), fromRight: true }).text).toBe('12');
});
