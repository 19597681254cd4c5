import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeBatch } from '../../src-engine/data/batches/batching.ts';
import type { Batch } from '../../src-engine/data/dataset.ts';
import { emptyProject } from '../../src-engine/document/defaults.ts';
import type { ProblemError } from '../../src-engine/document/problems.ts';
import type { Graph } from '../../src-engine/document/project.ts';
import { importModel } from '../../src-engine/exchange/import-model.ts';
import type { TrainedModel } from '../../src-engine/exchange/trained-model.ts';
import { writeWeights } from '../../src-engine/exchange/weights-file.ts';
import { writeOnnx } from '../../src-engine/exchange/onnx/write-onnx.ts';
import { writeModel } from '../../src-engine/exchange/write-model.ts';
import type { EngineFiles } from '../../src-engine/session/engine-files.ts';
import { ModelRunner } from '../../src-engine/session/model-runner.ts';
import { graph, node } from '../pure/document-builders.ts';
import { kernelsOf } from '../pure/engine-under-test.ts';
import { flat, readGoldens, trainedModelOf, type Nested } from './golden-file.ts';

/** A file of make_imports.py: what PyTorch answered. */
interface Case {
  readonly stepsFirst: boolean;
  readonly x: readonly Nested[];
  readonly y: readonly Nested[];
}

const FOLDER = join(import.meta.dirname, 'imports');
const NAMES = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.replace(/\.json$/u, ''));
const bytesOf = (file: string): Uint8Array => new Uint8Array(readFileSync(join(FOLDER, file)));
const caseOf = (name: string): Case => JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8')) as Case;

/** [B,..] of [T,B,..]. */
function rowsFirst(values: readonly Nested[], stepsFirst: boolean): readonly Nested[] {
  if (!stepsFirst) return values;
  const steps = values as readonly (readonly Nested[])[];
  return steps[0]!.map((_, b) => steps.map((step) => step[b]!));
}

function batchOf(rows: readonly Nested[], { input }: TrainedModel['signature']): Batch {
  const numbers = flat(rows);
  const steps = input.kind === 'vector' ? 1 : (rows[0] as readonly Nested[]).length;
  const values = Float32Array.from(numbers);
  const inputs =
    input.kind === 'tokens'
      ? ({ kind: 'tokens', ids: Int32Array.from(numbers) } as const)
      : ({ kind: input.kind === 'vector' ? 'vectors' : 'features', width: input.width, values } as const);
  const offsets = Int32Array.from({ length: rows.length + 1 }, (_, row) => row * steps);
  return makeBatch({ offsets, inputs, targets: null }, Int32Array.from(rows.keys()), rows.length);
}

/** As the file's program answers: of two classes that share one number that number alone, and logarithms where it gives them. */
function asInFile(answers: readonly unknown[], name: string): number[] {
  const numbers = flat(answers as Nested[]);
  if (name === 'one-share') return numbers.filter((_, place) => place % 2 === 1);
  return name === 'hands-on' ? numbers.map(Math.log) : numbers;
}

/** The same models drawn here, for their weights alone. */
const DRAWN: Readonly<Record<string, Graph>> = {
  'tokens-both-ways': graph(
    [
      node('words', 'tokens'),
      node('embed', 'embedding', { size: 3 }),
      node('stack', 'stack', { repeats: 2 }),
      node('both', 'bidirectional', { merge: 'concat' }, 'stack'),
      node('lstm1', 'lstm', { units: 4 }, 'both'),
      node('last', 'last-step'),
      node('head', 'softmax-head'),
    ],
    ['words -> embed', 'embed -> stack', 'stack -> last', 'last -> head'],
  ),
  'last-step': graph(
    [
      node('x', 'features'),
      node('deep', 'stack', { repeats: 2 }),
      node('gru', 'gru', { units: 4, reset: 'after' }, 'deep'),
      node('last', 'last-step'),
      node('head', 'regression-head'),
    ],
    ['x -> deep', 'deep -> last', 'last -> head'],
  ),
};

let engine: EngineFiles;
beforeAll(async () => {
  engine = { kernels: await kernelsOf('reference'), assets: () => Promise.reject(new Error('no assets here')) };
});

function largestDifference(actual: readonly number[], expected: readonly number[]): number {
  expect(actual).toHaveLength(expected.length);
  return expected.reduce((largest, value, place) => Math.max(largest, Math.abs(value - actual[place]!)), 0);
}

function answers(model: TrainedModel, name: string): number[] {
  const { x, stepsFirst } = caseOf(name);
  return asInFile(new ModelRunner(model, engine).answers(batchOf(rowsFirst(x, stepsFirst), model.signature)), name);
}

