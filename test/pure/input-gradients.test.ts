import { fc } from '../fixtures/laws.ts';
import { describe, expect, it } from 'vitest';
import { inputInfluence } from '../../src-engine/analyze/input-gradients.ts';
import type { Batch } from '../../src-engine/data/dataset.ts';
import { createRandom, randomUniform } from '../../src-engine/data/random.ts';
import type { GraphNode } from '../../src-engine/document/project.ts';
import type { DataSignature } from '../../src-engine/document/signature.ts';
import { createMachine } from '../../src-engine/run/create-machine.ts';
import { graph, node } from './document-builders.ts';
import { EngineUnderTest, kernelsOf, modelOf, type Values } from './engine-under-test.ts';

const WIDTH = 4;

function signatureOf(kind: 'tokens' | 'features', perStep: boolean, classes: number): DataSignature {
  return {
    input:
      kind === 'tokens'
        ? { kind, unit: 'word', vocabulary: Array.from({ length: WIDTH }, (_, id) => `w${id}`) }
        : { kind, width: WIDTH, columns: Array.from({ length: WIDTH }, (_, column) => `c${column}`), normalisation: null },
    output: { kind: 'classes', classes: Array.from({ length: classes }, (_, id) => `k${id}`), perStep },
    longest: 4,
  };
}

type Middle = 'lstm' | 'gru' | 'bidirectional' | 'pooled';

function middle(kind: Middle, perStep: boolean): readonly GraphNode[] {
  const end = perStep ? [] : [node('last', 'last-step')];
  switch (kind) {
    case 'lstm':
      return [node('norm', 'layer-norm'), node('cell', 'lstm', { units: 3, peephole: true }), ...end];
    case 'gru':
      return [node('dense', 'dense', { units: 3, activation: 'tanh' }), node('cell', 'gru', { units: 3 }), ...end];
    case 'bidirectional':
      return [node('bi', 'bidirectional', { merge: 'concat' }), node('cell', 'gru', { units: 2, reset: 'after' }, 'bi'), ...end];
    case 'pooled':
      return [node('cell', 'rnn', { units: 3 }), node('drop', 'dropout', { rate: 0.5 }), ...(perStep ? [] : [node('pool', 'pool', { mode: 'attention' })])];
  }
}

interface Case {
  readonly middle: Middle;
  readonly perStep: boolean;
  readonly head: 'softmax-head' | 'sigmoid-head';
  readonly classes: number;
}

function engineOf(
  input: readonly GraphNode[],
  signature: DataSignature,
  { middle: kind, perStep, head }: Case,
  batch: Batch,
  machine = createMachine({ kind: 'reference' }),
): EngineUnderTest {
  const nodes = [...input, ...middle(kind, perStep), node('head', head)];
  const chain = nodes.filter(({ parent }) => parent === undefined);
  const drawn = graph(
    nodes,
    chain.slice(1).map(({ id }, place) => `${chain[place]!.id} -> ${id}`),
  );
  return new EngineUnderTest(modelOf(drawn, signature), machine, batch, { inputs: true });
}

function weightsFor(engine: EngineUnderTest, seed: number): Values {
  const random = createRandom(seed);
  return new Map(engine.parameters.map(({ name, size }) => [name, Float32Array.from({ length: size }, () => 1.6 * randomUniform(random) - 0.8)]));
}

/** T = 4; the second row is one shorter. */
function batchOf(inputs: Batch['inputs'], perStep: boolean): Batch {
  const values = new Int32Array(perStep ? 8 : 2).fill(-1);
  return { rows: 2, size: 2, steps: 4, lengths: Int32Array.of(4, 3), inputs, targets: { kind: 'classes', perStep, values } };
}

const IDS = Int32Array.of(1, 3, 0, 2, 2, 1, 3, -1);
/** Logit of each row's last step; column 1. */
const SEEDS = (perStep: boolean, single: boolean) => [3, 2].map((step, row) => ({ row, step: perStep ? step : 0, column: single ? 0 : 1, sign: 1 as const }));

function logitsOf(engine: EngineUnderTest, batch: Batch, seeds: ReturnType<typeof SEEDS>): readonly number[] {
  engine.forward(batch);
  const { value, width } = engine.program.logits!;
  return seeds.map(({ row, step, column }) => engine.machine.read(value + (step * batch.size + row) * width + column));
}

const anyCase: fc.Arbitrary<Case> = fc
  .record({
    middle: fc.constantFrom<Middle[]>('lstm', 'gru', 'bidirectional', 'pooled'),
    perStep: fc.boolean(),
    head: fc.constantFrom('softmax-head' as const, 'sigmoid-head' as const),
  })
  .map((each) => ({ ...each, classes: each.head === 'sigmoid-head' ? 2 : 3 }));

