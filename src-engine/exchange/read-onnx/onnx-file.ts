import { z } from 'zod';
import { problem, ProblemError } from '../../document/problems.ts';
import { DATA_TYPE, decodeMessage } from '../onnx/onnx-schema.ts';

const tensorSchema = z.object({
  name: z.string(),
  dims: z.array(z.bigint()),
  dataType: z.number(),
  floatData: z.array(z.number()),
  int32Data: z.array(z.number()),
  int64Data: z.array(z.bigint()),
  doubleData: z.array(z.number()),
  rawData: z.instanceof(Uint8Array),
  externalData: z.array(z.unknown()),
  dataLocation: z.number(),
});

const attributeSchema = z.object({
  name: z.string(),
  f: z.number(),
  i: z.bigint(),
  s: z.instanceof(Uint8Array),
  t: tensorSchema.optional(),
  floats: z.array(z.number()),
  ints: z.array(z.bigint()),
  strings: z.array(z.instanceof(Uint8Array)),
});

const nodeSchema = z.object({
  name: z.string(),
  opType: z.string(),
  domain: z.string(),
  input: z.array(z.string()),
  output: z.array(z.string()),
  attribute: z.array(attributeSchema),
});

const endSchema = z.object({
  name: z.string(),
  type: z
    .object({ tensorType: z.object({ elemType: z.number(), shape: z.object({ dim: z.array(z.object({ dimValue: z.bigint() })) }).optional() }).optional() })
    .optional(),
});

const modelSchema = z.object({
  graph: z.object({
    name: z.string(),
    node: z.array(nodeSchema),
    initializer: z.array(tensorSchema),
    sparseInitializer: z.array(z.unknown()),
    input: z.array(endSchema),
    output: z.array(endSchema),
  }),
  metadataProps: z.array(z.object({ key: z.string(), value: z.string() })),
});

export type OnnxFile = z.infer<typeof modelSchema>;
export type OnnxNode = z.infer<typeof nodeSchema>;
type OnnxTensor = z.infer<typeof tensorSchema>;

/** The model of a .onnx file. Throws ProblemError U042 where the bytes are none. */
export function readOnnxFile(bytes: Uint8Array): OnnxFile {
  let message: unknown;
  try {
    message = decodeMessage(bytes);
  } catch {
    throw damaged('its bytes are not those of an ONNX model');
  }
  const parsed = modelSchema.safeParse(message);
  if (!parsed.success) throw damaged(`it has no whole graph (${parsed.error.issues[0]?.path.join('.') ?? ''})`);
  if (parsed.data.graph.sparseInitializer.length > 0) throw damaged('it holds sparse weights, which are not read here');
  return parsed.data;
}

export function damaged(how: string): ProblemError {
  return new ProblemError([problem('U042', `The ONNX file cannot be read: ${how}.`, 'Export the model again, or choose another file.')]);
}

/** Numbers of a tensor, row-major; int64 as far as a number is exact. */
export interface Tensor {
  readonly dims: readonly number[];
  readonly values: ArrayLike<number>;
}

/** Bytes of one number in `rawData`, and how it is read. */
const READERS: ReadonlyMap<number, readonly [number, (view: DataView, at: number) => number]> = new Map([
  [DATA_TYPE.float, [4, (view: DataView, at: number) => view.getFloat32(at, true)]],
  [DATA_TYPE.double, [8, (view: DataView, at: number) => view.getFloat64(at, true)]],
  [DATA_TYPE.float16, [2, (view: DataView, at: number) => view.getFloat16(at, true)]],
  [DATA_TYPE.int32, [4, (view: DataView, at: number) => view.getInt32(at, true)]],
  [DATA_TYPE.int64, [8, (view: DataView, at: number) => Number(view.getBigInt64(at, true))]],
  [DATA_TYPE.bool, [1, (view: DataView, at: number) => view.getUint8(at)]],
]);

/** A tensor's numbers. Throws ProblemError U042 where it holds other than it says, or says to lie in another file: that is never read. */
export function readTensor(tensor: OnnxTensor): Tensor {
  const { name, dataType, rawData } = tensor;
  if (tensor.dataLocation !== 0 || tensor.externalData.length > 0) throw damaged(`${name} lies in another file beside it; only models in one file are read`);
  const dims = tensor.dims.map(Number);
  if (dims.some((size) => !Number.isSafeInteger(size) || size < 0)) throw damaged(`${name} has the sizes ${dims.join(' x ')}`);
  const count = dims.reduce((product, size) => product * size, 1);
  const reader = READERS.get(dataType);
  if (reader === undefined) throw damaged(`${name} holds numbers of type ${dataType}, which are no weights here`);
  const [size, read] = reader;
  const listed = listedValues(tensor);
  const there = rawData.length > 0 ? rawData.length / size : listed.length;
  if (there !== count) throw damaged(`${name} holds ${there} numbers where its sizes ${dims.join(' x ')} say ${count}`);
  if (rawData.length === 0) return { dims, values: listed };
  const view = new DataView(rawData.buffer, rawData.byteOffset, rawData.byteLength);
  return { dims, values: Float64Array.from({ length: count }, (_, place) => read(view, place * size)) };
}

function listedValues({ dataType, floatData, doubleData, int32Data, int64Data }: OnnxTensor): readonly number[] {
  if (dataType === DATA_TYPE.float) return floatData;
  if (dataType === DATA_TYPE.double) return doubleData;
  return dataType === DATA_TYPE.int64 ? int64Data.map(Number) : int32Data;
}
