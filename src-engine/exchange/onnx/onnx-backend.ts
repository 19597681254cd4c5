import type { CheckedNode } from '../../document/checked.ts';
import { decoderCell } from '../../document/decoder-cell.ts';
import { choiceParam, numberParam } from '../../document/params.ts';
import type { GraphNode } from '../../document/project.ts';
import { ownStepsOf, type DataSignature, type Normalisation } from '../../document/signature.ts';
import type { Arrival, Backend } from '../walk-graph.ts';
import { float, integer, integers } from './attributes.ts';
import { GraphBuilder, valueInfo, type TensorName } from './graph-builder.ts';
import { DecoderLoop } from './decoder-loop.ts';
import { DATA_TYPE, type GraphProto, type ValueInfoProto } from './onnx-schema.ts';
import { readValues, recurrentOperator, type Values } from './recurrent-operator.ts';

/** Tensors of a layer's result: a sequence [T,B,F], ids [T,B] or a vector [B,F]; its final state h, of an LSTM also c, [B,H]. */
export interface Tensors {
  readonly out: TensorName;
  readonly isSequence: boolean;
  readonly h: TensorName | null;
  readonly c: TensorName | null;
  /** True for what is written step by step, inside the decoder's loop; T is 1 there. */
  readonly inLoop: boolean;
}

const ACTIVATIONS: ReadonlyMap<string, string> = new Map([
  ['tanh', 'Tanh'],
  ['relu', 'Relu'],
  ['sigmoid', 'Sigmoid'],
]);

/** Layers as ONNX operators, time first inside, rows first at both ends. */
export class OnnxBackend implements Backend<Tensors> {
  private readonly builder = new GraphBuilder();
  private readonly inputs: ValueInfoProto[] = [];
  private outputs: ValueInfoProto[] = [];
  private loop: DecoderLoop | null = null;
  private lengthsName: TensorName | null = null;
  private lengths32Name: TensorName | null = null;
  /** Made by `input`: [T] of the inputs, as a scalar; null for a vector. */
  private steps: TensorName | null = null;
  private readonly signature: DataSignature;
  private readonly values: Values;

  constructor(signature: DataSignature, values: Values) {
    this.signature = signature;
    this.values = values;
  }

  graph(name: string): GraphProto {
    return this.builder.graph(name, this.inputs, this.outputs);
  }

  input(): Tensors {
    const { input } = this.signature;
    const { builder } = this;
    if (input.kind === 'tokens') {
      const ids = builder.name('ids');
      this.inputs.push(valueInfo(ids, DATA_TYPE.int64, ['batch', 'steps']));
      const out = builder.op('Transpose', [ids], [integers('perm', [1, 0])]);
      return this.measured({ ...PLAIN, out, isSequence: true });
    }
    const x = builder.name('x');
    const isSequence = input.kind === 'features';
    this.inputs.push(valueInfo(x, DATA_TYPE.float, isSequence ? ['batch', 'steps', input.width] : ['batch', input.width]));
    const scaled = this.normalised(x, input.normalisation);
    if (!isSequence) return { ...PLAIN, out: scaled, isSequence };
    return this.measured({ ...PLAIN, out: builder.op('Transpose', [scaled], [integers('perm', [1, 0, 2])]), isSequence });
  }

  private measured(value: Tensors): Tensors {
    this.steps = this.sizeOf(this.builder, value.out, 0);
    return value;
  }

  private normalised(x: TensorName, normalisation: Normalisation | null): TensorName {
    if (normalisation === null) return x;
    const { builder } = this;
    const width = normalisation.mean.length;
    const centred = builder.op('Sub', [x, builder.floats('input_mean', [width], normalisation.mean)]);
    return builder.op('Div', [centred, builder.floats('input_deviation', [width], normalisation.deviation)]);
  }

  /** The builder of what reads these, and their names there: of a sequence outside the loop, the step the loop stands at. */
  private reading(arrivals: readonly Arrival<Tensors>[]): { readonly builder: GraphBuilder; readonly names: readonly TensorName[]; readonly inLoop: boolean } {
    const { loop } = this;
    const inLoop = loop !== null && arrivals.some(({ value }) => value.inLoop);
    const builder = inLoop ? loop.body : this.builder;
    const names = arrivals.map(({ value, isState }) => {
      const name = isState && value.h !== null ? value.h : value.out;
      return inLoop && !value.inLoop && value.isSequence && !isState ? loop.stepOf(name) : name;
    });
    return { builder, names, inLoop };
  }

