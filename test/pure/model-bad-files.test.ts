import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createRandom, randomUniform } from '../../src-engine/data/random.ts';
import { ProblemError } from '../../src-engine/document/problems.ts';
import { importModel, type Drawing } from '../../src-engine/exchange/import-model.ts';
import { integer, integers, text } from '../../src-engine/exchange/onnx/attributes.ts';
import { DATA_TYPE, encodeModel, type NodeProto, type TensorProto, type ValueInfoProto } from '../../src-engine/exchange/onnx/onnx-schema.ts';
import { writeSafetensors } from '../../src-engine/exchange/safetensors.ts';
import { writeWeights } from '../../src-engine/exchange/weights-file.ts';
import { writeModel } from '../../src-engine/exchange/write-model.ts';
import { readGoldens, trainedModelOf } from '../golden/golden-file.ts';

const SEED = 8;
const MUTATIONS = 10_000;
/** What reading may take beside what the file has, in bytes for each of its bytes, and at most beside that. */
const TIMES = 64;
const BESIDE = 32 * 2 ** 20;

const golden = trainedModelOf(readGoldens().find(({ name }) => name === 'bi-lstm-concat')!);
const imported = (file: string): Uint8Array => new Uint8Array(readFileSync(join(import.meta.dirname, '../golden/imports', file)));
const stateDict = importModel(imported('last-step.onnx'), 'x', null).model;

/** Whole files of every kind, with the drawing that weights alone need. */
const FILES: readonly (readonly [string, Uint8Array, Drawing | null])[] = [
  ['model JSON', new TextEncoder().encode(writeModel(golden, { arrays: false })), null],
  ['model JSON with lists', new TextEncoder().encode(writeModel(golden, { arrays: true })), null],
  ['safetensors', writeWeights(golden), null],
  ['state_dict', imported('last-step.safetensors'), stateDict],
  ['ONNX, an LSTM', imported('tokens-both-ways.onnx'), null],
  ['ONNX, a GRU', imported('last-step.onnx'), null],
  ['ONNX, without recurrence', imported('feed-forward.onnx'), null],
];

/** Codes and sentences of the problems; null where the file was read. Anything else that is thrown is a bug, and too much memory is one too. */
function problemsOf(bytes: Uint8Array, into: Drawing | null): readonly string[] | null {
  const before = process.memoryUsage().arrayBuffers;
  try {
    importModel(bytes, 'x', into);
    return null;
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    expect(error.problems.length).toBeGreaterThan(0);
    for (const { code, message } of error.problems) expect(`${code} ${message}`).toMatch(/^U0\d\d \S/u);
    return error.problems.map(({ code, message }) => `${code} ${message}`);
  } finally {
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(bytes.length * TIMES + BESIDE);
  }
}

describe.each(FILES)('%s', (_, bytes, into) => {
  it('is read whole', () => {
    expect(problemsOf(bytes, into)).toBeNull();
  });

  it('cut off at every fiftieth of its length it is a named problem', () => {
    for (let part = 0; part < 50; part++) expect(problemsOf(bytes.subarray(0, Math.floor((part * bytes.length) / 50)), into), `${part} of 50`).not.toBeNull();
  });

  it(`${Math.ceil(MUTATIONS / FILES.length)} seeded mutations are a named problem or another model, never a crash`, () => {
    const random = createRandom(SEED);
    const below = (bound: number): number => Math.floor(randomUniform(random) * bound);
    let refused = 0;
    for (let run = 0; run < MUTATIONS / FILES.length; run++) {
      const changed = Uint8Array.from(bytes);
      // Where names, sizes and offsets stand more often than anywhere.
      const reach = below(2) === 0 ? Math.min(bytes.length, 600) : bytes.length;
      for (let change = 0; change <= below(4); change++) changed[below(reach)] = below(3) === 0 ? 0xff : below(256);
      const file = below(5) === 0 ? changed.subarray(0, below(bytes.length)) : changed;
      if (problemsOf(file, into) !== null) refused += 1;
    }
    expect(refused).toBeGreaterThan(MUTATIONS / FILES.length / 20);
  }, 180_000);
});

/** A safetensors file with a header of one's own and this many bytes behind it. */
function withHeader(header: object | string, bytes: number): Uint8Array {
  const text = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const file = new Uint8Array(8 + text.length + bytes);
  new DataView(file.buffer).setBigUint64(0, BigInt(text.length), true);
  file.set(text, 8);
  return file;
}

const entry = (shape: readonly number[], begin: number, end: number, dtype = 'F32'): object => ({ dtype, shape, data_offsets: [begin, end] });

