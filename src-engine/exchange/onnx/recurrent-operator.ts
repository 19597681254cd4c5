import { booleanParam, choiceParam, numberParam } from '../../document/params.ts';
import type { GraphNode } from '../../document/project.ts';
import { integer, text, texts } from './attributes.ts';
import type { AttributeProto } from './onnx-schema.ts';

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

/** Parameters by name, row-major. */
export type Values = ReadonlyMap<string, ArrayLike<number>>;

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

const RNN_ACTIVATIONS: ReadonlyMap<string, string> = new Map([
  ['tanh', 'Tanh'],
  ['relu', 'Relu'],
  ['sigmoid', 'Sigmoid'],
]);

/** A cell of ONNX's that computes what ours does. `paths` names the parameters of each direction, forward first (`lstm1`, or `lstm1.forward` and `lstm1.backward`). */
export function recurrentOperator(cell: GraphNode, paths: readonly string[], values: Values): RecurrentOperator {
  const gates = gatesOf(cell);
  const units = numberParam(cell, 'units');
  const joined = (perDirection: (path: string) => readonly number[], ...columns: readonly number[]): Weights => {
    const all = Float32Array.from(paths.flatMap(perDirection));
    return { dims: [paths.length, all.length / paths.length / (columns[0] ?? 1), ...columns], values: all };
  };
  const read = (name: string): ArrayLike<number> => readValues(values, name);
  const inputs = read(`${paths[0] ?? ''}.weight_ih`).length / gates.length / units;
  return {
    opType: cell.kind === 'rnn' ? 'RNN' : cell.kind === 'gru' ? 'GRU' : 'LSTM',
    attributes: [...attributesOf(cell), integer('hidden_size', units), text('direction', paths.length === 2 ? 'bidirectional' : 'forward')],
    tensors: {
      W: joined((path) => inOrder(read(`${path}.weight_ih`), gates), inputs),
      R: joined((path) => inOrder(read(`${path}.weight_hh`), gates), units),
      B: joined((path) => [...inOrder(read(`${path}.bias`), gates), ...stateBias(cell, path, read)]),
      P: isTrue(cell, 'peephole') ? joined((path) => peepholes(isTrue(cell, 'coupled'), path, read)) : null,
    },
  };
}

/** Throws where the model has no parameter of that name. */
export function readValues(values: Values, name: string): ArrayLike<number> {
  const found = values.get(name);
  if (found === undefined) throw new Error(`no parameter ${name}`);
  return found;
}

function isTrue(cell: GraphNode, option: 'peephole' | 'coupled'): boolean {
  return cell.kind === 'lstm' && booleanParam(cell, option);
}

function resetsAfter(cell: GraphNode): boolean {
  return cell.kind === 'gru' && choiceParam(cell, 'reset') === 'after';
}

function gatesOf(cell: GraphNode): readonly Gate[] {
  if (cell.kind === 'rnn') return [plain(0)];
  if (cell.kind === 'gru') return Z_R_H;
  return isTrue(cell, 'coupled') ? COUPLED_I_O_F_C : I_O_F_C;
}

function attributesOf(cell: GraphNode): readonly AttributeProto[] {
  if (cell.kind === 'rnn') {
    const activation = RNN_ACTIVATIONS.get(choiceParam(cell, 'activation')) ?? 'Tanh';
    // One for each direction; the forward operator reads the first only.
    return [texts('activations', [activation, activation])];
  }
  if (cell.kind === 'gru') return [integer('linear_before_reset', resetsAfter(cell) ? 1 : 0)];
  return [integer('input_forget', isTrue(cell, 'coupled') ? 1 : 0)];
}

type Read = (name: string) => ArrayLike<number>;

/** Ours is one bias; only a reset after the product needs a second, in the candidate. */
function stateBias(cell: GraphNode, path: string, read: Read): readonly number[] {
  const units = numberParam(cell, 'units');
  const zeros = Array<number>(gatesOf(cell).length * units).fill(0);
  return resetsAfter(cell) ? [...zeros.slice(units), ...Array.from(read(`${path}.bias_hn`))] : zeros;
}

function peepholes(coupled: boolean, path: string, read: Read): readonly number[] {
  const [i, o, f] = [`${path}.weight_ci`, `${path}.weight_co`, `${path}.weight_cf`].map((name) => Array.from(read(name)));
  if (i === undefined || o === undefined || f === undefined) throw new Error(`${path} has no peepholes`);
  return coupled ? [...f.map((weight) => -weight), ...o, ...f.map(() => 0)] : [...i, ...o, ...f];
}

function inOrder(values: ArrayLike<number>, gates: readonly Gate[]): readonly number[] {
  const size = values.length / gates.length;
  return gates.flatMap(({ block, sign }) => Array.from({ length: size }, (_, e) => sign * (values[block * size + e] ?? 0)));
}
