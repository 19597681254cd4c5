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
 * The same by distance: entry k is the mean over the rows of ||dL/dh|| k steps before each row's last one, in the order the cell reads
 * (0 is the step the cell ran last). Rows of unequal length are so lined up at their ends. NaN where no row is that long. [T]
 */
export function meanByLag(norms: RowNorms, batch: Batch): Float32Array {
  const { size } = batch;
  const lengths = lengthsFor(norms.cell, batch);
  const steps = norms.values.length / size;
  const mean = new Float32Array(steps).fill(Number.NaN);
  for (let lag = 0; lag < steps; lag++) {
    let total = 0;
    let count = 0;
    for (let b = 0; b < size; b++) {
      const t = (lengths[b] ?? 0) - 1 - lag;
      if (t < 0) continue;
      total += norms.values[t * size + b] ?? 0;
      count += 1;
    }
    if (count > 0) mean[lag] = total / count;
  }
  return mean;
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
