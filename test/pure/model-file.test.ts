import { fc } from '../fixtures/laws.ts';
import { describe, expect, it } from 'vitest';
import { checkGraph } from '../../src-engine/document/check.ts';
import { projectJsonSchema } from '../../src-engine/document/file/json-schema.ts';
import type { Project } from '../../src-engine/document/project.ts';
import type { DataSignature } from '../../src-engine/document/signature.ts';
import { fromBase64, fromNested, toBase64, toNested } from '../../src-engine/exchange/float-arrays.ts';
import { modelJsonSchema } from '../../src-engine/exchange/model-schema.ts';
import { readModel } from '../../src-engine/exchange/read-model.ts';
import type { TrainedModel } from '../../src-engine/exchange/trained-model.ts';
import { writeModel } from '../../src-engine/exchange/write-model.ts';
import { findScenario } from '../../src-engine/scenarios/scenarios.ts';
import { WORDS } from './document-builders.ts';

/** Weights that count up in steps that float32 cannot hold exactly. */
function modelOf(project: Project, signature: DataSignature): TrainedModel {
  const shapes = checkGraph(project.graph, signature).parameters;
  const parameters = new Map(
    shapes.map(({ name, shape }) => {
      const size = shape.reduce((product, axis) => product * axis, 1);
      return [name, Float32Array.from({ length: size }, (_, place) => (place - size / 2) / 7)];
    }),
  );
  return { project, signature, parameters, metrics: { accuracy: 0.91, loss: 0.2 }, history: [{ step: 1, loss: 0.7, score: null }] };
}

const sentiment = modelOf(findScenario('sentiment')!.project(), WORDS);

/** A model as a person writes it: nothing that may be left out is there. */
const MINIMAL = {
  format: 'unroll/model',
  version: 1,
  project: {
    graph: {
      nodes: [
        { id: 'x', kind: 'features' },
        { id: 'rnn1', kind: 'rnn', params: { units: 2 } },
        { id: 'head', kind: 'regression-head' },
      ],
      wires: [
        { from: { node: 'x', port: 'out' }, to: { node: 'rnn1', port: 'in' } },
        { from: { node: 'rnn1', port: 'out' }, to: { node: 'head', port: 'in' } },
      ],
    },
  },
  signature: { inputs: [{ node: 'x', kind: 'features', width: 1 }], outputs: [{ node: 'head', width: 1 }] },
  parameters: {
    'rnn1.weight_ih': { shape: [2, 1], data: [[0.5], [-0.5]] },
    'rnn1.weight_hh': { shape: [2, 2], dtype: 'float32', data: toBase64(Float32Array.of(1, 0, 0, 1)) },
    'rnn1.bias': { shape: [2], data: [0, 0.25] },
    'head.weight': { shape: [1, 2], data: [[1, 2]] },
    'head.bias': { shape: [1], data: [0] },
  },
};

type Minimal = typeof MINIMAL;

function read(change: (copy: Minimal & Record<string, never>) => void) {
  const copy = structuredClone(MINIMAL) as Minimal & Record<string, never>;
  change(copy);
  return readModel(JSON.stringify(copy));
}

function refusals(change: (copy: Minimal & Record<string, never>) => void) {
  const found = read(change);
  return found.ok ? [] : found.problems.map((each) => `${each.code} ${each.path ?? ''} ${each.message}`);
}

