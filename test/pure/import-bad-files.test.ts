import { describe, expect, it } from 'vitest';
import { describeFiles, loadFiles, sentenceOf } from './import-under-test.ts';

const rows = (count: number, row: (n: number) => string): string => Array.from({ length: count }, (_, n) => row(n)).join('\n');
const table = `day,price,visits\n${rows(50, (n) => `2024-01-${String((n % 28) + 1).padStart(2, '0')},${n}.5,${n}`)}`;
const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const withLine = (text: string, line: number, content: string): string =>
  text
    .split('\n')
    .with(line - 1, content)
    .join('\n');

describe('a file that cannot be imported says where and what to do', () => {
  it('a row with too few or too many cells', async () => {
    expect(await sentenceOf(withLine(table, 8, '2024-01-07,12'))).toBe(
      'U031 data.csv, row 8: it has 2 cells where the table has 3 columns. Mend that row: put a cell that holds the delimiter or a line break in quotes; or choose another delimiter.',
    );
    expect(await sentenceOf(withLine(table, 9, '2024-01-08,12,3,4'))).toContain('row 9: it has 4 cells where the table has 3 columns');
  });

  it('rows are counted as a spreadsheet does: a line break in quotes makes none', async () => {
    const quoted = `text,label\n"first\nand second line",a\n${rows(40, (n) => `t${n},${n % 2 ? 'a' : 'b'}`)}\nragged`;
    expect(await sentenceOf(quoted)).toContain('data.csv, row 43: it has 1 cell where the table has 2 columns.');
  });

  it('a quote that is never closed', async () => {
    expect(await sentenceOf(withLine(table, 5, '2024-01-04,"12,3'))).toBe(
      'U031 data.csv, row 5: a quote is opened and never closed. Close it in that row, or write it twice ("") where it is part of the text.',
    );
  });

  it('a quoted cell that goes on behind its quote', async () => {
    expect(await sentenceOf(withLine(table, 5, '2024-01-04,"12"x,3'))).toContain('row 5: a quoted cell goes on behind its closing quote. Write a quote inside');
  });

  it('another encoding than the one that is set', async () => {
    const text = latin1(`text,label\n${rows(30, (n) => `${n === 20 ? 'caf\u00e9' : 'tea'} ${n},${n % 2 ? 'a' : 'b'}`)}`);
    expect(await sentenceOf(text, { encoding: 'utf-8' })).toBe(
      'U031 data.csv: line 22 has bytes that are not UTF-8. Set the encoding to Latin-1 (windows-1252), or save the file as UTF-8.',
    );
    expect(await sentenceOf(text)).toBe('');
  });

  it('a file that was cut off in the middle of a letter', async () => {
    const bytes = new TextEncoder().encode(`${'good text. '.repeat(30)}caf\u00e9`);
    expect(await sentenceOf(bytes.subarray(0, bytes.length - 1), { format: 'text', encoding: 'utf-8' }, 'a.txt')).toContain(
      'it ends in the middle of a letter: it was cut off.',
    );
  });

  it('a column without a value', async () => {
    const empty = `a,b\n${rows(40, (n) => `${n},`)}`;
    expect(await sentenceOf(empty, { 'column.b': 'input', 'column.a': 'both', missing: 'previous' })).toBe(
      'U031 data.csv, column "b": the column is empty. Set it to ignore, or choose another column.',
    );
    const { data, problems } = await describeFiles({ 'data.csv': empty }, 'data.csv');
    expect(problems).toEqual([]);
    expect(data.options['column.b']).toBe('ignore');
  });

  it('one class only', async () => {
    const fix = 'there is nothing to tell apart. Add examples of another class, or choose another column as the label.';
    expect(await sentenceOf(`text,label\n${rows(40, (n) => `text ${n},good`)}`)).toBe(`U031 All 40 examples have one class, "good": ${fix}`);
  });

  it('fewer rows than a window', async () => {
    expect(await sentenceOf(table, { window: 100 })).toBe(
      'U032 data.csv has 50 rows; a window of 100 and 1 ahead need 101. Choose a shorter window, or use more data.',
    );
    expect(await sentenceOf('a\n1\n2\n3')).toMatch(/^U032 .* Use more data|^U032 /u);
  });

  it('a text among numbers, and a number that is missing', async () => {
    expect(await sentenceOf(withLine(table, 31, '2024-01-30,twelve,3'))).toBe(
      'U031 data.csv, row 31, column "price": "twelve" is not a number. Correct it (numbers are written like 1234.5), or set the column to ignore.',
    );
    expect(await sentenceOf(withLine(table, 31, '2024-01-30,,3'), { missing: 'refuse' })).toBe(
      'U031 data.csv, row 31, column "price": a number is missing. Fill it in, or set missing values to drop, previous or interpolate.',
    );
  });

  it('a date that cannot be read', async () => {
    expect(await sentenceOf(withLine(table, 31, 'yesterday,1,3'))).toContain(
      'row 31, column "day": "yesterday" is not a date that can be read. Write dates like 2024-05-31',
    );
  });

  it('an empty file, and one of white space', async () => {
    expect(await sentenceOf('')).toBe('U031 data.csv: the file is empty. Choose a file with data in it.');
    expect(await sentenceOf(' \n \n')).toBe('U031 data.csv: the file holds nothing but white space. Choose a file with data in it.');
    expect(await sentenceOf('a,b\n')).toBe('U031 data.csv: there is no row below the header. Choose a file with data in it.');
  });

  it('a file that is no text', async () => {
    expect(await sentenceOf(Uint8Array.from([0x50, 0x4b, 3, 4, 0, 0, 0, 0]), {}, 'data.xlsx')).toBe(
      'U031 data.xlsx: it is a ZIP archive or an Excel workbook, not text. Save the sheet as CSV, or unpack the archive, and import that.',
    );
    expect(await sentenceOf(Uint8Array.from([1, 2, 0, 200, 7, 9]), {}, 'data.bin')).toContain('it is not text: its byte 3 is 0.');
    const late = new TextEncoder().encode(`a,b\n${'1,2\n'.repeat(300_000)}`);
    late[late.length - 3] = 0;
    expect(await sentenceOf(late)).toMatch(/^U031 data\.csv: it is not text: there is a byte 0 in line \d+\./u);
  });

  it('a line that is not JSON, and one that is no object', async () => {
    const lines = rows(30, (n) => JSON.stringify({ text: `t ${n}`, label: n % 2 ? 'a' : 'b' })).split('\n');
    expect(await sentenceOf(lines.with(11, '{"text": "x"').join('\n'), {}, 'a.jsonl')).toBe(
      'U031 a.jsonl, row 12: the line is not JSON: {"text": "x" Write one object on each line, e.g. {"text": "a good day", "label": "positive"}.',
    );
    expect(await sentenceOf(lines.with(3, '[1]').join('\n'), {}, 'a.jsonl')).toContain('row 4: the line is not an object with keys.');
  });

  it('columns that do not make an example', async () => {
    expect(await sentenceOf(table, { task: 'classify', 'column.visits': 'input', 'column.price': 'input', 'column.day': 'ignore' })).toContain(
      'data.csv: no column is the label. Its columns are "day", "price", "visits". Give the role label to the column with the classes.',
    );
    expect(await sentenceOf(table, { 'column.cost': 'input' })).toContain('it has no column "cost". Its columns are');
    const { columns, problems } = await describeFiles({ 'data.csv': table }, 'data.csv', { task: 'language' }, 'start');
    expect(problems).toHaveLength(1);
    expect(columns.map(({ name }) => name)).toEqual(['day', 'price', 'visits']);
  });

  it('what does not fit into memory, with an estimate', async () => {
    const large = `text,label\n${rows(20_000, (n) => `word${n} of many ${n % 97},${n % 2 ? 'a' : 'b'}`)}`;
    await expect(loadFiles({ 'a.csv': large }, 'a.csv', {}, { memory: 2 ** 20 })).rejects.toMatchObject({
      problems: [{ code: 'U035', message: expect.stringMatching(/^The data needs about \d+ MiB of memory; 1 MiB can be used here\.$/u) as string }],
    });
  });

  it('a file that has changed, and one that is gone', async () => {
    const { options } = await loadFiles({ 'a.csv': table }, 'a.csv');
    const known = { size: options.size ?? 0, hash: options.hash ?? '' };
    expect((await loadFiles({ 'a.csv': table }, 'a.csv', known)).rows).toBe(50);
    await expect(loadFiles({ 'a.csv': table.replace('7.5', '8.5') }, 'a.csv', known)).rejects.toMatchObject({ problems: [{ code: 'U034' }] });
    await expect(loadFiles({ 'a.csv': `${table}\n` }, 'a.csv', known)).rejects.toMatchObject({ problems: [{ code: 'U034' }] });
    await expect(loadFiles({}, 'a.csv', known)).rejects.toMatchObject({ problems: [{ code: 'U033' }] });
  });
});

it('cancelling ends the reading with a problem of its own, and progress is told before', async () => {
  let pieces = 0;
  const told: { bytes: number; totalBytes: number }[] = [];
  const large = `a,b\n${rows(50_000, (n) => `${n},${n % 3}`)}`;
  const reading = loadFiles({ 'a.csv': large }, 'a.csv', {}, { piece: 1000, told: told as never, cancelled: () => (pieces += 1) > 50 });
  await expect(reading).rejects.toMatchObject({ problems: [{ code: 'U036' }] });
  expect(pieces).toBe(51);
  expect(told[0]).toMatchObject({ totalBytes: large.length });
});
