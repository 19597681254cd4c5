import { evaluationBatches, makeBatch, type Part } from '../data/batching.ts';
import type { Batch, Dataset, Metric } from '../data/dataset.ts';
import type { Program } from '../ir/program.ts';
import type { Machine } from '../run/machine.ts';
import type { Programs } from './model-state.ts';
import { cutWindow, endsWithin, windowsOf } from './windows.ts';
import { countedRows, writeBatch, type LossSteps } from './write-batch.ts';

export interface Score {
  /** Mean over all targets. */
  readonly loss: number;
  readonly metric: Metric;
  /** Accuracy as a share, or RMSE in the unit of the data. */
  readonly score: number;
  /** Targets counted. */
  readonly count: number;
}

/** Factor from the model's numbers to the unit of the data, one per output column; 1 where they are not normalised. */
export type OutputScale = readonly number[];

/** Adds up a score batch by batch. */
export class ScoreSum {
  private lossSum = 0;
  private hits = 0;
  private squares = 0;
  private count = 0;
  private readonly kind: 'classes' | 'numbers';
  private readonly scale: OutputScale;

  constructor(kind: 'classes' | 'numbers', scale: OutputScale) {
    this.kind = kind;
    this.scale = scale;
  }

  /** Takes what the forward section left behind for `batch`. */
  add(machine: Machine, program: Program, batch: Batch, lossSteps: LossSteps): void {
    const counted = countedRows(program, batch, lossSteps);
    const outputs = machine.readFloats(program.output.values, program.output.rows * program.output.width);
    const rows = counted.reduce((total, each) => total + each, 0);
    this.lossSum += sumOf(machine.readFloats(program.lossRows, program.output.rows)) * rows;
    this.count += rows;
    for (let row = 0; row < counted.length; row++) if (counted[row] === 1) this.addRow(outputs, row, program.output.width, batch);
  }

  private addRow(outputs: Float32Array | Float64Array, row: number, width: number, { targets }: Batch): void {
    if (targets === null) return;
    if (targets.kind === 'classes') {
      if (largestOf(outputs, row * width, width) === targets.values[row]) this.hits += 1;
      return;
    }
    for (let column = 0; column < width; column++) {
      const difference = (outputs[row * width + column] ?? 0) - (targets.values[row * width + column] ?? 0);
      this.squares += (difference * (this.scale[column] ?? 1)) ** 2 / width;
    }
  }

  finish(): Score {
    const count = Math.max(1, this.count);
    const loss = this.lossSum / count;
    if (this.kind === 'classes') return { loss, metric: 'accuracy', score: this.hits / count, count: this.count };
    return { loss, metric: 'rmse', score: Math.sqrt(this.squares / count), count: this.count };
  }
}

/** Loss and score of one part of the data with the machine's parameters as they are. Changes no parameter. */
export function evaluatePart(machine: Machine, programs: Programs, dataset: Dataset, part: Part, batchSize: number, scale: OutputScale): Score {
  const sum = new ScoreSum(dataset.targets.kind, scale);
  for (const examples of evaluationBatches(dataset, part, batchSize)) {
    const batch = makeBatch(dataset, examples, batchSize);
    const program = programs.for(batch.size, batch.steps);
    machine.load(program);
    writeBatch(machine, program, batch, 'all');
    machine.run(program.sections.forward);
    sum.add(machine, program, batch, 'all');
  }
  return sum.finish();
}

/**
 * The same by windows of `window` steps, which hand their states on: no more memory than training by windows. Leaves other states behind
 * between windows than it found.
 */
export function evaluateByWindows(
  machine: Machine,
  programs: Programs,
  dataset: Dataset,
  part: Part,
  batchSize: number,
  scale: OutputScale,
  window: number,
): Score {
  const sum = new ScoreSum(dataset.targets.kind, scale);
  for (const examples of evaluationBatches(dataset, part, batchSize)) {
    const batch = makeBatch(dataset, examples, batchSize);
    for (const each of windowsOf(batch, window)) {
      const piece = cutWindow(batch, each);
      const lossSteps = { endsHere: Array.from(batch.lengths, (length) => endsWithin(length, each)) };
      const program = programs.for(piece.size, piece.steps);
      const { carried } = program.shared;
      machine.load(program);
      if (each.start === 0) machine.fill(carried.at, carried.size, 0);
      writeBatch(machine, program, piece, lossSteps);
      machine.run(program.sections.forward);
      if (each.counts) sum.add(machine, program, piece, lossSteps);
      machine.run(program.sections.carry);
    }
  }
  return sum.finish();
}

function sumOf(values: ArrayLike<number>): number {
  let total = 0;
  for (let e = 0; e < values.length; e++) total += values[e] ?? 0;
  return total;
}

/** Column of the largest value; the first of equals. */
function largestOf(values: ArrayLike<number>, start: number, width: number): number {
  let best = 0;
  for (let column = 1; column < width; column++) if ((values[start + column] ?? 0) > (values[start + best] ?? 0)) best = column;
  return best;
}
