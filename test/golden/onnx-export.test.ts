import { env, InferenceSession, Tensor } from 'onnxruntime-web';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Batch } from '../../src-engine/data/dataset.ts';
import { parseProjectValue } from '../../src-engine/document/file/parse-project.ts';
import { writeOnnx } from '../../src-engine/exchange/onnx/write-onnx.ts';
import type { EngineFiles } from '../../src-engine/session/engine-files.ts';
import { ModelRunner } from '../../src-engine/session/model-runner.ts';
import { kernelsOf } from '../pure/engine-under-test.ts';
import { batchOf, flat, readGoldens, type Golden } from './golden-file.ts';

env.wasm.numThreads = 1;

const GOLDENS = readGoldens();
const hasDecoder = ({ project }: Golden): boolean => JSON.stringify(project).includes('"decoder"');

function modelOf(golden: Golden) {
  const parsed = parseProjectValue(golden.project);
  if (!parsed.ok) throw new Error(golden.name);
  const parameters = new Map(Object.entries(golden.parameters).map(([name, { data }]) => [name, Float32Array.from(flat(data))]));
  return { project: parsed.project, signature: golden.signature, parameters };
}

/** [B,T,..] of a batch [T,B,..]; padded ids are 0. */
function rowsFirst(values: ArrayLike<number>, { steps, size }: Batch, width: number): number[] {
  const turned: number[] = [];
  for (let b = 0; b < size; b++)
    for (let t = 0; t < steps; t++) for (let f = 0; f < width; f++) turned.push(Math.max(values[(t * size + b) * width + f]!, width === 1 ? 0 : -Infinity));
  return turned;
}

/** What ONNX Runtime answers on a batch: one output, rows first. */
async function run(bytes: Uint8Array, batch: Batch): Promise<{ data: Float32Array; dims: readonly number[] }> {
  const session = await InferenceSession.create(bytes, { executionProviders: ['wasm'] });
  const { inputs, steps, size } = batch;
  const feeds: Record<string, Tensor> = {};
  if (inputs.kind === 'tokens') feeds['ids'] = new Tensor('int64', BigInt64Array.from(rowsFirst(inputs.ids, batch, 1), BigInt), [size, steps]);
  else if (inputs.kind === 'vectors') feeds['x'] = new Tensor('float32', inputs.values, [size, inputs.width]);
  else feeds['x'] = new Tensor('float32', Float32Array.from(featuresFirst(inputs.values, batch, inputs.width)), [size, steps, inputs.width]);
  if (session.inputNames.includes('lengths')) feeds['lengths'] = new Tensor('int64', BigInt64Array.from(batch.lengths, BigInt), [size]);
  const results = await session.run(feeds);
  const output = results[session.outputNames[0]!]!;
  await session.release();
  return { data: output.data as Float32Array, dims: output.dims };
}

function featuresFirst(values: Float32Array, { steps, size }: Batch, width: number): number[] {
  return Array.from({ length: size * steps * width }, (_, e) => {
    const [b, t, f] = [Math.floor(e / (steps * width)), Math.floor(e / width) % steps, e % width];
    return values[(t * size + b) * width + f]!;
  });
}

/** The valid answers, row after row. */
function validAnswers({ data, dims }: { data: Float32Array; dims: readonly number[] }, lengths: readonly number[]): number[] {
  const width = dims.at(-1)!;
  if (dims.length === 2) return [...data];
  return lengths.flatMap((length, b) => [...data.subarray(b * dims[1]! * width, (b * dims[1]! + length) * width)]);
}

function largestDifference(actual: readonly number[], expected: readonly number[]): number {
  expect(actual).toHaveLength(expected.length);
  return expected.reduce((largest, value, place) => Math.max(largest, Math.abs(value - actual[place]!) / Math.max(1, Math.abs(value))), 0);
}

describe('exported models in ONNX Runtime', () => {
  let engine: EngineFiles;
  beforeAll(async () => {
    engine = { kernels: await kernelsOf('reference'), assets: () => Promise.reject(new Error('no assets here')) };
  });

  it.each(GOLDENS.filter((golden) => !hasDecoder(golden)))('$name: the golden outputs', async (golden) => {
    const answers = await run(writeOnnx(modelOf(golden)), batchOf(golden));
    expect(largestDifference(validAnswers(answers, golden.batch.lengths), flat(golden.outputs))).toBeLessThan(1e-5);
  });

  it.each(GOLDENS.filter(hasDecoder))('$name: what the engine answers by itself', async (golden) => {
    const model = modelOf(golden);
    const batch = batchOf(golden);
    const answers = await run(writeOnnx(model), batch);
    const expected = new ModelRunner(model, engine).answers(batch);
    const lengths = expected.map((row) => row.length);
    expect(largestDifference(validAnswers(answers, lengths), flat(expected as never))).toBeLessThan(1e-5);
  });
});
