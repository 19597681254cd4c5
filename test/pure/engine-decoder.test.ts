import { beforeAll, describe, expect, it } from 'vitest';
import type { Batch } from '../../src-engine/data/dataset.ts';
import { checkGraph } from '../../src-engine/document/check.ts';
import type { GraphNode } from '../../src-engine/document/project.ts';
import type { DataSignature } from '../../src-engine/document/signature.ts';
import type { Kernels } from '../../src-engine/kernels/load-kernels.ts';
import { createMachine } from '../../src-engine/run/create-machine.ts';
import { randomBatch, randomValues } from './arbitrary-model.ts';
import { graph, node, WORDS } from './document-builders.ts';
import { distance, EngineUnderTest, kernelsOf, modelOf } from './engine-under-test.ts';

const CLASSES = ['a', 'b', 'c', 'd'];
const signature: DataSignature = {
  input: { kind: 'features', width: 3, columns: [], normalisation: null },
  output: { kind: 'classes', classes: CLASSES, perStep: true },
  longest: 5,
};
const LENGTHS = [5, 2, 4];

/** Features, an encoder, a decoder that starts from its state, the given layers, a head. */
function decoding(cell: string, ...middle: readonly GraphNode[]) {
  const nodes = [
    node('x', 'features'),
    node('enc', 'gru', { units: 6 }),
    node('dec', 'decoder', { units: 6, cell, size: 3 }),
    ...middle,
    node('head', 'softmax-head'),
  ];
  const chain = nodes.slice(2).map((each) => each.id);
  return graph(nodes, ['x -> enc', 'enc.state -> dec', ...chain.slice(1).map((to, place) => `${chain[place] ?? ''} -> ${to}`)]);
}

const MIDDLES: Readonly<Record<string, readonly GraphNode[]>> = {
  'straight to the head': [],
  'through a cell, a dense layer, layer norm and dropout': [
    node('next', 'lstm', { units: 5 }),
    node('wide', 'dense', { units: 7, activation: 'relu' }),
    node('norm', 'layer-norm'),
    node('act', 'activation'),
    node('drop', 'dropout'),
  ],
};

function engineOf(drawn: ReturnType<typeof decoding>, kernels: Kernels, batch: Batch, backward: boolean): EngineUnderTest {
  const engine = new EngineUnderTest(modelOf(drawn, signature), createMachine(kernels), batch, { backward });
  engine.write(randomValues(engine.parameters, 5, 2));
  return engine;
}

/** The most likely class at each step, [T,B]. */
function answered(engine: EngineUnderTest): Int32Array {
  const outputs = engine.outputs();
  const { rows, width } = engine.program.output;
  return Int32Array.from({ length: rows }, (_, row) => {
    const p = [...outputs.subarray(row * width, (row + 1) * width)];
    return p.indexOf(Math.max(...p));
  });
}

describe.each(['reference', 'relaxed', 'simd'] as const)('a decoder on the %s machine', (kind) => {
  let kernels: Kernels;
  beforeAll(async () => {
    kernels = await kernelsOf(kind);
  });

  it.each(Object.entries(MIDDLES).flatMap(([name, middle]) => ['rnn', 'gru', 'lstm'].map((cell) => [cell, name, middle] as const)))(
    '(%s, %s) answers what it would answer if its own answers had been the targets',
    (cell, _, middle) => {
      const batch = randomBatch(signature, LENGTHS, 3);
      const alone = engineOf(decoding(cell, ...middle), kernels, batch, false);
      alone.forward({ ...batch, targets: null });
      const own = answered(alone);
      const taught = engineOf(decoding(cell, ...middle), kernels, batch, true);
      taught.forward({ ...batch, targets: { kind: 'classes', perStep: true, values: own } });
      expect(distance(taught.outputs(), alone.outputs())).toBeLessThan(1e-6);
      // Other answers would have led elsewhere.
      taught.forward({ ...batch, targets: { kind: 'classes', perStep: true, values: own.map((each) => (each + 1) % CLASSES.length) } });
      expect(distance(taught.outputs(), alone.outputs())).toBeGreaterThan(1e-3);
    },
  );
});

it.each(['rnn', 'gru', 'lstm'])('the gradients of a decoder (%s) are what central differences give', (cell) => {
  const batch = randomBatch(signature, LENGTHS, 9);
  const engine = engineOf(decoding(cell, node('wide', 'dense', { units: 3, activation: 'tanh' })), { kind: 'reference' }, batch, true);
  engine.write(randomValues(engine.parameters, 5, 1));
  engine.forward(batch);
  engine.backward();
  for (const [name, gradient] of engine.gradients()) {
    expect(distance(gradient, engine.centralDifferences(name, batch), 0.01), name).toBeLessThan(1e-7);
  }
});

describe('the check of a decoder', () => {
  const codes = (drawn: ReturnType<typeof decoding>, data: DataSignature): readonly string[] =>
    checkGraph(drawn, data).problems.map(({ code, node: place }) => `${code} ${place ?? ''}`);

  it('wants a state as wide as its own, and a class per step', () => {
    expect(codes(decoding('gru'), signature)).toEqual([]);
    const narrow = graph(
      [node('x', 'features'), node('enc', 'gru', { units: 4 }), node('dec', 'decoder', { units: 6 }), node('head', 'softmax-head')],
      ['x -> enc', 'enc.state -> dec', 'dec -> head'],
    );
    expect(codes(narrow, signature)).toEqual(['U014 dec']);
    expect(codes(decoding('gru'), { ...signature, output: { kind: 'classes', classes: CLASSES, perStep: false } })).toContain('U020 dec');
    expect(codes(decoding('gru'), WORDS)).toContain('U020 dec');
  });

  it('refuses what needs the whole sequence between the decoder and the head', () => {
    const drawn = decoding('gru', node('bi', 'bidirectional'));
    expect(codes({ ...drawn, nodes: [...drawn.nodes, node('inner', 'gru', { units: 2 }, 'bi')] }, signature)).toEqual(['U017 bi']);
  });
});
