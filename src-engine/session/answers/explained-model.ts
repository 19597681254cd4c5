import { inputInfluence, type InputInfluence, type Seed } from '../../analyze/input-gradients.ts';
import { blocksOf, readCellStates, stepOf, type CellStates } from '../../analyze/cell-states.ts';
import { copiesOfRow } from '../../data/batches/batch-rows.ts';
import { targetLengthsOf } from '../../data/batches/batching.ts';
import type { Batch } from '../../data/dataset.ts';
import { writtenText } from '../../data/text/written-text.ts';
import { hasOwnSteps } from '../../document/signature.ts';
import type { CellPlace, Program } from '../../ir/program.ts';
import { lengthsFor } from '../../train/probes.ts';
import { writeBatch } from '../../train/write-batch.ts';
import type { EngineFiles } from '../engine-files.ts';
import type { RunnableModel } from './language-model.ts';
import { ModelRunner } from '../model-runner.ts';
import { outputScale } from '../open-project.ts';

/** Rows of one backward pass where a gradient is wanted of every step. */
const ROWS = 32;

/** An output step, from 0, and the class or column whose number is explained. */
export interface Asked {
  readonly step: number;
  readonly column: number;
}

export interface Explained extends InputInfluence {
  readonly asked: Asked;
  /** The logit, or the number in the unit of the data. */
  readonly value: number;
}

export interface StatesOfCell {
  readonly cell: CellPlace;
  /** [T,H], in reading order. */
  readonly h: readonly (readonly number[])[];
  readonly c: readonly (readonly number[])[] | null;
  readonly gates: readonly { readonly gate: string; readonly values: readonly (readonly number[])[] }[];
}

/** A model with weights as they are, asked about one input at a time, on a memory of its own. */
export class ExplainedModel {
  private readonly model: RunnableModel;
  private readonly runner: ModelRunner;

  constructor(model: RunnableModel, engine: EngineFiles) {
    this.model = model;
    this.runner = new ModelRunner(model, engine);
  }

  /** Probabilities, or numbers in the unit of the data, [outputs][width]; a target with steps of its own ends with its `<end>`. */
  answers(batch: Batch, row: number): readonly (readonly number[])[] {
    const [answer = []] = this.runner.answers(copiesOfRow(batch, row, 1));
    const rows = isRows(answer) ? answer : [answer];
    const { output } = this.model.signature;
    return hasOwnSteps(output) && output.kind === 'classes' ? writtenText(rows, output).steps : rows;
  }

  /** What each input step did to the asked numbers, whose answers are `answers`. Contributions and norms have as many entries as the input has steps, or numbers where it has none. */
  explain(batch: Batch, row: number, answers: readonly (readonly number[])[], asked: readonly Asked[]): readonly Explained[] {
    const count = Math.min(ROWS, asked.length);
    const rows = copiesOfRow(this.withAnswers(batch, row, answers), 0, count);
    const program = this.runner.program(rows, { backward: true, copies: false, inputs: true });
    return Array.from({ length: Math.ceil(asked.length / count) }, (_, chunk) =>
      this.explainRows(program, rows, asked.slice(chunk * count, (chunk + 1) * count)),
    ).flat();
  }

  private explainRows(program: Program, rows: Batch, asked: readonly Asked[]): readonly Explained[] {
    const { machine } = this.runner;
    writeBatch(machine, program, rows, 'all');
    machine.run(program.sections.forward);
    const seeds = asked.map((each, row) => seedOf(program, each, row));
    const values = seeds.map((seed) => logitOf(this.runner, program, seed));
    const influences = inputInfluence(machine, program, seeds, rows.inputs.kind === 'vectors' ? 'number' : 'step');
    const { output } = this.model.signature;
    const scale = outputScale(this.model.signature);
    const length = rows.inputs.kind === 'vectors' ? rows.inputs.width : (rows.lengths[0] ?? 0);
    return influences.map(({ contributions, norms }, index) => {
      const each = asked[index] ?? { step: 0, column: 0 };
      const factor = scale[each.column] ?? 1;
      const mean = output.kind === 'numbers' ? (output.normalisation?.mean[each.column] ?? 0) : 0;
      return {
        asked: each,
        value: (values[index] ?? 0) * factor + mean,
        contributions: contributions.slice(0, length).map((value) => value * factor),
        norms: norms.slice(0, length).map((value) => value * factor),
      };
    });
  }

  /** Every cell's states and gates over the input, in running order. */
  states(batch: Batch, row: number): readonly StatesOfCell[] {
    const rows = this.withAnswers(batch, row, this.answers(batch, row));
    const program = this.runner.program(rows, { backward: true, copies: false });
    writeBatch(this.runner.machine, program, rows, 'all');
    this.runner.machine.run(program.sections.forward);
    return program.cells.map((cell) => statesOf(readCellStates(this.runner.machine, program, cell), lengthsFor(cell, rows)[0] ?? 0));
  }

  /** The row with its answers as its targets, which a decoder then reads: the gradient does not go through the choice of a token. */
  withAnswers(batch: Batch, row: number, answers: readonly (readonly number[])[]): Batch {
    const single = copiesOfRow(batch, row, 1);
    const { output } = this.model.signature;
    if (output.kind !== 'classes' || !output.perStep) return { ...single, targets: null };
    const length = single.targetLengths === undefined ? (targetLengthsOf(single)[0] ?? 0) : answers.length;
    const steps = Math.max(single.lengths[0] ?? 0, length);
    const values = Int32Array.from({ length: steps }, (_, t) => (t < answers.length ? largestOf(answers[t] ?? []) : -1));
    const padded = copiesOfRow({ ...single, ...(single.targetLengths === undefined ? {} : { targetLengths: Int32Array.of(length) }), targets: null }, 0, 1);
    return { ...padded, targets: { kind: 'classes', perStep: true, values } };
  }
}

function isRows(answer: readonly number[] | readonly (readonly number[])[]): answer is readonly (readonly number[])[] {
  return Array.isArray(answer[0]);
}

/** One sigmoid says yes to class 1 and no to class 0. */
function seedOf({ logits, output }: Program, { step, column }: Asked, row: number): Seed {
  const single = output.kind === 'classes' && logits?.width === 1;
  return { row, step, column: single ? 0 : column, sign: single && column === 0 ? -1 : 1 };
}

function logitOf({ machine }: ModelRunner, { logits, batch }: Program, { row, step, column, sign }: Seed): number {
  return logits === null ? 0 : sign * machine.read(logits.value + (step * batch + row) * logits.width + column);
}

/** Row 0. */
function statesOf(states: CellStates, length: number): StatesOfCell {
  const { cell } = states;
  const running = Array.from({ length }, (_, place) => stepOf(states, cell.backward ? length - 1 - place : place, 0));
  return {
    cell,
    h: running.map(({ h }) => Array.from(h)),
    c: states.c === null ? null : running.map((step) => Array.from(step.cell)),
    gates: blocksOf(cell.form).flatMap(({ name, isGate }, block) =>
      isGate
        ? [{ gate: name, values: running.map(({ gates }) => Array.from({ length: cell.units }, (_, unit) => gates[block * cell.units + unit] ?? Number.NaN)) }]
        : [],
    ),
  };
}

/** Index of the largest; the first of equals. */
export function largestOf(values: readonly number[]): number {
  return values.reduce((best, value, index) => (value > (values[best] ?? -Infinity) ? index : best), 0);
}