  private tensor(builder: GraphBuilder, name: string, dims: readonly number[]): TensorName {
    return builder.floats(name, dims, readValues(this.values, name));
  }

  /** int64 [B], an input of the model once something reads it. */
  private lengths(): TensorName {
    if (this.lengthsName === null) {
      this.lengthsName = this.builder.name('lengths');
      this.inputs.push(valueInfo(this.lengthsName, DATA_TYPE.int64, ['batch']));
    }
    return this.lengthsName;
  }

  private lengths32(): TensorName {
    this.lengths32Name ??= this.builder.cast(this.lengths(), DATA_TYPE.int32);
    return this.lengths32Name;
  }

  cell(node: GraphNode, path: string, input: Tensors, start: Arrival<Tensors> | null): Tensors {
    const { builder, names, inLoop } = this.reading([{ value: input, isState: false }]);
    const [x = ''] = names;
    const first = start === null ? { h: null, c: null } : this.startOf(node, start);
    if (inLoop && this.loop !== null) return this.cellInLoop(this.loop, node, path, x, first);
    const unsqueezed = { h: first.h === null ? '' : builder.unsqueeze(first.h, 0), c: first.c === null ? '' : builder.unsqueeze(first.c, 0) };
    const [y = '', h = '', c] = this.recurrent(builder, node, [path], x, this.lengths32(), unsqueezed);
    const states = { h: builder.squeeze(h, 0), c: c === undefined ? null : builder.squeeze(c, 0) };
    return { ...PLAIN, ...states, out: builder.squeeze(y, 1, path), isSequence: true };
  }

  /** What a cell starts from: h, and c where both are LSTMs. */
  private startOf(node: GraphNode, { value, isState }: Arrival<Tensors>): { h: TensorName; c: TensorName | null } {
    const h = isState && value.h !== null ? value.h : value.out;
    return { h, c: node.kind === 'lstm' && isState ? value.c : null };
  }

  /** Y [T,D,B,H], Y_h [D,B,H] and, of an LSTM, Y_c. */
  private recurrent(
    builder: GraphBuilder,
    node: GraphNode,
    paths: readonly string[],
    x: TensorName,
    lengths: TensorName,
    start: { readonly h: TensorName; readonly c: TensorName },
  ): readonly TensorName[] {
    const { opType, attributes, tensors } = recurrentOperator(node, paths, this.values);
    const [path = ''] = paths;
    const weights = Object.entries(tensors).flatMap(([name, stored]) =>
      stored === null ? [] : [builder.floats(`${path}.${name}`, stored.dims, stored.values)],
    );
    const [w = '', r = '', b = '', p = ''] = weights;
    const isLstm = opType === 'LSTM';
    const inputs = [x, w, r, b, lengths, start.h, ...(isLstm ? [start.c, p] : [])];
    return builder.ops(opType, inputs, attributes, [`${path}.Y`, `${path}.Y_h`, ...(isLstm ? [`${path}.Y_c`] : [])]);
  }

  /** One step of a cell whose state the loop carries. */
  private cellInLoop(loop: DecoderLoop, node: GraphNode, path: string, x: TensorName, first: { h: TensorName | null; c: TensorName | null }): Tensors {
    const units = numberParam(node, 'units');
    const carry = (start: TensorName | null, name: string): { before: TensorName; after: (next: TensorName) => void } =>
      loop.carry(name, DATA_TYPE.float, start === null ? this.zeros(units) : this.builder.unsqueeze(start, 0));
    const h = carry(first.h, `${path}.h`);
    const c = node.kind === 'lstm' ? carry(first.c, `${path}.c`) : null;
    const [y = '', nextH = '', nextC = ''] = this.recurrent(loop.body, node, [path], x, '', { h: h.before, c: c?.before ?? '' });
    h.after(nextH);
    c?.after(nextC);
    return { out: loop.body.squeeze(y, 1, path), isSequence: true, h: null, c: null, inLoop: true };
  }

