import { lengthOf } from '../data/batches/batching.ts';
import type { Batch, Dataset } from '../data/dataset.ts';
import type { Program } from '../ir/program.ts';
import type { Machine } from '../run/machine.ts';
import { flowByLag, meanOverBatch, readRowNorms, rowsAtStep, rowsOf, type RowNorms } from './probes.ts';
import { writeBatch, type LossSteps } from './write-batch.ts';

/** Arrays are [L,T] by cell in running order, T of the probed batch. */
export interface Probe {
  readonly steps: number;
  readonly rows: number;
  readonly gradientNorm: readonly Float32Array[];
  readonly flow: readonly Float32Array[];
  readonly lagFlow: readonly Float32Array[];
  readonly rowsAtStep: Float32Array;
  /** Rows that have each step of the cell's own sequence, [L,T]; left out where inputs and targets have the same steps. */
  readonly rowsOfCell?: readonly Float32Array[];
}

/** The gradient's way through one batch; the program must be loaded. */
export function takeProbe(machine: Machine, program: Program, batch: Batch): Probe {
  const norms = backward(machine, program, batch, 'all');
  // One loss per row: its flow is the whole gradient.
  const flowNorms = program.output.rows === program.batch ? norms : backward(machine, program, batch, 'last');
  const mean = (each: RowNorms): Float32Array => meanOverBatch(each, batch);
  return {
    steps: batch.steps,
    rows: batch.rows,
    gradientNorm: norms.map(mean),
    flow: flowNorms.map(mean),
    lagFlow: flowNorms.map((each) => flowByLag(each, batch)),
    rowsAtStep: rowsAtStep(batch),
    ...(batch.targetLengths === undefined ? {} : { rowsOfCell: norms.map(({ cell }) => rowsOf(cell, batch)) }),
  };
}

function backward(machine: Machine, program: Program, batch: Batch, lossSteps: LossSteps): readonly RowNorms[] {
  writeBatch(machine, program, batch, lossSteps);
  machine.run({ begin: program.sections.forward.begin, end: program.sections.backward.end });
  return readRowNorms(machine, program);
}

/** `count` training examples of all lengths, the longest among them. */
export function probeExamples(dataset: Dataset, count: number): Int32Array {
  const length = (example: number): number => lengthOf(dataset, example);
  const sorted = [...dataset.split.train].sort((a, b) => length(b) - length(a) || a - b);
  const taken = Math.min(count, sorted.length);
  return Int32Array.from({ length: taken }, (_, index) => sorted[Math.floor((index * sorted.length) / taken)] ?? 0);
}
