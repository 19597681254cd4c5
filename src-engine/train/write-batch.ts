import { targetLengthsOf } from '../data/batches/batching.ts';
import type { Batch } from '../data/dataset.ts';
import type { Program } from '../ir/program.ts';
import type { Machine } from '../run/machine.ts';

/** Which losses count: those of all steps, of each row's last one, of step t (0-based), or the sequence's own of the rows that end here. */
export type LossSteps = 'all' | 'last' | { readonly t: number } | { readonly endsHere: readonly boolean[] };

/** Puts a batch where the program reads it. The batch must have the program's B and T. */
export function writeBatch(machine: Machine, program: Program, batch: Batch, lossSteps: LossSteps): void {
  if (batch.size !== program.batch || batch.steps !== program.steps) {
    throw new Error(`a batch of ${batch.size} x ${batch.steps} does not fit a program of ${program.batch} x ${program.steps}`);
  }
  machine.writeInts(program.lengths, batch.lengths);
  if (program.targetLengths !== program.lengths) machine.writeInts(program.targetLengths, targetLengthsOf(batch));
  if (batch.inputs.kind === 'tokens') machine.writeInts(program.input.at, batch.inputs.ids);
  else machine.writeFloats(program.input.at, batch.inputs.values);
  if (batch.targets?.kind === 'classes') machine.writeInts(program.output.targets, batch.targets.values);
  else if (batch.targets?.kind === 'numbers') machine.writeFloats(program.output.targets, batch.targets.values);
  else if (program.output.kind === 'classes') machine.writeInts(program.output.targets, new Int32Array(program.output.rows).fill(-1));
  machine.writeFloats(program.lossWeights, lossWeights(program, batch, lossSteps));
}

/** 1 for each output row that counts: present, within its length, with a target, at a chosen step. [rows] */
export function countedRows(program: Program, batch: Batch, lossSteps: LossSteps): Uint8Array {
  const counted = new Uint8Array(program.output.rows);
  const perStep = program.output.rows !== batch.size;
  const { targets } = batch;
  const targetLengths = targetLengthsOf(batch);
  for (let row = 0; row < counted.length; row++) {
    const length = (perStep ? targetLengths : batch.lengths)[row % batch.size] ?? 0;
    const t = Math.floor(row / batch.size);
    const present = perStep ? t < length && isChosen(lossSteps, t, length) : length > 0 && isEnd(lossSteps, row);
    const hasTarget = targets !== null && (targets.kind === 'numbers' || (targets.values[row] ?? -1) >= 0);
    counted[row] = present && hasTarget ? 1 : 0;
  }
  return counted;
}

function isChosen(lossSteps: LossSteps, t: number, length: number): boolean {
  if (lossSteps === 'all') return true;
  if (lossSteps === 'last') return t === length - 1;
  return !('t' in lossSteps) || t === lossSteps.t;
}

function isEnd(lossSteps: LossSteps, row: number): boolean {
  return typeof lossSteps === 'string' || !('endsHere' in lossSteps) || lossSteps.endsHere[row] === true;
}

/** The loss is a mean over what counts: rows for cross-entropy, numbers for the squared error. */
function lossWeights(program: Program, batch: Batch, lossSteps: LossSteps): Float64Array {
  const counted = countedRows(program, batch, lossSteps);
  const count = counted.reduce((total, each) => total + each, 0) * (program.output.kind === 'numbers' ? program.output.width : 1);
  const weights = new Float64Array(counted.length);
  for (let row = 0; row < counted.length; row++) if (counted[row] === 1) weights[row] = 1 / count;
  return weights;
}
