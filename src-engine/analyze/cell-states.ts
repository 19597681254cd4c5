import type { CellForm, CellPlace, Program } from '../ir/program.ts';
import type { Machine } from '../run/machine.ts';
import type { CellStep } from './jacobian.ts';

type Floats = Float32Array | Float64Array;

/** Rows of the batch that was run. */
export interface BatchRows {
  readonly steps: number;
  /** [B]; 0 for absent rows. */
  readonly lengths: Int32Array;
}

/** What a forward section left of one cell, all steps and rows. Read before a backward section, which overwrites the gates. */
export interface CellStates {
  readonly cell: CellPlace;
  readonly batch: number;
  /** [T,B,G*H] activated. */
  readonly gates: Floats;
  readonly h: Floats;
  /** lstm: [T,B,H]. */
  readonly c: Floats | null;
  /** h before the first step, [B,H]; null: zeros. */
  readonly initial: Floats | null;
  /** lstm: c before the first step, [B,H]; null: zeros. */
  readonly initialCell: Floats | null;
  /** gru-after: U h + b, [T,B,3H]. */
  readonly recurrent: Floats | null;
}

/** Blocks of weight_hh in their order, and whether each is a gate (a sigmoid, open or shut). */
const BLOCKS: Readonly<Record<CellForm['kind'], readonly { readonly name: string; readonly isGate: boolean }[]>> = {
  rnn: [{ name: 'state', isGate: false }],
  'gru-before': [
    { name: 'reset', isGate: true },
    { name: 'update', isGate: true },
    { name: 'candidate', isGate: false },
  ],
  'gru-after': [
    { name: 'reset', isGate: true },
    { name: 'update', isGate: true },
    { name: 'candidate', isGate: false },
  ],
  lstm: [
    { name: 'input', isGate: true },
    { name: 'forget', isGate: true },
    { name: 'candidate', isGate: false },
    { name: 'output', isGate: true },
  ],
};

export function blocksOf(form: CellForm): (typeof BLOCKS)[CellForm['kind']] {
  return BLOCKS[form.kind];
}

export function readCellStates(machine: Machine, { batch, steps }: Program, cell: CellPlace): CellStates {
  const { form, units, initial } = cell;
  const rows = steps * batch;
  return {
    cell,
    batch,
    gates: machine.readFloats(cell.gates, rows * blocksOf(form).length * units),
    h: machine.readFloats(cell.h, rows * units),
    c: form.kind === 'lstm' ? machine.readFloats(form.c, rows * units) : null,
    initial: initial === null ? null : machine.readFloats(initial, batch * units),
    initialCell: form.kind === 'lstm' && form.initialCell !== null ? machine.readFloats(form.initialCell, batch * units) : null,
    recurrent: form.kind === 'gru-after' ? machine.readFloats(form.recurrent, rows * 3 * units) : null,
  };
}

/** Row b at running step t, as views. */
export function stepOf({ cell, batch, gates, h, c, initial, initialCell, recurrent }: CellStates, t: number, b: number): CellStep {
  const { units } = cell;
  const width = units * blocksOf(cell.form).length;
  const zeros = new Float64Array(units);
  const row = (values: Floats, step: number): Floats => values.subarray((step * batch + b) * units, (step * batch + b + 1) * units);
  const wide = (t * batch + b) * width;
  return {
    gates: gates.subarray(wide, wide + width),
    before: t > 0 ? row(h, t - 1) : initial === null ? zeros : row(initial, 0),
    h: row(h, t),
    cell: c === null ? zeros : row(c, t),
    cellBefore: c !== null && t > 0 ? row(c, t - 1) : initialCell === null ? zeros : row(initialCell, 0),
    candidate: recurrent === null ? zeros : recurrent.subarray(wide + 2 * units, wide + 3 * units),
  };
}

/**
 * Mean over the rows that have the step, [T], at places of the sequence: a backward copy's running steps are put back in reading order row by
 * row. `measure` is called with the running step; `rows` are those taken (all where left out). NaN where no row is that long.
 */
export function meanOverRows(
  { cell }: CellStates,
  { steps, lengths }: BatchRows,
  measure: (t: number, b: number) => number,
  rows: readonly number[] = Array.from(lengths, (_, b) => b),
): number[] {
  const totals = new Float64Array(steps);
  const counts = new Float64Array(steps);
  for (const b of rows) {
    const length = lengths[b] ?? 0;
    for (let t = 0; t < length; t++) {
      const place = cell.backward ? length - 1 - t : t;
      totals[place] = (totals[place] ?? 0) + measure(t, b);
      counts[place] = (counts[place] ?? 0) + 1;
    }
  }
  return Array.from(totals, (total, place) => total / (counts[place] ?? 0));
}
