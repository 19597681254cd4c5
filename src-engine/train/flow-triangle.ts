import type { Batch } from '../data/dataset.ts';
import type { CellPlace, Program } from '../ir/program.ts';
import type { Machine } from '../run/machine.ts';
import { meanOverBatch, readRowNorms } from './probes.ts';
import { writeBatch } from './write-batch.ts';

/** One forward and one backward pass for each: longer sequences have as many loss steps taken evenly. */
const MOST_LOSS_STEPS = 200;

export interface FlowTriangle {
  /** Steps whose loss alone was counted, from 0, in ascending order, the last step among them. */
  readonly lossSteps: readonly number[];
  readonly cells: readonly {
    readonly cell: CellPlace;
    /** [loss step, T]: mean over the batch of ||dL_s/dh_t||, places in reading order. A forward cell has zeros past the loss step. */
    readonly flow: readonly Float32Array[];
  }[];
}

/** The flow of every loss step of one batch; null where the model has one loss per row. The program must be loaded. */
export function flowTriangle(machine: Machine, program: Program, batch: Batch): FlowTriangle | null {
  if (program.output.rows === program.batch) return null;
  const count = Math.min(batch.steps, MOST_LOSS_STEPS);
  const lossSteps = Array.from({ length: count }, (_, index) => Math.floor(((index + 1) * batch.steps) / count) - 1);
  const flows = lossSteps.map((t) => {
    writeBatch(machine, program, batch, { t });
    machine.run({ begin: program.sections.forward.begin, end: program.sections.backward.end });
    return readRowNorms(machine, program).map((norms) => ({ cell: norms.cell, values: meanOverBatch(norms, batch) }));
  });
  const cells = (flows[0] ?? []).map(({ cell }, index) => ({ cell, flow: flows.map((each) => each[index]?.values ?? new Float32Array(0)) }));
  return { lossSteps, cells };
}
