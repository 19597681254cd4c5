import { beforeAll, describe, expect, it } from 'vitest';
import { makeBatch } from '../../src-engine/data/batches/batching.ts';
import type { Batch } from '../../src-engine/data/dataset.ts';
import { createRandom, randomIndex, randomUniform } from '../../src-engine/data/random.ts';
import { stepOffsets } from '../../src-engine/data/sequences.ts';
import { checkGraph } from '../../src-engine/document/check.ts';
import type { Graph } from '../../src-engine/document/project.ts';
import type { DataSignature } from '../../src-engine/document/signature.ts';
import type { Kernels } from '../../src-engine/kernels/load-kernels.ts';
import { createMachine } from '../../src-engine/run/create-machine.ts';
import { randomValues } from './arbitrary-model.ts';
import { graph, node } from './document-builders.ts';
import { distance, EngineUnderTest, kernelsOf, modelOf, type Result } from './engine-under-test.ts';

const CLASSES = ['a', 'b', 'c', '<end>'];
const signature: DataSignature = {
  input: { kind: 'features', width: 3, columns: [], normalisation: null },
  output: { kind: 'classes', classes: CLASSES, perStep: true, ownSteps: 6 },
  longest: 6,
};

/** Steps of inputs and of targets, row by row. */
const ROWS = [
  [5, 2],
  [1, 6],
  [3, 3],
] as const;

function examples(rows: readonly (readonly [number, number])[], seed = 4) {
  const random = createRandom(seed);
  const inputs = rows.map(([steps]) => Array.from({ length: steps * 3 }, () => 2 * randomUniform(random) - 1));
  const targets = rows.map(([, steps]) => Array.from({ length: steps }, () => randomIndex(random, CLASSES.length)));
  return { inputs, targets };
}

function batchOf({ inputs, targets }: ReturnType<typeof examples>, chosen: readonly number[], size = chosen.length, steps?: number): Batch {
  const source = {
    offsets: stepOffsets(inputs.map((each) => ({ length: each.length / 3 }))),
    inputs: { kind: 'features', width: 3, values: Float32Array.from(inputs.flat()) },
    targets: { kind: 'classes', perStep: true, values: Int32Array.from(targets.flat()), offsets: stepOffsets(targets) },
  } as const;
  return makeBatch(source, Int32Array.from(chosen), size, steps);
}

const ENCODERS: Readonly<Record<string, Graph>> = {
  'gru to gru': graph(
    [node('x', 'features'), node('enc', 'gru', { units: 5 }), node('dec', 'decoder', { units: 5, size: 3 }), node('head', 'softmax-head')],
    ['x -> enc', 'enc.state -> dec', 'dec -> head'],
  ),
  'both directions and attention pooling, dense between, a cell behind': graph(
    [
      node('x', 'features'),
      node('bi', 'bidirectional'),
      node('inner', 'lstm', { units: 3 }, 'bi'),
      node('pool', 'pool', { mode: 'attention' }),
      node('wide', 'dense', { units: 5, activation: 'tanh' }),
      node('dec', 'decoder', { units: 5, cell: 'lstm', size: 3 }),
      node('again', 'repeat'),
      node('join', 'concat'),
      node('next', 'gru', { units: 4, reset: 'after' }),
      node('head', 'softmax-head'),
    ],
    ['x -> bi', 'bi -> pool', 'pool -> wide', 'wide -> dec', 'pool -> again', 'dec -> join.in1', 'again -> join.in2', 'join -> next', 'next -> head'],
  ),
};

function run(engine: EngineUnderTest, batch: Batch): Result {
  engine.reshape(batch);
  const loss = engine.forward(batch);
  const { width } = engine.program.output;
  const outputs = engine.outputs();
  engine.backward();
  const rows = [...batch.targetLengths!].map((steps, b) =>
    Float64Array.from(Array.from({ length: steps }, (_, t) => [...outputs.subarray((t * batch.size + b) * width, (t * batch.size + b + 1) * width)]).flat()),
  );
  return { outputs: rows, loss, gradients: engine.gradients() };
}

