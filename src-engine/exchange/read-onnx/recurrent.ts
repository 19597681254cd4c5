import type { ParamValue } from '../../document/project.ts';
import type { Draft, DraftWeights } from './draft.ts';
import { dataOf } from './draft.ts';
import type { OnnxNode, Tensor } from './onnx-file.ts';
import { integerAttribute, NoBlock, textAttribute, textsAttribute, type Axis, type Data, type Value } from './values.ts';

type Kind = 'rnn' | 'gru' | 'lstm';
type Read = (place: number) => Value | null;

const KINDS: Readonly<Record<string, Kind>> = { RNN: 'rnn', GRU: 'gru', LSTM: 'lstm' };
const GATES = { rnn: 1, gru: 3, lstm: 4 } as const;
/** Where our gate blocks stand in ONNX's: z r h, and i o f c. */
const PLACES = { rnn: [0], gru: [1, 0, 2], lstm: [0, 2, 3, 1] } as const;
const ACTIVATIONS: Readonly<Record<string, string>> = { Tanh: 'tanh', Relu: 'relu', Sigmoid: 'sigmoid' };
const USUAL = { gru: 'Sigmoid,Tanh', lstm: 'Sigmoid,Tanh,Tanh' } as const;

/** Weights of one direction, ONNX's gate order. */
interface Direction {
  readonly W: Float32Array; // [G*H,I]
  readonly R: Float32Array; // [G*H,H]
  readonly B: Float32Array | null; // [2*G*H]
  readonly P: Float32Array | null; // [3*H], i o f
}

/** An RNN, GRU or LSTM operator as a cell, or as a bidirectional block around one: Y, Y_h and Y_c. */
export function readRecurrent(draft: Draft, node: OnnxNode, read: Read): readonly Value[] {
  const kind = KINDS[node.opType] ?? 'rnn';
  const params = paramsOf(node, kind);
  const x = dataOf(read(0));
  const batchFirst = integerAttribute(node, 'layout', 0) === 1;
  const [one, other] = x.axes.map((axis) => draft.axis(axis));
  if (one === undefined || other === undefined || x.axes.length !== 3) throw new NoBlock('reads something that has no steps');
  draft.decide(one, batchFirst ? 'B' : 'T');
  draft.decide(other, batchFirst ? 'T' : 'B');
  const way = textAttribute(node, 'direction', 'forward');
  const directions = way === 'bidirectional' ? 2 : 1;
  const units = constant(read(2), 'R').dims[2] ?? 0;
  const weights = Array.from({ length: directions }, (_, place) => cellWeights(kind, directionOf(node, read, place, directions, units), params, units));
  const id = addCell(draft, kind, { ...params, units }, way, weights);
  draft.wire(draft.settled(x), id);
  startFrom(draft, read, kind, id, way);
  const steps: readonly Axis[] = batchFirst ? ['B', 'T', 'D', 'F'] : ['T', 'D', 'B', 'F'];
  const ends: readonly Axis[] = batchFirst ? ['B', 'D', 'F'] : ['D', 'B', 'F'];
  const made = { kind: 'data', node: id, width: directions * units, directions, half: null, isCell: false, ending: null } as const;
  return [
    { ...made, port: 'out', axes: steps },
    { ...made, port: 'state', axes: ends },
    { ...made, port: 'state', axes: ends, isCell: true },
  ];
}

function paramsOf(node: OnnxNode, kind: Kind): Record<string, ParamValue> {
  if (node.attribute.some(({ name }) => name === 'clip')) throw new NoBlock('limits what its gates read (clip)');
  const given = textsAttribute(node, 'activations');
  const directions = textAttribute(node, 'direction', 'forward') === 'bidirectional' ? 2 : 1;
  if (kind === 'rnn') {
    const [first = 'Tanh', second = first] = given ?? [];
    const activation = ACTIVATIONS[first];
    if (activation === undefined || (directions === 2 && second !== first)) throw new NoBlock(`has the activations ${given?.join(', ') ?? ''}`);
    return { activation };
  }
  const usual = Array<string>(directions).fill(USUAL[kind]).join(',');
  if (given !== null && given.length > 0 && given.join(',') !== usual) throw new NoBlock(`has the activations ${given.join(', ')}`);
  if (kind === 'gru') return { reset: integerAttribute(node, 'linear_before_reset', 0) === 0 ? 'before' : 'after' };
  return { peephole: node.input[7] !== undefined && node.input[7] !== '', coupled: integerAttribute(node, 'input_forget', 0) !== 0 };
}

function constant(value: Value | null, name: string): Tensor {
  if (value?.kind !== 'constant') throw new NoBlock(`has weights ${name} that are computed and do not stand in the file`);
  return value;
}

