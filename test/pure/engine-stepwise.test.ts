import { fc } from '../fixtures/laws.ts';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Batch } from '../../src-engine/data/dataset.ts';
import type { Kernels } from '../../src-engine/kernels/load-kernels.ts';
import { createMachine } from '../../src-engine/run/create-machine.ts';
import { cutWindow } from '../../src-engine/train/windows.ts';
import { anyCell, anyLengths, anyModel, drawnModel, randomBatch, randomValues, type CellSpec, type ModelSpec } from './arbitrary-model.ts';
import { distance, EngineUnderTest, kernelsOf, modelOf } from './engine-under-test.ts';

/** Relative, in float64 and float32. */
const TOLERANCES = { reference: 1e-12, relaxed: 1e-5, simd: 1e-5 } as const;
const FLOOR = 0.05;

function engineOf(spec: ModelSpec, batch: Batch, kernels: Kernels, seed: number): EngineUnderTest {
  const { graph, signature } = drawnModel(spec);
  const engine = new EngineUnderTest(modelOf(graph, signature), createMachine(kernels), batch, { carry: true, backward: false });
  engine.write(randomValues(engine.parameters, seed, 0.75));
  const { at, size } = engine.program.shared.carried;
  engine.machine.fill(at, size, 0);
  return engine;
}

/** Outputs of the places that are within their rows, [place, width], and the states that are left. */
function answered(engine: EngineUnderTest, batch: Batch): { readonly outputs: readonly number[]; readonly states: ArrayLike<number> } {
  const { width } = engine.program.output;
  const outputs = engine.outputs();
  const present = Array.from({ length: batch.steps * batch.size }, (_, place) => place).filter(
    (place) => (batch.lengths[place % batch.size] ?? 0) > Math.floor(place / batch.size),
  );
  engine.machine.run(engine.program.sections.carry);
  const { at, size } = engine.program.shared.carried;
  return {
    outputs: present.flatMap((place) => [...outputs.subarray(place * width, (place + 1) * width)]),
    states: engine.machine.readFloats(at, size),
  };
}

/** All steps in one program, against a program of one step that is called once for each, its states handed on. */
function expectStepwise(spec: ModelSpec, lengths: readonly number[], seed: number, kernels: Kernels, tolerance: number): void {
  const batch = randomBatch(drawnModel(spec).signature, lengths, seed);
  const unrolled = engineOf(spec, batch, kernels, seed);
  unrolled.forward(batch);
  const whole = answered(unrolled, batch);
  const one = engineOf(spec, { ...batch, steps: 1 }, kernels, seed);
  const outputs: number[] = [];
  let states: ArrayLike<number> = [];
  for (let start = 0; start < batch.steps; start++) {
    const step = cutWindow(batch, { start, steps: 1, counts: true });
    one.forward(step);
    const answer = answered(one, step);
    outputs.push(...answer.outputs);
    ({ states } = answer);
  }
  expect(distance(outputs, whole.outputs, FLOOR), 'outputs').toBeLessThanOrEqual(tolerance);
  expect(distance(states, whole.states, FLOOR), 'states').toBeLessThanOrEqual(tolerance);
  // Something is handed on: from zero states the last step would answer otherwise.
  expect(states.length).toBeGreaterThan(0);
}

const CELLS: readonly CellSpec[] = [
  ...(['tanh', 'relu', 'sigmoid'] as const).map((activation) => ({ kind: 'rnn', units: 5, activation }) as const),
  ...(['before', 'after'] as const).map((reset) => ({ kind: 'gru', units: 5, reset }) as const),
  ...[false, true].flatMap((peephole) => [false, true].map((coupled) => ({ kind: 'lstm', units: 5, peephole, coupled }) as const)),
];

const outline = (layers: ModelSpec['layers']): ModelSpec => ({
  input: 'features',
  layers,
  linked: false,
  end: 'per-step',
  head: 'regression-head',
  sizes: { input: 3, output: 2 },
});

describe.each(['reference', 'relaxed', 'simd'] as const)('on the %s machine unrolled equals stepwise', (kind) => {
  const tolerance = TOLERANCES[kind];
  let kernels: Kernels;
  beforeAll(async () => {
    kernels = await kernelsOf(kind);
  });

  it.each(CELLS)('%o, alone and under another cell, rows of unequal length', (cell) => {
    expectStepwise(outline([cell]), [7, 3, 1], 1, kernels, tolerance);
    expectStepwise(outline([cell, cell]), [6, 6, 2, 4], 2, kernels, tolerance);
  });

  it('any model that reads forwards', () => {
    const forwards = fc
      .tuple(anyModel({ min: 1, max: 4 }, { end: 'per-step', linked: false }), anyCell())
      .map(([spec, cell]) => ({ ...spec, layers: [...spec.layers, cell] }))
      .filter((spec) => !/bidirectional|summary/u.test(JSON.stringify(spec.layers)));
    fc.assert(
      fc.property(forwards, anyLengths(6, true), fc.integer({ min: 0, max: 1e6 }), (spec, lengths, seed) => {
        expectStepwise(spec, lengths, seed, kernels, tolerance);
      }),
      { seed: 20140602, numRuns: 40 },
    );
  });
});