const expectedOf = (name: string): number[] => flat(rowsFirst(caseOf(name).y, caseOf(name).stepsFirst));

describe('a model made by PyTorch', () => {
  it.each(NAMES)('%s: as ONNX it becomes a document that answers the same', (name) => {
    const { model } = importModel(bytesOf(`${name}.onnx`), name, null);
    expect(largestDifference(answers(model, name), expectedOf(name))).toBeLessThan(1e-5);
    expect(model.project.name).toBe(name);
  });

  it.each(['last-step', 'tokens-both-ways'])('%s: its state_dict goes into a drawing of the same model, where each layer finds its own', (name) => {
    const drawn = DRAWN[name]!;
    const { signature } = importModel(bytesOf(`${name}.onnx`), name, null).model;
    const { model, notes } = importModel(bytesOf(`${name}.safetensors`), name, { project: { ...emptyProject(name), graph: drawn }, signature });
    const prefix = name === 'last-step' ? 'gru' : 'lstm';
    expect(notes).toContain(
      name === 'last-step' ? 'gru[1].bias_hn: gru.bias_hh_l1' : 'lstm1[1].backward.bias: lstm.bias_ih_l1_reverse + lstm.bias_hh_l1_reverse',
    );
    expect(notes.every((note) => note.includes(prefix) || note.startsWith('head') || note.startsWith('embed'))).toBe(true);
    const own = [...importModel(bytesOf(`${name}.onnx`), name, null).model.parameters.values()].map((values) => [...values]);
    expect([...model.parameters.values()].map((values) => [...values])).toEqual(own);
  });

  it('what does not fit is listed with both shapes', () => {
    const { signature } = importModel(bytesOf('last-step.onnx'), 'x', null).model;
    const wider = graph(
      [node('x', 'features'), node('gru', 'gru', { units: 5, reset: 'after' }), node('last', 'last-step'), node('head', 'regression-head')],
      ['x -> gru', 'gru -> last', 'last -> head'],
    );
    const attempt = (drawn: Graph): readonly string[] => {
      try {
        importModel(bytesOf('last-step.safetensors'), 'x', { project: { ...emptyProject('x'), graph: drawn }, signature });
        return [];
      } catch (error) {
        return (error as ProblemError).problems.map(({ code, message }) => `${code} ${message}`);
      }
    };
    expect(attempt(wider)).toEqual([
      'U043 gru.weight_ih is 15 x 2 in the project, and gru.weight_ih_l0 is 12 x 2 in the file.',
      'U043 gru.weight_hh is 15 x 5 in the project, and gru.weight_hh_l0 is 12 x 4 in the file.',
      'U043 head.weight is 2 x 5 in the project, and out.weight is 2 x 4 in the file.',
      ...['weight_ih_l1 (12 x 4)', 'weight_hh_l1 (12 x 4)', 'bias_ih_l1 (12)', 'bias_hh_l1 (12)'].map(
        (each) => `U043 The file holds gru.${each}, which no layer of the project takes.`,
      ),
    ]);
    const before = graph(
      [
        node('x', 'features'),
        node('deep', 'stack', { repeats: 2 }),
        node('gru', 'gru', { units: 4 }, 'deep'),
        node('last', 'last-step'),
        node('head', 'regression-head'),
      ],
      ['x -> deep', 'deep -> last', 'last -> head'],
    );
    expect(attempt(before)[0]).toBe('U043 gru[0] resets before the product, and gru of the file after it.');
  });
});

describe('a model of Unroll comes back', () => {
  it.each(readGoldens())('$name: as JSON and as safetensors, which bring their drawing along', (golden) => {
    const model = trainedModelOf(golden);
    const json = importModel(new TextEncoder().encode(writeModel(model, { arrays: false })), 'x', null).model;
    expect(json).toEqual(model);
    const { parameters, signature } = importModel(writeWeights(model), 'x', null).model;
    expect(parameters).toEqual(model.parameters);
    expect(signature).toEqual(model.signature);
  });
});

describe("an ONNX file of Unroll's own", () => {
  const modelOf = (name: string): TrainedModel => trainedModelOf(readGoldens().find((golden) => golden.name === name)!);

  it('brings its vocabulary and its classes back', () => {
    const { signature } = modelOf('embedding-bi');
    const { model: read, notes } = importModel(writeOnnx(modelOf('embedding-bi')), 'again', null);
    expect([read.signature.input, read.signature.output]).toEqual([signature.input, signature.output]);
    expect(notes).toEqual([]);
  });

  it('with what only an export has in it says where the whole of it is', () => {
    expect(() => importModel(writeOnnx(modelOf('embedding-trainable')), 'again', null)).toThrow(/Unroll itself wrote this ONNX file/u);
  });
});
