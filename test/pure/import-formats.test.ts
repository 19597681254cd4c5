import { describe, expect, it } from 'vitest';
import { describeFiles, loadFiles } from './import-under-test.ts';

const rows = (count: number, row: (n: number) => string): string => Array.from({ length: count }, (_, n) => row(n)).join('\n');
const opinions = rows(60, (n) => `the caf\u00e9 was ${n % 2 ? 'good' : 'bad'}, said \u201cguest ${n}\u201d;${n % 2 ? 'yes' : 'no'}`);
const labelled = `text;label\n${opinions}`;

const utf16 = (text: string, little: boolean, mark: boolean): Uint8Array => {
  const units = Uint16Array.from(mark ? `\ufeff${text}` : text, (letter) => letter.charCodeAt(0));
  const bytes = new Uint8Array(units.buffer);
  return little ? bytes : bytes.map((_, index) => bytes[index ^ 1] ?? 0);
};
const windows1252 = (text: string): Uint8Array =>
  Uint8Array.from(text.replaceAll('\u201c', '\u0093').replaceAll('\u201d', '\u0094'), (letter) => letter.charCodeAt(0));

function words(dataset: { readonly signature: { readonly input: { readonly kind: string; readonly vocabulary?: readonly string[] } } }): readonly string[] {
  return dataset.signature.input.vocabulary ?? [];
}

describe('the encoding of a file is looked up', () => {
  it.each([
    ['UTF-8', new TextEncoder().encode(labelled), 'utf-8'],
    ['UTF-8 with a mark', new TextEncoder().encode(`\ufeff${labelled}`), 'utf-8'],
    ['UTF-16 with a mark', utf16(labelled, true, true), 'utf-16le'],
    ['UTF-16, big endian, with a mark', utf16(labelled, false, true), 'utf-16be'],
    ['UTF-16 without a mark', utf16(labelled, true, false), 'utf-16le'],
    ['Latin-1 as Windows writes it', windows1252(labelled), 'windows-1252'],
  ])('%s', async (_, bytes, encoding) => {
    const { dataset, options } = await loadFiles({ 'a.csv': bytes }, 'a.csv', {}, { piece: 13 });
    expect(options.encoding).toBe(encoding);
    expect(words(dataset)).toContain('caf\u00e9');
    expect(words(dataset)).toContain('\u201c');
    expect(dataset.signature.output).toMatchObject({ classes: ['no', 'yes'] });
  });

  it('to the end of the file: a letter of Latin-1 behind a mebibyte of ASCII', async () => {
    const late = windows1252(`text,label\n${rows(30_000, (n) => `plain words and more plain words ${n % 50},${n % 2 ? 'a' : 'b'}`)}\ncaf\u00e9,a`);
    const { options, rows: count } = await loadFiles({ 'a.csv': late }, 'a.csv');
    expect(options.encoding).toBe('windows-1252');
    expect(count).toBe(30_001);
  });
});

