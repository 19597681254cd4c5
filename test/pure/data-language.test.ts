import { describe, expect, test } from 'vitest';
import { joinTokens } from '../../src-engine/data/text/join-tokens.ts';
import { languageExamples, type LanguageOptions } from '../../src-engine/data/text/language-examples.ts';
import { TextCollector } from '../../src-engine/data/text/language-text.ts';
import { splitWords } from '../../src-engine/data/text/tokenizer.ts';

const SPLIT = { train: 0.6, validation: 0.2, test: 0.2, seed: 1 };

function examplesOf(text: string, options: LanguageOptions) {
  const collector = new TextCollector(options.unit);
  collector.add(text);
  return languageExamples(collector, options, SPLIT);
}

function tokensOf(text: string, options: LanguageOptions) {
  const examples = examplesOf(text, options);
  const { input } = examples.signature;
  if (input.kind !== 'tokens' || examples.inputs.kind !== 'tokens' || examples.targets.kind !== 'classes') throw new Error('not tokens');
  return { ...examples, vocabulary: input.vocabulary, ids: examples.inputs.ids, next: examples.targets.values };
}

describe('a text as examples of a language model', () => {
  const characters: LanguageOptions = { unit: 'character', vocabulary: 100, length: 4 };

  test('the target of each step is the unit after it, across the ends of examples', () => {
    const { ids, next, vocabulary } = tokensOf('abcabcabcabcabcabcabc', characters);
    expect(vocabulary).toEqual(['<unk>', 'a', 'b', 'c']);
    expect([...next].map((id, step) => vocabulary[ids[step]!]! + vocabulary[id]!).slice(0, 6)).toEqual(['ab', 'bc', 'ca', 'ab', 'bc', 'ca']);
    expect(ids.length).toBe(20);
  });

  test('the parts follow each other, and each example lies in one of them', () => {
    const { split, count, offsets } = tokensOf('abc'.repeat(14), characters);
    expect([...split.train, ...split.validation, ...split.test]).toEqual(Array.from({ length: count }, (_, index) => index));
    expect(offsets.at(-1)).toBe(41);
    expect([...offsets].slice(0, 3)).toEqual([0, 4, 8]);
  });

  test('the last example is shorter where the text does not fill it', () => {
    const { offsets } = tokensOf('a'.repeat(24), characters);
    expect(offsets.at(-1)! - offsets.at(-2)!).toBe(3);
  });

  test('the vocabulary is that of the training part; what is not in it is read as unknown and is no target', () => {
    const { vocabulary, ids, next } = tokensOf(`${'ab'.repeat(10)}zzzzzz`, characters);
    expect(vocabulary).toEqual(['<unk>', 'a', 'b']);
    expect(ids.at(-1)).toBe(0);
    expect([...next.slice(-3)]).toEqual([-1, -1, -1]);
  });

  test('words: the most frequent of the training part, the most frequent first', () => {
    const text = 'the and the whale the and sea '.repeat(8);
    const { vocabulary } = tokensOf(text, { unit: 'word', vocabulary: 3, length: 7 });
    expect(vocabulary).toEqual(['<unk>', 'the', 'and']);
  });

  test('characters are kept as they are: capitals, spaces and line ends', () => {
    const { vocabulary } = tokensOf('Ab \n'.repeat(10), characters);
    expect(vocabulary).toEqual(['<unk>', '\n', ' ', 'A', 'b']);
  });

  test('a text in pieces gives what it gives whole', () => {
    const text = 'Call me Ishmael. Some years ago\nnever mind how long precisely\nhaving little or no money in my purse\n'.repeat(3);
    for (const unit of ['character', 'word'] as const) {
      const options: LanguageOptions = { unit, vocabulary: 20, length: 5 };
      const pieces = new TextCollector(unit);
      for (const line of text.split(/(?<=\n)/u)) pieces.add(line);
      const { describe: _, ...inPieces } = languageExamples(pieces, options, SPLIT);
      const { describe: __, ...whole } = examplesOf(text, options);
      expect(inPieces).toEqual(whole);
    }
  });

  test('the baseline is the entropy of the units: two equally frequent ones take one bit', () => {
    expect(examplesOf('ab'.repeat(2000), characters).baseline.score).toBeCloseTo(1, 2);
    expect(examplesOf('a b c d '.repeat(1000), { ...characters, unit: 'word' }).baseline).toMatchObject({
      metric: 'perplexity',
      score: expect.closeTo(4, 2) as unknown,
    });
  });

  test('a text that is too short says so', () => {
    expect(() => examplesOf('ab', characters)).toThrow(/too short/u);
    expect(() => examplesOf('abcdefgh', characters)).toThrow(/the split leaves/u);
  });

  test('an example is described by its text', () => {
    const { describe: text } = examplesOf('The ship, "the Pequod"; a boat. '.repeat(10), { unit: 'word', vocabulary: 50, length: 10 });
    expect(text(0)).toBe('the ship, "the pequod"; a boat');
  });
});

test('tokens are joined as they are written', () => {
  const texts = ['call me ishmael.', 'what? (nothing!) he said; "go," and went', 'whale-boat, half-past', 'queequeg\u2019s "spear"'];
  for (const text of texts) expect(joinTokens(splitWords(text), 'word').replace('\u2019 s', '\u2019s')).toBe(text);
});
