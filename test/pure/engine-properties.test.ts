import { fc } from '../fixtures/laws.ts';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Batch } from '../../src-engine/data/dataset.ts';
import type { Kernels } from '../../src-engine/kernels/load-kernels.ts';
import { createMachine } from '../../src-engine/run/create-machine.ts';
import { countedRows } from '../../src-engine/train/write-batch.ts';
import { anyLengths, anyModel, drawnModel, randomBatch, randomValues, type ModelSpec } from './arbitrary-model.ts';
import { padded, rowOf } from './batch-parts.ts';
import { distance, EngineUnderTest, kernelsOf, modelOf, resultOf, type Result } from './engine-under-test.ts';

const RUNS = { seed: 20140601, numRuns: 40 };
const MACHINES = ['reference', 'relaxed', 'simd'] as const;
/** Relative, in float64 and float32. */
const TOLERANCES = { reference: 1e-11, relaxed: 1e-4, simd: 1e-4 } as const;

const anySeed = fc.integer({ min: 0, max: 1e6 });

function engineOf(spec: ModelSpec, batch: Batch, kernels: Kernels, seed: number): EngineUnderTest {
  const { graph, signature } = drawnModel(spec);
  const engine = new EngineUnderTest(modelOf(graph, signature), createMachine(kernels), batch);
  engine.write(randomValues(engine.parameters, seed, 0.75));
  return engine;
}

/** Norms below this are compared absolutely: cancelling terms leave float32 nothing else. */
const FLOOR = 0.05;

function expectSame(found: Result, expected: Result, tolerance: number): void {
  expect(distance([found.loss], [expected.loss], FLOOR), 'loss').toBeLessThanOrEqual(tolerance);
  expect(
    distance(
      found.outputs.flatMap((row) => [...row]),
      expected.outputs.flatMap((row) => [...row]),
      FLOOR,
    ),
    'outputs',
  ).toBeLessThanOrEqual(tolerance);
  for (const [name, gradient] of expected.gradients) expect(distance(found.gradients.get(name)!, gradient, FLOOR), name).toBeLessThanOrEqual(tolerance);
}

/** Rows one by one put together: outputs side by side; loss and gradients as means over the targets. */
function together(engine: EngineUnderTest, batch: Batch): Result {
  const outputs: Float64Array[] = [];
  const gradients = new Map<string, Float64Array>();
  let [loss, targets] = [0, 0];
  for (let b = 0; b < batch.size; b++) {
    if (batch.lengths[b] === 0) {
      outputs.push(new Float64Array(0));
      continue;
    }
    const row = rowOf(batch, b);
    const alone = resultOf(engine, row);
    const count = countedRows(engine.program, row, 'all').reduce((total, each) => total + each, 0);
    outputs.push(...alone.outputs);
    loss += alone.loss * count;
    targets += count;
    for (const [name, gradient] of alone.gradients) {
      const sum = gradients.get(name) ?? new Float64Array(gradient.length);
      gradients.set(
        name,
        sum.map((value, e) => value + gradient[e]! * count),
      );
    }
  }
  return { outputs, loss: loss / targets, gradients: new Map([...gradients].map(([name, sum]) => [name, sum.map((value) => value / targets)])) };
}

