import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from 'vitest';
import { languageOf } from '../../src-engine/document/language.ts';
import { load, problemsOf, split, tokensOf } from './data-builders.ts';

describe('builtin:cloze', () => {
  const loaded = load('builtin:cloze', { split: split(0.9, 0.05, 0.05) });

  test('is the same at every load, with another seed another', async () => {
    const again = await load('builtin:cloze', { split: split(0.9, 0.05, 0.05) });
    const other = await load('builtin:cloze', { split: split(0.9, 0.05, 0.05), options: { seed: 2 } });
    const { inputs, targets } = await loaded;
    // Not by toEqual, which takes seconds for so many numbers.
    expect(isDeepStrictEqual(again.inputs, inputs)).toBe(true);
    expect(isDeepStrictEqual(again.targets, targets)).toBe(true);
    expect(isDeepStrictEqual(other.targets, targets)).toBe(false);
  });

  test('each example has one blank, and its target is a known word there and nothing anywhere else', async () => {
    const data = await loaded;
    const { input } = data.signature;
    if (input.kind !== 'tokens' || data.targets.kind !== 'classes') throw new Error('not tokens');
    expect(input.vocabulary.slice(0, 2)).toEqual(['<unk>', '<blank>']);
    for (let example = 0; example < data.count; example += 97) {
      const tokens = tokensOf(data, example);
      const targets = [...data.targets.values.subarray(data.offsets[example], data.offsets[example + 1])];
      expect(tokens.filter((token) => token === '<blank>')).toHaveLength(1);
      expect(targets.map((target) => target >= 0)).toEqual(tokens.map((token) => token === '<blank>'));
      expect(input.vocabulary[Math.max(...targets)]).toMatch(/^\p{L}+$/u);
      expect(tokens.length).toBeGreaterThanOrEqual(6);
      expect(tokens.length).toBeLessThanOrEqual(20);
    }
    expect(data.describe(0)).toContain('___');
  });

  test('no sentence is in two parts', async () => {
    const data = await loaded;
    const first = data.split.validation[0] ?? 0;
    const whole = (example: number): string => {
      const tokens = tokensOf(data, example);
      return `${tokens.length} ${tokens[0] === '<blank>' ? '' : tokens[0]} ${tokens.at(-2)}`;
    };
    expect(whole(first)).not.toBe(whole(first - 1));
    expect([...data.split.train, ...data.split.validation, ...data.split.test]).toEqual(Array.from({ length: data.count }, (_, index) => index));
  });

  test('is a cloze model to those who look, judged by perplexity', async () => {
    const data = await loaded;
    expect(languageOf(data.signature)?.kind).toBe('cloze');
    expect(data.baseline).toMatchObject({ metric: 'perplexity', name: 'frequency of words' });
    expect(data.baseline.score).toBeGreaterThan(300);
  });

  test('is none to those who look where a single class is another word than the model reads', async () => {
    const { signature } = await loaded;
    if (signature.output.kind !== 'classes') throw new Error('not classes');
    const classes = [...signature.output.classes.slice(0, -1), 'something else'];
    expect(languageOf({ ...signature, output: { ...signature.output, classes } })).toBeNull();
  });

  test('refuses what it does not have', async () => {
    expect(await problemsOf(() => load('builtin:cloze', { options: { colour: 'red' } }))).toMatchObject([{ code: 'U004', path: 'data.options.colour' }]);
  });
});
