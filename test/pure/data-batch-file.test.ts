import { fc } from '../fixtures/laws.ts';
import { describe, expect, test } from 'vitest';
import { readBatch } from '../../src-engine/data/batches/batch-file.ts';
import type { DataSignature } from '../../src-engine/document/signature.ts';
import { problemsOf } from './data-builders.ts';

const WORDS: DataSignature = {
  input: { kind: 'tokens', unit: 'word', vocabulary: ['<unk>', 'good', 'bad', 'not', '.'] },
  output: { kind: 'classes', classes: ['negative', 'positive'], perStep: false },
  longest: 4,
};
const NUMBERS: DataSignature = {
  input: { kind: 'features', width: 2, columns: ['a', 'b'], normalisation: { mean: [10, 0], deviation: [2, 1] } },
  output: { kind: 'numbers', width: 1, columns: ['y'], normalisation: { mean: [100], deviation: [10] }, perStep: false },
  longest: 3,
};
const STEPS: DataSignature = { ...NUMBERS, output: { kind: 'numbers', width: 2, columns: ['y', 'z'], normalisation: null, perStep: true } };
const TAGS: DataSignature = { ...WORDS, output: { kind: 'classes', classes: ['no', 'yes'], perStep: true } };

const read = (file: unknown, signature: DataSignature, targets = false) => readBatch(JSON.stringify(file), signature, { targets });

describe('texts', () => {
  test('become padded token ids, time-major; unknown words become id 0', () => {
    const batch = read({ texts: ['Not good.', 'awful'] }, WORDS);
    expect(batch).toEqual({
      rows: 2,
      size: 2,
      steps: 3,
      lengths: Int32Array.of(3, 1),
      inputs: { kind: 'tokens', ids: Int32Array.of(3, 0, 1, -1, 4, -1) },
      targets: null,
    });
  });

  test('come with classes by index or by name', () => {
    const batch = read({ texts: ['good', 'bad'], targets: [1, 'negative'] }, WORDS, true);
    expect(batch.targets).toEqual({ kind: 'classes', perStep: false, values: Int32Array.of(1, 0) });
  });
});

describe('sequences', () => {
  test('of token ids or tokens are taken as they are', () => {
    expect(read({ sequences: [[1, 'bad', 0, 'cat']] }, WORDS).inputs).toEqual({ kind: 'tokens', ids: Int32Array.of(1, 2, 0, 0) });
  });

  test('of numbers are normalised as the signature says, and so are their targets', () => {
    const batch = read(
      {
        sequences: [
          [[12, 1]],
          [
            [10, 2],
            [8, 3],
          ],
        ],
        targets: [120, [90]],
      },
      NUMBERS,
      true,
    );
    expect(batch.inputs).toEqual({ kind: 'features', width: 2, values: Float32Array.of(1, 1, 0, 2, 0, 0, -1, 3) });
    expect(batch.targets).toEqual({ kind: 'numbers', perStep: false, width: 1, values: Float32Array.of(2, -1) });
    expect([...batch.lengths]).toEqual([1, 2]);
  });

  test('are cut to their lengths, and targets per step with them', () => {
    const file = {
      sequences: [
        [
          [0, 1],
          [0, 2],
          [0, 0],
        ],
        [[0, 3]],
      ],
      targets: [
        [
          [1, 2],
          [3, 4],
          [0, 0],
        ],
        [[5, 6]],
      ],
      lengths: [2, 1],
    };
    const batch = read(file, STEPS, true);
    expect([batch.steps, ...batch.lengths]).toEqual([2, 2, 1]);
    expect(batch.targets).toEqual({ kind: 'numbers', perStep: true, width: 2, values: Float32Array.of(1, 2, 5, 6, 3, 4, 0, 0) });
  });

  test('give the same batch whether padded with lengths or ragged without', () => {
    const step = fc.tuple(fc.integer({ min: -99, max: 99 }), fc.integer({ min: -99, max: 99 }));
    const rows = fc.array(fc.tuple(fc.array(step, { minLength: 1, maxLength: 6 }), fc.nat(4)), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(rows, (given) => {
        const ragged = given.map(([row]) => row);
        const padded = given.map(([row, spare]) => [...row, ...Array.from({ length: spare }, () => [7, 7])]);
        expect(read({ sequences: padded, lengths: ragged.map((row) => row.length) }, NUMBERS)).toEqual(read({ sequences: ragged }, NUMBERS));
      }),
    );
  });

  test('carry classes per step', () => {
    const batch = read({ sequences: [[1, 2], [3]], targets: [['yes', 0], ['no']] }, TAGS, true);
    expect(batch.targets).toEqual({ kind: 'classes', perStep: true, values: Int32Array.of(1, 0, 0, -1) });
  });
});

