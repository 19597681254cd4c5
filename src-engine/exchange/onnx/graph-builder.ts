import { integer } from './attributes.ts';
import { DATA_TYPE, type AttributeProto, type GraphProto, type NodeProto, type TensorProto, type ValueInfoProto } from './onnx-schema.ts';

/** Name of a tensor in the graph; empty where an optional one is left out. */
export type TensorName = string;

/** Puts an ONNX graph together, node by node; names are handed out, none twice, in a graph and the graphs inside it. */
export class GraphBuilder {
  private readonly nodes: NodeProto[] = [];
  private readonly initializers: TensorProto[] = [];
  private readonly used: Map<string, number>;

  constructor(used = new Map<string, number>()) {
    this.used = used;
  }

  /** The builder of a graph inside this one, which sees this one's tensors. */
  inner(): GraphBuilder {
    return new GraphBuilder(this.used);
  }

  name(wanted: string): TensorName {
    const count = this.used.get(wanted) ?? 0;
    this.used.set(wanted, count + 1);
    return count === 0 ? wanted : `${wanted}_${String(count)}`;
  }

  /** A node with one output. */
  op(opType: string, inputs: readonly TensorName[], attributes: readonly AttributeProto[] = [], wanted = opType.toLowerCase()): TensorName {
    const [output = ''] = this.ops(opType, inputs, attributes, [wanted]);
    return output;
  }

  /** A node with as many outputs as `wanted` has names; an empty one is left out. */
  ops(opType: string, inputs: readonly TensorName[], attributes: readonly AttributeProto[], wanted: readonly string[]): readonly TensorName[] {
    const output = wanted.map((each) => (each === '' ? '' : this.name(each)));
    this.nodes.push({ name: output.find((each) => each !== '') ?? this.name(opType), opType, input: inputs, output, attribute: attributes });
    return output;
  }

  floats(wanted: string, dims: readonly number[], values: ArrayLike<number>): TensorName {
    const data = Float32Array.from(values);
    return this.tensor(wanted, dims, DATA_TYPE.float, new Uint8Array(data.buffer));
  }

  integers(wanted: string, values: readonly number[], dims: readonly number[] = [values.length]): TensorName {
    const data = BigInt64Array.from(values, BigInt);
    return this.tensor(wanted, dims, DATA_TYPE.int64, new Uint8Array(data.buffer));
  }

  truth(wanted: string, value: boolean): TensorName {
    return this.tensor(wanted, [], DATA_TYPE.bool, Uint8Array.of(value ? 1 : 0));
  }

  private tensor(wanted: string, dims: readonly number[], dataType: number, rawData: Uint8Array): TensorName {
    const name = this.name(wanted);
    this.initializers.push({ name, dims: dims.map(BigInt), dataType, rawData });
    return name;
  }

  cast(x: TensorName, to: number): TensorName {
    return this.op('Cast', [x], [integer('to', to)]);
  }

  squeeze(x: TensorName, axis: number, wanted?: string): TensorName {
    return this.op('Squeeze', [x, this.integers('axes', [axis])], [], wanted);
  }

  unsqueeze(x: TensorName, axis: number): TensorName {
    return this.op('Unsqueeze', [x, this.integers('axes', [axis])]);
  }

  graph(name: string, input: readonly ValueInfoProto[], output: readonly ValueInfoProto[]): GraphProto {
    return { name, node: this.nodes, initializer: this.initializers, input, output };
  }
}

/** A number is a size, a text the name of one that is known only when the model runs. */
export function valueInfo(name: TensorName, elemType: number, dims: readonly (number | string)[]): ValueInfoProto {
  const dim = dims.map((size) => (typeof size === 'number' ? { dimValue: BigInt(size) } : { dimParam: size }));
  return { name, type: { tensorType: { elemType, shape: { dim } } } };
}
