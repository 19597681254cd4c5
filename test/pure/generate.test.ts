import { fc } from '../fixtures/laws.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import { makeBatch } from '../../src-engine/data/batches/batching.ts';
import { createRandom, randomNormal } from '../../src-engine/data/random.ts';
import { checkGraph } from '../../src-engine/document/check.ts';
import { emptyProject } from '../../src-engine/document/defaults.ts';
import { ProblemError } from '../../src-engine/document/problems.ts';
import type { Graph } from '../../src-engine/document/project.ts';
import type { DataSignature } from '../../src-engine/document/signature.ts';
import { chooseToken, rankTokens } from '../../src-engine/generate/choose-token.ts';
import type { Kernels } from '../../src-engine/kernels/load-kernels.ts';
import { chain, node } from '../../src-engine/scenarios/build-graph.ts';
import { LanguageModel, type SampleOptions } from '../../src-engine/session/answers/language-model.ts';
import { ModelRunner } from '../../src-engine/session/model-runner.ts';
import { kernelsOf } from './engine-under-test.ts';

const CHARACTERS = ['<unk>', '\n', ' ', ...Array.from('abcdefgh.')];
const WORDS = ['<unk>', ',', 'the', '.', 'whale', 'ship', 'sea', 'boy', 'road'];
const CLOZE = ['<unk>', '<blank>', ...WORDS.slice(1)];
const NONE: ReadonlySet<number> = new Set();

let kernels: Kernels;
beforeAll(async () => {
  kernels = await kernelsOf('relaxed');
});

function cells(kind: string, params: Record<string, string | number | boolean> = {}): Graph {
  const nodes = [
    node({ id: 'in', kind: 'tokens', x: 0, y: 0 }),
    node({ id: 'embed', kind: 'embedding', x: 0, y: 0, params: { size: 5, vectors: 'random', trainable: true } }),
    node({ id: 'one', kind, x: 0, y: 0, params: { units: 7, ...params } }),
    node({ id: 'two', kind, x: 0, y: 0, params: { units: 6, ...params } }),
    node({ id: 'drop', kind: 'dropout', x: 0, y: 0, params: { rate: 0.5 } }),
    node({ id: 'head', kind: 'softmax-head', x: 0, y: 0 }),
  ];
  return chain(nodes, ['in', 'embed', 'one', 'two', 'drop', 'head']);
}

function bidirectional(): Graph {
  const nodes = [
    node({ id: 'in', kind: 'tokens', x: 0, y: 0 }),
    node({ id: 'embed', kind: 'one-hot', x: 0, y: 0 }),
    node({ id: 'bi', kind: 'bidirectional', x: 0, y: 0, params: { merge: 'concat' } }),
    node({ id: 'gru', kind: 'gru', parent: 'bi', x: 0, y: 0, params: { units: 5 } }),
    node({ id: 'head', kind: 'softmax-head', x: 0, y: 0 }),
  ];
  return chain(nodes, ['in', 'embed', 'bi', 'head']);
}

function modelWith(graph: Graph, vocabulary: readonly string[], unit: 'character' | 'word', classes = vocabulary) {
  const signature: DataSignature = { input: { kind: 'tokens', unit, vocabulary }, output: { kind: 'classes', classes, perStep: true }, longest: 20 };
  const checked = checkGraph(graph, signature);
  expect(checked.problems).toEqual([]);
  const random = createRandom(3);
  const parameters = new Map(
    checked.parameters.map(({ name, shape }) => [name, Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => randomNormal(random))]),
  );
  return { project: { ...emptyProject('test'), graph }, signature, parameters };
}

type TestModel = ReturnType<typeof modelWith>;
const engine = () => ({ kernels, assets: () => Promise.reject(new Error('no assets')) });
const written = (model: TestModel, options: Partial<SampleOptions>): string =>
  [...new LanguageModel(model, engine()).sample({ prompt: '', length: 20, temperature: 1, topK: null, seed: 1, ...options }).pieces].join('');

/** What the forward pass over the whole text says after each of its tokens, [T,V]. */
function forwardRows(model: TestModel, ids: readonly number[]): readonly (readonly number[])[] {
  const inputs = { kind: 'tokens', ids: Int32Array.from(ids) } as const;
  const batch = makeBatch({ offsets: Int32Array.of(0, ids.length), inputs, targets: null }, Int32Array.of(0), 1);
  return new ModelRunner(model, engine()).answers(batch)[0] as readonly (readonly number[])[];
}

