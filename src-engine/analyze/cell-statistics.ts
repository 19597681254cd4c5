import type { CellPlace, Program } from '../ir/program.ts';
import type { Machine } from '../run/machine.ts';
import { blocksOf, meanOverRows, stepOf, type BatchRows, type CellStates } from './cell-states.ts';
import { largestEigenvalueModulusInTurns } from './eigenvalues.ts';
import { stepJacobianInTurns, type CellWeights } from './jacobian.ts';
import { largestSingularValue } from './singular-value.ts';
import type { Turns } from '../train/turns.ts';

/** A gate below the one is shut, above the other open: its slope is then less than a fifth of the largest. */
const SHUT_BELOW = 0.05;
const OPEN_ABOVE = 0.95;
/** Multiplications that the Jacobians of one cell may take, in all; what is above is spared by taking fewer rows. */
const BUDGET = 5e8;
/** Times that the iteration for the norm is expected to multiply by J and by J^T. */
const EXPECTED_PRODUCTS = 25;

/** One gate over the steps of the sequence, [T] each: mean over units and rows, and the shares of units that are shut and open. */
export interface GateStatistics {
  readonly gate: string;
  readonly mean: readonly number[];
  readonly shut: readonly number[];
  readonly open: readonly number[];
}

export function gateStatistics(states: CellStates, batch: BatchRows): readonly GateStatistics[] {
  const { form, units } = states.cell;
  return blocksOf(form).flatMap(({ name, isGate }, block) => {
    if (!isGate) return [];
    const share = (of: (value: number) => number): number[] =>
      meanOverRows(states, batch, (t, b) => {
        const { gates } = stepOf(states, t, b);
        let total = 0;
        for (let j = 0; j < units; j++) total += of(gates[block * units + j] ?? Number.NaN);
        return total / units;
      });
    return [
      { gate: name, mean: share((value) => value), shut: share((value) => Number(value < SHUT_BELOW)), open: share((value) => Number(value > OPEN_ABOVE)) },
    ];
  });
}

/** Mean over the rows of the L2 norms of h and c, [T]; c is an LSTM's. */
export function stateNorms(states: CellStates, batch: BatchRows): { readonly h: readonly number[]; readonly c: readonly number[] | null } {
  return {
    h: meanOverRows(states, batch, (t, b) => norm(stepOf(states, t, b).h)),
    c: states.c === null ? null : meanOverRows(states, batch, (t, b) => norm(stepOf(states, t, b).cell)),
  };
}

function norm(values: ArrayLike<number>): number {
  let total = 0;
  for (let e = 0; e < values.length; e++) total += (values[e] ?? 0) ** 2;
  return Math.sqrt(total);
}

/** Spectral norm of dh_t/dh_(t-1), [T]: at the place of h_t, mean over `rows` of the batch's rows. At the first step the derivative is by the state it starts from. */
export interface JacobianNorms {
  readonly rows: number;
  readonly values: readonly number[];
}

/** A turn for each Jacobian. The weights are read before the first. */
export function* jacobianNorms(weights: CellWeights, states: CellStates, batch: BatchRows): Turns<JacobianNorms> {
  const { form, units } = states.cell;
  const each = units * units * (blocksOf(form).length + 2 * EXPECTED_PRODUCTS + (form.kind === 'gru-before' ? units : 0));
  const rows = spread(batch, Math.max(1, Math.floor(BUDGET / (each * batch.steps))));
  const norms = new Map<number, Float64Array>();
  for (const b of rows) {
    const values = new Float64Array(batch.lengths[b] ?? 0);
    for (let t = 0; t < values.length; t++) {
      values[t] = largestSingularValue(yield* stepJacobianInTurns(form, units, weights, stepOf(states, t, b)), units);
      yield;
    }
    norms.set(b, values);
  }
  return { rows: rows.length, values: meanOverRows(states, batch, (t, b) => norms.get(b)?.[t] ?? Number.NaN, rows) };
}

/** At most `most` rows that are present, evenly spread, the longest one among them: every step then has a row. */
function spread({ lengths }: BatchRows, most: number): readonly number[] {
  const present = Array.from(lengths, (length, b) => ({ length, b })).filter(({ length }) => length > 0);
  present.sort((first, second) => second.length - first.length || first.b - second.b);
  const count = Math.min(most, present.length);
  return Array.from({ length: count }, (_, index) => present[Math.floor((index * present.length) / count)]?.b ?? 0);
}

export function readWeights(machine: Machine, program: Program, { form, recurrentWeight }: CellPlace): CellWeights {
  const peephole = form.kind === 'lstm' ? form.outputPeephole : null;
  return { recurrent: readParameter(machine, program, recurrentWeight), outputPeephole: peephole === null ? null : readParameter(machine, program, peephole) };
}

function readParameter(machine: Machine, { shared }: Program, name: string): Float64Array {
  const parameter = shared.parameters.find((each) => each.name === name);
  if (parameter === undefined) throw new Error(`no parameter ${name}`);
  return Float64Array.from(machine.readFloats(parameter.at, parameter.size));
}

export interface BlockRadius {
  readonly parameter: string;
  /** What the block of H rows feeds: a gate, the candidate, or an rnn's state. */
  readonly block: string;
  readonly radius: number;
}

/** Spectral radius of each [H,H] block of a cell's weight_hh, in turns. */
export function* recurrentRadii({ form, units, recurrentWeight }: CellPlace, { recurrent }: CellWeights): Turns<readonly BlockRadius[]> {
  const weight = Float64Array.from(recurrent);
  const radii: BlockRadius[] = [];
  for (const [block, { name }] of blocksOf(form).entries()) {
    const radius = yield* largestEigenvalueModulusInTurns(weight.slice(block * units * units, (block + 1) * units * units), units);
    radii.push({ parameter: recurrentWeight, block: name, radius });
  }
  return radii;
}
