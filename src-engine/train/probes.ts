import { targetLengthsOf } from '../data/batches/batching.ts';
import type { Batch } from '../data/dataset.ts';
import type { CellPlace, Program } from '../ir/program.ts';
import type { Machine } from '../run/machine.ts';

/** Norms of dL/dh of one cell: [T,B] in running order (a backward copy's first step is each row's last). */
export interface RowNorms {
  readonly cell: CellPlace;
  readonly values: Float32Array | Float64Array;
}

/** Steps of each row that a cell or a parameter's copies run over, [B]. */
export function lengthsFor({ axis }: Pick<CellPlace, 'axis'>, batch: Batch): Int32Array {
  return axis === 'targets' ? targetLengthsOf(batch) : batch.lengths;
}

/** Runs the probe section and reads the norms. Call after a backward section; changes nothing of the training. */
export function readRowNorms(machine: Machine, program: Program): readonly RowNorms[] {
  machine.run(program.sections.probe);
  return program.cells.flatMap((cell) => (cell.norms === null ? [] : [{ cell, values: machine.readFloats(cell.norms, program.steps * program.batch) }]));
}

/**
 * gradientNorm[t] = mean over the batch of ||dL/dh_t||, [T], at places of the sequence: a backward copy's steps are put back in
 * reading order row by row. Padded steps count as 0. NaN and Infinity stay.
 */
export function meanOverBatch(norms: RowNorms, batch: Batch): Float32Array {
  const { size, rows } = batch;
  const lengths = lengthsFor(norms.cell, batch);
  const steps = norms.values.length / size;
  const mean = new Float32Array(steps);
  for (let b = 0; b < size; b++) {
    const length = lengths[b] ?? 0;
    for (let t = 0; t < length; t++) {
      const place = norms.cell.backward ? length - 1 - t : t;
      mean[place] = (mean[place] ?? 0) + (norms.values[t * size + b] ?? 0) / rows;
    }
  }
  return mean;
}

/**
 * The same by distance: entry k is ||dL/dh|| k steps before each row's last one, in the order the cell reads (0 is the step the cell ran last). Rows of unequal
 * length are lined up at their ends, and a step back is measured on the rows that have both of its ends: entry k is entry k - 1 times the ratio of their sums.
 * A plain mean would say of the few long rows, whose loss may be a thousandth of the others', that the gradient vanishes between one step and the next; where
 * all rows are of one length the two are the same. NaN where no row is that long. [T]
 */
export function flowByLag(norms: RowNorms, batch: Batch): Float32Array {
  const steps = norms.values.length / batch.size;
  const flow = new Float32Array(steps).fill(Number.NaN);
  let before = 1;
  for (let lag = 0; lag < steps; lag++) {
    const { rows, here, nearer } = sumsAtLag(norms, batch, lag);
    if (rows === 0) break;
    const ratio = here / nearer;
    // Where nothing is left, or it has overflowed, a ratio says nothing.
    before = lag > 0 && before > 0 && Number.isFinite(ratio) && Number.isFinite(before) ? before * ratio : here / rows;
    flow[lag] = before;
  }
  return flow;
}

/** Rows that are long enough for a lag, and their norms there and one step nearer to their ends. */
function sumsAtLag({ cell, values }: RowNorms, batch: Batch, lag: number): { readonly rows: number; readonly here: number; readonly nearer: number } {
  let [rows, here, nearer] = [0, 0, 0];
  for (const [row, length] of lengthsFor(cell, batch).entries()) {
    const t = length - 1 - lag;
    if (t < 0) continue;
    rows += 1;
    here += values[t * batch.size + row] ?? 0;
    nearer += values[(t + 1) * batch.size + row] ?? 0;
  }
  return { rows, here, nearer };
}

/** Rows that have step t of what a cell runs over, [T]. */
export function rowsOf(cell: Pick<CellPlace, 'axis'>, batch: Batch): Float32Array {
  const lengths = lengthsFor(cell, batch);
  return Float32Array.from({ length: batch.steps }, (_, t) => lengths.reduce((count, length) => count + (length > t ? 1 : 0), 0));
}

/** Rows long enough to have step t, as inputs or as targets, [T]. */
export function rowsAtStep(batch: Batch): Float32Array {
  const targets = targetLengthsOf(batch);
  const lengths = batch.lengths.map((length, row) => Math.max(length, targets[row] ?? 0));
  return Float32Array.from({ length: batch.steps }, (_, t) => lengths.reduce((count, length) => count + (length > t ? 1 : 0), 0));
}