describe('safetensors', () => {
  it('of any length of its header are taken as such, also of one that begins like an archive or a JSON text', () => {
    for (const length of [0x280, 0x27b]) {
      const header = JSON.stringify({ w: entry([2], 0, 8) }).padEnd(length);
      expect(problemsOf(withHeader(header, 8), stateDict)?.[0]).toMatch(/^U043 gru1\.weight_ih is 12 x 2 in the project/);
    }
  });

  it.each([
    ['a wrong dtype', { w: entry([2], 0, 8, 'I64') }, 8, /w holds I64, and only F32, F64 and F16 are weights here/],
    ['a shape that its bytes do not have', { w: entry([3], 0, 8) }, 8, /w has 8 bytes where its shape 3 needs 12/],
    ['huge sizes', { w: entry([2 ** 40, 2 ** 12], 0, 8) }, 8, /w has 8 bytes where its shape/],
    ['sizes that no number holds', { w: entry([1e300], 0, 8) }, 8, /the entry of w is not an array's/],
    ['bytes behind the end', { w: entry([4], 8, 24) }, 8, /w ends behind the end of the file/],
    ['arrays over each other', { a: entry([2], 0, 8), b: entry([2], 4, 12) }, 12, /a and b lie over each other/],
    ['an end before its begin', { w: entry([2], 8, 0) }, 8, /w has -8 bytes/],
  ])('%s is named', (_, header, bytes, message) => {
    expect(problemsOf(withHeader(header, bytes), stateDict)?.[0]).toMatch(message);
  });

  it('a header longer than the file, and names that are not UTF-8', () => {
    const long = withHeader({ w: entry([2], 0, 8) }, 8);
    new DataView(long.buffer).setUint32(0, 2 ** 31, true);
    expect(problemsOf(long, stateDict)?.[0]).toMatch(/its header is said to be longer than the file/);
    const named = withHeader({ wwww: entry([2], 0, 8) }, 8);
    named[11] = 0xff;
    expect(problemsOf(named, stateDict)?.[0]).toMatch(/its header is not JSON/);
  });

  it('a million arrays over the same bytes are refused before one is made', () => {
    const header = Object.fromEntries(Array.from({ length: 2000 }, (_, each) => [`w${each}`, entry([2 ** 18], 0, 2 ** 20)]));
    expect(problemsOf(withHeader(header, 2 ** 20), stateDict)?.[0]).toMatch(/lie over each other/);
  });

  it('shapes of another model are listed with both', () => {
    const arrays = [{ name: 'gru.weight_ih_l0', shape: [6, 2], values: new Float32Array(12) }];
    expect(problemsOf(writeSafetensors({ arrays, metadata: {} }), stateDict)?.[0]).toBe(
      'U043 gru1.weight_ih is 12 x 2 in the project, and gru.weight_ih_l0 is 6 x 2 in the file.',
    );
  });
});

const end = (name: string, dims: readonly number[], elemType: number = DATA_TYPE.float): ValueInfoProto => ({
  name,
  type: { tensorType: { elemType, shape: { dim: dims.map((size) => ({ dimValue: BigInt(size) })) } } },
});
const node = (opType: string, input: readonly string[], output: string, attribute: NodeProto['attribute'] = []): NodeProto => ({
  name: output,
  opType,
  input,
  output: [output],
  attribute,
});

function onnx(
  nodes: readonly NodeProto[],
  initializer: readonly object[] = [],
  input: readonly ValueInfoProto[] = [end('x', [0, 4])],
  output = 'y',
): Uint8Array {
  return encodeModel({
    irVersion: 8n,
    opsetImport: [{ domain: '', version: 17n }],
    producerName: 'a test',
    metadataProps: [],
    graph: { name: 'bad', node: nodes, initializer: initializer as readonly TensorProto[], input, output: [end(output, [0, 4])] },
  });
}

const weight = (change: object = {}): object => ({ name: 'W', dims: [4n, 4n], dataType: DATA_TYPE.float, rawData: new Uint8Array(64), ...change });
const product = [node('MatMul', ['x', 'W'], 'y')];

describe('ONNX', () => {
  it.each([
    [
      'weights in a file outside',
      onnx(product, [weight({ rawData: new Uint8Array(), dataLocation: 1, externalData: [{ key: 'location', value: '../../etc/passwd' }] })]),
      /W lies in another file beside it/,
    ],
    ['a wrong dtype', onnx(product, [weight({ dataType: 8 })]), /W holds numbers of type 8/],
    ['sizes that its numbers do not have', onnx(product, [weight({ dims: [4n, 5n] })]), /W holds 16 numbers where its sizes 4 x 5 say 20/],
    ['huge sizes', onnx(product, [weight({ dims: [2n ** 40n, 2n ** 20n] })]), /W holds 16 numbers where/],
    ['negative sizes', onnx(product, [weight({ dims: [-4n, -4n] })]), /W has the sizes -4 x -4/],
    ['a matrix of other features', onnx(product, [weight({ dims: [8n, 2n] })]), /multiplies 4 features by a matrix for 8/],
    ['a name that nothing gives', onnx([node('MatMul', ['x', 'V'], 'y')]), /reads V, which nothing before it gives/],
    ['an operator without a block', onnx([node('Conv', ['x', 'W'], 'y')], [weight()]), /Conv "y" is an operator that has no block here/],
    ['an answer from nowhere', onnx(product, [weight()], undefined, 'z'), /answer that is not computed from the input/],
    ['an input as wide as nothing is', onnx([node('Relu', ['x'], 'y')], [], [end('x', [0, 2 ** 30])]), /says too many/],
    [
      'an answer that would need a square of its width',
      onnx([node('Relu', ['x'], 'y')], [], [end('x', [0, 60_000])]),
      /ends in 60000 numbers that no product makes/,
    ],
    ['two inputs', onnx([node('Add', ['x', 'z'], 'y')], [], [end('x', [0, 4]), end('z', [0, 4])]), /reads 2 tensors \(x, z\)/],
    ['no input', onnx([node('Relu', ['x'], 'y')], [], []), /reads 0 tensors/],
    ['weights that are not finite', onnx(product, [weight({ rawData: new Uint8Array(64).fill(0xff) })]), /weights must be finite/],
  ])('%s is named', (_, bytes, message) => {
    expect(problemsOf(bytes, null)?.[0]).toMatch(message);
  });

  it('states joined to themselves again and again end in a sentence', () => {
    const tensors = [weight({ name: 'W', dims: [1n, 4n, 4n] }), weight({ name: 'R', dims: [1n, 4n, 4n] })];
    const rnn: NodeProto = { name: 'rnn', opType: 'RNN', input: ['x', 'W', 'R'], output: ['', 's0'], attribute: [integer('hidden_size', 4)] };
    const doubled = Array.from({ length: 40 }, (_, each) => node('Concat', [`s${each}`, `s${each}`], `s${each + 1}`, [integer('axis', 0)]));
    expect(problemsOf(onnx([rnn, ...doubled], tensors, [end('x', [0, 0, 4])], 's40'), null)?.[0]).toMatch(/puts 2048 states above each other/);
  });

  it('two directions are brought together in one way for all that reads them', () => {
    const tensors = [weight({ name: 'W', dims: [2n, 2n, 4n] }), weight({ name: 'R', dims: [2n, 2n, 2n], rawData: new Uint8Array(32) })];
    const attribute = [integer('hidden_size', 2), text('direction', 'bidirectional')];
    const rnn: NodeProto = { name: 'rnn', opType: 'RNN', input: ['x', 'W', 'R'], output: ['Y'], attribute };
    const reduced = (opType: string, output: string): NodeProto => node(opType, ['Y'], output, [integers('axes', [1]), integer('keepdims', 0)]);
    const both = (first: NodeProto, second: NodeProto): readonly string[] | null =>
      problemsOf(onnx([rnn, first, second, node('Concat', ['a', 'b'], 'y', [integer('axis', -1)])], tensors, [end('x', [0, 0, 4])]), null);
    expect(both(reduced('ReduceMean', 'a'), reduced('ReduceMean', 'b'))).toBeNull();
    expect(both(reduced('ReduceMean', 'a'), reduced('ReduceSum', 'b'))?.[0]).toMatch(/brings two directions together in two ways/);
  });

  it('every operator without a block is named, and what follows one is not', () => {
    const found = problemsOf(
      onnx([node('Conv', ['x', 'W'], 'a'), node('Relu', ['a'], 'b'), node('Einsum', ['x', 'W'], 'c'), node('Add', ['b', 'c'], 'y')], [weight()]),
      null,
    );
    expect(found).toEqual(['U048 Conv "a" is an operator that has no block here.', 'U048 Einsum "c" is an operator that has no block here.']);
  });
});

it('a model file that promises more numbers than it has is refused before they are made', () => {
  const wide = JSON.parse(writeModel(golden, { arrays: true })) as {
    signature: { inputs: { width: number; columns?: unknown }[] };
    parameters: Record<string, { shape: number[] }>;
  };
  wide.signature.inputs[0]!.width = 1_000_000;
  delete wide.signature.inputs[0]!.columns;
  for (const name of Object.keys(wide.parameters)) if (name.endsWith('weight_ih')) wide.parameters[name]!.shape[1] = 1_000_000;
  expect(problemsOf(new TextEncoder().encode(JSON.stringify(wide)), null)?.[0]).toMatch(/^U042 .*has \d entries where the shape says 1000000/);
});

it('what people take for models and are not are named', () => {
  expect(problemsOf(Uint8Array.of(0x50, 0x4b, 3, 4, 0), null)?.[0]).toMatch(/^U048 This file is an archive/);
  expect(problemsOf(Uint8Array.of(0x80, 2, 0x7d), null)?.[0]).toMatch(/^U048 This file is an archive/);
  expect(problemsOf(Uint8Array.of(0x89, 0x48, 0x44, 0x46, 0x0d), null)?.[0]).toMatch(/^U048 This file is HDF5/);
  expect(problemsOf(new Uint8Array(), null)?.[0]).toMatch(/^U042/);
});