function directionOf(node: OnnxNode, read: Read, place: number, directions: number, units: number): Direction {
  const gates = GATES[KINDS[node.opType] ?? 'rnn'];
  const part = (tensor: Tensor, name: string, ...sizes: readonly number[]): Float32Array => {
    const wanted = [directions, ...sizes];
    if (tensor.dims.join() !== wanted.join()) throw new NoBlock(`has ${name} of ${tensor.dims.join(' x ')}, where ${wanted.join(' x ')} is expected`);
    const size = tensor.values.length / directions;
    return Float32Array.from({ length: size }, (_, e) => tensor.values[place * size + e] ?? 0);
  };
  const optional = (input: number, name: string, size: number): Float32Array | null => {
    const value = read(input);
    return value === null ? null : part(constant(value, name), name, size);
  };
  const W = constant(read(1), 'W');
  return {
    W: part(W, 'W', gates * units, W.dims[2] ?? 0),
    R: part(constant(read(2), 'R'), 'R', gates * units, units),
    B: optional(3, 'B', 2 * gates * units),
    P: node.opType === 'LSTM' ? optional(7, 'P', 3 * units) : null,
  };
}

/** In our gate order, with one bias. ONNX couples f = 1 - i and we i = 1 - f: our forget gate is its input gate with the sign turned. */
function cellWeights(kind: Kind, { W, R, B, P }: Direction, params: Readonly<Record<string, ParamValue>>, units: number): DraftWeights {
  const gates = GATES[kind];
  const coupled = params['coupled'] === true;
  const blocks = (values: Float32Array): Float32Array => {
    const size = values.length / gates;
    const block = (place: number, sign = 1): readonly number[] => Array.from(values.subarray(place * size, (place + 1) * size), (value) => sign * value);
    if (coupled) return Float32Array.from([...block(0, 0), ...block(0, -1), ...block(3), ...block(1)]);
    return Float32Array.from(PLACES[kind].flatMap((place) => block(place)));
  };
  const ofInput = blocks(B === null ? new Float32Array(gates * units) : B.subarray(0, gates * units));
  const ofState = blocks(B === null ? new Float32Array(gates * units) : B.subarray(gates * units));
  const weights: DraftWeights = new Map([
    ['weight_ih', blocks(W)],
    ['weight_hh', blocks(R)],
    ['bias', ofInput.map((value, row) => (params['reset'] === 'after' && row >= 2 * units ? value : value + (ofState[row] ?? 0)))],
  ]);
  if (params['reset'] === 'after') weights.set('bias_hn', ofState.slice(2 * units));
  if (P === null) return weights;
  const [i, o, f] = [0, 1, 2].map((place) => P.slice(place * units, (place + 1) * units));
  if (i === undefined || o === undefined || f === undefined) throw new Error('three peepholes');
  weights.set('weight_ci', coupled ? new Float32Array(units) : i);
  weights.set('weight_cf', coupled ? i.map((value) => -value) : f);
  weights.set('weight_co', o);
  return weights;
}

/** A cell that reads backwards alone is a bidirectional block whose forward direction, with weights of 0, adds 0 to it. */
function addCell(draft: Draft, kind: Kind, params: Record<string, ParamValue>, way: string, weights: readonly DraftWeights[]): string {
  const [first] = weights;
  if (first === undefined) throw new Error('no direction');
  if (way === 'forward') return draft.add(kind, params, first);
  if (way === 'reverse' && params['activation'] === 'sigmoid') throw new NoBlock('reads backwards alone, with a sigmoid that is 0.5 where nothing is read');
  const silent: DraftWeights = new Map([...first].map(([name, values]) => [name, new Float32Array(values.length)]));
  const [forward, backward] = way === 'reverse' ? [silent, first] : [first, weights[1] ?? first];
  const block = draft.add('bidirectional', { merge: way === 'reverse' ? 'sum' : 'concat' });
  const named = (direction: string, of: DraftWeights) => [...of].map(([name, values]) => [`${direction}.${name}`, values] as const);
  draft.add(kind, params, new Map([...named('forward', forward), ...named('backward', backward)]), block);
  return block;
}

/** The first state: zeros, or the final state of another layer. */
function startFrom(draft: Draft, read: Read, kind: Kind, id: string, way: string): void {
  const isNothing = (value: Value | null): boolean =>
    value === null || value.kind === 'zeros' || (value.kind === 'constant' && Array.from(value.values).every((each) => each === 0));
  const [h, c] = [read(5), kind === 'lstm' ? read(6) : null];
  if (isNothing(h) && isNothing(c)) return;
  if (h?.kind !== 'data' || way !== 'forward') throw new NoBlock("starts from a state that is no other layer's");
  if (kind === 'lstm' && !isStateOf(c, h)) throw new NoBlock("starts from an h and a c that are not one layer's final state");
  draft.wire(draft.settled({ ...h, axes: h.axes.filter((axis) => axis !== 'D') }), id, 'initial');
}

/** Y_c of the layer whose Y_h is `h`. */
function isStateOf(c: Value | null, h: Data): boolean {
  return c?.kind === 'data' && c.isCell && c.node === h.node && c.port === h.port;
}
