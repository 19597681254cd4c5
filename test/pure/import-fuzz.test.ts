import { describe, expect, it } from 'vitest';
import { createRandom, pick, randomIndex } from '../../src-engine/data/random.ts';
import type { FlatOptions } from '../../src-engine/document/data/import-options.ts';
import { ProblemError } from '../../src-engine/document/problems.ts';
import { describeFiles, loadFiles } from './import-under-test.ts';
import { mutatedFile } from './mutate.ts';

const rows = (count: number, row: (n: number) => string): string => Array.from({ length: count }, (_, n) => row(n)).join('\n');

const CORPUS: readonly { readonly name: string; readonly text: string; readonly options: FlatOptions }[] = [
  { name: 'a.csv', text: `day,price,visits\n${rows(30, (n) => `2024-01-${String(n + 1)},${n}.5,${n * n}`)}`, options: {} },
  { name: 'b.csv', text: `text,label\r\n${rows(30, (n) => `"said ""no"", then\nleft ${n}",${n % 2 ? 'a' : 'b'}\r`)}`, options: {} },
  { name: 'c.tsv', text: `a\tb\tkind\n${rows(30, (n) => `${n % 5}\t${n % 3},5\t${'xyz'[n % 3] ?? ''}`)}`, options: { task: 'classify' } },
  { name: 'd.jsonl', text: rows(30, (n) => JSON.stringify({ text: `caf\u00e9 ${n} \ud83d\ude00`, label: n % 2, more: [n] })), options: {} },
  { name: 'e.txt', text: 'Call me Ishmael. Some years ago\u2014never mind how long precisely.\n'.repeat(8), options: {} },
  { name: 'f.txt', text: 'It is not down in any map; true places never are.\r\n'.repeat(12), options: { unit: 'word', length: 5 } },
];

describe('10,000 mutations of good files', () => {
  it.each([
    ['CSV and TSV', 11, /sv$/u],
    ['JSON Lines', 12, /jsonl$/u],
    ['text', 13, /txt$/u],
  ])(
    'of %s are imported or refused by a named problem',
    async (_kind, seed, names) => {
      const random = createRandom(seed);
      const corpus = CORPUS.filter(({ name }) => names.test(name));
      let imported = 0;
      for (let round = 0; round < 10_000; round += 1) {
        const { name, text, options } = pick(random, corpus);
        const content = mutatedFile(text, random);
        const { problems, examples } = await describeFiles({ [name]: content }, name, options, 'all', { piece: 1 + randomIndex(random, 200) });
        if (examples === null) {
          // Gathered first: three expectations for each of 30,000 refusals cost as much as reading them.
          const unnamed = problems.filter(({ code, message, fix }) => !/^U03[125]$/u.test(code) || /undefined|\[object/u.test(message) || !fix.endsWith('.'));
          expect({ refused: problems.length > 0, unnamed }).toEqual({ refused: true, unnamed: [] });
        } else {
          expect(problems).toEqual([]);
          imported += 1;
        }
      }
      expect(imported).toBeGreaterThan(500);
    },
    120_000,
  );

  it('give the same data set, whatever the pieces they are read in', async () => {
    const random = createRandom(21);
    for (let round = 0; round < 100; round += 1) {
      const { name, text, options } = pick(random, CORPUS);
      const files = { [name]: mutatedFile(text, random) };
      const results = await Promise.all([7, 1 << 18].map((piece) => outcome(loadFiles(files, name, options, { piece }))));
      expect(results[1]).toEqual(results[0]);
    }
  }, 60_000);
});

async function outcome(loading: ReturnType<typeof loadFiles>): Promise<unknown> {
  try {
    const { dataset, options, rows: count } = await loading;
    return { inputs: dataset.inputs, targets: dataset.targets, split: dataset.split, options, count };
  } catch (error) {
    // Of two mistakes, the one in the earlier piece is told.
    if (error instanceof ProblemError) return 'refused';
    throw error;
  }
}