describe.each(['reference', 'relaxed'] as const)('targets with steps of their own, on the %s machine', (kind) => {
  let kernels: Kernels;
  beforeAll(async () => {
    kernels = await kernelsOf(kind);
  });

  it.each(Object.entries(ENCODERS))('%s: a padded batch gives what its rows give one by one, weighted by their targets', (_, drawn) => {
    const rows = examples(ROWS);
    const all = batchOf(rows, [0, 1, 2]);
    const engine = new EngineUnderTest(modelOf(drawn, signature), createMachine(kernels), all);
    engine.write(randomValues(engine.parameters, 5, 1));
    const together = run(engine, all);
    const alone = ROWS.map((__, row) => run(engine, batchOf(rows, [row])));
    const share = ROWS.map(([, steps]) => steps / ROWS.reduce((total, [, each]) => total + each, 0));
    expect(Math.abs(together.loss - alone.reduce((total, { loss }, row) => total + loss * share[row]!, 0))).toBeLessThan(1e-6);
    for (const [row, { outputs }] of alone.entries()) expect(distance(together.outputs[row]!, outputs[0]!)).toBeLessThan(1e-5);
    for (const [name, gradient] of together.gradients) {
      const sum = gradient.map((__, e) => alone.reduce((total, { gradients }, row) => total + gradients.get(name)![e]! * share[row]!, 0));
      expect(distance(gradient, sum, 1e-3), name).toBeLessThan(1e-5);
    }
  });

  it.each(Object.entries(ENCODERS))('%s: answers alone what it would answer if its own answers had been the targets', (_, drawn) => {
    const given = batchOf(examples(ROWS), [0, 1, 2]);
    const model = modelOf(drawn, signature);
    const alone = new EngineUnderTest(model, createMachine(kernels), given, { backward: false });
    alone.write(randomValues(alone.parameters, 5, 2));
    alone.forward({ ...given, targets: null });
    const { width } = alone.program.output;
    const outputs = alone.outputs();
    const own = Int32Array.from({ length: outputs.length / width }, (__, row) => {
      const p = [...outputs.subarray(row * width, (row + 1) * width)];
      return p.indexOf(Math.max(...p));
    });
    const taught = new EngineUnderTest(model, createMachine(kernels), given);
    taught.write(randomValues(taught.parameters, 5, 2));
    taught.forward({ ...given, targets: { kind: 'classes', perStep: true, values: own } });
    expect(distance(taught.outputs(), outputs)).toBeLessThan(1e-6);
  });

  it.each(Object.entries(ENCODERS))('%s: neither more steps nor absent rows change a bit', (_, drawn) => {
    const rows = examples(ROWS);
    const plain = batchOf(rows, [0, 1, 2]);
    const engine = new EngineUnderTest(modelOf(drawn, signature), createMachine(kernels), plain);
    engine.write(randomValues(engine.parameters, 5, 1));
    const first = run(engine, plain);
    const wide = run(engine, batchOf(rows, [0, 1, 2], 5, 9));
    expect(wide.loss).toBe(first.loss);
    for (const [row, outputs] of first.outputs.entries()) expect([...wide.outputs[row]!]).toEqual([...outputs]);
    for (const [name, gradient] of first.gradients) expect([...wide.gradients.get(name)!], name).toEqual([...gradient]);
  });
});

it.each(Object.entries(ENCODERS))('%s: the gradients are what central differences give', (_, drawn) => {
  const batch = batchOf(examples(ROWS), [0, 1, 2]);
  const engine = new EngineUnderTest(modelOf(drawn, signature), createMachine({ kind: 'reference' }), batch);
  engine.write(randomValues(engine.parameters, 5, 1));
  engine.forward(batch);
  engine.backward();
  for (const [name, gradient] of engine.gradients()) {
    expect(distance(gradient, engine.centralDifferences(name, batch), 0.01), name).toBeLessThan(1e-6);
  }
});

describe('the check', () => {
  const codes = (drawn: Graph): readonly string[] => checkGraph(drawn, signature).problems.map(({ code, node: place }) => `${code} ${place ?? ''}`);

  it('finds nothing wrong with an encoder and a decoder, nor with a repeat', () => {
    for (const drawn of Object.values(ENCODERS)) expect(codes(drawn)).toEqual([]);
    const repeated = graph(
      [node('x', 'features'), node('enc', 'gru'), node('again', 'repeat'), node('next', 'gru'), node('head', 'softmax-head')],
      ['x -> enc', 'enc.state -> again', 'again -> next', 'next -> head'],
    );
    expect(codes(repeated)).toEqual([]);
  });

  it('wants a decoder on the way to the head', () => {
    const tagger = graph([node('x', 'features'), node('gru1', 'gru'), node('head', 'softmax-head')], ['x -> gru1', 'gru1 -> head']);
    expect(codes(tagger)).toEqual(['U028 head']);
    expect(checkGraph(tagger, signature).problems[0]!.fix).toContain('Decoder');
  });

  it('keeps sequences of inputs and of targets apart', () => {
    const drawn = graph(
      [node('x', 'features'), node('enc', 'gru'), node('dec', 'decoder', { units: 64 }), node('join', 'concat'), node('head', 'softmax-head')],
      ['x -> enc', 'enc.state -> dec', 'dec -> join.in1', 'enc -> join.in2', 'join -> head'],
    );
    expect(codes(drawn)).toEqual(['U028 join']);
  });
});
