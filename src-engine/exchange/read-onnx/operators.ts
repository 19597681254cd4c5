import { axisAt, concatenated, gathered, joined, reshaped, sliced, squeezed, transposed, unsqueezed } from './axes.ts';
import { dataOf, type Draft, type DraftWeights } from './draft.ts';
import { readTensor, type OnnxNode, type Tensor } from './onnx-file.ts';
import { readRecurrent } from './recurrent.ts';
import { integerAttribute, integersAttribute, NoBlock, placeOf, wholeNumbers, type Data, type Value } from './values.ts';

export interface Reading {
  readonly draft: Draft;
  /** What stands at an input; null where it is left out. */
  readonly read: (place: number) => Value | null;
  readonly inputs: readonly Value[];
}

type Operator = (node: OnnxNode, reading: Reading) => readonly Value[];

const first: Operator = (_, { inputs: [value] }) => (value === undefined ? [] : [value]);
const onData =
  (make: (value: Data, node: OnnxNode, reading: Reading) => Value): Operator =>
  (node, reading) => [make(dataOf(reading.read(0)), node, reading)];

/** The operators that have a block, or that only turn tensors about. */
const OPERATORS: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ['Identity', first],
  ['Cast', first],
  ['Dropout', first],
  ['Constant', constant],
  ['Shape', () => [{ kind: 'sizes' }]],
  ['ConstantOfShape', (node) => [zerosOf(node)]],
  ['Expand', expanded],
  ['RNN', (node, { draft, read }) => readRecurrent(draft, node, read)],
  ['GRU', (node, { draft, read }) => readRecurrent(draft, node, read)],
  ['LSTM', (node, { draft, read }) => readRecurrent(draft, node, read)],
  ['Transpose', onData(transposed)],
  ['Squeeze', onData((value, node, { read }) => squeezed(value, node, read))],
  ['Unsqueeze', onData((value, node, { read }) => unsqueezed(value, node, read))],
  ['Reshape', onData((value, node, { draft, read }) => reshaped(draft, value, node, read))],
  ['Flatten', onData((value, node, { draft, read }) => reshaped(draft, value, node, read))],
  ['Slice', (node, { draft, read }) => [read(0)?.kind === 'zeros' ? { kind: 'zeros' } : sliced(draft, dataOf(read(0)), node, read)]],
  ['Gather', gather],
  ['Concat', (node, { draft, inputs }) => [concatenated(draft, inputs, node)]],
  ['Gemm', gemm],
  ['MatMul', matMul],
  ['Add', add],
  ['Sum', (_, { draft, inputs }) => [joined(draft, 'add', inputs.map(dataOf), dataOf(inputs[0]).width)]],
  ['Tanh', onData((value, _, { draft }) => draft.follow('activation', value, value.width, { activation: 'tanh' }))],
  ['Relu', onData((value, _, { draft }) => draft.follow('activation', value, value.width, { activation: 'relu' }))],
  ['Sigmoid', onData((value, _, { draft }) => ({ ...draft.settled(value), ending: 'sigmoid' }))],
  ['Softmax', onData((value, node, { draft }) => ({ ...overFeatures(draft.settled(value), node), ending: 'softmax' }))],
  ['LogSoftmax', onData((value, node, { draft }) => ({ ...overFeatures(draft.settled(value), node), ending: 'log-softmax' }))],
  ['LayerNormalization', layerNorm],
  ['ReduceMean', onData((value, node, { draft, read }) => reduced(draft, value, node, read, 'mean'))],
  ['ReduceMax', onData((value, node, { draft, read }) => reduced(draft, value, node, read, 'max'))],
  ['ReduceSum', onData((value, node, { draft, read }) => reduced(draft, value, node, read, 'sum'))],
]);

/** What an operator gives. Throws NoBlock where nothing here computes it. */
export function readOperator(node: OnnxNode, reading: Reading): readonly Value[] {
  const { inputs } = reading;
  // Whatever is made of sizes alone is sizes again.
  if (inputs.length > 0 && inputs.some(({ kind }) => kind === 'sizes') && inputs.every(({ kind }) => kind === 'sizes' || kind === 'constant')) {
    return node.opType === 'ConstantOfShape'
      ? [zerosOf(node)]
      : node.opType === 'Expand'
        ? expanded(node, reading)
        : node.output.map(() => ({ kind: 'sizes' }) as const);
  }
  const operator = node.domain === '' || node.domain === 'ai.onnx' ? OPERATORS.get(node.opType) : undefined;
  if (operator === undefined) throw new NoBlock('is an operator that has no block here');
  return operator(node, reading);
}

