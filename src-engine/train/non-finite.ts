import { SETTING_LOSS, SETTING_LOSS_LIMIT } from '../ir/opcodes.ts';
import type { Batch } from '../data/dataset.ts';
import type { CellPlace, Program } from '../ir/program.ts';
import type { Machine } from '../run/machine.ts';
import { lengthsFor } from './probes.ts';

/** Where the first number that is not finite stood; t counts from 1, null where the place has no step. */
export interface NonFinite {
  readonly layer: string;
  readonly t: number | null;
  readonly quantity: 'hidden state' | 'loss' | 'gradient' | 'parameter';
}

/** tanh and sigmoid of anything beyond about 9 and 17. */
const SATURATED = 1 - 2 ** -23;

/**
 * Looks for the first non-finite number in the order in which the step made them: hidden states forward, loss, gradients of the
 * hidden states from the last step back, weight gradients. A layer that reads its sequence from the end comes to its last steps first;
 * the step is given as one reads. Call right after a step that was refused, with its batch; null if all is finite.
 */
export function findNonFinite(machine: Machine, program: Program, given: Batch): NonFinite | null {
  const { batch, steps, cells } = program;
  for (const parameter of program.shared.parameters) {
    if (firstNonFinite(machine, parameter.at, parameter.size) !== null) return { layer: parameter.name, t: null, quantity: 'parameter' };
  }
  for (const cell of cells) {
    const at = firstNonFinite(machine, cell.h, steps * batch * cell.units);
    if (at !== null) return { layer: cell.layer, t: readingStep(cell, at, given), quantity: 'hidden state' };
  }
  const output = firstNonFinite(machine, program.lossRows, program.output.rows);
  if (output !== null) return { layer: program.headLayer, t: program.output.rows === batch ? null : stepOf(output, batch), quantity: 'loss' };
  for (const cell of [...cells].reverse()) {
    if (cell.dh === null) continue;
    const at = lastOverflow(machine, cell.dh, steps * batch * cell.units);
    if (at !== null) return { layer: cell.layer, t: readingStep(cell, at, given), quantity: 'gradient' };
  }
  for (const { name, gradient, size } of program.shared.parameters) {
    if (gradient !== null && lastOverflow(machine, gradient, size) !== null) return { layer: name, t: null, quantity: 'gradient' };
  }
  return findSaturated(machine, program, given);
}

/** Where the loss is beyond its limit although every number is finite: the first state at the edge of its range, or as large as no logit may be where it has no edge (relu). */
function findSaturated(machine: Machine, program: Program, given: Batch): NonFinite | null {
  const { batch, steps, cells, shared } = program;
  const loss = machine.read(shared.settings + SETTING_LOSS);
  const limit = machine.read(shared.settings + SETTING_LOSS_LIMIT);
  if (!(limit > 0 && loss > limit)) return null;
  for (const cell of cells) {
    const edge = cell.form.kind === 'rnn' && cell.form.activation === 'relu' ? limit : SATURATED;
    const at = machine.readFloats(cell.h, steps * batch * cell.units).findIndex((value) => Math.abs(value) >= edge);
    if (at !== -1) return { layer: cell.layer, t: readingStep(cell, at, given), quantity: 'loss' };
  }
  return { layer: program.headLayer, t: null, quantity: 'loss' };
}

/** Step in reading order, from 1, of an element of a cell's [T,B,H]. */
function readingStep(cell: CellPlace, element: number, given: Batch): number {
  const { backward, units } = cell;
  const lengths = lengthsFor(cell, given);
  const t = stepOf(element, lengths.length * units);
  const length = lengths[Math.floor(element / units) % lengths.length] ?? t;
  return backward && t <= length ? length + 1 - t : t;
}

function stepOf(element: number, floatsPerStep: number): number {
  return Math.floor(element / floatsPerStep) + 1;
}

function firstNonFinite(machine: Machine, at: number, count: number): number | null {
  const found = machine.readFloats(at, count).findIndex((value) => !Number.isFinite(value));
  return found === -1 ? null : found;
}

/** A gradient whose square is no finite float32 makes the norm infinite, whether or not it is finite itself. */
function lastOverflow(machine: Machine, at: number, count: number): number | null {
  const found = machine.readFloats(at, count).findLastIndex((value) => !Number.isFinite(Math.fround(value * value)));
  return found === -1 ? null : found;
}
