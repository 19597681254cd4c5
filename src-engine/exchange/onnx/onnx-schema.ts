import { create, createFileRegistry, fromBinary, toBinary } from '@bufbuild/protobuf';
import { FieldDescriptorProto_Label as Label, FieldDescriptorProto_Type as Type, FileDescriptorProtoSchema } from '@bufbuild/protobuf/wkt';

/** The part of onnx.proto (IR version 8, opset 17; github.com/onnx/onnx, Apache-2.0) that models written and read here need; names in camel case. */
export interface ModelProto {
  readonly irVersion: bigint;
  readonly producerName: string;
  readonly opsetImport: readonly { readonly domain: string; readonly version: bigint }[];
  readonly graph: GraphProto;
  readonly metadataProps: readonly { readonly key: string; readonly value: string }[];
}

export interface GraphProto {
  readonly name: string;
  readonly node: readonly NodeProto[];
  readonly initializer: readonly TensorProto[];
  readonly input: readonly ValueInfoProto[];
  readonly output: readonly ValueInfoProto[];
}

/** An optional input or output that is left out has the empty name. */
export interface NodeProto {
  readonly name: string;
  readonly opType: string;
  readonly input: readonly string[];
  readonly output: readonly string[];
  readonly attribute: readonly AttributeProto[];
}

export type AttributeProto =
  | { readonly name: string; readonly type: typeof ATTRIBUTE_TYPE.float; readonly f: number }
  | { readonly name: string; readonly type: typeof ATTRIBUTE_TYPE.graph; readonly g: GraphProto }
  | { readonly name: string; readonly type: typeof ATTRIBUTE_TYPE.ints; readonly ints: readonly bigint[] }
  | { readonly name: string; readonly type: typeof ATTRIBUTE_TYPE.int; readonly i: bigint }
  | { readonly name: string; readonly type: typeof ATTRIBUTE_TYPE.string; readonly s: Uint8Array }
  | { readonly name: string; readonly type: typeof ATTRIBUTE_TYPE.strings; readonly strings: readonly Uint8Array[] };

export interface TensorProto {
  readonly name: string;
  readonly dims: readonly bigint[];
  readonly dataType: number;
  /** Little-endian. */
  readonly rawData: Uint8Array;
}

export interface ValueInfoProto {
  readonly name: string;
  readonly type: {
    readonly tensorType: { readonly elemType: number; readonly shape: { readonly dim: readonly Dimension[] } };
  };
}

/** A size, or the name of one that is known only when the model runs. */
type Dimension = { readonly dimValue: bigint } | { readonly dimParam: string };

export const ATTRIBUTE_TYPE = { float: 1, int: 2, string: 3, graph: 5, ints: 7, strings: 8 } as const;
export const DATA_TYPE = { float: 1, int32: 6, int64: 7, bool: 9, float16: 10, double: 11 } as const;

/** Field number, type (a scalar or a message), and whether there is a list of them. Enums are int32 here: the same bytes. */
type Field = readonly [number: number, type: string, repeated?: 'repeated'];

const MESSAGES: Readonly<Record<string, Readonly<Record<string, Field>>>> = {
  ModelProto: {
    ir_version: [1, 'int64'],
    producer_name: [2, 'string'],
    graph: [7, 'GraphProto'],
    opset_import: [8, 'OperatorSetIdProto', 'repeated'],
    metadata_props: [14, 'StringStringEntryProto', 'repeated'],
  },
  StringStringEntryProto: { key: [1, 'string'], value: [2, 'string'] },
  OperatorSetIdProto: { domain: [1, 'string'], version: [2, 'int64'] },
  GraphProto: {
    node: [1, 'NodeProto', 'repeated'],
    name: [2, 'string'],
    initializer: [5, 'TensorProto', 'repeated'],
    input: [11, 'ValueInfoProto', 'repeated'],
    output: [12, 'ValueInfoProto', 'repeated'],
    sparse_initializer: [15, 'SparseTensorProto', 'repeated'],
  },
  SparseTensorProto: { values: [1, 'TensorProto'] },
  NodeProto: {
    input: [1, 'string', 'repeated'],
    output: [2, 'string', 'repeated'],
    name: [3, 'string'],
    op_type: [4, 'string'],
    attribute: [5, 'AttributeProto', 'repeated'],
    domain: [7, 'string'],
  },
  AttributeProto: {
    name: [1, 'string'],
    f: [2, 'float'],
    i: [3, 'int64'],
    s: [4, 'bytes'],
    t: [5, 'TensorProto'],
    g: [6, 'GraphProto'],
    floats: [7, 'float', 'repeated'],
    ints: [8, 'int64', 'repeated'],
    strings: [9, 'bytes', 'repeated'],
    type: [20, 'int32'],
  },
  TensorProto: {
    dims: [1, 'int64', 'repeated'],
    data_type: [2, 'int32'],
    float_data: [4, 'float', 'repeated'],
    int32_data: [5, 'int32', 'repeated'],
    int64_data: [7, 'int64', 'repeated'],
    name: [8, 'string'],
    raw_data: [9, 'bytes'],
    double_data: [10, 'double', 'repeated'],
    external_data: [13, 'StringStringEntryProto', 'repeated'],
    data_location: [14, 'int32'],
  },
  ValueInfoProto: { name: [1, 'string'], type: [2, 'TypeProto'] },
  TypeProto: { tensor_type: [1, 'TensorType'] },
  TensorType: { elem_type: [1, 'int32'], shape: [2, 'TensorShapeProto'] },
  TensorShapeProto: { dim: [1, 'Dimension', 'repeated'] },
  Dimension: { dim_value: [1, 'int64'], dim_param: [2, 'string'] },
};

const SCALARS: ReadonlyMap<string, Type> = new Map([
  ['float', Type.FLOAT],
  ['double', Type.DOUBLE],
  ['int32', Type.INT32],
  ['int64', Type.INT64],
  ['string', Type.STRING],
  ['bytes', Type.BYTES],
]);

const SCHEMA = createFileRegistry(
  create(FileDescriptorProtoSchema, {
    name: 'onnx.proto',
    package: 'onnx',
    syntax: 'proto2',
    messageType: Object.entries(MESSAGES).map(([name, fields]) => ({
      name,
      field: Object.entries(fields).map(([field, [number, type, repeated]]) => {
        const scalar = SCALARS.get(type);
        return {
          name: field,
          number,
          label: repeated === undefined ? Label.OPTIONAL : Label.REPEATED,
          ...(scalar === undefined ? { type: Type.MESSAGE, typeName: `.onnx.${type}` } : { type: scalar }),
        };
      }),
    })),
  }),
  () => undefined,
);

const MODEL = modelSchema();

function modelSchema() {
  const schema = SCHEMA.getMessage('onnx.ModelProto');
  if (schema === undefined) throw new Error('the schema has no ModelProto');
  return schema;
}

/** The bytes of a .onnx file. */
export function encodeModel(model: ModelProto): Uint8Array {
  return toBinary(MODEL, create(MODEL, { ...model }));
}

/** The fields of a .onnx file by their names in camel case, unchecked; throws where the bytes are no protobuf message. */
export function decodeMessage(bytes: Uint8Array): unknown {
  return fromBinary(MODEL, bytes);
}
