import { gateStatistics, jacobianNorms, stateNorms } from '../../analyze/cell-statistics.ts';
import { targetLengthsOf } from '../../data/batches/batching.ts';
import { problem, ProblemError } from '../../document/problems.ts';
import { SETTING_CLIP_SCALE, SETTING_CLIPPED, SETTING_FINITE, SETTING_LOSS, SETTING_NORM } from '../../ir/opcodes.ts';
import type { CellPlace } from '../../ir/program.ts';
import { lengthsFor, readRowNorms } from '../../train/probes.ts';
import type { Turns } from '../../train/turns.ts';
import { countedRows, type LossSteps } from '../../train/write-batch.ts';
import { answeredOf } from '../answers/answered.ts';
import { DebugParameters } from './debug-parameters.ts';
import type { DebugCell, DebugOutput, DebugReply, DebugRequest, DebugWindow } from './debug-protocol.ts';
import type { DebugRun, ForwardCell, Piece } from './debug-run.ts';
import { shortNumber, shortNumbers } from '../short-numbers.ts';
import { describeLayer } from '../summaries.ts';

type CellArrays = Pick<DebugCell, 'gradient' | 'flow' | 'jacobian' | 'h' | 'c' | 'gates'>;

/** All of a run, in turns. Throws ProblemError U044 where the loss step that `flow` names has no loss. */
export function* debugInTurns(run: DebugRun, id: number, flow: DebugRequest['flow'] = 'last'): Turns<DebugReply> {
  const { batch, read, targetsFrom, wholeSteps } = run.example;
  const chosen = chosenLoss(run, flow);
  const windows: DebugWindow[] = [];
  const outputs: (DebugOutput & { readonly counted: boolean })[] = [];
  const perCell: (readonly CellArrays[])[] = [];
  const parameters = new DebugParameters(run);
  for (const piece of run.pieces) {
    const flows = chosen === null ? null : yield* flowsOf(run, piece, chosen);
    const cells = run.run(piece);
    outputs.push(...outputsOf(run, piece));
    const loss = run.machine.read(piece.program.shared.settings + SETTING_LOSS);
    const gradients = normsOf(run, piece);
    yield;
    yield* parameters.measure(piece);
    windows.push(windowOf(run, piece, loss));
    run.carry(piece);
    yield;
    const arrays: CellArrays[] = [];
    for (const [index, cell] of cells.entries()) {
      const gradient = gradients[index] ?? [];
      arrays.push(yield* cellArrays(piece, cell, gradient, flows?.[index] ?? gradient));
    }
    perCell.push(arrays);
  }
  const counted = outputs.filter((each) => each.counted);
  return {
    id,
    step: run.step,
    steps: batch.steps,
    wholeSteps,
    inputSteps: batch.lengths[0] ?? 0,
    targetSteps: targetLengthsOf(batch)[0] ?? 0,
    read,
    targetsFrom,
    loss: shortNumber(counted.reduce((total, { loss }) => total + Number(loss), 0) / Math.max(1, counted.length)),
    outputs: outputs.map(({ counted: _, ...output }) => output),
    reduce: run.project.training.bptt.reduce,
    windows,
    cells: (run.pieces[0]?.program.cells ?? []).map((cell, index) =>
      cellOf(
        run,
        cell,
        perCell.map((arrays) => arrays[index] ?? EMPTY),
      ),
    ),
    parameters: parameters.replies(),
  };
}

const EMPTY: CellArrays = { h: [], c: null, gates: [], gradient: [], flow: [], jacobian: [] };

function isPerStep({ program }: Piece): boolean {
  return program.output.rows !== program.batch;
}

/** The step whose loss alone is followed, from 0; null: the whole loss. */
function chosenLoss({ pieces, example }: DebugRun, flow: 'last' | 'all' | number): number | null {
  const steps = pieces.flatMap((piece) =>
    isPerStep(piece)
      ? Array.from(countedRows(piece.program, piece.batch, piece.lossSteps)).flatMap((each, t) => (each === 1 ? [piece.window.start + t] : []))
      : [],
  );
  if (flow === 'all') return null;
  if (flow === 'last') return steps.at(-1) ?? null;
  if (steps.includes(flow - 1)) return flow - 1;
  const [first] = pieces;
  const single = first !== undefined && !isPerStep(first);
  throw new ProblemError([
    single
      ? problem('U044', 'This model has one loss for the whole sequence: it has no loss at a step.', 'Follow the last one.')
      : problem('U044', `Step ${flow} of this example has no loss.`, `Choose one of its ${targetLengthsOf(example.batch)[0] ?? 0} steps that has a target.`),
  ]);
}

function* flowsOf(run: DebugRun, piece: Piece, chosen: number): Turns<readonly (readonly number[])[]> {
  const lossSteps: LossSteps = { t: piece === run.pieceAt(chosen) ? chosen - piece.window.start : -1 };
  run.run(piece, lossSteps);
  const norms = normsOf(run, piece);
  yield;
  return norms;
}

/** ||dL/dh_t|| of each cell in reading order, NaN where it is masked, [T of the piece]. */
function normsOf({ machine }: DebugRun, { program, batch }: Piece): readonly (readonly number[])[] {
  return readRowNorms(machine, program).map(({ cell, values }) => {
    const length = lengthsFor(cell, batch)[0] ?? 0;
    return Array.from(values, (_, place) => (place < length ? (values[cell.backward ? length - 1 - place : place] ?? NaN) : NaN));
  });
}