function constant(node: OnnxNode): readonly Value[] {
  const tensor = node.attribute.find(({ name }) => name === 'value')?.t;
  if (tensor !== undefined) return [{ kind: 'constant', ...readTensor(tensor) }];
  const whole = node.attribute.find(({ name }) => name === 'value_int' || name === 'value_ints');
  if (whole === undefined) throw new NoBlock('is a constant of a kind that is not read');
  const values = whole.name === 'value_int' ? [Number(whole.i)] : whole.ints.map(Number);
  return [{ kind: 'constant', dims: whole.name === 'value_int' ? [] : [values.length], values }];
}

/** Only zeros are needed: first states. */
function zerosOf(node: OnnxNode): Value {
  const value = node.attribute.find(({ name }) => name === 'value')?.t;
  if (value !== undefined && Array.from(readTensor(value).values).some((each) => each !== 0)) throw new NoBlock('makes a tensor of numbers other than 0');
  return { kind: 'zeros' };
}

function expanded(_: OnnxNode, { read }: Reading): readonly Value[] {
  const value = read(0);
  if (value?.kind === 'zeros' || (value?.kind === 'constant' && Array.from(value.values).every((each) => each === 0))) return [{ kind: 'zeros' }];
  throw new NoBlock('repeats numbers other than 0');
}

/** Rows of a table by token ids: an embedding. Otherwise one entry of what is computed. */
function gather(node: OnnxNode, { draft, read }: Reading): readonly Value[] {
  const [table, ids] = [read(0), read(1)];
  if (table?.kind === 'states') return [picked(table.items, ids)];
  if (table?.kind !== 'constant') return [gathered(draft, dataOf(table), node, read)];
  const [rows = 0, size = 0] = table.dims;
  const value = dataOf(ids);
  if (table.dims.length !== 2 || integerAttribute(node, 'axis', 0) !== 0 || draft.node(value.node).kind !== 'tokens')
    throw new NoBlock('looks something up that is no table of vectors by token');
  draft.node(value.node).params['rows'] = rows;
  const weights: DraftWeights = new Map([['weight', Float32Array.from(table.values)]]);
  return [{ ...draft.follow('embedding', value, size, { size }, weights), axes: [...value.axes, 'F'] }];
}

function picked(items: readonly Data[], index: Value | null): Data {
  const [place = NaN] = wholeNumbers(index) ?? [];
  const item = items[placeOf(place, items.length)];
  if (item === undefined) throw new NoBlock('picks a state that is not there');
  return item;
}

function matrix(value: Value | null): Tensor {
  if (value?.kind !== 'constant' || value.dims.length !== 2) throw new NoBlock('multiplies by something that is no matrix of the file');
  return value;
}

/** x W^T + b of a matrix stored [F,O], or [O,F] where `turned`. */
function dense(draft: Draft, x: Data, stored: Tensor, turned: boolean, bias: ArrayLike<number> | null): Data {
  const [rows = 0, columns = 0] = stored.dims;
  const [features, units] = turned ? [columns, rows] : [rows, columns];
  if (x.width !== features || x.axes.at(-1) !== 'F') throw new NoBlock(`multiplies ${x.width} features by a matrix for ${features}`);
  const weight = Float32Array.from(
    { length: stored.values.length },
    (_, e) => stored.values[turned ? e : (e % features) * units + Math.floor(e / features)] ?? 0,
  );
  if (bias !== null && bias.length !== units) throw new NoBlock(`adds a bias of ${bias.length} numbers to ${units}`);
  return draft.follow(
    'dense',
    x,
    units,
    { units, activation: 'none' },
    new Map([
      ['weight', weight],
      ['bias', Float32Array.from(bias ?? new Float32Array(units))],
    ]),
  );
}

function gemm(node: OnnxNode, { draft, read }: Reading): readonly Value[] {
  const float = (name: string): number => node.attribute.find((each) => each.name === name)?.f ?? 1;
  if (float('alpha') !== 1 || float('beta') !== 1 || integerAttribute(node, 'transA', 0) !== 0) throw new NoBlock('scales or turns what it multiplies');
  const bias = read(2);
  if (bias !== null && bias.kind !== 'constant') throw new NoBlock('adds something that does not stand in the file');
  return [dense(draft, dataOf(read(0)), matrix(read(1)), integerAttribute(node, 'transB', 0) === 1, bias?.values ?? null)];
}

