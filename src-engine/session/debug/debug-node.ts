import { blocksOf, stepOf } from '../../analyze/cell-states.ts';
import { stepJacobian, type CellStep } from '../../analyze/jacobian.ts';
import { largestSingularValue } from '../../analyze/singular-value.ts';
import { copyName } from '../../document/copy-name.ts';
import { problem, ProblemError } from '../../document/problems.ts';
import type { CellPlace, CopyPlace } from '../../ir/program.ts';
import type { Machine } from '../../run/machine.ts';
import { lengthsFor } from '../../train/probes.ts';
import { copyPlaces, readCopy, readRunning } from './debug-copies.ts';
import type { DebugCopyReply, DebugCopyRequest, DebugGradient, DebugNodeReply, DebugNodeRequest } from './debug-protocol.ts';
import type { DebugRun, ForwardCell, Piece } from './debug-run.ts';
import { shortNumber, shortNumbers } from '../short-numbers.ts';
import { describeLayer } from '../summaries.ts';

/** Numbers of a gradient that are all told, and how many are told of a larger one. */
const MOST_VALUES = 1000;
const LARGEST = 20;
/** Units up to which the Jacobian is told entry by entry. */
const MOST_UNITS = 16;

/** One copy of a cell. Throws ProblemError U044 where there is none. */
export function debugNode(run: DebugRun, { layer, direction, t }: DebugNodeRequest): DebugNodeReply {
  const isAsked = (cell: CellPlace): boolean => {
    const described = describeLayer(cell);
    return described.layer === layer && described.direction === direction;
  };
  const cell = run.pieces[0]?.program.cells.find(isAsked);
  if (cell === undefined) throw cannot(`The model has no cell "${layer}" that reads ${direction}.`, 'Ask for one of the cells that the debugger lists.');
  const piece = stepHeld(run, cell, copyName(cell.layer, t), t);
  const found = run.run(piece).find((each) => isAsked(each.cell));
  if (found === undefined) throw new Error(`${cell.layer} is not in every window`);
  const place = t - 1 - piece.window.start;
  const running = cell.backward ? (lengthsFor(cell, piece.batch)[0] ?? 0) - 1 - place : place;
  return nodeReply(run, piece, found, running, copyName(cell.layer, t));
}

function nodeReply(run: DebugRun, piece: Piece, { cell, states, weights }: ForwardCell, running: number, name: string): DebugNodeReply {
  const { form, units } = cell;
  const step = stepOf(states, running, 0);
  const blocks = blocksOf(form);
  const gates = Array.from(step.gates);
  const own = cell.dh === null ? [] : run.machine.readFloats(cell.dh + running * units, units);
  const jacobian = stepJacobian(form, units, weights, step);
  const lstm = form.kind === 'lstm' ? form : null;
  return {
    name,
    h: shortNumbers(step.h),
    before: shortNumbers(step.before),
    c: lstm === null ? null : shortNumbers(step.cell),
    cellBefore: lstm === null ? null : shortNumbers(step.cellBefore),
    gates:
      form.kind === 'rnn'
        ? []
        : blocks.map(({ name: gate, isGate }, block) => ({ gate, isGate, values: shortNumbers(gates.slice(block * units, (block + 1) * units)) })),
    pre: form.kind === 'rnn' ? shortNumbers(step.gates) : null,
    dh: shortNumbers(own),
    dc: lstm === null ? null : shortNumbers(cellGradient(run.machine, cell, lstm.coupled, running, step)),
    jacobian: {
      norm: shortNumber(largestSingularValue(jacobian, units)),
      matrix: units > MOST_UNITS ? null : Array.from({ length: units }, (_, row) => shortNumbers(jacobian.subarray(row * units, (row + 1) * units))),
    },
    gradients: [...copyPlaces(piece.program)]
      .filter(([parameter]) => parameter.startsWith(`${cell.layer}.`))
      .map(([parameter, places]) => gradientOf(piece, parameter, (size) => readCopy(run.machine, places, size, running))),
  };
}

/**
 * dL/dc_t of one LSTM step, [H]. What the backward section leaves of it are the gradients of the pre-activations, each dL/dc_t times a slope known from
 * the forward section: i (1 - g^2) for the candidate, g i (1 - i) for the input gate, c_(t-1) f (1 - f) for the forget gate. Least squares over
 * them needs no gate open: NaN only where all of them stand still.
 */
