import { problem, ProblemError } from '../../document/problems.ts';
import type { SplitSpec } from '../../document/project.ts';
import type { Normalisation } from '../../document/signature.ts';
import { at } from '../at.ts';
import type { DatasetInputs, DatasetTargets, SplitIndices } from '../dataset.ts';
import { fitNormalisation, normalised } from '../normalise.ts';
import type { SeriesColumn } from './series.ts';
import { splitByTime } from '../split.ts';

export interface SeriesPlan {
  /** What is read at each row. */
  readonly inputs: readonly SeriesColumn[];
  /** What is to be answered at each row: row t holds the truth of row t + horizon (`rowsAhead` moves a column there). */
  readonly targets: readonly SeriesColumn[];
  /** Rows that an example reads, T. */
  readonly window: number;
  /** Rows from the one an answer is given at to the one it is about. */
  readonly horizon: number;
  /** An answer at every row of the window, or at its last only. */
  readonly perStep: boolean;
  /** Rows from the end of one example to the end of the next; 1 where it is left out. */
  readonly stride?: number;
  readonly split: SplitSpec;
  /** Of each target, the place of the input that it is at the next row, null where of none; left out: of none. Only with a horizon of 1. */
  readonly next?: readonly (number | null)[];
}

export interface SeriesExamples {
  /** The last row that each example reads, [N]. */
  readonly ends: Int32Array;
  /** Int32 [N+1], in steps. */
  readonly offsets: Int32Array;
  readonly inputs: DatasetInputs;
  readonly targets: DatasetTargets;
  readonly inputScale: Normalisation;
  readonly targetScale: Normalisation;
  readonly split: SplitIndices;
}

/**
 * Windows of a series as examples. A window with a gap, in what it reads or in what it has to answer, is left out. Parts follow each other in time: an example
 * belongs to the part that all the rows it answers fall into; one that answers rows of two parts is left out. Normalisation is fitted on the rows of the training
 * examples, inputs and targets apart. Throws ProblemError U032 where no window fits or a part would be empty, U004 for a bad split.
 */
export function seriesExamples(plan: SeriesPlan): SeriesExamples {
  const { inputs, targets, window, horizon, perStep } = plan;
  const length = seriesLength(plan);
  const answered = perStep ? window : 1;
  const ends = windowEnds(plan, length);
  const last = ends.map((end) => end + horizon);
  const split = splitByTime(last, length, plan.split, perStep ? last.map((row) => row - window + 1) : last);
  const inputScale = fitColumns(inputs, rowsOf(ends, split.train, window));
  const targetScale = fitColumns(targets, rowsOf(ends, split.train, answered));
  const targetValues = gather(targets, ends, answered, targetScale);
  return {
    ends: Int32Array.from(ends),
    offsets: Int32Array.from({ length: ends.length + 1 }, (_, example) => example * window),
    inputs: { kind: 'features', width: inputs.length, values: gather(inputs, ends, window, inputScale) },
    targets: { kind: 'numbers', perStep, width: targets.length, values: targetValues },
    inputScale,
    targetScale,
    split,
  };
}

/** The column `rows` later, for each row (earlier where negative): [t] = values[t + rows]; NaN beyond the ends. [S] */
export function rowsAhead(values: Float64Array, rows: number): Float64Array {
  return values.map((_, row) => values[row + rows] ?? Number.NaN);
}

function seriesLength({ inputs, targets }: SeriesPlan): number {
  const lengths = new Set([...inputs, ...targets].map(({ values }) => values.length));
  const [length] = lengths;
  if (lengths.size !== 1 || length === undefined) throw new Error(`columns of ${[...lengths].join(', ')} rows are no series`);
  return length;
}

/** Last rows of the windows without a gap. */
function windowEnds({ inputs, targets, window, horizon, perStep, stride = 1 }: SeriesPlan, length: number): readonly number[] {
  const ends: number[] = [];
  let [read, answers] = [0, 0]; // rows without a gap up to here
  for (let row = 0; row < length - horizon; row += 1) {
    read = isWhole(inputs, row) ? read + 1 : 0;
    answers = isWhole(targets, row) ? answers + 1 : 0;
    const far = ends.at(-1);
    if (read >= window && answers >= (perStep ? window : 1) && (far === undefined || row - far >= stride)) ends.push(row);
  }
  if (ends.length > 0) return ends;
  throw new ProblemError([
    problem(
      'U032',
      `A window of ${window} and ${horizon} ahead need ${window + horizon} rows without a gap; the series has ${length} rows and no such stretch.`,
      'Choose a shorter window, or use a longer series.',
      { path: 'data.options.window' },
    ),
  ]);
}

function isWhole(columns: readonly SeriesColumn[], row: number): boolean {
  return columns.every(({ values }) => Number.isFinite(values[row]));
}

/** Rows that the last `steps` rows of these examples cover, each once. */
function rowsOf(ends: readonly number[], examples: Int32Array, steps: number): Int32Array {
  const rows: number[] = [];
  let next = 0;
  for (const example of examples) {
    const end = at(ends, example);
    for (let row = Math.max(next, end - steps + 1); row <= end; row += 1) rows.push(row);
    next = end + 1;
  }
  return Int32Array.from(rows);
}

function fitColumns(columns: readonly SeriesColumn[], rows: Int32Array): Normalisation {
  const scales = columns.map(({ values }) => fitNormalisation(values, 1, rows));
  return { mean: scales.flatMap(({ mean }) => mean), deviation: scales.flatMap(({ deviation }) => deviation) };
}

/** The last `steps` rows of every example, normalised. [N*steps, columns] */
function gather(columns: readonly SeriesColumn[], ends: readonly number[], steps: number, scale: Normalisation): Float32Array {
  const width = columns.length;
  const result = new Float32Array(ends.length * steps * width);
  for (const [column, { values }] of columns.entries()) {
    const scaled = normalised(values, { mean: [at(scale.mean, column)], deviation: [at(scale.deviation, column)] });
    for (const [example, end] of ends.entries()) {
      for (let step = 0; step < steps; step += 1) result[(example * steps + step) * width + column] = at(scaled, end - steps + 1 + step);
    }
  }
  return result;
}
