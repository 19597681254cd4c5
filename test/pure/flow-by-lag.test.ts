import { describe, expect, it } from 'vitest';
import type { Batch } from '../../src-engine/data/dataset.ts';
import type { CellPlace } from '../../src-engine/ir/program.ts';
import { flowByLag, meanOverBatch, rowsAtStep, rowsOf, type RowNorms } from '../../src-engine/train/probes.ts';
import { randomBatch } from './arbitrary-model.ts';
import { WORDS } from './document-builders.ts';

const batchOf = (...lengths: readonly number[]): Batch => randomBatch(WORDS, lengths, 1);

/** Norms written row by row, each in the order in which its cell ran. */
function norms(batch: Batch, rows: readonly (readonly number[])[], backward = false): RowNorms {
  const values = new Float32Array(batch.steps * batch.size);
  for (const [b, row] of rows.entries()) for (const [t, norm] of row.entries()) values[t * batch.size + b] = norm;
  return { cell: { axis: 'inputs', backward } as CellPlace, values };
}

describe('norms of the gradient at places of the sequence', () => {
  const batch = batchOf(3, 1);
  const rows = [[1, 2, 4], [8]];

  it('are means over all rows, to which padded steps add nothing', () => {
    expect([...meanOverBatch(norms(batch, rows), batch)]).toEqual([4.5, 1, 2]);
  });

  it('of a cell that runs backwards stand where its steps are read', () => {
    expect([...meanOverBatch(norms(batch, rows, true), batch)]).toEqual([6, 1, 0.5]);
  });

  it('say how many rows have a step', () => {
    expect([...rowsOf({ axis: 'inputs' }, batch)]).toEqual([2, 1, 1]);
    expect([...rowsAtStep(batch)]).toEqual([2, 1, 1]);
  });
});

describe('norms of the gradient by their distance from the end', () => {
  it('are those of the steps read backwards, where all rows are of one length', () => {
    const batch = batchOf(3, 3);
    const made = norms(batch, [
      [1, 2, 4],
      [3, 6, 4],
    ]);
    expect([...flowByLag(made, batch)]).toEqual([...meanOverBatch(made, batch)].reverse());
    expect([...flowByLag(made, batch)]).toEqual([4, 4, 2]);
  });

  it('go back by the ratio of the rows that have both steps: a short row that stops adds no fall', () => {
    const batch = batchOf(3, 1);
    expect([...flowByLag(norms(batch, [[1, 2, 4], [8]]), batch)]).toEqual([6, 3, 1.5]);
    expect([...flowByLag(norms(batch, [[1, 2, 4], [8]], true), batch)]).toEqual([6, 3, 1.5]);
  });

  it('are NaN where no row is that long', () => {
    const batch = { ...batchOf(4, 4), lengths: Int32Array.from([2, 1]) };
    expect([...flowByLag(norms(batch, [[3, 6], [2]]), batch)]).toEqual([4, 2, NaN, NaN]);
  });

  it('begin anew where nothing was left, or more than a number holds', () => {
    const batch = batchOf(3);
    expect([...flowByLag(norms(batch, [[6, 3, 0]]), batch)]).toEqual([0, 3, 6]);
    expect([...flowByLag(norms(batch, [[6, 3, Infinity]]), batch)]).toEqual([Infinity, 3, 6]);
  });
});
