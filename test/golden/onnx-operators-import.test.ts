import { env, InferenceSession, Tensor } from 'onnxruntime-web';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeBatch } from '../../src-engine/data/batches/batching.ts';
import { createRandom, randomUniform } from '../../src-engine/data/random.ts';
import { integer, text, texts } from '../../src-engine/exchange/onnx/attributes.ts';
import { DATA_TYPE, encodeModel, type AttributeProto, type TensorProto, type ValueInfoProto } from '../../src-engine/exchange/onnx/onnx-schema.ts';
import { readOnnx } from '../../src-engine/exchange/read-onnx/read-onnx.ts';
import type { EngineFiles } from '../../src-engine/session/engine-files.ts';
import { ModelRunner } from '../../src-engine/session/model-runner.ts';
import { kernelsOf } from '../pure/engine-under-test.ts';
import { flat, type Nested } from './golden-file.ts';

env.wasm.numThreads = 1;

/** One of ONNX's operators on its own, in the shapes of the standard's test vectors (onnx/backend/test/case/node). */
interface Vector {
  readonly name: string;
  readonly op: 'RNN' | 'GRU' | 'LSTM';
  /** T, B, I and H. */
  readonly sizes: readonly [number, number, number, number];
  readonly bias?: boolean;
  readonly lengths?: readonly number[];
  readonly peepholes?: boolean;
  /** Zeros for initial_h and initial_c, as lstm_with_peepholes gives them. */
  readonly zeros?: boolean;
  /** Batch first; ONNX Runtime does not have it, so it is compared with the same operator time first. */
  readonly batchwise?: boolean;
  readonly attributes?: readonly AttributeProto[];
}

const PUBLIC: readonly Vector[] = [
  { name: 'simple_rnn_defaults', op: 'RNN', sizes: [1, 3, 2, 4] },
  { name: 'simple_rnn_with_initial_bias', op: 'RNN', sizes: [1, 3, 3, 5], bias: true },
  { name: 'rnn_seq_length', op: 'RNN', sizes: [2, 3, 3, 5], bias: true },
  { name: 'simple_rnn_batchwise', op: 'RNN', sizes: [1, 3, 2, 4], batchwise: true },
  { name: 'gru_defaults', op: 'GRU', sizes: [1, 3, 2, 5] },
  { name: 'gru_with_initial_bias', op: 'GRU', sizes: [1, 3, 3, 3], bias: true },
  { name: 'gru_seq_length', op: 'GRU', sizes: [2, 3, 3, 5], bias: true },
  { name: 'gru_batchwise', op: 'GRU', sizes: [1, 3, 2, 6], batchwise: true },
  { name: 'lstm_defaults', op: 'LSTM', sizes: [1, 3, 2, 3] },
  { name: 'lstm_with_initial_bias', op: 'LSTM', sizes: [1, 3, 3, 4], bias: true },
  { name: 'lstm_with_peepholes', op: 'LSTM', sizes: [1, 2, 4, 3], bias: true, peepholes: true, zeros: true, lengths: [1, 1] },
  { name: 'lstm_batchwise', op: 'LSTM', sizes: [1, 3, 2, 7], batchwise: true },
];
/** The same with several steps, rows of different lengths and every option. */
const MORE: readonly Vector[] = [
  { name: 'rnn ragged', op: 'RNN', sizes: [5, 3, 3, 4], bias: true, lengths: [2, 5, 1] },
  { name: 'rnn relu', op: 'RNN', sizes: [4, 2, 3, 4], attributes: [texts('activations', ['Relu', 'Relu'])] },
  { name: 'gru ragged, reset after', op: 'GRU', sizes: [5, 3, 3, 4], bias: true, lengths: [2, 5, 1], attributes: [integer('linear_before_reset', 1)] },
  { name: 'lstm ragged', op: 'LSTM', sizes: [5, 3, 3, 4], bias: true, lengths: [2, 5, 1], zeros: true },
  { name: 'gru with its usual activations named', op: 'GRU', sizes: [3, 2, 3, 4], attributes: [texts('activations', ['Sigmoid', 'Tanh', 'Sigmoid', 'Tanh'])] },
  { name: 'lstm with peepholes over several steps', op: 'LSTM', sizes: [5, 3, 3, 4], bias: true, peepholes: true, lengths: [2, 5, 1] },
  { name: 'lstm coupled', op: 'LSTM', sizes: [5, 3, 3, 4], bias: true, peepholes: true, attributes: [integer('input_forget', 1)] },
];
const DIRECTIONS = ['forward', 'reverse', 'bidirectional'] as const;
type Direction = (typeof DIRECTIONS)[number];

const GATES = { RNN: 1, GRU: 3, LSTM: 4 } as const;

function drawn(seed: number, ...dims: readonly number[]): { readonly dims: readonly number[]; readonly values: Float32Array } {
  const random = createRandom(seed);
  return { dims, values: Float32Array.from({ length: dims.reduce((a, b) => a * b, 1) }, () => randomUniform(random) * 2 - 1) };
}

function tensor(name: string, { dims, values }: ReturnType<typeof drawn>): TensorProto {
  return { name, dims: dims.map(BigInt), dataType: DATA_TYPE.float, rawData: new Uint8Array(values.buffer.slice(0)) };
}

function end(name: string, elemType: number, dims: readonly number[]): ValueInfoProto {
  return { name, type: { tensorType: { elemType, shape: { dim: dims.map((size) => ({ dimValue: BigInt(size) })) } } } };
}