describe.each(MACHINES)('on the %s machine', (kind) => {
  const tolerance = TOLERANCES[kind];
  let kernels: Kernels;
  beforeAll(async () => {
    kernels = await kernelsOf(kind);
  });

  it('a padded batch gives the same outputs, loss and gradients as its rows one by one', () => {
    fc.assert(
      fc.property(anyModel(), anyLengths(5, true), anySeed, (spec, lengths, seed) => {
        const batch = randomBatch(drawnModel(spec).signature, lengths, seed);
        const engine = engineOf(spec, batch, kernels, seed);
        expectSame(resultOf(engine, batch), together(engine, batch), tolerance);
      }),
      RUNS,
    );
  });

  it('neither more steps, nor absent rows, nor what stands in the padding changes a bit', () => {
    const more = fc.record({ rows: fc.nat(3), steps: fc.nat(4), filling: fc.constantFrom(0, 7.5, -123) });
    fc.assert(
      fc.property(anyModel(), anyLengths(5, true), anySeed, more, (spec, lengths, seed, { rows, steps, filling }) => {
        const batch = randomBatch(drawnModel(spec).signature, lengths, seed);
        const engine = engineOf(spec, batch, kernels, seed);
        const before = resultOf(engine, batch);
        const after = resultOf(engine, padded(batch, rows, steps, filling));
        expect({ ...after, outputs: after.outputs.slice(0, batch.size) }).toEqual(before);
      }),
      RUNS,
    );
  });

  it('what other programs left in memory changes no bit', () => {
    fc.assert(
      fc.property(anyModel(), anyLengths(5, true), anySeed, (spec, lengths, seed) => {
        const batch = randomBatch(drawnModel(spec).signature, lengths, seed);
        const engine = engineOf(spec, batch, kernels, seed);
        const clean = resultOf(engine, batch);
        const { shared, tapeAt } = engine.program;
        engine.machine.fill(shared.end, tapeAt - shared.end, Number.NaN);
        expect(resultOf(engine, batch)).toEqual(clean);
      }),
      RUNS,
    );
  });

  it('what a model without a backward direction answers at a step does not depend on later steps', () => {
    const cells = anyModel({ min: 1, max: 3 }, { end: 'per-step' }).filter(
      (spec) => !/bidirectional|summary/u.test(JSON.stringify(spec.layers)) && !spec.linked,
    );
    fc.assert(
      fc.property(cells, fc.integer({ min: 2, max: 6 }), fc.integer({ min: 1, max: 5 }), anySeed, (spec, length, shorter, seed) => {
        const whole = randomBatch(drawnModel(spec).signature, [length], seed);
        const cut = Math.min(shorter, length);
        const prefix = rowOf({ ...whole, lengths: Int32Array.of(cut) }, 0);
        const engine = engineOf(spec, whole, kernels, seed);
        const answers = resultOf(engine, whole).outputs[0]!;
        const earlier = resultOf(engine, prefix).outputs[0]!;
        expect(earlier).toEqual(answers.slice(0, earlier.length));
      }),
      RUNS,
    );
  });

  it('averaged copies give the gradient of added copies divided by their number', () => {
    fc.assert(
      fc.property(anyModel(), anyLengths(4, false), anySeed, (spec, lengths, seed) => {
        const batch = randomBatch(drawnModel(spec).signature, lengths, seed);
        const { graph, signature } = drawnModel(spec);
        const [sum, mean] = (['sum', 'mean'] as const).map((reduce) => {
          const engine = new EngineUnderTest(modelOf(graph, signature), createMachine(kernels), batch, { reduce });
          engine.write(randomValues(engine.parameters, seed, 0.75));
          engine.forward(batch);
          engine.backward();
          return engine.gradients();
        });
        const vectorParts = drawnVectorParameters(spec);
        for (const [name, gradient] of sum!) {
          const copies = vectorParts(name) ? 1 : batch.steps;
          const expected = gradient.map((value) => value / copies);
          expect(distance(mean!.get(name)!, expected, FLOOR), name).toBeLessThanOrEqual(kind === 'reference' ? 1e-7 : tolerance);
        }
      }),
      RUNS,
    );
  });
});

/** Parameters that a model uses once, not once per step: the head behind a vector, and the layers that hand on a state. */
function drawnVectorParameters(spec: ModelSpec): (name: string) => boolean {
  return (name) => name.startsWith('bridge') || (name.startsWith('head.') && spec.end !== 'per-step');
}

describe.each(['relaxed', 'simd'] as const)('the %s machine and the reference', (kind) => {
  it('agree on outputs, loss and gradients of models of all sizes', async () => {
    const kernels = await kernelsOf(kind);
    fc.assert(
      fc.property(anyModel({ min: 1, max: 40 }), fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 17 }), anySeed, (spec, drawn, seed) => {
        const lengths = [Math.max(1, drawn[0]!), ...drawn.slice(1)];
        const batch = randomBatch(drawnModel(spec).signature, lengths, seed);
        const [found, expected] = [kernels, { kind: 'reference' } as const].map((each) => {
          const { graph, signature } = drawnModel(spec);
          const engine = new EngineUnderTest(modelOf(graph, signature), createMachine(each), batch);
          engine.write(randomValues(engine.parameters, seed, 0.25));
          return resultOf(engine, batch);
        });
        expectSame(found!, expected!, 1e-4);
      }),
      { ...RUNS, numRuns: 30 },
    );
  });
});