describe('gradients of a logit with respect to the input, on the float64 reference', () => {
  it('agree with central differences, number by number, for numbers as input', () => {
    fc.assert(
      fc.property(anyCase, fc.integer({ min: 1, max: 1e6 }), (each, seed) => {
        const random = createRandom(seed);
        const values = Float32Array.from({ length: 4 * 2 * WIDTH }, (_, place) => (place >= 28 ? 0 : 2 * randomUniform(random) - 1));
        const batch = batchOf({ kind: 'features', width: WIDTH, values }, each.perStep);
        const engine = engineOf([node('x', 'features')], signatureOf('features', each.perStep, each.classes), each, batch);
        engine.write(weightsFor(engine, seed));
        const seeds = SEEDS(each.perStep, each.classes === 2);
        engine.forward(batch);
        const influence = inputInfluence(engine.machine, engine.program, seeds);
        const slopes = Array.from(values, (value, place) => {
          const at = (moved: number): readonly number[] =>
            logitsOf(engine, { ...batch, inputs: { kind: 'features', width: WIDTH, values: values.with(place, moved) } }, seeds);
          // The step is what is left of it in float32.
          const [high, low] = [Math.fround(value + 1e-3), Math.fround(value - 1e-3)];
          const [up, down] = [at(high), at(low)];
          return up.map((y, index) => (y - down[index]!) / (high - low));
        });
        for (const [index, { contributions, norms }] of influence.entries()) {
          for (let t = 0; t < 4; t++) {
            const places = Array.from({ length: WIDTH }, (_, e) => (t * 2 + index) * WIDTH + e);
            const product = places.reduce((sum, place) => sum + slopes[place]![index]! * values[place]!, 0);
            expect(contributions[t]).toBeCloseTo(product, 3);
            expect(norms[t]).toBeCloseTo(Math.hypot(...places.map((place) => slopes[place]![index]!)), 3);
          }
        }
      }),
      { numRuns: 24 },
    );
  });

  it('are those of the vectors that stand for the tokens, frozen or trained, and of one-hot rows', () => {
    fc.assert(
      fc.property(anyCase, fc.boolean(), fc.integer({ min: 1, max: 1e6 }), (each, trainable, seed) => {
        const tokens = batchOf({ kind: 'tokens', ids: IDS }, each.perStep);
        const vectors = Float32Array.from(
          { length: WIDTH * WIDTH },
          (
            (random) => () =>
              2 * randomUniform(random) - 1
          )(createRandom(seed)),
        );
        const rowsOf = (table: Float32Array): Float32Array =>
          Float32Array.from([...IDS].flatMap((id) => (id < 0 ? new Array<number>(WIDTH).fill(0) : [...table.subarray(id * WIDTH, (id + 1) * WIDTH)])));
        const identity = Float32Array.from({ length: WIDTH * WIDTH }, (_, place) => (place % (WIDTH + 1) === 0 ? 1 : 0));
        const seeds = SEEDS(each.perStep, each.classes === 2);
        const numbers = (values: Float32Array) => {
          const batch = batchOf({ kind: 'features', width: WIDTH, values }, each.perStep);
          const engine = engineOf([node('x', 'features')], signatureOf('features', each.perStep, each.classes), each, batch);
          engine.write(weightsFor(engine, seed));
          engine.forward(batch);
          return { weights: weightsFor(engine, seed), influence: inputInfluence(engine.machine, engine.program, seeds) };
        };
        const words = (input: readonly GraphNode[], weights: Values) => {
          const engine = engineOf(input, signatureOf('tokens', each.perStep, each.classes), each, tokens);
          engine.write(weights);
          engine.forward(tokens);
          return inputInfluence(engine.machine, engine.program, seeds);
        };
        const dense = numbers(rowsOf(vectors));
        const embedding = node('embed', 'embedding', { size: WIDTH, trainable });
        expect(words([node('x', 'tokens'), embedding], new Map([...dense.weights, ['embed.weight', vectors]]))).toEqual(dense.influence);
        const sparse = numbers(rowsOf(identity));
        expect(words([node('x', 'tokens'), node('hot', 'one-hot')], sparse.weights)).toEqual(sparse.influence);
      }),
      { numRuns: 16 },
    );
  });

  it('of the other class of a single sigmoid are the same with the other sign', () => {
    const each: Case = { middle: 'gru', perStep: false, head: 'sigmoid-head', classes: 2 };
    const batch = batchOf({ kind: 'tokens', ids: IDS }, false);
    const engine = engineOf([node('x', 'tokens'), node('hot', 'one-hot')], signatureOf('tokens', false, 2), each, batch);
    engine.write(weightsFor(engine, 5));
    const of = (sign: 1 | -1) => {
      engine.forward(batch);
      return inputInfluence(engine.machine, engine.program, [{ row: 0, step: 0, column: 0, sign }])[0]!;
    };
    const [yes, no] = [of(1), of(-1)];
    expect([...no.contributions]).toEqual([...yes.contributions].map((value) => -value));
    expect(no.norms).toEqual(yes.norms);
  });
});

describe('the kernels', () => {
  it.each(['simd', 'relaxed'] as const)('%s: the same gradients of the input as the reference, to float32', async (kind) => {
    const kernels = await kernelsOf(kind);
    for (const name of ['lstm', 'gru', 'bidirectional', 'pooled'] as const) {
      const each: Case = { middle: name, perStep: true, head: 'softmax-head', classes: 3 };
      const batch = batchOf({ kind: 'tokens', ids: IDS }, true);
      const found = [createMachine({ kind: 'reference' }), createMachine(kernels)].map((machine) => {
        const engine = engineOf(
          [node('x', 'tokens'), node('embed', 'embedding', { size: WIDTH, trainable: false })],
          signatureOf('tokens', true, 3),
          each,
          batch,
          machine,
        );
        engine.write(weightsFor(engine, 11));
        engine.forward(batch);
        return inputInfluence(machine, engine.program, SEEDS(true, false));
      });
      for (const [index, { contributions, norms }] of found[0]!.entries()) {
        for (let t = 0; t < 4; t++) {
          expect(found[1]![index]!.contributions[t]).toBeCloseTo(contributions[t]!, 5);
          expect(found[1]![index]!.norms[t]).toBeCloseTo(norms[t]!, 5);
        }
      }
    }
  });
});