  /** [1,B,units] of zeros. */
  private zeros(units: number): TensorName {
    const { builder } = this;
    const shape = builder.op('Concat', [builder.integers('one', [1]), this.rows(), builder.integers('units', [units])], [integer('axis', 0)]);
    return builder.op('Expand', [builder.floats('zero', [1, 1, 1], [0]), shape]);
  }

  /** [B] as int64 [1]. */
  private rows(): TensorName {
    const [input] = this.inputs;
    if (input === undefined) throw new Error('a model without an input passed the check');
    return this.builder.op('Shape', [input.name], [integer('start', 0), integer('end', 1)]);
  }

  hasBothDirections(): boolean {
    return true;
  }

  bothDirections(cell: GraphNode, path: string, input: Tensors, block: GraphNode): Tensors {
    const { builder } = this;
    const paths = [`${path}.forward`, `${path}.backward`];
    const [y = '', h = '', c] = this.recurrent(builder, cell, paths, input.out, this.lengths32(), { h: '', c: '' });
    const merge = choiceParam(block, 'merge');
    const states = { h: this.mergedAxis(h, 0, merge), c: c === undefined ? null : this.mergedAxis(c, 0, merge) };
    return { ...PLAIN, ...states, out: this.mergedAxis(y, 1, merge), isSequence: true };
  }

  /** The two directions on an axis of a [..,2,B,H] as one. */
  private mergedAxis(x: TensorName, axis: 0 | 1, merge: string): TensorName {
    const { builder } = this;
    if (merge === 'sum') return builder.op('ReduceSum', [x, builder.integers('axes', [axis])], [integer('keepdims', 0)]);
    if (merge === 'mean') return builder.op('ReduceMean', [x], [integers('axes', [axis]), integer('keepdims', 0)]);
    const beside = builder.op('Transpose', [x], [integers('perm', axis === 0 ? [1, 0, 2] : [0, 2, 1, 3])]);
    return builder.op('Reshape', [beside, builder.integers('shape', axis === 0 ? [0, -1] : [0, 0, -1])]);
  }

  decoder(node: GraphNode, start: Arrival<Tensors>): Tensors {
    const cell = decoderCell(node);
    const first = this.startOf(cell, start);
    const own = ownStepsOf(this.signature.output);
    const steps = own === null ? (this.steps ?? this.longestRow()) : this.builder.integers('answer_steps', [own], []);
    const previous = this.builder.op('ConstantOfShape', [this.builder.op('Concat', [this.builder.integers('one', [1]), this.rows()], [integer('axis', 0)])]);
    const loop = new DecoderLoop(this.builder, steps, this.builder.cast(previous, DATA_TYPE.int64));
    this.loop = loop;
    const weight = readValues(this.values, `${node.id}.embedding`);
    const size = numberParam(node, 'size');
    const table = loop.body.floats(`${node.id}.embedding`, [weight.length / size, size], weight);
    const x = loop.body.op('Gather', [table, loop.previous], [integer('axis', 0)]);
    return this.cellInLoop(loop, cell, node.id, x, first);
  }

  plain({ node }: CheckedNode, path: string, arrivals: readonly Arrival<Tensors>[]): Tensors {
    const { builder, names, inLoop } = this.reading(arrivals);
    const [x = ''] = names;
    const [first] = arrivals;
    const isSequence = first !== undefined && first.value.isSequence && !first.isState;
    const result = (out: TensorName, sequence = isSequence): Tensors => ({ ...PLAIN, out, isSequence: sequence, inLoop });
    switch (node.kind) {
      case 'embedding':
        return result(builder.op('Gather', [this.embedding(builder, path, node), x], [integer('axis', 0)], path));
      case 'one-hot':
        return result(builder.op('OneHot', [x, builder.integers('depth', [this.vocabulary()], []), builder.floats('off_on', [2], [0, 1])]));
      case 'dense':
        return result(this.activated(builder, choiceParam(node, 'activation'), this.linear(builder, path, x)));
      case 'activation':
        return result(this.activated(builder, choiceParam(node, 'activation'), x));
      case 'layer-norm': {
        const width = readValues(this.values, `${path}.weight`).length;
        const inputs = [x, this.tensor(builder, `${path}.weight`, [width]), this.tensor(builder, `${path}.bias`, [width])];
        return result(builder.op('LayerNormalization', inputs, [integer('axis', -1), float('epsilon', 1e-5)], path));
      }
      case 'dropout':
        return result(x);
      case 'concat':
        return result(builder.op('Concat', names, [integer('axis', -1)]));
      case 'add':
        return result(builder.op('Sum', names));
      case 'last-step':
        return result(this.lastStep(x), false);
      case 'pool':
        return result(this.pooled(choiceParam(node, 'mode'), path, x), false);
      case 'repeat':
        return result(this.repeated(x), true);
      default:
        throw new Error(`${node.kind} passed the check but has no operator`);
    }
  }

