import { describe, expect, it } from 'vitest';
import { readTableInputs } from '../../src-engine/data/batches/table-inputs.ts';
import type { DataSpec } from '../../src-engine/document/project.ts';
import { ProblemError } from '../../src-engine/document/problems.ts';
import type { DataSignature } from '../../src-engine/document/signature.ts';

const SPLIT = { train: 0.8, validation: 0.1, test: 0.1, seed: 1 };
const WORDS: DataSignature = {
  input: { kind: 'tokens', unit: 'word', vocabulary: ['<unk>', 'parcel'] },
  output: { kind: 'classes', classes: ['a', 'b'], perStep: false },
  longest: 9,
};
const TICKETS: DataSpec = { source: 'file:tickets.csv', options: { 'column.message': 'text', 'column.queue': 'label' }, split: SPLIT };
const SERIES: DataSignature = {
  input: { kind: 'features', width: 2, columns: ['sold', 'degrees'], normalisation: null },
  output: { kind: 'numbers', width: 1, columns: ['sold, 1 row on'], normalisation: null, perStep: false },
  longest: 3,
};
const SALES: DataSpec = {
  source: 'file:sales.csv',
  options: { missing: 'previous', 'column.day': 'date', 'column.sold': 'both', 'column.degrees': 'input' },
  split: SPLIT,
};

const read = (name: string, text: string, data: DataSpec | null, signature: DataSignature) => readTableInputs({ name, text }, data, signature);

function refusal(name: string, text: string, data: DataSpec | null, signature: DataSignature): string {
  try {
    read(name, text, data, signature);
  } catch (error) {
    if (error instanceof ProblemError) return error.problems.map(({ code, message, fix }) => `${code} ${message} ${fix}`).join('\n');
  }
  return '';
}

describe('texts to be answered', () => {
  it('are the column that the training data had, wherever it stands', () => {
    const found = read('new.csv', 'id,message\n7,"my parcel, again"\n8,parcel?\n', TICKETS, WORDS);
    expect(found).toEqual({ inputs: { texts: ['my parcel, again', 'parcel?'] }, said: 'Read 2 texts from the column "message" of new.csv.' });
    expect(read('new.jsonl', '{"queue":"a","message":"one"}\n{"message":"two"}', TICKETS, WORDS).inputs).toEqual({ texts: ['one', 'two'] });
  });

  it('are the only column of a table, with a header or without, or the lines of a text', () => {
    expect(read('new.csv', 'message\nmy parcel\n', TICKETS, WORDS).inputs).toEqual({ texts: ['my parcel'] });
    expect(read('new.csv', '"where is my parcel, please"\n"it is lost again, I think"\n', TICKETS, WORDS).inputs).toEqual({
      texts: ['where is my parcel, please', 'it is lost again, I think'],
    });
    expect(read('new.txt', '\u{feff}one line\n\nand another\r\n', null, WORDS).inputs).toEqual({ texts: ['one line', 'and another'] });
  });

  it('are named where they are not there', () => {
    expect(refusal('new.csv', 'id,body\n1,x\n', TICKETS, WORDS)).toBe(
      'U004 new.csv: It has no column "message", which the model reads. Its columns are "id", "body": name the one with the texts so.',
    );
    expect(refusal('new.csv', 'id,message\n1,\n', TICKETS, WORDS)).toContain('Row 1 below the header has no text.');
  });
});

describe('numbers to be answered', () => {
  it('of a series are its last rows by date, as many as the model reads, what is missing filled in as in training', () => {
    const table = 'day,degrees,remark,sold\n2024-01-04,4,x,40\n2024-01-01,1,x,10\n2024-01-02,2,x,\n2024-01-03,NA,x,30\n';
    expect(read('new.csv', table, SALES, SERIES)).toEqual({
      inputs: {
        sequences: [
          [
            [10, 2],
            [30, 2],
            [40, 4],
          ],
        ],
      },
      said: 'Read the last 3 of 4 rows of new.csv: "sold", "degrees".',
    });
  });

  it('of rows without steps are each row', () => {
    const signature: DataSignature = { ...SERIES, input: { kind: 'vector', width: 2, columns: ['sold', 'degrees'], normalisation: null } };
    expect(read('new.csv', 'degrees;sold\n1,5;2\n3;4\n', null, signature).inputs).toEqual({
      vectors: [
        [2, 1.5],
        [4, 3],
      ],
    });
    expect(refusal('new.csv', 'degrees,sold\n1.5,\n', null, signature)).toContain('new.csv, row 2, column "sold": a number is missing.');
  });

  it('are named where their columns are not there, or are no numbers', () => {
    expect(refusal('new.csv', 'day,sold\n2024-01-01,3\n', SALES, SERIES)).toBe(
      'U004 new.csv: It has no column "degrees", which the model reads. Its columns are "day", "sold".',
    );
    expect(refusal('new.txt', 'a plain text\n', SALES, SERIES)).toContain('Give a table with the columns "sold", "degrees".');
    expect(refusal('new.csv', 'day,sold,degrees\n2024-01-01,,1\n', { ...SALES, options: { 'column.day': 'date', missing: 'previous' } }, SERIES)).toContain(
      'empty',
    );
  });
});