function matMul(_: OnnxNode, { draft, read }: Reading): readonly Value[] {
  return [dense(draft, dataOf(read(0)), matrix(read(1)), false, null)];
}

/** A bias that follows its product, or two computed values. */
function add(_: OnnxNode, { draft, inputs }: Reading): readonly Value[] {
  const constants = inputs.filter((value) => value.kind === 'constant');
  const [bias] = constants;
  const data = inputs.filter((value) => value.kind === 'data');
  const [value, other] = data;
  if (value !== undefined && other !== undefined) return [joined(draft, 'add', data, value.width)];
  const node = value === undefined ? null : draft.node(value.node);
  const before = node?.weights.get('bias');
  if (value === undefined || bias === undefined || node?.kind !== 'dense' || before === undefined || draft.isRead(value.node) || value.ending !== null)
    throw new NoBlock('adds a constant to something other than a product');
  if (bias.values.length !== before.length) throw new NoBlock(`adds ${bias.values.length} numbers to ${before.length}`);
  node.weights.set(
    'bias',
    before.map((each, place) => each + (bias.values[place] ?? 0)),
  );
  return [value];
}

function overFeatures(value: Data, node: OnnxNode): Data {
  // Before opset 13 the axis left out was 1, which is the last one of a vector.
  const axis = integerAttribute(node, 'axis', -1);
  if (axisAt(value, axis) !== 'F') throw new NoBlock('goes over another axis than the features');
  return value;
}

function layerNorm(node: OnnxNode, { draft, read }: Reading): readonly Value[] {
  const value = dataOf(read(0));
  const [scale, shift] = [read(1), read(2)];
  const epsilon = node.attribute.find(({ name }) => name === 'epsilon')?.f ?? 1e-5;
  if (scale?.kind !== 'constant' || scale.values.length !== value.width) throw new NoBlock('has no scale for each feature');
  if (Math.abs(epsilon - 1e-5) > 1e-9 || axisAt(value, integerAttribute(node, 'axis', -1)) !== 'F')
    throw new NoBlock(`has epsilon ${epsilon}, or goes over another axis than the features`);
  const bias = shift?.kind === 'constant' ? Float32Array.from(shift.values) : new Float32Array(value.width);
  return [
    draft.follow(
      'layer-norm',
      value,
      value.width,
      {},
      new Map([
        ['weight', Float32Array.from(scale.values)],
        ['bias', bias],
      ]),
    ),
  ];
}

/** Over the steps a pool; over the directions of a bidirectional block, what it merges them by. */
function reduced(draft: Draft, value: Data, node: OnnxNode, read: (place: number) => Value | null, how: 'mean' | 'max' | 'sum'): Data {
  const axes = integersAttribute(node, 'axes') ?? wholeNumbers(read(1));
  const [axis] = axes ?? [];
  if (axis === undefined || axes?.length !== 1) throw new NoBlock('goes over several axes at once');
  const place = placeOf(axis, value.axes.length);
  const left = integerAttribute(node, 'keepdims', 1) === 0 ? value.axes.filter((_, each) => each !== place) : value.axes.with(place, '1');
  if (axisAt(value, place) === 'D' && how !== 'max') return mergedBy(draft, value, how, left);
  if (how === 'sum' || draft.named(value)[place] !== 'T') throw new NoBlock('goes over another axis than the steps');
  return { ...draft.follow('pool', value, value.width, { mode: how }), axes: left };
}

function mergedBy(draft: Draft, value: Data, how: 'mean' | 'sum', axes: Data['axes']): Data {
  if (value.directions === 1) return { ...value, axes };
  draft.merge(value.node, how);
  return { ...value, axes, directions: 1, width: value.width / 2 };
}

/** How an operator of the file is named in a sentence. */
export function nameOf({ opType, name, output }: OnnxNode): string {
  return `${plain(opType)} "${plain(name === '' ? (output[0] ?? '') : name)}"`;
}

const MOST_LETTERS = 80;

/** A name of the file as a part of a sentence: in one line, without what is no letter, not longer than a sentence. */
function plain(name: string): string {
  const line = name.replace(/[\p{C}\p{Z}\uFFFD]+/gu, ' ').trim();
  return line === '' ? '?' : line.length > MOST_LETTERS ? `${line.slice(0, MOST_LETTERS)}...` : line;
}