  private embedding(builder: GraphBuilder, path: string, node: GraphNode): TensorName {
    return this.tensor(builder, `${path}.weight`, [this.vocabulary(), numberParam(node, 'size')]);
  }

  private vocabulary(): number {
    return this.signature.input.kind === 'tokens' ? this.signature.input.vocabulary.length : 0;
  }

  private activated(builder: GraphBuilder, activation: string, x: TensorName): TensorName {
    const opType = ACTIVATIONS.get(activation);
    return opType === undefined ? x : builder.op(opType, [x]);
  }

  /** x W^T + b; the stored matrix is W^T, [F,O]. */
  private linear(builder: GraphBuilder, path: string, x: TensorName): TensorName {
    const bias = readValues(this.values, `${path}.bias`);
    const product = this.product(builder, `${path}.weight`, x, bias.length);
    return builder.op('Add', [product, builder.floats(`${path}.bias`, [bias.length], bias)], [], path);
  }

  private product(builder: GraphBuilder, name: string, x: TensorName, rows: number): TensorName {
    const weight = readValues(this.values, name);
    const columns = weight.length / rows;
    const turned = Float32Array.from({ length: weight.length }, (_, e) => weight[(e % rows) * columns + Math.floor(e / rows)] ?? 0);
    return builder.op('MatMul', [x, builder.floats(name, [columns, rows], turned)]);
  }

  private lastStep(x: TensorName): TensorName {
    const { builder } = this;
    const rowsFirst = builder.op('Transpose', [x], [integers('perm', [1, 0, 2])]);
    const ends = builder.unsqueeze(builder.op('Sub', [this.lengths(), builder.integers('one', [1])]), 1);
    return builder.op('GatherND', [rowsFirst, ends], [integer('batch_dims', 1)]);
  }

  private pooled(mode: string, path: string, x: TensorName): TensorName {
    const { builder } = this;
    const valid = this.mask(x);
    const lowest = mode === 'mean' ? '' : builder.floats('lowest', [], [-Infinity]);
    if (mode === 'max') return builder.op('ReduceMax', [builder.op('Where', [valid, x, lowest])], [integers('axes', [0]), integer('keepdims', 0)]);
    const zero = builder.floats('zero', [], [0]);
    if (mode === 'mean') {
      const sum = this.sumOfSteps(builder.op('Where', [valid, x, zero]));
      return builder.op('Div', [sum, builder.unsqueeze(builder.cast(this.lengths(), DATA_TYPE.float), 1)]);
    }
    const width = readValues(this.values, `${path}.vector`).length;
    const keys = builder.op('Tanh', [this.product(builder, `${path}.weight`, x, width)]);
    const scores = builder.op('MatMul', [keys, this.tensor(builder, `${path}.vector`, [width, 1])]);
    const weights = builder.op('Softmax', [builder.op('Where', [valid, scores, lowest])], [integer('axis', 0)]);
    return this.sumOfSteps(builder.op('Mul', [weights, builder.op('Where', [valid, x, zero])]));
  }

  private sumOfSteps(x: TensorName): TensorName {
    return this.builder.op('ReduceSum', [x, this.builder.integers('axes', [0])], [integer('keepdims', 0)]);
  }

  /** bool [T,B,1]: true within each row's length. */
  private mask(x: TensorName): TensorName {
    const { builder } = this;
    const steps = builder.op('Range', [builder.integers('zero', [0], []), this.sizeOf(builder, x, 0), builder.integers('one', [1], [])]);
    const less = builder.op('Less', [builder.unsqueeze(steps, 1), builder.unsqueeze(this.lengths(), 0)]);
    return builder.unsqueeze(less, 2);
  }

