import { ClassTally } from '../data/class-tally.ts';
import type { Batch, Dataset, Metric } from '../data/dataset.ts';
import { MEASURES, NO_MEASURES, type Measures } from '../data/measures.ts';
import type { Program } from '../ir/program.ts';
import type { Machine } from '../run/machine.ts';
import { countedRows, type LossSteps } from './write-batch.ts';

export interface Score {
  /** Mean over all targets. */
  readonly loss: number;
  readonly metric: Metric;
  /** In the unit of the metric. */
  readonly score: number;
  /** Targets counted. */
  readonly count: number;
  readonly measures: Measures;
}

/** Factor from the model's numbers to the unit of the data, one per output column; 1 where they are not normalised. */
export type OutputScale = readonly number[];

export interface ScoreRule {
  readonly metric: Metric;
  /** Of the softmax; 0 where the targets are numbers. */
  readonly classes: number;
  readonly perStep: boolean;
  readonly characters: boolean;
  readonly scale: OutputScale;
  /** Each row's steps come in one piece. */
  readonly whole: boolean;
}

/** How the answers to data of this signature are scored; where its metric does not fit the targets, by accuracy or RMSE. */
export function scoreRule({ input, output }: Dataset['signature'], metric: Metric, scale: OutputScale, whole = true): ScoreRule {
  const { perStep } = output;
  if (output.kind === 'numbers') return { metric: metric === 'mae' ? 'mae' : 'rmse', classes: 0, perStep, characters: false, scale, whole };
  const characters = metric === 'bits-per-character' || (metric !== 'perplexity' && input.kind === 'tokens' && input.unit === 'character');
  const fits = metric === 'accuracy' || (perStep && metric !== 'rmse' && metric !== 'mae');
  return { metric: fits ? metric : 'accuracy', classes: output.classes.length, perStep, characters, scale, whole };
}

/** Answers are copied from the machine in pieces: [T*B,V] of a large vocabulary is more than one wants to hold twice. */
const NUMBERS_AT_ONCE = 1 << 20;

/** Adds up a score batch by batch. */
export class ScoreSum {
  private lossSum = 0;
  private lossCount = 0;
  private squares = 0;
  private distances = 0;
  private count = 0;
  private sequences = 0;
  private rightSequences = 0;
  private readonly tally: ClassTally;
  private readonly rule: ScoreRule;

  constructor(rule: ScoreRule) {
    this.rule = rule;
    this.tally = new ClassTally(rule.classes);
  }

  /** Takes what the forward section left behind for `batch`. */
  add(machine: Machine, program: Program, batch: Batch, lossSteps: LossSteps): void {
    this.addLoss(machine, program, batch, lossSteps);
    this.addAnswers(machine, program, batch, lossSteps);
  }

  /** The loss alone: of a decoder, with the targets given to it. */
  addLoss(machine: Machine, program: Program, batch: Batch, lossSteps: LossSteps): void {
    const rows = countedRows(program, batch, lossSteps).reduce((total, each) => total + each, 0);
    this.lossSum += sumOf(machine.readFloats(program.lossRows, program.output.rows)) * rows;
    this.lossCount += rows;
  }

  /** The answers alone: of a decoder, when it reads its own. */
  addAnswers(machine: Machine, program: Program, batch: Batch, lossSteps: LossSteps): void {
    const { targets } = batch;
    if (targets === null) return;
    const counted = countedRows(program, batch, lossSteps);
    const { rows, width, values } = program.output;
    const rowsAtOnce = Math.max(1, Math.floor(NUMBERS_AT_ONCE / width));
    let first = -rowsAtOnce;
    let outputs: ArrayLike<number> = [];
    const wrong = new Set<number>();
    const seen = new Set<number>();
    for (let row = 0; row < counted.length; row++) {
      if (counted[row] !== 1) continue;
      if (row >= first + rowsAtOnce) {
        first = row;
        outputs = machine.readFloats(values + first * width, Math.min(rowsAtOnce, rows - first) * width);
      }
      this.count += 1;
      seen.add(row % batch.size);
      if (targets.kind === 'numbers') this.addDistances(outputs, (row - first) * width, targets.values.subarray(row * width, (row + 1) * width));
      else if (!this.tally.add(targets.values[row] ?? 0, largestOf(outputs, (row - first) * width, width))) wrong.add(row % batch.size);
    }
    this.sequences += seen.size;
    this.rightSequences += seen.size - wrong.size;
  }

  private addDistances(outputs: ArrayLike<number>, start: number, targets: ArrayLike<number>): void {
    const width = targets.length;
    for (let column = 0; column < width; column++) {
      const distance = ((outputs[start + column] ?? 0) - (targets[column] ?? 0)) * (this.rule.scale[column] ?? 1);
      this.squares += distance ** 2 / width;
      this.distances += Math.abs(distance) / width;
    }
  }

  finish(): Score {
    const { metric } = this.rule;
    const loss = this.lossSum / Math.max(1, this.lossCount);
    const measures = this.rule.classes === 0 ? this.numberMeasures() : this.classMeasures(loss);
    return { loss, metric, score: measures[MEASURES[metric]] ?? NaN, count: this.count, measures };
  }

  private numberMeasures(): Measures {
    const count = Math.max(1, this.count);
    return { ...NO_MEASURES, rmse: Math.sqrt(this.squares / count), mae: this.distances / count };
  }

  private classMeasures(loss: number): Measures {
    const { perStep, characters, whole } = this.rule;
    return {
      ...NO_MEASURES,
      ...this.tally.measures(),
      perplexity: perStep ? Math.exp(loss) : null,
      bitsPerCharacter: perStep && characters ? loss / Math.LN2 : null,
      exactMatch: perStep && whole ? this.rightSequences / Math.max(1, this.sequences) : null,
    };
  }
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