test('vectors are sequences of one step', () => {
  expect(
    read(
      {
        vectors: [
          [12, 1],
          [10, 2],
        ],
      },
      NUMBERS,
    ),
  ).toEqual(read({ sequences: [[[12, 1]], [[10, 2]]] }, NUMBERS));
});

test('targets are not read where they are not wanted', () => {
  expect(read({ texts: ['good'], targets: ['cat'] }, { ...WORDS }).targets).toBeNull();
});

describe('a file that does not fit is refused with the place', () => {
  const refusals: readonly (readonly [string, unknown, DataSignature, { readonly code: string; readonly path: string | null; readonly words: string }])[] = [
    ['a list', [1], WORDS, { code: 'U004', path: null, words: 'not an object' }],
    ['no rows named', { targets: [1] }, WORDS, { code: 'U004', path: null, words: 'none of texts' }],
    ['two kinds of rows', { texts: ['a'], sequences: [[1]] }, WORDS, { code: 'U004', path: null, words: 'more than one of texts' }],
    ['an empty list', { texts: [] }, WORDS, { code: 'U004', path: null, words: 'no rows' }],
    ['a text that is a number', { texts: ['good', 3] }, WORDS, { code: 'U004', path: 'texts[1]', words: 'is 3' }],
    ['a text without a word', { texts: ['good', ' '] }, WORDS, { code: 'U004', path: 'texts[1]', words: 'no tokens' }],
    ['texts for a model of numbers', { texts: ['good'] }, NUMBERS, { code: 'U004', path: 'texts', words: '2 numbers' }],
    ['vectors for a model of words', { vectors: [1] }, WORDS, { code: 'U004', path: 'vectors', words: 'reads tokens' }],
    ['a token id outside the vocabulary', { sequences: [[1, 5]] }, WORDS, { code: 'U004', path: 'sequences[0][1]', words: 'is 5' }],
    ['a step of the wrong width', { sequences: [[[1, 2], [1]]] }, NUMBERS, { code: 'U004', path: 'sequences[0][1]', words: 'is a list' }],
    ['a number float32 cannot hold', { sequences: [[[1e300, 2]]] }, NUMBERS, { code: 'U004', path: 'sequences[0][0][0]', words: '1e+300' }],
    ['a row without steps', { sequences: [[]] }, NUMBERS, { code: 'U004', path: 'sequences[0]', words: 'no steps' }],
    ['a length beyond its row', { texts: ['good'], lengths: [2] }, WORDS, { code: 'U004', path: 'lengths[0]', words: 'has 1 steps' }],
    ['a length of 0', { texts: ['good'], lengths: [0] }, WORDS, { code: 'U004', path: 'lengths[0]', words: 'is 0' }],
    ['too few lengths', { texts: ['good', 'bad'], lengths: [1] }, WORDS, { code: 'U004', path: 'lengths', words: '1 entries' }],
    ['no targets', { texts: ['good'] }, WORDS, { code: 'U004', path: 'targets', words: 'no targets' }],
    ['an unknown class', { texts: ['good'], targets: ['great'] }, WORDS, { code: 'U004', path: 'targets[0]', words: '"great"' }],
    ['a class index out of range', { texts: ['good'], targets: [2] }, WORDS, { code: 'U004', path: 'targets[0]', words: 'is 2' }],
    ['too few targets', { texts: ['good', 'bad'], targets: [1] }, WORDS, { code: 'U004', path: 'targets', words: '2 rows' }],
    ['too few targets for the steps', { sequences: [[1, 2]], targets: [[1]] }, TAGS, { code: 'U004', path: 'targets[0]', words: '2 steps' }],
  ];
  test.each(refusals)('%s', async (_, file, signature, { code, path, words }) => {
    const problems = await problemsOf(() => read(file, signature, true));
    expect(problems[0]).toMatchObject({ code, path });
    expect(problems[0]?.message).toContain(words);
    expect(problems[0]?.fix).toMatch(/^(Give|Choose)/);
  });

  test('text that is no JSON, and forbidden keys', async () => {
    expect(await problemsOf(() => readBatch('{"texts":', WORDS, { targets: false }))).toMatchObject([{ code: 'U001' }]);
    expect(await problemsOf(() => readBatch('{"texts":["a"],"__proto__":{}}', WORDS, { targets: false }))).toMatchObject([{ code: 'U006' }]);
  });
});