describe('tables', () => {
  it.each([',', ';', '\t', '|'])('are cut at %j', async (delimiter) => {
    const table = rows(40, (n) => ['x', 'y', 'z'].map((_, column) => String(n * column)).join(delimiter));
    const { data, columns } = await describeFiles({ 'a.txt.csv': `x${delimiter}y${delimiter}z\n${table}` }, 'a.txt.csv');
    expect(data.options).toMatchObject({ format: 'csv', delimiter, header: true, task: 'forecast' });
    expect(columns.map(({ name }) => name)).toEqual(['x', 'y', 'z']);
  });

  it('may have no header', async () => {
    const { data, columns } = await describeFiles({ 'a.csv': rows(40, (n) => `a good day,${n % 2 ? 'up' : 'down'}`) }, 'a.csv');
    expect(data.options['header']).toBe(false);
    expect(columns.map(({ name, role }) => [name, role])).toEqual([
      ['column 1', 'text'],
      ['column 2', 'label'],
    ]);
  });

  it('are sorted by their dates, and missing numbers are filled as asked', async () => {
    const days = rows(30, (n) => `2024-01-${String(30 - n).padStart(2, '0')},${n === 10 ? '' : 30 - n}`);
    const load = async (missing: string) => (await loadFiles({ 'a.csv': `day,v\n${days}` }, 'a.csv', { missing, window: 2 })).numbers[0]?.values;
    const numbers = await load('interpolate');
    expect([...(numbers ?? [])].slice(0, 3)).toEqual([1, 2, 3]);
    const at = 19;
    const { dataset, numbers: raw } = await loadFiles({ 'a.csv': `day,v\n${days}` }, 'a.csv', { missing: 'interpolate', window: 2 });
    expect(raw[0]?.values[at]).toBeNaN();
    expect(dataset.count).toBe(28);
    const dropped = await loadFiles({ 'a.csv': `day,v\n${days}` }, 'a.csv', { missing: 'drop', window: 2 });
    expect(dropped.dataset.count).toBe(25);
    expect((await loadFiles({ 'a.csv': `day,v\n${days}` }, 'a.csv', { window: 2 })).options.missing).toBe('previous');
  });

  it.each([
    ['2024-03-05', '2024-03-06 00:00:00', '2024/03/07'],
    ['5.3.2024', '06.03.2024', '7.3.2024'],
    ['3/5/2024', '03/06/2024', '3/7/2024'],
    ['Mar 5 2024', 'March 6, 2024', '7 Mar 2024'],
  ])('know dates like %s', async (...days) => {
    const text = `when,v\n${rows(30, (n) => `"${days[n % 3] ?? ''}",${(n % 3) + 1}`)}`;
    const { numbers, roles } = await loadFiles({ 'a.csv': text }, 'a.csv', { task: 'forecast' });
    expect(roles).toEqual(['date', 'both']);
    expect([...(numbers[0]?.values ?? [])]).toEqual(Array.from({ length: 30 }, (_, n) => Math.floor(n / 10) + 1));
  });

  it('are normalised by their training part only; the split is seeded', async () => {
    const table = `v\n${rows(100, (n) => String(n < 80 ? n % 2 : 1000))}`;
    const { dataset } = await loadFiles({ 'a.csv': table }, 'a.csv', { window: 4, task: 'forecast', 'column.v': 'both' });
    const { input } = dataset.signature;
    expect(input.kind === 'features' && input.normalisation?.mean[0]).toBeCloseTo(0.5, 1);
    const again = await loadFiles({ 'a.csv': labelled }, 'a.csv');
    expect((await loadFiles({ 'a.csv': labelled }, 'a.csv')).dataset.split).toEqual(again.dataset.split);
  });
});

describe('labelled texts', () => {
  it('come in files and folders as in a table', async () => {
    const files = { 'd/yes.txt': rows(30, (n) => `good ${n}`), 'd/no.txt': rows(30, (n) => `bad ${n}`) };
    const made = await loadFiles(files, 'd', { format: 'files', 'class.yes': 'yes.txt', 'class.no': 'no.txt' });
    expect(made.classes).toEqual([
      { name: 'no', count: 30 },
      { name: 'yes', count: 30 },
    ]);
    const inFolders = Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`e/${n % 2 ? 'yes' : 'no'}/${n}.txt`, `text\n${n}`]));
    const folder = await loadFiles(inFolders, 'e', { format: 'folder' });
    expect(folder.classes).toEqual([
      { name: 'no', count: 20 },
      { name: 'yes', count: 20 },
    ]);
    expect(folder.dataset.title).toBe('40 texts in no, yes');
  });

  it('have a vocabulary of the training part, and are cut to the length', async () => {
    const { dataset, options, vocabulary } = await loadFiles({ 'a.csv': labelled }, 'a.csv', { vocabulary: 3, length: 3 });
    expect(words(dataset)).toHaveLength(3);
    expect(dataset.signature.longest).toBe(3);
    expect(options).toMatchObject({ unit: 'word', length: 3, vocabulary: 3 });
    expect(vocabulary?.coverage).toBeGreaterThan(0.5);
  });

  it('stay text, whatever they say', async () => {
    const evil = `text,label\n${rows(40, (n) => `"<img src=x onerror=alert(${n})>\${process.exit()}",${n % 2 ? '<b>a</b>' : '__proto__'}`)}`;
    const { classes, examples } = await describeFiles({ 'a.csv': evil }, 'a.csv', { 'column.text': 'text', 'column.label': 'label' });
    expect(classes.map(({ name }) => name)).toEqual(['<b>a</b>', '__proto__']);
    expect(examples?.samples[0]?.text).toContain('onerror');
  });
});