const KINDS = [
  ['rnn', {}],
  ['gru', { reset: 'before' }],
  ['gru', { reset: 'after' }],
  ['lstm', { peephole: true }],
] as const;

describe.each(KINDS)('%s %o, one token at a time', (kind, params) => {
  test('answers what the forward pass over all tokens answers', () => {
    const model = modelWith(cells(kind, params), CHARACTERS, 'character');
    const ids = [3, 4, 5, 1, 7, 8, 2, 2, 9, 10];
    const expected = forwardRows(model, ids);
    const stepper = new ModelRunner(model, engine()).stepper();
    for (const round of [1, 2]) {
      for (const [t, id] of ids.entries()) {
        const answer = stepper.step(id);
        answer.forEach((probability, token) => expect(Math.abs(probability - expected[t]![token]!), `round ${round}, step ${t}`).toBeLessThan(1e-6));
      }
      stepper.reset();
    }
  });

  test('at temperature 0 writes the likeliest token of the unrolled forward pass, step after step', () => {
    const model = modelWith(cells(kind, params), CHARACTERS, 'character');
    const text = written(model, { prompt: 'abc', length: 25, temperature: 0 });
    const ids = Array.from(`abc${text}`, (each) => CHARACTERS.indexOf(each));
    const rows = forwardRows(model, ids.slice(0, -1));
    expect(text.length).toBe(25);
    for (let t = 2; t < rows.length; t++) expect(ids[t + 1]).toBe(rankTokens(rows[t]!, 1, new Set([0]))[0]!.id);
  });
});

describe('writing', () => {
  const characters = () => modelWith(cells('lstm'), CHARACTERS, 'character');

  test('the same seed writes the same text, another seed another', () => {
    const options = { prompt: 'a', length: 60 };
    expect(written(characters(), { ...options, seed: 5 })).toBe(written(characters(), { ...options, seed: 5 }));
    expect(written(characters(), { ...options, seed: 5 })).not.toBe(written(characters(), { ...options, seed: 6 }));
  });

  test('a longer text begins with the shorter one', () => {
    const long = written(characters(), { prompt: 'ab', length: 50 });
    expect(long.startsWith(written(characters(), { prompt: 'ab', length: 20 }))).toBe(true);
  });

  test('words are written as people write them, and the unknown word never', () => {
    const text = written(modelWith(cells('gru'), WORDS, 'word'), { prompt: 'The boy', length: 200 });
    expect(text).not.toMatch(/unk| [.,]/u);
    expect(text).toMatch(/^[ .,]/u);
  });

  test('an empty prompt goes on from the end of a line', () => {
    expect(written(characters(), { length: 5, temperature: 0 })).toBe(written(characters(), { prompt: '\n', length: 5, temperature: 0 }));
  });

  test('a character that the model has never read is named', () => {
    expect(() => written(characters(), { prompt: 'aXbÖ' })).toThrow('U044 The text has "X", "Ö", which this model has never read.');
  });

  test('an unknown word is read as unknown, and said', () => {
    const { read } = new LanguageModel(modelWith(cells('gru'), WORDS, 'word'), engine()).sample({
      prompt: 'the purple whale',
      length: 1,
      temperature: 1,
      topK: null,
      seed: 1,
    });
    expect(read.unknown).toEqual(['purple']);
    expect([...read.ids]).toEqual([2, 0, 4]);
  });

  test.each([
    ['classes that are not its units', () => modelWith(cells('gru'), WORDS, 'word', ['good', 'bad']), /its classes are not/u],
    ['a block that reads from the end', () => modelWith(bidirectional(), WORDS, 'word'), /"bi" reads each sequence from its end/u],
    ['blanks to fill', () => modelWith(bidirectional(), CLOZE, 'word'), /fills blanks/u],
  ])('a model with %s is refused in a sentence', (_, model, sentence) => {
    expect(() => written(model(), {})).toThrow(sentence);
    expect(() => written(model(), {})).toThrow(ProblemError);
  });
});

