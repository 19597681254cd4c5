import { fc } from '../fixtures/laws.ts';
import { describe, expect, it } from 'vitest';
import { unrolledGraph } from '../../src-engine/compile/compile.ts';
import type { OpName } from '../../src-engine/ir/graph.ts';
import { SETTING_DROPOUT } from '../../src-engine/ir/opcodes.ts';
import { ReferenceMachine } from '../../src-engine/run/reference-machine.ts';
import {
  anyBidirectional,
  anyCell,
  anyDense,
  anyLengths,
  anyModel,
  anyStack,
  drawnModel,
  randomBatch,
  randomValues,
  type LayerSpec,
  type ModelSpec,
} from './arbitrary-model.ts';
import { distance, EngineUnderTest, modelOf } from './engine-under-test.ts';

const RUNS = { seed: 19890401, numRuns: 8 };
/** What central differences leave of relative error in float64. */
const TOLERANCE = 1e-7;

const UNITS = 2;
const LSTM: LayerSpec = { kind: 'lstm', units: UNITS, peephole: false, coupled: false };
const cell = (spec: LayerSpec): fc.Arbitrary<LayerSpec> => fc.constant(spec);

/** For every kind of layer and option, the layer that must stand in the model. */
const LAYERS: Readonly<Record<string, fc.Arbitrary<LayerSpec>>> = {
  'RNN with tanh': cell({ kind: 'rnn', units: UNITS, activation: 'tanh' }),
  'RNN with sigmoid': cell({ kind: 'rnn', units: UNITS, activation: 'sigmoid' }),
  'RNN with ReLU': cell({ kind: 'rnn', units: UNITS, activation: 'relu' }),
  'GRU, reset before': cell({ kind: 'gru', units: UNITS, reset: 'before' }),
  'GRU, reset after': cell({ kind: 'gru', units: UNITS, reset: 'after' }),
  LSTM: cell(LSTM),
  'LSTM with peephole': cell({ kind: 'lstm', units: UNITS, peephole: true, coupled: false }),
  'LSTM with coupled gates': cell({ kind: 'lstm', units: UNITS, peephole: false, coupled: true }),
  'LSTM with both': cell({ kind: 'lstm', units: UNITS, peephole: true, coupled: true }),
  'dense, linear': cell({ kind: 'dense', units: UNITS, activation: 'none' }),
  'dense with tanh': cell({ kind: 'dense', units: UNITS, activation: 'tanh' }),
  'dense with sigmoid': cell({ kind: 'dense', units: UNITS, activation: 'sigmoid' }),
  'dense with ReLU': cell({ kind: 'dense', units: UNITS, activation: 'relu' }),
  'activation on its own': cell({ kind: 'activation', activation: 'tanh' }),
  'layer norm': cell({ kind: 'layer-norm' }),
  dropout: cell({ kind: 'dropout', rate: 0.25 }),
  'inputs side by side': cell({ kind: 'join', how: 'concat' }),
  'inputs added': cell({ kind: 'join', how: 'add' }),
  'the mean at every step': cell({ kind: 'summary', mode: 'mean' }),
  'the largest at every step': cell({ kind: 'summary', mode: 'max' }),
  'attention at every step': cell({ kind: 'summary', mode: 'attention' }),
  'any cell': anyCell(),
  'any dense layer': anyDense(),
  'any stack': anyStack(),
  'both directions side by side': anyBidirectional().map((spec) => ({ ...spec, merge: 'concat' })),
  'both directions added': anyBidirectional().map((spec) => ({ ...spec, merge: 'sum' })),
  'both directions averaged': anyBidirectional().map((spec) => ({ ...spec, merge: 'mean' })),
};

