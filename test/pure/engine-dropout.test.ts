import { beforeAll, describe, expect, it } from 'vitest';
import { SETTING_DROPOUT, SETTING_DROPOUT_COUNTER, SETTING_DROPOUT_SEED } from '../../src-engine/ir/opcodes.ts';
import type { Kernels } from '../../src-engine/kernels/load-kernels.ts';
import { createMachine } from '../../src-engine/run/create-machine.ts';
import { randomBatch, randomValues } from './arbitrary-model.ts';
import { graph, node } from './document-builders.ts';
import { distance, EngineUnderTest, kernelsOf, modelOf } from './engine-under-test.ts';

const WIDTH = 40;
const RATE = 0.3;

/** Numbers per step, dropped out and handed to a linear head. */
const drawn = graph([node('x', 'features'), node('drop', 'dropout', { rate: RATE }), node('head', 'regression-head')], ['x -> drop', 'drop -> head']);
const numbers = { kind: 'numbers', width: WIDTH, columns: [], normalisation: null, perStep: true } as const;
const signature = { input: { kind: 'features', width: WIDTH, columns: [], normalisation: null }, output: numbers, longest: 50 } as const;

/** The engine with a head that hands its input through, so that the answers are what dropout left. */
function passing(kernels: Kernels): { readonly engine: EngineUnderTest; readonly batch: ReturnType<typeof randomBatch> } {
  const batch = randomBatch(signature, [50, 50, 50, 50], 1);
  const engine = new EngineUnderTest(modelOf(drawn, signature), createMachine(kernels), batch);
  const values = new Map(randomValues(engine.parameters, 1));
  values.set(
    'head.weight',
    Float64Array.from({ length: WIDTH * WIDTH }, (_, e) => (e % (WIDTH + 1) === 0 ? 1 : 0)),
  );
  values.set('head.bias', new Float64Array(WIDTH));
  engine.write(values);
  return { engine, batch };
}

/** Which inputs survive update `update` of a run with this seed. */
function kept(kernels: Kernels, seed: number, update: number): readonly boolean[] {
  const { engine, batch } = passing(kernels);
  const { settings } = engine.program.shared;
  engine.machine.writeInts(settings + SETTING_DROPOUT, [1]);
  engine.machine.writeInts(settings + SETTING_DROPOUT_SEED, [seed]);
  engine.machine.writeInts(settings + SETTING_DROPOUT_COUNTER, [update]);
  engine.forward(batch);
  const inputs = batch.inputs.kind === 'tokens' ? [] : batch.inputs.values;
  const outputs = engine.outputs();
  return Array.from(inputs, (value, e) => {
    if (outputs[e] !== 0) expect(outputs[e]).toBeCloseTo(value / (1 - RATE), 5);
    return value === 0 || outputs[e] !== 0;
  });
}

function share(values: readonly boolean[]): number {
  return values.filter(Boolean).length / values.length;
}

describe.each(['reference', 'relaxed', 'simd'] as const)('dropout on the %s machine', (kind) => {
  let kernels: Kernels;
  beforeAll(async () => {
    kernels = await kernelsOf(kind);
  });

  it('keeps its share of the numbers and enlarges them to make up for the rest', () => {
    expect(share(kept(kernels, 1, 1))).toBeCloseTo(1 - RATE, 1.5);
  });

  it('draws the same for the same seed and update, and as good as independently for others', () => {
    const first = kept(kernels, 7, 3);
    expect(kept(kernels, 7, 3)).toEqual(first);
    for (const other of [kept(kernels, 7, 4), kept(kernels, 8, 3)]) {
      const same = share(first.map((value, e) => value === other[e]));
      expect(same).toBeCloseTo((1 - RATE) ** 2 + RATE ** 2, 1.5);
    }
  });

  it('does nothing outside a training step', () => {
    const { engine, batch } = passing(kernels);
    engine.forward(batch);
    const inputs = batch.inputs.kind === 'tokens' ? [] : batch.inputs.values;
    expect(distance(engine.outputs(), inputs)).toBe(0);
    engine.machine.writeInts(engine.program.shared.settings + SETTING_DROPOUT, [1]);
    engine.forward(batch);
    engine.backward();
    engine.machine.run(engine.program.sections.update);
    engine.forward(batch);
    expect(distance(engine.outputs(), inputs)).toBe(0);
  });
});