describe('a trained model', () => {
  it.each([false, true])('is the same after writing and reading, nested arrays: %s', (arrays) => {
    expect(readModel(writeModel(sentiment, { arrays }))).toEqual({ ok: true, model: sentiment });
  });

  it('is written as formats.md says', () => {
    const file: unknown = JSON.parse(writeModel(sentiment, { arrays: false }));
    expect(file).toMatchObject({
      format: 'unroll/model',
      version: 1,
      project: { format: 'unroll/project', name: 'Sentiment' },
      signature: {
        inputs: [{ node: 'words', kind: 'tokens', unit: 'word', vocabulary: ['<unk>', 'good', 'bad'] }],
        outputs: [{ node: 'head', classes: ['negative', 'positive'] }],
      },
      parameters: { 'gru1.forward.weight_ih': { shape: [96, 100], dtype: 'float32', gates: ['r', 'z', 'n'], data: expect.any(String) as string } },
    });
  });

  it('without its data set is complete', () => {
    const alone = { ...sentiment, project: { ...sentiment.project, data: null } };
    expect(readModel(writeModel(alone, { arrays: false }))).toEqual({ ok: true, model: alone });
  });

  it('keeps infinite metrics as words', () => {
    const diverged = { ...sentiment, metrics: { loss: Infinity } };
    const found = readModel(writeModel(diverged, { arrays: false }));
    expect(found.ok && found.model.metrics).toEqual({ loss: 'Infinity' });
  });

  it('cannot be written without all its weights', () => {
    const parameters = new Map([...sentiment.parameters].slice(1));
    expect(() => writeModel({ ...sentiment, parameters }, { arrays: false })).toThrow(/embed\.weight/);
  });
});

describe('a model written by hand', () => {
  it('may leave out all but graph, signature and weights', () => {
    const found = read(() => undefined);
    expect(found).toMatchObject({
      ok: true,
      model: {
        project: { name: 'Untitled', data: null },
        signature: {
          input: { kind: 'features', width: 1, columns: ['column 1'], normalisation: null },
          output: { kind: 'numbers', width: 1, perStep: true, normalisation: null },
          longest: 0,
        },
        metrics: {},
        history: [],
      },
    });
    expect(found.ok && found.model.parameters.get('rnn1.weight_hh')).toEqual(Float32Array.of(1, 0, 0, 1));
  });

  it('answers per sequence where its head takes a vector', () => {
    const found = read((copy) => {
      copy.project.graph.wires[1]!.from.port = 'state';
    });
    expect(found.ok && found.model.signature.output.perStep).toBe(false);
  });

  it('may give one mean and deviation for all columns', () => {
    const found = read((copy) => Object.assign(copy.signature.outputs[0]!, { normalisation: { mean: 3, deviation: 2 } }));
    expect(found.ok && found.model.signature.output).toMatchObject({ normalisation: { mean: [3], deviation: [2] } });
  });
});