describe('vectors', () => {
  const VECTORS: DataSignature = { ...NUMBERS, input: { ...NUMBERS.input, kind: 'vector', width: 2 } as DataSignature['input'], longest: 3 };

  test('are normalised rows without steps', () => {
    const batch = read(
      {
        vectors: [
          [12, 1],
          [8, 3],
        ],
        targets: [120, 90],
      },
      VECTORS,
      true,
    );
    expect(batch.inputs).toEqual({ kind: 'vectors', width: 2, values: Float32Array.of(1, 1, -1, 3) });
    expect([batch.steps, ...batch.lengths]).toEqual([1, 1, 1]);
  });

  test('have the steps of their targets where there is an answer per step, else the longest of the data', () => {
    const perStep: DataSignature = { ...VECTORS, output: STEPS.output };
    const file = {
      vectors: [
        [12, 1],
        [8, 3],
      ],
      targets: [
        [
          [1, 2],
          [3, 4],
        ],
        [[5, 6]],
      ],
    };
    const batch = read(file, perStep, true);
    expect([batch.steps, ...batch.lengths]).toEqual([2, 2, 1]);
    expect(batch.inputs).toEqual({ kind: 'vectors', width: 2, values: Float32Array.of(1, 1, -1, 3) });
    expect([...read({ vectors: file.vectors }, perStep).lengths]).toEqual([3, 3]);
    expect([...read({ vectors: file.vectors, lengths: [2, 1] }, perStep).lengths]).toEqual([2, 1]);
  });

  test('are asked for where sequences are given', async () => {
    expect(await problemsOf(() => read({ sequences: [[[12, 1]]] }, VECTORS))).toMatchObject([{ code: 'U004' }]);
  });
});

describe('targets with steps of their own', () => {
  const SUMS: DataSignature = {
    input: { kind: 'tokens', unit: 'character', vocabulary: ['<unk>', '+', '1', '2'] },
    output: { kind: 'classes', classes: ['1', '2', '3', '<end>'], perStep: true, ownSteps: 4 },
    longest: 5,
  };

  test('are of any length, as texts, names or numbers of classes', () => {
    const batch = read({ texts: ['1+2', '1+1'], targets: ['3', [0, '<end>', 3]] }, SUMS, true);
    expect([...batch.lengths]).toEqual([3, 3]);
    expect([...batch.targetLengths!]).toEqual([2, 3]);
    expect(batch.steps).toBe(3);
    expect(batch.targets).toEqual({ kind: 'classes', perStep: true, values: Int32Array.of(2, 0, 3, 3, -1, 3) });
  });

  test('that nobody gave are taken to be as long as the longest known', () => {
    const batch = read({ texts: ['1+2', '1'] }, SUMS);
    expect(batch.steps).toBe(4);
    expect([...batch.targetLengths!]).toEqual([4, 4]);
    expect([...batch.lengths]).toEqual([3, 1]);
  });

  test('cannot be empty, nor of unknown classes', async () => {
    expect((await problemsOf(() => read({ texts: ['1'], targets: [[]] }, SUMS, true)))[0]?.message).toContain('targets[0]');
    expect((await problemsOf(() => read({ texts: ['1'], targets: ['9'] }, SUMS, true)))[0]?.code).toBe('U004');
  });
});
