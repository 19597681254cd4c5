import { targetLengthsOf } from '../data/batches/batching.ts';
import type { Batch } from '../data/dataset.ts';
import type { CellPlace, Program } from '../ir/program.ts';
import type { Machine } from '../run/machine.ts';
import { lengthsFor, readRowNorms, type RowNorms } from './probes.ts';
import type { Turns } from './turns.ts';
import { writeBatch } from './write-batch.ts';

/** One forward and one backward pass for each: longer sequences have as many loss steps taken evenly. */
const MOST_LOSS_STEPS = 200;

export interface FlowTriangle {
  /** Steps whose loss alone was counted, from 0, in ascending order, the last step among them. */
  readonly lossSteps: readonly number[];
  readonly cells: readonly {
    readonly cell: CellPlace;
    /** [loss step, T]: mean of ||dL_s/dh_t|| over the rows that have both steps, NaN where none has; places in reading order. A forward cell has zeros past the loss step. */
    readonly flow: readonly Float32Array[];
  }[];
}

/** Calls `work` with a machine, a program that is loaded in it, and a batch of that program's size: the same ones each time. */
export type OnBatch = <T>(work: (machine: Machine, program: Program, batch: Batch) => T) => T;

/** The flow of every loss step of one batch, a turn for each; null where the model has one loss per row. */
export function* flowTriangle(onBatch: OnBatch): Turns<FlowTriangle | null> {
  const lossSteps = onBatch((_, program, batch) => lossStepsOf(program, batch));
  if (lossSteps === null) return null;
  const flows: ReturnType<typeof flowOf>[] = [];
  for (const t of lossSteps) {
    flows.push(onBatch((machine, program, batch) => flowOf(machine, program, batch, t)));
    yield;
  }
  const cells = (flows[0] ?? []).map(({ cell }, index) => ({ cell, flow: flows.map((each) => each[index]?.values ?? new Float32Array(0)) }));
  return { lossSteps, cells };
}

function lossStepsOf(program: Program, batch: Batch): readonly number[] | null {
  if (program.output.rows === program.batch) return null;
  const count = Math.min(batch.steps, MOST_LOSS_STEPS);
  return Array.from({ length: count }, (_, index) => Math.floor(((index + 1) * batch.steps) / count) - 1);
}

function flowOf(machine: Machine, program: Program, batch: Batch, t: number): readonly { readonly cell: CellPlace; readonly values: Float32Array }[] {
  writeBatch(machine, program, batch, { t });
  machine.run({ begin: program.sections.forward.begin, end: program.sections.backward.end });
  return readRowNorms(machine, program).map((norms) => ({ cell: norms.cell, values: meanWithLoss(norms, batch, t) }));
}

/** Over the rows whose target has step `lossStep`, [T]. */
function meanWithLoss({ cell, values }: RowNorms, batch: Batch, lossStep: number): Float32Array {
  const [lengths, targetLengths] = [lengthsFor(cell, batch), targetLengthsOf(batch)];
  const [totals, counts] = [new Float64Array(batch.steps), new Float64Array(batch.steps)];
  for (let b = 0; b < batch.size; b++) {
    const length = lengths[b] ?? 0;
    if ((targetLengths[b] ?? 0) <= lossStep) continue;
    for (let t = 0; t < length; t++) {
      const place = cell.backward ? length - 1 - t : t;
      totals[place] = (totals[place] ?? 0) + (values[t * batch.size + b] ?? 0);
      counts[place] = (counts[place] ?? 0) + 1;
    }
  }
  return Float32Array.from(totals, (total, place) => total / (counts[place] ?? 0));
}