/** The operator as a model whose answer is Y or Y_h. */
function modelOf({ op, sizes, bias, lengths, peepholes, zeros, batchwise, attributes }: Vector, direction: Direction, output: 'Y' | 'Y_h'): Uint8Array {
  const [T, B, I, H] = sizes;
  const D = direction === 'bidirectional' ? 2 : 1;
  const G = GATES[op];
  const stored = [
    tensor('W', drawn(1, D, G * H, I)),
    tensor('R', drawn(2, D, G * H, H)),
    ...(bias === true ? [tensor('Bias', drawn(3, D, 2 * G * H))] : []),
    ...(zeros === true ? ['h0', 'c0'].map((name) => tensor(name, { dims: [D, B, H], values: new Float32Array(D * B * H) })) : []),
    ...(peepholes === true ? [tensor('P', drawn(4, D, 3 * H))] : []),
  ];
  const input = ['X', 'W', 'R', bias === true ? 'Bias' : '', lengths === undefined ? '' : 'sequence_lens', zeros === true ? 'h0' : ''];
  const more = op === 'LSTM' ? [zeros === true ? 'c0' : '', peepholes === true ? 'P' : ''] : [];
  const Y = output === 'Y_h' ? [D, B, H] : [T, D, B, H];
  return encodeModel({
    irVersion: 8n,
    opsetImport: [{ domain: '', version: 17n }],
    producerName: 'a test',
    metadataProps: [],
    graph: {
      name: 'operator',
      node: [
        {
          name: 'operator',
          opType: op,
          input: [...input, ...more],
          output: output === 'Y' ? ['Y'] : ['', 'Y_h'],
          attribute: [
            integer('hidden_size', H),
            text('direction', direction),
            ...(batchwise === true ? [integer('layout', 1)] : []),
            // Written for both directions.
            ...(attributes ?? []).map((each) => (D === 1 && 'strings' in each ? { ...each, strings: each.strings.slice(0, each.strings.length / 2) } : each)),
          ],
        },
      ],
      initializer: stored,
      input: [
        end('X', DATA_TYPE.float, batchwise === true ? [B, T, I] : [T, B, I]),
        ...(lengths === undefined ? [] : [end('sequence_lens', DATA_TYPE.int32, [B])]),
      ],
      output: [end(output, DATA_TYPE.float, Y)],
    },
  });
}

/** X [T,B,I]. */
const inputOf = ({ sizes: [T, B, I] }: Vector): Float32Array => drawn(5, T, B, I).values;

async function runtimeAnswer(vector: Vector, direction: Direction, output: 'Y' | 'Y_h'): Promise<Float32Array> {
  const [T, B, I] = vector.sizes;
  const session = await InferenceSession.create(modelOf({ ...vector, batchwise: false }, direction, output), { executionProviders: ['wasm'] });
  const feeds: Record<string, Tensor> = { X: new Tensor('float32', inputOf(vector), [T, B, I]) };
  if (vector.lengths !== undefined) feeds['sequence_lens'] = new Tensor('int32', Int32Array.from(vector.lengths), [B]);
  const found = await session.run(feeds);
  await session.release();
  return found[output]!.data as Float32Array;
}

/** Ours for each row: [D*H], or [length, D*H]. */
function importedAnswer(vector: Vector, direction: Direction, output: 'Y' | 'Y_h', engine: EngineFiles): readonly (readonly Nested[])[] {
  const { model } = readOnnx(modelOf(vector, direction, output), 'operator');
  const [T, B, I] = vector.sizes;
  const lengths = vector.lengths ?? Array<number>(B).fill(T);
  const x = inputOf(vector);
  const rows = lengths.map((length, b) => Array.from({ length }, (_, t) => [...x.subarray((t * B + b) * I, (t * B + b + 1) * I)]));
  const offsets = Int32Array.from([0, ...lengths]);
  for (let b = 1; b < offsets.length; b++) offsets[b]! += offsets[b - 1]!;
  const inputs = { kind: 'features', width: I, values: Float32Array.from(flat(rows)) } as const;
  return new ModelRunner(model, engine).answers(makeBatch({ offsets, inputs, targets: null }, Int32Array.from(rows.keys()), B));
}

describe.each(DIRECTIONS)('an operator of the standard on its own, %s', (direction) => {
  let engine: EngineFiles;
  beforeAll(async () => {
    engine = { kernels: await kernelsOf('reference'), assets: () => Promise.reject(new Error('no assets here')) };
  });

  it.each([...PUBLIC, ...MORE])('$name: the document answers as ONNX Runtime does', async (vector) => {
    const [, B, , H] = vector.sizes;
    const D = direction === 'bidirectional' ? 2 : 1;
    for (const output of ['Y', 'Y_h'] as const) {
      const expected = await runtimeAnswer(vector, direction, output);
      const found = importedAnswer(vector, direction, output, engine);
      for (const [b, row] of found.entries()) {
        const steps = output === 'Y' ? (row as readonly (readonly number[])[]) : [row as readonly number[]];
        for (const [t, step] of steps.entries()) {
          expect(step).toHaveLength(D * H);
          for (const [column, value] of step.entries()) {
            const place = ((t * D + Math.floor(column / H)) * B + b) * H + (column % H);
            expect(Math.abs(value - expected[place]!), `${output} ${b} ${t} ${column}`).toBeLessThan(1e-5);
          }
        }
      }
    }
  });
});
