import type { CellForm } from '../ir/program.ts';
import { finish, type Turns } from '../train/turns.ts';

/** A cell's weights as its step uses them; G blocks (rnn 1; gru r, z, n; lstm i, f, g, o) of H rows. */
export interface CellWeights {
  /** weight_hh [G*H,H]. */
  readonly recurrent: ArrayLike<number>;
  /** w_co [H]; null without peepholes. */
  readonly outputPeephole: ArrayLike<number> | null;
}

/** One row of a batch at one step. */
export interface CellStep {
  /** Activated gates [G*H]; an rnn needs none. */
  readonly gates: ArrayLike<number>;
  /** h_(t-1) and h_t, [H]. */
  readonly before: ArrayLike<number>;
  readonly h: ArrayLike<number>;
  /** lstm: c_(t-1) and c_t, [H]. */
  readonly cellBefore: ArrayLike<number>;
  readonly cell: ArrayLike<number>;
  /** gru-after: U_n h_(t-1) + b_hn, [H]. */
  readonly candidate: ArrayLike<number>;
}

/**
 * dh_t/dh_(t-1) as a matrix [H,H], row j the derivatives of h_t[j]. An LSTM's cell state c_(t-1) is held fixed: this is the way through h alone.
 * Formulas: the derivative of each cell of `kernels/reference-*.ts`.
 */
export function stepJacobian(form: CellForm, units: number, weights: CellWeights, step: CellStep): Float64Array {
  return finish(stepJacobianInTurns(form, units, weights, step));
}

/** The same, a turn for each row where a row takes H^2 multiplications. */
export function* stepJacobianInTurns(form: CellForm, units: number, weights: CellWeights, step: CellStep): Turns<Float64Array> {
  switch (form.kind) {
    case 'rnn':
      return rnnJacobian(form.activation, units, weights, step);
    case 'gru-before':
      return yield* gruBeforeJacobian(units, weights, step);
    case 'gru-after':
      return gruAfterJacobian(units, weights, step);
    case 'lstm':
      return lstmJacobian(form.coupled, units, weights, step);
  }
}

function rnnJacobian(activation: Extract<CellForm, { kind: 'rnn' }>['activation'], units: number, { recurrent }: CellWeights, { h }: CellStep): Float64Array {
  const jacobian = new Float64Array(units * units);
  for (let j = 0; j < units; j++) {
    const y = value(h, j);
    const slope = activation === 'tanh' ? 1 - y * y : activation === 'sigmoid' ? y * (1 - y) : activation === 'relu' ? Number(y > 0) : 1;
    addRow(jacobian, j, slope, recurrent, j, units);
  }
  return jacobian;
}

/** n = tanh(.. + U_n (r h)). */
function* gruBeforeJacobian(units: number, { recurrent }: CellWeights, { gates, before }: CellStep): Turns<Float64Array> {
  const jacobian = new Float64Array(units * units);
  // d(r h)/dh
  const gated = new Float64Array(units * units);
  for (let k = 0; k < units; k++) {
    const r = value(gates, k);
    addRow(gated, k, value(before, k) * r * (1 - r), recurrent, k, units);
    addAt(gated, k * units + k, r);
  }
  for (let j = 0; j < units; j++) {
    const slope = blend(jacobian, j, units, recurrent, gates, before);
    for (let k = 0; k < units; k++) addRow(jacobian, j, slope * value(recurrent, (2 * units + j) * units + k), gated, k, units);
    yield;
  }
  return jacobian;
}

/** n = tanh(.. + r (U_n h + b)). */
function gruAfterJacobian(units: number, { recurrent }: CellWeights, { gates, before, candidate }: CellStep): Float64Array {
  const jacobian = new Float64Array(units * units);
  for (let j = 0; j < units; j++) {
    const slope = blend(jacobian, j, units, recurrent, gates, before);
    const r = value(gates, j);
    addRow(jacobian, j, slope * r, recurrent, 2 * units + j, units);
    addRow(jacobian, j, slope * value(candidate, j) * r * (1 - r), recurrent, j, units);
  }
  return jacobian;
}

/** h' = z h + (1 - z) n: adds what comes through z and past it; what of n's pre-activation comes on is returned. */
function blend(jacobian: Float64Array, j: number, units: number, recurrent: ArrayLike<number>, gates: ArrayLike<number>, before: ArrayLike<number>): number {
  const [z, n] = [value(gates, units + j), value(gates, 2 * units + j)];
  addAt(jacobian, j * units + j, z);
  addRow(jacobian, j, (value(before, j) - n) * z * (1 - z), recurrent, units + j, units);
  return (1 - z) * (1 - n * n);
}

/** c' = f c + i g, h' = o tanh c'; with peepholes o sees c'. */
function lstmJacobian(coupled: boolean, units: number, weights: CellWeights, { gates, cell, cellBefore }: CellStep): Float64Array {
  const { recurrent, outputPeephole } = weights;
  const jacobian = new Float64Array(units * units);
  for (let j = 0; j < units; j++) {
    const [i, f, g, o] = [value(gates, j), value(gates, units + j), value(gates, 2 * units + j), value(gates, 3 * units + j)];
    const [old, squashed] = [value(cellBefore, j), Math.tanh(value(cell, j))];
    const output = squashed * o * (1 - o);
    // dh'/dc', also by way of o.
    const through = o * (1 - squashed * squashed) + (outputPeephole === null ? 0 : output * value(outputPeephole, j));
    if (!coupled) addRow(jacobian, j, through * g * i * (1 - i), recurrent, j, units);
    addRow(jacobian, j, through * (coupled ? old - g : old) * f * (1 - f), recurrent, units + j, units);
    addRow(jacobian, j, through * i * (1 - g * g), recurrent, 2 * units + j, units);
    addRow(jacobian, j, output, recurrent, 3 * units + j, units);
  }
  return jacobian;
}

/** Adds `factor` times row `from` of `rows` to row `to`, both [*,units]. */
function addRow(jacobian: Float64Array, to: number, factor: number, rows: ArrayLike<number>, from: number, units: number): void {
  for (let e = 0; e < units; e++) addAt(jacobian, to * units + e, factor * value(rows, from * units + e));
}

function addAt(jacobian: Float64Array, place: number, summand: number): void {
  jacobian[place] = (jacobian[place] ?? 0) + summand;
}

function value(values: ArrayLike<number>, place: number): number {
  return values[place] ?? 0;
}