  /** A size of a tensor as an int64 scalar. */
  private sizeOf(builder: GraphBuilder, x: TensorName, axis: number): TensorName {
    return builder.squeeze(builder.op('Shape', [x], [integer('start', axis), integer('end', axis + 1)]), 0);
  }

  private longestRow(): TensorName {
    return this.builder.op('ReduceMax', [this.lengths()], [integer('keepdims', 0)]);
  }

  private repeated(x: TensorName): TensorName {
    const { builder } = this;
    const own = ownStepsOf(this.signature.output);
    const steps = own !== null ? builder.integers('answer_steps', [own], []) : (this.steps ?? this.longestRow());
    const shape = builder.op('Concat', [builder.unsqueeze(steps, 0), builder.integers('ones', [1, 1])], [integer('axis', 0)]);
    return builder.op('Expand', [builder.unsqueeze(x, 0), shape]);
  }

  flip(_path: string, input: Tensors): Tensors {
    const out = this.builder.op('ReverseSequence', [input.out, this.lengths()], [integer('time_axis', 0), integer('batch_axis', 1)]);
    return { ...PLAIN, out, isSequence: true };
  }

  join(block: GraphNode, path: string, forward: Tensors, backward: Tensors): Tensors {
    const merge = choiceParam(block, 'merge');
    const restored = this.flip(path, backward).out;
    const finals = [forward, backward].map((each) => each.h ?? this.lastStep(each.out));
    const cells = forward.c !== null && backward.c !== null ? [forward.c, backward.c] : null;
    return {
      ...PLAIN,
      out: this.merged([forward.out, restored], merge),
      isSequence: true,
      h: this.merged(finals, merge),
      c: cells === null ? null : this.merged(cells, merge),
    };
  }

  private merged(parts: readonly TensorName[], merge: string): TensorName {
    const { builder } = this;
    if (merge === 'concat') return builder.op('Concat', parts, [integer('axis', -1)]);
    return builder.op(merge === 'sum' ? 'Sum' : 'Mean', parts);
  }

  residual(_path: string, input: Tensors, output: Tensors): Tensors {
    const { builder, names } = this.reading([
      { value: input, isState: false },
      { value: output, isState: false },
    ]);
    return { ...output, out: builder.op('Add', names) };
  }

  dropout(_path: string, _rate: number, input: Tensors): Tensors {
    return input;
  }

  head({ node }: CheckedNode, arrival: Arrival<Tensors>): void {
    const { builder, names, inLoop } = this.reading([arrival]);
    const [x = ''] = names;
    const answers = this.answers(builder, node, this.linear(builder, node.id, x));
    const { output } = this.signature;
    const isSequence = arrival.value.isSequence && !arrival.isState;
    const width = output.kind === 'classes' ? output.classes.length : output.width;
    const timeFirst = inLoop && this.loop !== null ? this.loop.finish(answers, width) : answers;
    const axes = isSequence ? [1, 0, 2] : [0, 1];
    const name = this.builder.op('Transpose', [timeFirst], [integers('perm', axes)], output.kind === 'classes' ? 'probabilities' : 'numbers');
    this.outputs = [valueInfo(name, DATA_TYPE.float, isSequence ? ['batch', 'answer steps', width] : ['batch', width])];
  }

  /** Class probabilities, or numbers in the unit of the data. */
  private answers(builder: GraphBuilder, node: GraphNode, y: TensorName): TensorName {
    const { output } = this.signature;
    if (node.kind === 'softmax-head') return builder.op('Softmax', [y], [integer('axis', -1)]);
    if (node.kind === 'sigmoid-head') {
      const share = builder.op('Sigmoid', [y]);
      if (output.kind !== 'classes' || output.classes.length !== 2) return share;
      return builder.op('Concat', [builder.op('Sub', [builder.floats('one', [], [1]), share]), share], [integer('axis', -1)]);
    }
    const normalisation = output.kind === 'numbers' ? output.normalisation : null;
    if (normalisation === null) return y;
    const width = normalisation.mean.length;
    const scaled = builder.op('Mul', [y, builder.floats('output_deviation', [width], normalisation.deviation)]);
    return builder.op('Add', [scaled, builder.floats('output_mean', [width], normalisation.mean)]);
  }
}

const PLAIN = { h: null, c: null, inLoop: false } as const;
