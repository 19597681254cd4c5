import type { CellSpec } from '../../pure/arbitrary-model.ts';
import type { Values } from '../../pure/engine-under-test.ts';
import { ATTRIBUTE_TYPE, type AttributeProto } from './onnx-schema.ts';

/** One of ONNX's recurrent operators with our weights. D directions, H units, I inputs, G gates. */
export interface RecurrentOperator {
  readonly opType: 'RNN' | 'GRU' | 'LSTM';
  readonly attributes: readonly AttributeProto[];
  readonly tensors: {
    readonly W: Weights; // [D,G*H,I]
    readonly R: Weights; // [D,G*H,H]
    readonly B: Weights; // [D,2*G*H], of the input, then of the state
    readonly P: Weights | null; // [D,3*H], gates i, o, f
  };
}

export interface Weights {
  readonly dims: readonly number[];
  readonly values: Float32Array;
}

/** Which of our gate blocks stands in a place of ONNX's, and its sign; 0 where the operator must not read it. */
interface Gate {
  readonly block: number;
  readonly sign: 1 | -1 | 0;
}

const plain = (block: number): Gate => ({ block, sign: 1 });
const Z_R_H = [1, 0, 2].map(plain);
const I_O_F_C = [0, 3, 1, 2].map(plain);
/** ONNX couples f = 1 - i, we couple i = 1 - f: as 1 - sigmoid(a) = sigmoid(-a), its input gate is our forget gate with the sign turned. */
const COUPLED_I_O_F_C: readonly Gate[] = [{ block: 1, sign: -1 }, plain(3), { block: 1, sign: 0 }, plain(2)];
const I_O_F = ['weight_ci', 'weight_co', 'weight_cf'];

const RNN_ACTIVATIONS = { tanh: 'Tanh', relu: 'Relu', sigmoid: 'Sigmoid' };

/** `paths` names the parameters of each direction, forward first (`lstm1`, or `lstm1.forward` and `lstm1.backward`). */
export function recurrentOperator(cell: CellSpec, paths: readonly string[], values: Values): RecurrentOperator {
  const gates = gatesOf(cell);
  const read = (name: string): ArrayLike<number> => {
    const found = values.get(name);
    if (found === undefined) throw new Error(`no parameter ${name}`);
    return found;
  };
  const joined = (perDirection: (path: string) => readonly number[], ...columns: readonly number[]): Weights => {
    const all = Float32Array.from(paths.flatMap(perDirection));
    const rows = all.length / paths.length / (columns[0] ?? 1);
    return { dims: [paths.length, rows, ...columns], values: all };
  };
  const inputs = read(`${paths[0]!}.weight_ih`).length / gates.length / cell.units;
  return {
    opType: OP_TYPES[cell.kind],
    attributes: [...attributesOf(cell), integer('hidden_size', cell.units), text('direction', paths.length === 2 ? 'bidirectional' : 'forward')],
    tensors: {
      W: joined((path) => inOrder(read(`${path}.weight_ih`), gates), inputs),
      R: joined((path) => inOrder(read(`${path}.weight_hh`), gates), cell.units),
      B: joined((path) => [...inOrder(read(`${path}.bias`), gates), ...stateBias(cell, path, read)]),
      P: cell.kind === 'lstm' && cell.peephole ? joined((path) => peepholes(cell.coupled, path, read)) : null,
    },
  };
}

const OP_TYPES = { rnn: 'RNN', gru: 'GRU', lstm: 'LSTM' } as const;

function gatesOf(cell: CellSpec): readonly Gate[] {
  if (cell.kind === 'rnn') return [plain(0)];
  if (cell.kind === 'gru') return Z_R_H;
  return cell.coupled ? COUPLED_I_O_F_C : I_O_F_C;
}

function attributesOf(cell: CellSpec): readonly AttributeProto[] {
  if (cell.kind === 'rnn') {
    // One for each direction; the forward operator reads the first only.
    return [{ name: 'activations', type: ATTRIBUTE_TYPE.strings, strings: Array<Uint8Array>(2).fill(bytes(RNN_ACTIVATIONS[cell.activation])) }];
  }
  if (cell.kind === 'gru') return [integer('linear_before_reset', cell.reset === 'after' ? 1 : 0)];
  return [integer('input_forget', cell.coupled ? 1 : 0)];
}

type Read = (name: string) => ArrayLike<number>;

/** Ours is one bias; only a reset after the product needs a second, in the candidate. */
function stateBias(cell: CellSpec, path: string, read: Read): readonly number[] {
  const zeros = Array<number>(gatesOf(cell).length * cell.units).fill(0);
  return cell.kind === 'gru' && cell.reset === 'after' ? [...zeros.slice(cell.units), ...Array.from(read(`${path}.bias_hn`))] : zeros;
}

function peepholes(coupled: boolean, path: string, read: Read): readonly number[] {
  const [i, o, f] = I_O_F.map((name) => Array.from(read(`${path}.${name}`)));
  return coupled ? [...f!.map((weight) => -weight), ...o!, ...f!.map(() => 0)] : [...i!, ...o!, ...f!];
}

function inOrder(values: ArrayLike<number>, gates: readonly Gate[]): readonly number[] {
  const size = values.length / gates.length;
  return gates.flatMap(({ block, sign }) => Array.from({ length: size }, (_, e) => sign * values[block * size + e]!));
}

function integer(name: string, value: number): AttributeProto {
  return { name, type: ATTRIBUTE_TYPE.int, i: BigInt(value) };
}

function text(name: string, value: string): AttributeProto {
  return { name, type: ATTRIBUTE_TYPE.string, s: bytes(value) };
}

function bytes(value: string): Uint8Array {
  return new TextEncoder().encode(value);
}
