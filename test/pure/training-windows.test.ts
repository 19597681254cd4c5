import { fc } from '../fixtures/laws.ts';
import { beforeAll, describe, expect, it } from 'vitest';
import { compile } from '../../src-engine/compile/compile.ts';
import { initialValues } from '../../src-engine/compile/initial-values.ts';
import type { Kernels } from '../../src-engine/kernels/load-kernels.ts';
import { createMachine } from '../../src-engine/run/create-machine.ts';
import { Programs } from '../../src-engine/train/model-state.ts';
import { TrainingRun } from '../../src-engine/train/training-run.ts';
import { datasetOfLengths } from './arbitrary-dataset.ts';
import { anyCell, drawnModel, type ModelSpec } from './arbitrary-model.ts';
import { kernelsOf, modelOf } from './engine-under-test.ts';

const LONGEST = 7;
const PROPERTY = { seed: 11, numRuns: 25 };

/** One or two cells, a loss per step or per sequence; no block that needs whole sequences. */
const models = fc.record({
  input: fc.constantFrom('features' as const, 'embedding' as const),
  layers: fc.array(anyCell(), { minLength: 1, maxLength: 2 }),
  linked: fc.constant(false),
  end: fc.constantFrom('per-step' as const, 'last-step' as const),
  head: fc.constantFrom('softmax-head' as const, 'regression-head' as const),
  sizes: fc.record({ input: fc.integer({ min: 2, max: 3 }), output: fc.integer({ min: 2, max: 3 }) }),
});

function runOf(spec: ModelSpec, kernels: Kernels, window: number | null): TrainingRun {
  const { graph, signature } = drawnModel(spec);
  const model = modelOf(graph, signature);
  const options = { backward: true, copies: false, reduce: 'sum', optimizer: 'adam', carry: window !== null } as const;
  return new TrainingRun({
    machine: createMachine(kernels),
    programs: new Programs((batch, steps) => compile(model, { ...options, batch, steps })),
    dataset: datasetOfLengths(signature, 19, LONGEST),
    options: {
      optimizer: { kind: 'adam', learningRate: 0.05 },
      batchSize: 4,
      epochs: 3,
      seed: 5,
      clip: { kind: 'norm', max: 1 },
      bptt: window === null ? { mode: 'full' } : { mode: 'truncated', window },
    },
    initialisers: initialValues(model.checked),
    scale: [],
  });
}

function trained(run: TrainingRun, steps: number, between: () => void = () => {}): unknown {
  const reports = Array.from({ length: steps }, () => {
    const report = run.trainStep();
    between();
    return report;
  });
  return { reports, weights: run.readParameters() };
}

describe.each(['reference', 'relaxed', 'simd'] as const)('truncated BPTT on the %s machine', (kind) => {
  let kernels: Kernels;
  beforeAll(async () => {
    kernels = await kernelsOf(kind);
  });

  it('is full BPTT, bit for bit, where the window is as long as the longest sequence, or longer', () => {
    fc.assert(
      fc.property(models, fc.constantFrom(LONGEST, LONGEST + 3), (spec, window) => {
        expect(trained(runOf(spec, kernels, window), 9)).toEqual(trained(runOf(spec, kernels, null), 9));
      }),
      PROPERTY,
    );
  });

  it('is not full BPTT where it is shorter', () => {
    const [spec] = fc.sample(models, { seed: 1, numRuns: 1 });
    expect(trained(runOf(spec!, kernels, 2), 3)).not.toEqual(trained(runOf(spec!, kernels, null), 3));
  });

  it('is changed by no bit when it is probed and evaluated between two windows', () => {
    fc.assert(
      fc.property(models, fc.integer({ min: 1, max: 4 }), (spec, window) => {
        const watched = runOf(spec, kernels, window);
        const disturb = (): void => {
          watched.probe();
          watched.evaluate('validation');
        };
        expect(trained(watched, 9, disturb)).toEqual(trained(runOf(spec, kernels, window), 9));
      }),
      PROPERTY,
    );
  });

  it('evaluates as a run with whole sequences does with the same weights', () => {
    fc.assert(
      fc.property(models, (spec) => {
        const windows = runOf(spec, kernels, 3);
        windows.trainStep();
        windows.reset();
        const { loss, score, measures, ...rest } = windows.evaluate('test');
        const whole = runOf(spec, kernels, null).evaluate('test');
        expect(whole).toMatchObject(rest);
        expect(loss).toBeCloseTo(whole.loss, 5);
        expect(score).toBeCloseTo(whole.score, 5);
        expect(measures.confusion).toEqual(whole.measures.confusion);
        // A sequence that is read in windows is never seen whole.
        expect(measures.exactMatch).toBeNull();
        for (const name of ['accuracy', 'macroF1', 'perplexity', 'mae', 'rmse'] as const) {
          if (measures[name] === null) expect(whole.measures[name]).toBeNull();
          else expect(measures[name]).toBeCloseTo(whole.measures[name]!, 5);
        }
      }),
      PROPERTY,
    );
  });

  it('makes as many updates in an epoch as there are windows with a loss', () => {
    fc.assert(
      fc.property(models, fc.integer({ min: 1, max: 4 }), (spec, window) => {
        const run = runOf(spec, kernels, window);
        let steps = 0;
        do {
          run.trainStep();
          steps += 1;
        } while (!run.atEpochEnd);
        // 11 training examples in batches of 4: of at most 7 steps.
        expect(run.epoch).toBe(1);
        expect(steps).toBeGreaterThanOrEqual(3);
        expect(steps).toBeLessThanOrEqual(3 * Math.ceil(LONGEST / window));
        expect(Math.abs(run.stepsPerEpoch - steps)).toBeLessThanOrEqual(3);
      }),
      PROPERTY,
    );
  });
});