describe('ranking', () => {
  test('the next words are those of the last step, the likeliest first', () => {
    const model = modelWith(cells('gru'), WORDS, 'word');
    const row = forwardRows(model, [2, 7]).at(-1)!;
    const { places, unknown } = new LanguageModel(model, engine()).rank('The boy ___ ...', 3);
    expect(unknown).toEqual([]);
    expect(places).toEqual([
      { before: 'the boy', after: null, candidates: rankTokens(row, 3, new Set([0])).map(({ id, probability }) => ({ token: WORDS[id], probability })) },
    ]);
  });

  test('a blank is filled from both sides: another word behind it changes the answer', () => {
    const model = new LanguageModel(modelWith(bidirectional(), CLOZE, 'word'), engine());
    const [first, second] = ['the ___ road', 'the ___ sea'].map((text) => model.rank(text, 3).places[0]!);
    expect(first).toMatchObject({ before: 'the', after: 'road' });
    expect(first!.candidates.map(({ token }) => token)).not.toContain('<blank>');
    expect(second!.candidates).not.toEqual(first!.candidates);
  });

  test('every blank has its candidates; a text without one is refused', () => {
    const model = new LanguageModel(modelWith(bidirectional(), CLOZE, 'word'), engine());
    expect(model.rank('the ___ , the ____ .', 2).places.map(({ before }) => before)).toEqual(['the', 'the ___, the']);
    expect(() => model.rank('the road', 2)).toThrow(/no blank/u);
  });
});

describe('choosing a token', () => {
  const probabilities = fc
    .array(fc.integer({ min: 1, max: 1000 }), { minLength: 2, maxLength: 12 })
    .map((weights) => weights.map((weight) => weight / weights.reduce((a, b) => a + b, 0)));

  test('temperature 0 takes the likeliest, of equals the first', () => {
    expect(chooseToken([0.2, 0.4, 0.4], { temperature: 0, topK: null }, NONE, createRandom(1))).toBe(1);
    expect(chooseToken([0.9, 0.05, 0.05], { temperature: 0, topK: null }, new Set([0]), createRandom(1))).toBe(1);
  });

  test('only the likeliest k are drawn, and never what must not be', () => {
    fc.assert(
      fc.property(
        probabilities,
        fc.integer({ min: 1, max: 12 }),
        fc.integer(),
        fc.double({ min: 0.05, max: 5, noNaN: true }),
        (row, topK, seed, temperature) => {
          const never = new Set([0]);
          const id = chooseToken(row, { temperature, topK }, never, createRandom(seed));
          expect(rankTokens(row, topK, never).map((each) => each.id)).toContain(id);
        },
      ),
    );
  });

  test('top-k of 1 is the likeliest at any temperature', () => {
    fc.assert(
      fc.property(probabilities, fc.integer(), (row, seed) => {
        const greedy = chooseToken(row, { temperature: 0, topK: null }, NONE, createRandom(seed));
        expect(chooseToken(row, { temperature: 3, topK: 1 }, NONE, createRandom(seed))).toBe(greedy);
      }),
    );
  });

  test.each([
    [1, [0.5, 0.3, 0.2]],
    [0.5, [25 / 38, 9 / 38, 4 / 38]],
    [2, [0.5, 0.3, 0.2].map((p) => Math.sqrt(p) / (Math.sqrt(0.5) + Math.sqrt(0.3) + Math.sqrt(0.2)))],
  ])('temperature %d draws in proportion to p^(1/temperature)', (temperature, expected) => {
    const random = createRandom(11);
    const counts = [0, 0, 0];
    const draws = 20_000;
    for (let draw = 0; draw < draws; draw++) counts[chooseToken([0.5, 0.3, 0.2], { temperature, topK: null }, NONE, random)]! += 1;
    for (const [id, share] of expected.entries()) expect(Math.abs(counts[id]! / draws - share)).toBeLessThan(4 * Math.sqrt((share * (1 - share)) / draws));
  });

  test('a tiny temperature and a probability of 0 do no harm', () => {
    expect(chooseToken([0, 1e-30, 1e-20], { temperature: 1e-3, topK: null }, NONE, createRandom(1))).toBe(2);
    expect(chooseToken([0, 1, 0], { temperature: 100, topK: null }, NONE, createRandom(1))).toBe(1);
  });
});