describe('word vectors', () => {
  const table = `text,label\n${rows(40, (n) => `${n % 2 ? 'good' : 'bad'} thing,${n % 2 ? 'a' : 'b'}`)}`;
  const row = (vectors: { readonly table: Float32Array; readonly size: number }, id: number): readonly number[] => [
    ...vectors.table.slice(id * vectors.size, (id + 1) * vectors.size),
  ];

  const word2vec = (entries: Readonly<Record<string, readonly number[]>>): Uint8Array => {
    const parts: number[] = [...new TextEncoder().encode(`${Object.keys(entries).length} 2\n`)];
    for (const [word, numbers] of Object.entries(entries))
      parts.push(...new TextEncoder().encode(`${word} `), ...new Uint8Array(Float32Array.from(numbers).buffer), 10);
    return Uint8Array.from(parts);
  };

  it.each([
    ['GloVe', 'good 1 2\nnot 9 9\nbad -1 0.5\n'],
    ['word2vec as text', '3 2\ngood 1 2\nnot 9 9\nbad -1 0.5\n'],
    ['word2vec', word2vec({ good: [1, 2], not: [9, 9], Bad: [-1, 0.5] })],
  ])('of %s: the rows of the vocabulary are kept', async (_, content) => {
    const { dataset, vectors, options } = await loadFiles({ 'a.csv': table, v: content }, 'a.csv', { vectors: 'v' }, { piece: 5 });
    const imported = dataset.vectors['imported'];
    if (imported === undefined) throw new Error('no vectors');
    expect(vectors).toMatchObject({ found: 2, tokens: 3, size: 2 });
    expect(row(imported, words(dataset).indexOf('good'))).toEqual([1, 2]);
    expect(row(imported, words(dataset).indexOf('bad'))).toEqual([-1, 0.5]);
    expect(row(imported, words(dataset).indexOf('thing'))).toEqual([0, 0]);
    expect(options.vectorsHash).toMatch(/^[0-9a-f]{64}$/u);
  });

  it('that are not there are named as such', async () => {
    const { problems } = await describeFiles({ 'a.csv': table }, 'a.csv', { vectors: 'v' });
    expect(problems).toMatchObject([{ code: 'U033', path: 'data.options.vectors' }]);
  });

  it.each([
    ['a line with fewer numbers', 'good 1 2\nbad 3\n', /row 2: the line has 1 numbers where the first one has 2/u],
    ['a number that is none', 'good 1 x\n', /row 1: a number of the vector cannot be read/u],
    ['none of the words', 'gut 1 2\n', /it has a vector for none of the words/u],
    ['a file cut off', word2vec({ good: [1, 2], bad: [3, 4] }).subarray(0, 20), /row \d: the file ends here, and it says it holds 2 vectors/u],
  ])('with %s are refused in a sentence', async (_, content, sentence) => {
    const { problems } = await describeFiles({ 'a.csv': table, v: content }, 'a.csv', { vectors: 'v' });
    expect(problems).toMatchObject([{ code: 'U031', message: expect.stringMatching(sentence) as string }]);
  });
});