describe('a model file is refused, with code, place and both shapes, for', () => {
  it('a project in its place', () => {
    expect(readModel('{"format":"unroll/project","version":1}')).toMatchObject({
      ok: false,
      problems: [{ code: 'U002', fix: expect.stringMatching(/train it/) as string }],
    });
  });

  it('a newer version', () => {
    expect(refusals((copy) => (copy.version = 2))).toEqual(['U003 version The trained model has version 2; this Unroll reads up to version 1.']);
  });

  it('a weight of the wrong shape', () => {
    const found = refusals((copy) => (copy.parameters['rnn1.weight_ih'] = { shape: [1, 2], data: [[1, 2]] as never }));
    expect(found).toEqual(['U043 parameters["rnn1.weight_ih"] rnn1.weight_ih is 1 x 2 in the file and 2 x 1 in the graph.']);
  });

  it('missing and unknown weights', () => {
    const found = refusals((copy) => {
      Object.assign(copy.parameters, { 'rnn2.bias': copy.parameters['rnn1.bias'] });
      Reflect.deleteProperty(copy.parameters, 'rnn1.bias');
    });
    expect(found).toEqual([
      'U043 parameters["rnn1.bias"] The file lacks rnn1.bias, which is 2.',
      'U043 parameters["rnn2.bias"] The file holds rnn2.bias (2), which no node of the project owns.',
    ]);
  });

  it.each([
    ['another dtype', { shape: [2], dtype: 'float64', data: [0, 0] }, /U004 parameters\["rnn1\.bias"\]\.dtype/],
    ['text that is not base64', { shape: [2], data: '%%%' }, /U042 .*not base64/],
    ['too few bytes', { shape: [2], data: toBase64(Float32Array.of(1)) }, /U042 .*holds 1 numbers where its shape 2 says 2/],
    ['lists that leave the shape', { shape: [2], data: [[1, 2]] }, /U042 .*data has 1 entries where the shape says 2/],
    ['a text among the numbers', { shape: [2], data: [1, '2'] }, /U042 .*data\[1\] is not a number/],
    ['NaN', { shape: [2], data: toBase64(Float32Array.of(1, NaN)) }, /U042 .*NaN at number 1/],
    ['numbers beyond float32', { shape: [2], data: [1, 1e300] }, /U042 .*Infinity at number 1/],
  ])('%s', (_what, stored, expected) => {
    expect(refusals((copy) => Object.assign(copy.parameters, { 'rnn1.bias': stored }))).toEqual([expect.stringMatching(expected)]);
  });

  it('gates in another order', () => {
    const gru = modelOf(findScenario('forecast')!.project(), {
      input: { kind: 'features', width: 1, columns: ['co2'], normalisation: null },
      output: { kind: 'numbers', width: 1, columns: ['co2'], normalisation: null, perStep: false },
      longest: 24,
    });
    const swapped = writeModel(gru, { arrays: true }).replace('"gates":["r","z","n"]', '"gates":["z","r","n"]');
    expect(readModel(swapped)).toMatchObject({ ok: false, problems: [{ code: 'U043', message: expect.stringMatching(/z, r, n; r, z, n/) as string }] });
  });

  it('a graph with problems, at its place in the file', () => {
    const found = refusals((copy) => (copy.project.graph.nodes[1]!.params = { units: -2 }));
    expect(found[0]).toMatch(/^U004 project\.graph\.nodes\[1\]\.params\.units/);
  });

  it('a signature without inputs, or with nodes and normalisations that do not fit', () => {
    expect(refusals((copy) => (copy.signature.inputs = []))[0]).toMatch(/^U004 signature\.inputs/);
    expect(refusals((copy) => (copy.signature.inputs[0]!.node = 'y'))[0]).toMatch(/^U042 signature\.inputs\[0\]\.node/);
    const flat = { mean: [0, 1], deviation: [1, 1] };
    expect(refusals((copy) => Object.assign(copy.signature.inputs[0]!, { normalisation: flat }))[0]).toMatch(/^U042 signature\.inputs\[0\]\.normalisation/);
    const zero = { mean: [0], deviation: [0] };
    expect(refusals((copy) => Object.assign(copy.signature.inputs[0]!, { normalisation: zero }))[0]).toMatch(/^U042 .*deviation/);
  });

  it('any damage whatever, without throwing', () => {
    const text = JSON.stringify(MINIMAL);
    fc.assert(
      fc.property(fc.nat(text.length), fc.nat(5), fc.oneof(fc.string(), fc.json()), (at, length, put) => {
        const found = readModel(text.slice(0, at) + put + text.slice(at + length));
        expect(found.ok || found.problems.length > 0).toBe(true);
      }),
      { seed: 3, numRuns: 1500 },
    );
  });
});

describe('the JSON Schemas for editors', () => {
  it('ask for what the parsers ask for, and no more', () => {
    expect(modelJsonSchema()).toMatchObject({ required: ['format', 'version', 'project', 'signature', 'parameters'] });
    expect(projectJsonSchema()).toMatchObject({ required: ['format', 'version', 'graph'], properties: { graph: { required: ['nodes'] } } });
    const position = { required: ['x', 'y'] };
    expect(projectJsonSchema()).toMatchObject({ properties: { graph: { properties: { nodes: { items: { properties: { position } } } } } } });
  });
});

describe('arrays', () => {
  it('of any float32 survive base64 and nested lists bit for bit', () => {
    const floats = fc.float32Array({ noNaN: true, noDefaultInfinity: true, minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(floats, (values) => {
        expect(fromBase64(toBase64(values))).toEqual(values);
        const nested: unknown = JSON.parse(JSON.stringify(toNested(values, [2, 3])));
        expect(fromNested(nested, [2, 3])).toEqual(values.map((value) => (Object.is(value, -0) ? 0 : value)));
      }),
      { seed: 5, numRuns: 300 },
    );
  });
});
