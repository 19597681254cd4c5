import { activated, product, sigmoid, sum, times, type Vector } from './vectors.ts';

/** h, and of an LSTM also c, [H]. */
export interface State {
  readonly h: Vector;
  readonly c: Vector | null;
}

/** One step of a cell: x [I] and the state before to the state after. */
export type CellStep = (x: Vector, state: State) => State;

/** A parameter of the cell by the last part of its name; undefined where it has none. */
type Read = (part: string) => Float32Array | undefined;

interface CellOptions {
  readonly activation: string;
  readonly coupled: boolean;
}

/** The cell of this kind; whether a GRU resets after the product and whether an LSTM has peepholes is known by the weights they bring. */
export function makeCell(kind: string, read: Read, { activation, coupled }: CellOptions): { readonly units: number; readonly step: CellStep } {
  const [W, U, b] = [expected(read, 'weight_ih'), expected(read, 'weight_hh'), expected(read, 'bias')];
  const rows = b.length;
  if (kind === 'gru') return { units: rows / 3, step: gru(W, U, b, read('bias_hn')) };
  if (kind === 'lstm')
    return {
      units: rows / 4,
      step: lstm(
        W,
        U,
        b,
        ['ci', 'cf', 'co'].map((part) => read(`weight_${part}`)),
        coupled,
      ),
    };
  return { units: rows, step: (x, { h }) => ({ h: activated(activation, sum(times(W, x, rows, 0, b), times(U, h, rows))), c: null }) };
}

function expected(read: Read, part: string): Float32Array {
  const values = read(part);
  if (values === undefined) throw new Error(`The model has no ${part} for one of its cells.`);
  return values;
}

/** Gates r, z, n. */
function gru(W: Float32Array, U: Float32Array, b: Float32Array, ofReset: Float32Array | undefined): CellStep {
  const H = b.length / 3;
  return (x, { h }) => {
    const input = times(W, x, 3 * H, 0, b);
    const gates = sum(input.subarray(0, 2 * H), times(U, h, 2 * H)).map(sigmoid);
    const [r, z] = [gates.subarray(0, H), gates.subarray(H)];
    const recurrent = ofReset === undefined ? times(U, product(h, r), H, 2 * H) : product(times(U, h, H, 2 * H, ofReset), r);
    const candidate = sum(input.subarray(2 * H), recurrent).map(Math.tanh);
    return {
      h: sum(
        candidate,
        product(
          z,
          h.map((value, j) => value - (candidate[j] ?? 0)),
        ),
      ),
      c: null,
    };
  };
}

/** Gates i, f, g, o. */
function lstm(W: Float32Array, U: Float32Array, b: Float32Array, peepholes: readonly (Float32Array | undefined)[], coupled: boolean): CellStep {
  const H = b.length / 4;
  const [ofI, ofF, ofO] = peepholes;
  return (x, state) => {
    const gates = sum(times(W, x, 4 * H, 0, b), times(U, state.h, 4 * H));
    const gate = (place: number, j: number): number => gates[place * H + j] ?? 0;
    const c = Float64Array.from({ length: H }, (_, j) => {
      const before = state.c?.[j] ?? 0;
      const f = sigmoid(gate(1, j) + (ofF?.[j] ?? 0) * before);
      const i = coupled ? 1 - f : sigmoid(gate(0, j) + (ofI?.[j] ?? 0) * before);
      return f * before + i * Math.tanh(gate(2, j));
    });
    return { h: c.map((cell, j) => sigmoid(gate(3, j) + (ofO?.[j] ?? 0) * cell) * Math.tanh(cell)), c };
  };
}