/** The ends of a model, one fixed at a time. */
const ENDS: Readonly<Record<string, Partial<ModelSpec>>> = {
  features: { input: 'features' },
  'a vector at every step': { input: 'vector' },
  'trained embedding': { input: 'embedding' },
  'frozen embedding': { input: 'frozen' },
  'one-hot tokens': { input: 'one-hot' },
  'last step, cross-entropy': { end: 'last-step', head: 'softmax-head' },
  'last step, squared error': { end: 'last-step', head: 'regression-head' },
  'final state, cross-entropy': { end: 'state', head: 'softmax-head' },
  'final state, squared error': { end: 'state', head: 'regression-head' },
  'cross-entropy per step': { end: 'per-step', head: 'softmax-head' },
  'squared error per step': { end: 'per-step', head: 'regression-head' },
  'pooled mean, Huber loss': { end: 'mean', head: 'huber' },
  'pooled largest, binary cross-entropy': { end: 'max', head: 'sigmoid-head' },
  'attention pooling, cross-entropy': { end: 'attention', head: 'softmax-head' },
  'binary cross-entropy of two classes': { head: 'sigmoid-head', sizes: { input: 2, output: 1 } },
  'binary cross-entropy per step': { end: 'per-step', head: 'sigmoid-head' },
  'Huber loss per step': { end: 'per-step', head: 'huber' },
  'states handed on': { linked: true },
  'both states of an LSTM handed on': { linked: true, layers: [LSTM, LSTM] },
};

/** Names of the parameters whose gradient is not what central differences give. */
function wrongGradients(spec: ModelSpec, lengths: readonly number[], seed: number): readonly string[] {
  const { graph, signature } = drawnModel(spec);
  const batch = randomBatch(signature, lengths, seed);
  const engine = new EngineUnderTest(modelOf(graph, signature), new ReferenceMachine(), batch);
  engine.write(randomValues(engine.parameters, seed));
  // On, with one mask for every loss.
  engine.machine.writeInts(engine.program.shared.settings + SETTING_DROPOUT, [1, seed, 3]);
  engine.forward(batch);
  engine.backward();
  return [...engine.gradients()].flatMap(([name, gradient]) => {
    const expected = engine.centralDifferences(name, batch);
    const error = distance(gradient, expected, 0.01);
    return error <= TOLERANCE ? [] : [`${name}: off by ${error}`];
  });
}

function check(models: fc.Arbitrary<ModelSpec>): void {
  fc.assert(
    fc.property(models, anyLengths(4, true), fc.integer({ min: 0, max: 1e6 }), (spec, lengths, seed) => {
      expect(wrongGradients(spec, lengths, seed)).toEqual([]);
    }),
    RUNS,
  );
}

/** The model with the layer put in at a drawn place. */
function withLayer(models: fc.Arbitrary<ModelSpec>, layers: fc.Arbitrary<LayerSpec>): fc.Arbitrary<ModelSpec> {
  return fc.tuple(models, layers, fc.nat(2)).map(([model, layer, place]) => ({ ...model, layers: model.layers.toSpliced(place, 1, layer) }));
}

describe('gradients are what central differences of the loss give, in float64', () => {
  it.each(Object.entries(LAYERS))('%s', (_, layers) => {
    check(withLayer(anyModel(), layers));
  });

  it.each(Object.entries(ENDS))('%s', (_, fixed) => {
    check(anyModel({ min: 1, max: 3 }, fixed));
  });

  it('every op of the graph is in some drawn model', () => {
    // A decoder's reading of classes has tests of its own.
    const every: Readonly<Record<Exclude<OpName, 'previous-targets' | 'feedback' | 'mixed-targets'>, true>> = {
      tokens: true,
      features: true,
      embedding: true,
      'one-hot': true,
      product: true,
      rnn: true,
      'gru-gates': true,
      'gru-blend': true,
      'gru-after': true,
      lstm: true,
      reverse: true,
      'last-step': true,
      'last-cell': true,
      merge: true,
      activation: true,
      'layer-norm': true,
      repeat: true,
      pool: true,
      attention: true,
      dropout: true,
      'softmax-loss': true,
      'sigmoid-loss': true,
      'squared-loss': true,
      'huber-loss': true,
    };
    const layers = Object.values(LAYERS).flatMap((each) => fc.sample(withLayer(anyModel(), each), { seed: RUNS.seed, numRuns: 4 }));
    const ends = Object.values(ENDS).flatMap((fixed) => fc.sample(anyModel({ min: 1, max: 3 }, fixed), { seed: RUNS.seed, numRuns: 2 }));
    const drawn = [...layers, ...ends].flatMap((spec) => {
      const { graph, signature } = drawnModel(spec);
      return unrolledGraph(modelOf(graph, signature), 2, 3).families.map((family) => family.op.op);
    });
    expect([...new Set(drawn)].sort()).toEqual(Object.keys(every).sort());
  });
});