function cellGradient(machine: Machine, { gates: at, units }: CellPlace, coupled: boolean, running: number, { gates, cellBefore }: CellStep): Float64Array {
  const gradients = machine.readFloats(at + running * 4 * units, 4 * units);
  return Float64Array.from({ length: units }, (_, j) => {
    const [i, f, g] = [gates[j] ?? NaN, gates[units + j] ?? NaN, gates[2 * units + j] ?? NaN];
    const before = cellBefore[j] ?? NaN;
    const slopes = [coupled ? 0 : g * i * (1 - i), (coupled ? before - g : before) * f * (1 - f), i * (1 - g * g)];
    let [along, square] = [0, 0];
    for (const [block, slope] of slopes.entries()) {
      along += slope * (gradients[block * units + j] ?? NaN);
      square += slope * slope;
    }
    return along / square;
  });
}

/** One copy's part of a parameter's gradient, and the sum so far. Throws ProblemError U044 where there is none. */
export function debugCopy(run: DebugRun, { parameter, t }: DebugCopyRequest): DebugCopyReply {
  const program = run.pieces[0]?.program;
  const [known] = (program === undefined ? null : copyPlaces(program).get(parameter)) ?? [];
  if (known === undefined) throw cannot(`The model has no parameter "${parameter}" with a gradient.`, 'Ask for one that the debugger lists.');
  const once = known.steps !== program?.steps;
  const name = once ? parameter : copyName(parameter, t);
  const piece = stepHeld(run, once ? { axis: known.axis } : known, name, once ? Math.max(1, Math.min(t, lengthsFor(known, run.example.batch)[0] ?? 0)) : t);
  run.run(piece);
  const places: readonly CopyPlace[] = copyPlaces(piece.program).get(parameter) ?? [];
  const place = t - 1 - piece.window.start;
  const running = once ? 0 : known.backward ? (lengthsFor(known, piece.batch)[0] ?? 0) - 1 - place : place;
  return {
    name,
    copy: gradientOf(piece, parameter, (size) => readCopy(run.machine, places, size, running)),
    running: gradientOf(piece, parameter, (size) => readRunning(run.machine, places, size, running)),
  };
}

/** The piece with step t, from 1. Throws ProblemError U044 where the example, or this part of the model, has no such step. */
function stepHeld(run: DebugRun, of: Pick<CellPlace, 'axis'>, name: string, t: number): Piece {
  const length = lengthsFor(of, run.example.batch)[0] ?? 0;
  const piece = run.pieceAt(t - 1);
  if (t > length || piece === null)
    throw cannot(`${name} is masked: it has ${length} ${length === 1 ? 'step' : 'steps'} in this example.`, `Choose one from 1 to ${length}.`);
  return piece;
}

function gradientOf({ program }: Piece, parameter: string, read: (size: number) => Float64Array): DebugGradient {
  const { shape, size } = program.shared.parameters.find(({ name }) => name === parameter) ?? { shape: [], size: 0 };
  const values = read(size);
  const told = size <= MOST_VALUES;
  return {
    parameter,
    shape,
    norm: shortNumber(Math.sqrt(values.reduce((total, value) => total + value * value, 0))),
    values: told ? shortNumbers(values) : null,
    largest: told ? null : largestOf(values, shape),
  };
}

function largestOf(values: Float64Array, shape: readonly number[]): NonNullable<DebugGradient['largest']> {
  const order = Array.from(values, (value, at) => ({ value, at, size: Number.isNaN(value) ? Infinity : Math.abs(value) })).filter(({ size }) => size > 0);
  order.sort((a, b) => b.size - a.size || a.at - b.at);
  return order.slice(0, LARGEST).map(({ value, at }) => ({ place: placeIn(shape, at), value: shortNumber(value) }));
}

/** Indices, from 0, of the number at a place in row-major order. */
function placeIn(shape: readonly number[], at: number): readonly number[] {
  return shape.reduceRight<{ rest: number; place: readonly number[] }>(
    ({ rest, place }, side) => ({ rest: Math.floor(rest / side), place: [rest % side, ...place] }),
    { rest: at, place: [] },
  ).place;
}

function cannot(message: string, fix: string): ProblemError {
  return new ProblemError([problem('U044', message, fix)]);
}
