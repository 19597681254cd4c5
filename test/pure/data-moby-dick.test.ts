import { describe, expect, test } from 'vitest';
import { load, problemsOf, split, tokensOf } from './data-builders.ts';

const SPLIT = split(0.9, 0.05, 0.05);

describe('builtin:moby-dick', () => {
  test('is the book by characters, from the first chapter to the epilogue', async () => {
    const data = await load('builtin:moby-dick', { split: SPLIT });
    expect(data.describe(0)).toMatch(/^CHAPTER 1\. Loomings\.\nCall me Ishmael\. Some years ago/u);
    expect(data.describe(data.count - 2) + data.describe(data.count - 1)).toMatch(/only found another orphan\.$/u);
    expect([data.count, data.signature.longest, data.generated]).toEqual([9285, 128, false]);
    expect(data.baseline).toMatchObject({ metric: 'bits-per-character' });
    expect(data.baseline.score).toBeCloseTo(4.419, 3);
  });

  test('holds nothing of the edition it was taken from', async () => {
    const data = await load('builtin:moby-dick', { options: { length: 2000 } });
    const text = Array.from({ length: data.count }, (_, example) => data.describe(example)).join('');
    expect(text).not.toMatch(/gutenberg|ebook|https?:|ETYMOLOGY\./iu);
    expect(text.match(/^CHAPTER \d+\. /gmu)?.length).toBe(135);
    expect(text).not.toMatch(/ {2}|\n\n|\r/u);
  });

  test('words: those outside the vocabulary are read as unknown and are no targets', async () => {
    const data = await load('builtin:moby-dick', { options: { unit: 'word', vocabulary: 5000 }, split: SPLIT });
    const { input } = data.signature;
    expect(input).toMatchObject({ kind: 'tokens', unit: 'word' });
    expect(input.kind === 'tokens' ? [input.vocabulary.length, ...input.vocabulary.slice(0, 4)] : []).toEqual([5000, '<unk>', ',', 'the', '.']);
    expect(tokensOf(data, 0).slice(0, 9)).toEqual(['chapter', '<unk>', '.', '<unk>', '.', 'call', 'me', 'ishmael', '.']);
    expect(data.targets.values[0]).toBe(-1);
    expect(data.baseline).toMatchObject({ metric: 'perplexity' });
    expect(data.baseline.score).toBeCloseTo(382.35, 1);
    expect(data.vectors['glove-100d']?.table.length).toBe(5000 * 100);
  });

  test('refuses a unit and an option it does not have', async () => {
    expect(await problemsOf(() => load('builtin:moby-dick', { options: { unit: 'chapter' } }))).toMatchObject([{ code: 'U004', path: 'data.options.unit' }]);
    expect(await problemsOf(() => load('builtin:moby-dick', { options: { length: 1 } }))).toMatchObject([{ code: 'U004', path: 'data.options.length' }]);
    expect(await problemsOf(() => load('builtin:moby-dick', { options: { colour: 'red' } }))).toMatchObject([{ code: 'U004', path: 'data.options.colour' }]);
  });
});
