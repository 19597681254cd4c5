import { env, InferenceSession, Tensor } from 'onnxruntime-web';
import type { Batch } from '../../../src-engine/data/dataset.ts';
import { DATA_TYPE, encodeModel, type NodeProto, type TensorProto, type ValueInfoProto } from '../../../src-engine/exchange/onnx/onnx-schema.ts';
import type { RecurrentOperator, Weights } from '../../../src-engine/exchange/onnx/recurrent-operator.ts';

env.wasm.numThreads = 1;

const OPSET = { irVersion: 8n, opsetImport: [{ domain: '', version: 17n }] };

/** Of the last operator. Padded steps of Y are zeros. */
export interface OperatorOutputs {
  readonly Y: Float32Array; // [T,D,B,H]
  readonly Y_h: Float32Array; // [D,B,H]
}

/** ONNX Runtime over the operators, all on the batch's features; each starts from the final h of the one before it, an LSTM from its c too. */
export async function runOperators(operators: readonly RecurrentOperator[], batch: Batch, width: number): Promise<OperatorOutputs> {
  if (batch.inputs.kind !== 'features') throw new Error('the operators read features');
  const session = await InferenceSession.create(modelOf(operators, batch, width), { executionProviders: ['wasm'] });
  try {
    const { Y, Y_h } = await session.run({
      X: new Tensor('float32', batch.inputs.values, [batch.steps, batch.size, width]),
      sequence_lens: new Tensor('int32', batch.lengths, [batch.size]),
    });
    return { Y: floats(Y), Y_h: floats(Y_h) };
  } finally {
    await session.release();
  }
}

function floats(tensor: Tensor | undefined): Float32Array {
  if (!(tensor?.data instanceof Float32Array)) throw new Error('an output is not there, or not float32');
  return tensor.data;
}

function modelOf(operators: readonly RecurrentOperator[], { steps, size }: Batch, width: number): Uint8Array {
  const { W, R } = operators.at(-1)!.tensors;
  const [directions, units] = [W.dims[0]!, R.dims[2]!];
  return encodeModel({
    ...OPSET,
    producerName: 'unroll',
    metadataProps: [],
    graph: {
      name: 'recurrent',
      node: operators.map((operator, place) => nodeOf(operator, place, operators.length)),
      initializer: operators.flatMap(({ tensors }, place) =>
        Object.entries(tensors).flatMap(([name, weights]) => (weights === null ? [] : [tensorOf(`${name}${place}`, weights)])),
      ),
      input: [valueOf('X', DATA_TYPE.float, [steps, size, width]), valueOf('sequence_lens', DATA_TYPE.int32, [size])],
      output: [valueOf('Y', DATA_TYPE.float, [steps, directions, size, units]), valueOf('Y_h', DATA_TYPE.float, [directions, size, units])],
    },
  });
}

/** Inputs X, W, R, B, sequence_lens, initial_h and, of an LSTM, initial_c (left out: zeros) and P. */
function nodeOf({ opType, attributes, tensors }: RecurrentOperator, place: number, count: number): NodeProto {
  const last = place === count - 1;
  const cell = opType === 'LSTM' && place > 0 ? `Y_c${place - 1}` : '';
  return {
    name: `${opType}${place}`,
    opType,
    input: [
      'X',
      `W${place}`,
      `R${place}`,
      `B${place}`,
      'sequence_lens',
      place === 0 ? '' : `Y_h${place - 1}`,
      ...(opType === 'LSTM' ? [cell, tensors.P === null ? '' : `P${place}`] : []),
    ],
    output: [last ? 'Y' : '', last ? 'Y_h' : `Y_h${place}`, ...(opType === 'LSTM' && !last ? [`Y_c${place}`] : [])],
    attribute: attributes,
  };
}

function tensorOf(name: string, { dims, values }: Weights): TensorProto {
  const rawData = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return { name, dims: dims.map(BigInt), dataType: DATA_TYPE.float, rawData };
}

function valueOf(name: string, elemType: number, dims: readonly number[]): ValueInfoProto {
  return { name, type: { tensorType: { elemType, shape: { dim: dims.map((size) => ({ dimValue: BigInt(size) })) } } } };
}