function* cellArrays({ batch }: Piece, { cell, states, weights }: ForwardCell, gradient: readonly number[], flow: readonly number[]): Turns<CellArrays> {
  const rows = { steps: batch.steps, lengths: lengthsFor(cell, batch) };
  const { h, c } = stateNorms(states, rows);
  const gates = gateStatistics(states, rows).map(({ gate, mean, shut, open }) => ({
    gate,
    mean: shortNumbers(mean),
    shut: shortNumbers(shut),
    open: shortNumbers(open),
  }));
  yield;
  const { values: jacobian } = yield* jacobianNorms(weights, states, rows);
  return {
    h: shortNumbers(h),
    c: c === null ? null : shortNumbers(c),
    gates,
    gradient: shortNumbers(gradient),
    flow: shortNumbers(flow),
    jacobian: shortNumbers(jacobian),
  };
}

/** One cell over all pieces. */
function cellOf({ example }: DebugRun, cell: CellPlace, pieces: readonly CellArrays[]): DebugCell {
  const gates = pieces[0]?.gates ?? [];
  return {
    ...describeLayer(cell),
    path: cell.layer,
    units: cell.units,
    axis: cell.axis,
    length: lengthsFor(cell, example.batch)[0] ?? 0,
    h: pieces.flatMap(({ h }) => h),
    c: pieces.some(({ c }) => c === null) ? null : pieces.flatMap(({ c }) => c ?? []),
    gates: gates.map(({ gate }, index) => ({
      gate,
      mean: pieces.flatMap((piece) => piece.gates[index]?.mean ?? []),
      shut: pieces.flatMap((piece) => piece.gates[index]?.shut ?? []),
      open: pieces.flatMap((piece) => piece.gates[index]?.open ?? []),
    })),
    gradient: pieces.flatMap(({ gradient }) => gradient),
    flow: pieces.flatMap(({ flow }) => flow),
    jacobian: pieces.flatMap(({ jacobian }) => jacobian),
  };
}

/** After the update: its section has measured the gradient. */
function windowOf({ machine, project, learningRate }: DebugRun, { window, program }: Piece, loss: number): DebugWindow {
  const { settings, gradients, trainable } = program.shared;
  const setting = (slot: number): number => machine.read(settings + slot);
  const [norm, clipFactor] = [setting(SETTING_NORM), setting(SETTING_CLIP_SCALE)];
  const byValue = project.training.clip.kind === 'value';
  let squares = 0;
  for (const value of machine.readFloats(gradients, trainable.size)) squares += value * value;
  return {
    from: window.start + 1,
    to: window.start + window.steps,
    counts: window.counts,
    loss: shortNumber(loss),
    norm: shortNumber(norm),
    clippedNorm: shortNumber(byValue ? Math.sqrt(squares) : norm * clipFactor),
    clipFactor: shortNumber(clipFactor),
    clippedNumbers: byValue ? setting(SETTING_CLIPPED) : 0,
    learningRate,
    finite: setting(SETTING_FINITE) === 1,
  };
}

function outputsOf({ machine, signature }: DebugRun, piece: Piece): readonly (DebugOutput & { readonly counted: boolean })[] {
  const { program, batch, lossSteps, window } = piece;
  const { rows, width, values } = program.output;
  const perStep = isPerStep(piece);
  const counted = countedRows(program, batch, lossSteps);
  const count = counted.reduce((total, each) => total + each, 0);
  const answers = machine.readFloats(values, rows * width);
  const losses = machine.readFloats(program.lossRows, rows);
  // A model with one answer gives it where the sequence ends.
  const ends = perStep || lossSteps === 'all' || (typeof lossSteps === 'object' && 'endsHere' in lossSteps && lossSteps.endsHere[0] === true);
  const length = perStep ? (targetLengthsOf(batch)[0] ?? 0) : ends ? 1 : 0;
  const { output } = signature;
  const norm = output.kind === 'numbers' ? output.normalisation : null;
  const unscaled = (value: number, column: number): number => value * (norm?.deviation[column] ?? 1) + (norm?.mean[column] ?? 0);
  return Array.from({ length }, (_, row) => {
    const counts = counted[row] === 1;
    return {
      t: perStep ? window.start + row + 1 : null,
      target: counts ? targetText(piece, row, output.kind === 'classes' ? output.classes : [], unscaled) : null,
      answer: answeredOf(output, Array.from(answers.subarray(row * width, (row + 1) * width), unscaled)),
      loss: counts ? shortNumber((losses[row] ?? NaN) * count) : null,
      weight: counts ? 1 / count : 0,
      counted: counts,
    };
  });
}

function targetText({ batch }: Piece, row: number, classes: readonly string[], unscaled: (value: number, column: number) => number): string {
  const { targets } = batch;
  if (targets === null) return '';
  if (targets.kind === 'classes') return classes[targets.values[row] ?? -1] ?? '';
  const { width, values } = targets;
  return Array.from(values.subarray(row * width, (row + 1) * width), (value, column) => String(Number(unscaled(value, column).toPrecision(4)))).join(', ');
}
