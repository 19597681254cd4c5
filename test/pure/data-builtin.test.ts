import { describe, expect, test } from 'vitest';
import type { Dataset } from '../../src-engine/data/dataset.ts';
import { HELD_OUT_LEXICON, lexiconWords, TRAINING_LEXICON } from '../../src-engine/data/built-in/reviews-lexicon.ts';
import { grammarWords } from '../../src-engine/data/built-in/reviews-grammar.ts';
import { splitText } from '../../src-engine/data/text/tokenizer.ts';
import { load, problemsOf, split, tokensOf } from './data-builders.ts';

const TASKS = ['builtin:adding', 'builtin:recall', 'builtin:parity', 'builtin:sine'];
const BUILT_IN = ['builtin:names', 'builtin:reviews', 'builtin:co2', 'builtin:seattle', 'builtin:penguins', ...TASKS];

describe.each(BUILT_IN)('%s', (source) => {
  test('is the same at every load', async () => {
    const options = TASKS.includes(source) ? { count: 200 } : {};
    const [first, second] = [await load(source, { options }), await load(source, { options })];
    expect(second.inputs).toEqual(first.inputs);
    expect(second.targets).toEqual(first.targets);
    expect(second.split).toEqual(first.split);
  });

  test('has offsets, inputs, targets and parts that fit each other', async () => {
    const data = await load(source);
    const steps = data.offsets[data.count];
    expect(data.offsets.length).toBe(data.count + 1);
    const read = data.inputs.kind === 'tokens' ? data.inputs.ids.length : data.inputs.values.length / data.inputs.width;
    expect(read).toBe(data.inputs.kind === 'vectors' ? data.count : steps);
    expect(data.targets.values.length).toBe(data.targets.perStep ? steps : data.count);
    const lengths = Array.from({ length: data.count }, (_, example) => data.offsets[example + 1]! - data.offsets[example]!);
    expect([Math.min(...lengths) > 0, Math.max(...lengths)]).toEqual([true, data.signature.longest]);
    const parts = [...data.split.train, ...data.split.validation, ...data.split.test];
    expect([...new Set(parts)].length).toBe(data.count);
    expect(data.describe(0)).not.toBe('');
  });

  test('refuses an option it does not have', async () => {
    const problems = await problemsOf(() => load(source, { options: { colour: 'red' } }));
    expect(problems).toMatchObject([{ code: 'U004', path: 'data.options.colour' }]);
  });
});

test('a source that is not there is U030 and names those that are', async () => {
  const [problem] = await problemsOf(() => load('builtin:cats'));
  expect(problem).toMatchObject({ code: 'U030', path: 'data.source' });
  for (const source of BUILT_IN) expect(problem?.fix).toContain(source);
});

describe('names', () => {
  test('read as written, with the class of their list', async () => {
    const data = await load('builtin:names');
    expect([data.count, data.signature.longest, data.generated]).toEqual([8003, 15, false]);
    expect(tokensOf(data, 0).join('')).toBe(data.describe(0));
    expect(targetNamed(data, 'elizabeth')).toBe('female');
    expect(targetNamed(data, 'william')).toBe('male');
  });

  test('leave out those of both genders, and hold no name twice', async () => {
    const data = await load('builtin:names');
    const names = Array.from({ length: data.count }, (_, example) => data.describe(example));
    expect(names).not.toContain('robin');
    expect(new Set(names).size).toBe(names.length);
  });

  test('have the larger class as baseline', async () => {
    const data = await load('builtin:names');
    const female = data.split.test.filter((example) => data.targets.values[example] === 0).length;
    expect(data.baseline).toEqual({ name: 'majority class', metric: 'accuracy', score: female / data.split.test.length });
  });
});

function targetNamed(data: Dataset, name: string): string | undefined {
  const example = Array.from({ length: data.count }, (_, index) => index).find((index) => data.describe(index) === name);
  const { output } = data.signature;
  return example === undefined || output.kind !== 'classes' ? undefined : output.classes[data.targets.values[example]!];
}

