import { fc } from '../fixtures/laws.ts';
import { beforeAll, expect, it } from 'vitest';
import { checkGraph } from '../../src-engine/document/check.ts';
import type { DataSignature, Normalisation } from '../../src-engine/document/signature.ts';
import { loadModel, type ModelStep, type ModelStream } from '../../src-engine/exchange/runtime/runtime.ts';
import type { TrainedModel } from '../../src-engine/exchange/trained-model.ts';
import { writeModel } from '../../src-engine/exchange/write-model.ts';
import { inputRows } from '../../src-engine/session/export/runtime-answers.ts';
import type { EngineFiles } from '../../src-engine/session/engine-files.ts';
import { ExportedModel } from '../../src-engine/session/export/make-export.ts';
import { anyModel, drawnModel, randomBatch, randomValues, type ModelSpec } from './arbitrary-model.ts';
import { projectOf } from './document-builders.ts';
import { kernelsOf } from './engine-under-test.ts';

const MODELS = 200;
const SEED = 8;
/** Rows of a batch of one, and of seven of different lengths. */
const RAGGED = [[5], [1, 8, 3, 2, 5, 7, 4]];

let engine: EngineFiles;
beforeAll(async () => {
  engine = { kernels: await kernelsOf('reference'), assets: () => Promise.reject(new Error('no assets here')) };
});

/** Every second document's numbers are in a unit of their own. */
function inUnits(signature: DataSignature, place: number): DataSignature {
  if (place % 2 === 0) return signature;
  const units = (width: number): Normalisation => ({
    mean: Array.from({ length: width }, (_, column) => 2 - column),
    deviation: Array.from({ length: width }, (_, column) => 3 + column),
  });
  const { input, output } = signature;
  return {
    ...signature,
    input: input.kind === 'tokens' ? input : { ...input, normalisation: units(input.width) },
    output: output.kind === 'classes' ? output : { ...output, normalisation: units(output.width) },
  };
}

/** A document with random weights. */
function modelOf(spec: ModelSpec, place: number): TrainedModel {
  const { graph, signature } = drawnModel(spec);
  const checked = checkGraph(graph, signature);
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
  const sizes = checked.parameters.map(({ name, shape }) => ({ name, size: shape.reduce((product, axis) => product * axis, 1) }));
  const parameters = new Map([...randomValues(sizes, place)].map(([name, values]) => [name, Float32Array.from(values)]));
  return { project: projectOf(graph), signature: inUnits(signature, place), parameters, metrics: {}, history: [] };
}

it(`${MODELS} random documents: JSON, ONNX and safetensors answer as the model does, in a batch of one and of seven of different lengths`, async () => {
  const specs = fc.sample(anyModel(), { seed: SEED, numRuns: MODELS });
  const wrong: unknown[] = [];
  for (const [place, drawn] of specs.entries()) {
    const spec: ModelSpec = place % 10 === 0 ? { ...drawn, input: 'vector' } : drawn;
    const model = modelOf(spec, place);
    const batches = RAGGED.map((lengths) => randomBatch(model.signature, lengths, place));
    const exported = new ExportedModel(model, batches, engine);
    for (const format of ['json', 'onnx', 'safetensors'] as const) {
      const { check } = await exported.inOneFile(format, { arrays: false });
      expect(check.examples).toBe(8);
      if (!(check.largestDifference <= 1e-5)) wrong.push({ place, format, difference: check.largestDifference, spec });
    }
  }
  expect(wrong).toEqual([]);
}, 120_000);

it('unroll-runtime answers step by step as to whole sequences, to every document that does not look ahead', () => {
  let streamed = 0;
  for (const [place, spec] of fc.sample(anyModel(), { seed: SEED, numRuns: MODELS }).entries()) {
    const model = modelOf(spec, place);
    const runtime = loadModel(writeModel(model, { arrays: false }));
    const rows = inputRows(randomBatch(model.signature, RAGGED[1]!, place), model.signature) as readonly (readonly ModelStep[])[];
    let stream: ModelStream;
    try {
      stream = runtime.stream();
    } catch (error) {
      expect(String(error)).toMatch(/^Error: This model cannot be streamed: \w+ (reads each sequence from its end|starts from what|hands on what)/);
      continue;
    }
    streamed += 1;
    for (const row of rows) {
      stream.reset();
      const steps = row.map((step) => stream.push(step));
      const [whole = []] = runtime.predict([row]);
      expect(model.signature.output.perStep ? steps : steps.at(-1)).toEqual(whole);
    }
  }
  expect(streamed).toBeGreaterThan(MODELS / 4);
});