describe('reviews', () => {
  const [trained, heldOut] = [new Set(lexiconWords(TRAINING_LEXICON)), new Set(lexiconWords(HELD_OUT_LEXICON))];

  test('are tested with polarity words that training and validation never show', async () => {
    const data = await load('builtin:reviews');
    const words = (part: Int32Array): Set<string> => new Set([...part].flatMap((example) => tokensOf(data, example)));
    const [train, validation, tested] = [words(data.split.train), words(data.split.validation), words(data.split.test)];
    expect([...train, ...validation].filter((word) => heldOut.has(word))).toEqual([]);
    expect([...tested].filter((word) => trained.has(word))).toEqual([]);
    for (const example of data.split.test) expect(tokensOf(data, example).some((word) => heldOut.has(word))).toBe(true);
  });

  test('are built from two word lists of at least 60 words a class without a common word', () => {
    for (const { positive, negative } of [TRAINING_LEXICON, HELD_OUT_LEXICON]) {
      for (const words of [positive, negative]) expect(new Set(lexiconWords({ positive: words, negative: NO_WORDS })).size).toBeGreaterThanOrEqual(60);
    }
    const all = [...lexiconWords(TRAINING_LEXICON), ...lexiconWords(HELD_OUT_LEXICON)];
    expect(new Set(all).size).toBe(all.length);
    expect([...grammarWords()].filter((word) => trained.has(word) || heldOut.has(word))).toEqual([]);
  });

  test('have a vector for every word but "a" and "i", which stand last in the vocabulary', async () => {
    const { vectors, signature } = await load('builtin:reviews');
    const { size, table } = vectors['glove-100d']!;
    const vocabulary = signature.input.kind === 'tokens' ? signature.input.vocabulary : [];
    expect([vocabulary.length, table.length]).toEqual([4096, 4096 * size]);
    const without = vocabulary.filter((_, id) => table.subarray(id * size, (id + 1) * size).every((value) => value === 0));
    expect([without[0], ...without.slice(1).sort()]).toEqual(['<unk>', 'a', 'i']);
    for (const word of [...trained, ...heldOut, ...grammarWords()]) expect(vocabulary).toContain(word);
  });

  test('have 5 to 40 words, both classes equally often, and none occurs twice', async () => {
    const data = await load('builtin:reviews', { split: split(0.7, 0.1, 0.2) });
    expect([data.generated, data.count]).toEqual([true, 2800]);
    const lengths = Array.from({ length: data.count }, (_, example) => tokensOf(data, example).length);
    expect([Math.min(...lengths) >= 5, Math.max(...lengths) <= 40]).toEqual([true, true]);
    expect(data.targets.values.filter((target) => target === 1).length).toBe(1400);
    expect([...data.split.test].filter((example) => data.targets.values[example] === 1).length).toBe(280);
    expect(new Set(Array.from({ length: data.count }, (_, example) => data.describe(example))).size).toBe(2800);
  });

  test('read as written once typed in again', async () => {
    const data = await load('builtin:reviews');
    for (const example of data.split.test) expect(splitText(data.describe(example), 'word')).toEqual(tokensOf(data, example));
  });

  test('are as many as asked for, and others from another seed', async () => {
    const [first, second] = [await load('builtin:reviews', { options: { count: 200 } }), await load('builtin:reviews', { options: { count: 200, seed: 2 } })];
    expect(first.count).toBe(200);
    expect(first.describe(0)).not.toBe(second.describe(0));
    expect(await problemsOf(() => load('builtin:reviews', { options: { count: 3.5 } }))).toMatchObject([{ code: 'U004', path: 'data.options.count' }]);
  });

  test('tell their class by polarity words alone: with these hidden, both classes have the same words', async () => {
    const data = await load('builtin:reviews', { options: { count: 20_000 } });
    const shares = [0, 1].map((target) => {
      const counts = new Map<string, number>();
      for (const example of data.split.train) {
        if (data.targets.values[example] !== target) continue;
        for (const word of new Set(tokensOf(data, example))) counts.set(word, (counts.get(word) ?? 0) + 1);
      }
      return counts;
    });
    const half = data.split.train.length / 2;
    for (const word of grammarWords()) {
      const difference = Math.abs((shares[0]!.get(word) ?? 0) - (shares[1]!.get(word) ?? 0)) / half;
      expect([word, difference < 0.03]).toEqual([word, true]);
    }
  });
});

const NO_WORDS = { adjective: [], adverb: [], felt: [], struck: [], noun: [] };
