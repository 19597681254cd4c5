import { fc } from '../fixtures/laws.ts';
import { beforeAll, describe, expect, it } from 'vitest';
import { compile } from '../../src-engine/compile/compile.ts';
import { initialValues } from '../../src-engine/compile/initial-values.ts';
import type { Dataset } from '../../src-engine/data/dataset.ts';
import { emptyProject } from '../../src-engine/document/defaults.ts';
import type { Kernels } from '../../src-engine/kernels/load-kernels.ts';
import { createMachine } from '../../src-engine/run/create-machine.ts';
import { finish } from '../../src-engine/train/turns.ts';
import { debugNode } from '../../src-engine/session/debug/debug-node.ts';
import { debugInTurns } from '../../src-engine/session/debug/debug-reply.ts';
import { DebugRun } from '../../src-engine/session/debug/debug-run.ts';
import { probesInTurns } from '../../src-engine/session/probes/probes-reply.ts';
import { Programs } from '../../src-engine/train/model-state.ts';
import type { TrainingOptions } from '../../src-engine/train/options.ts';
import { TrainingRun } from '../../src-engine/train/training-run.ts';
import { anyModel, drawnModel, randomBatch, type ModelSpec } from './arbitrary-model.ts';
import { kernelsOf, modelOf } from './engine-under-test.ts';

const anySeed = fc.integer({ min: 0, max: 1e6 });

/** 23 examples of unequal length, 15 to train on: batches of 4 leave a last one of 3. */
function datasetOf(spec: ModelSpec, seed: number): Dataset {
  const { signature } = drawnModel(spec);
  const lengths = Array.from({ length: 23 }, (_, n) => 1 + ((n * 7 + seed) % 5));
  const rows = lengths.map((length, n) => randomBatch(signature, [length], seed + n));
  const offsets = Int32Array.from([0, ...lengths]);
  for (let n = 1; n < offsets.length; n++) offsets[n]! += offsets[n - 1]!;
  const range = (from: number, to: number): Int32Array => Int32Array.from({ length: to - from }, (_, n) => from + n);
  const { output } = signature;
  const targets = rows.flatMap(({ targets }) => [...targets!.values]);
  const inputs = rows.flatMap(({ inputs }) => [...(inputs.kind === 'tokens' ? inputs.ids : inputs.values)]);
  return {
    source: 'test',
    title: 'Test',
    generated: true,
    signature,
    count: rows.length,
    offsets,
    inputs:
      signature.input.kind === 'tokens'
        ? { kind: 'tokens', ids: Int32Array.from(inputs) }
        : { kind: 'features', width: signature.input.width, values: Float32Array.from(inputs) },
    targets:
      output.kind === 'classes'
        ? { kind: 'classes', perStep: output.perStep, values: Int32Array.from(targets) }
        : { kind: 'numbers', perStep: output.perStep, width: output.width, values: Float32Array.from(targets) },
    split: { train: range(0, 15), validation: range(15, 19), test: range(19, 23) },
    baseline: { name: 'none', metric: 'accuracy', score: 0 },
    vectors: {},
    describe: String,
  };
}

/** Looks at one example step by step, as the debugger does. */
function debugged(spec: ModelSpec, kernels: Kernels, run: TrainingRun): void {
  const { graph, signature } = drawnModel(spec);
  const { checked } = modelOf(graph, signature);
  const opened = { project: { ...emptyProject('Test'), graph }, dataset: datasetOf(spec, 5), checked, run };
  const looked = new DebugRun(opened, { part: 'train', example: 3 }, { kernels, assets: () => Promise.reject(new Error('none')) });
  const { cells } = finish(debugInTurns(looked, 1));
  for (const { layer, direction } of cells) debugNode(looked, { id: 1, layer, direction, t: 1 });
}

function runOf(spec: ModelSpec, kernels: Kernels, seed: number, options: Partial<TrainingOptions> = {}): TrainingRun {
  const { graph, signature } = drawnModel(spec);
  const model = modelOf(graph, signature);
  const optimizer = options.optimizer ?? { kind: 'adam', learningRate: 0.05 };
  const programs = new Programs((batch, steps) =>
    compile(model, { batch, steps, backward: true, copies: false, optimizer: optimizer.kind, clipValues: options.clip?.kind === 'value', reduce: 'sum' }),
  );
  return new TrainingRun({
    machine: createMachine(kernels),
    programs,
    dataset: datasetOf(spec, 5),
    options: { batchSize: 4, epochs: 3, seed, clip: { kind: 'norm', max: 1 }, ...options, optimizer },
    initialisers: initialValues(model.checked),
    scale: [],
  });
}

/** Parameters and losses after `steps` updates; `between` is called after each. */
function trained(
  run: TrainingRun,
  steps: number,
  between: (step: number) => void = () => {},
): { readonly losses: number[]; readonly parameters: ReadonlyMap<string, Float32Array> } {
  const losses = Array.from({ length: steps }, (_, step) => {
    const { loss } = run.trainStep();
    between(step);
    return loss;
  });
  return { losses, parameters: run.readParameters() };
}

const LEARNER: ModelSpec = {
  input: 'embedding',
  layers: [{ kind: 'gru', units: 8, reset: 'before' }],
  linked: false,
  end: 'state',
  head: 'softmax-head',
  sizes: { input: 6, output: 2 },
};

describe.each(['reference', 'relaxed', 'simd'] as const)('a training run on the %s machine', (kind) => {
  let kernels: Kernels;
  beforeAll(async () => {
    kernels = await kernelsOf(kind);
  });
  const runs = { seed: 20140601, numRuns: 15 };

  it('gives the same bits for the same seed, and from the start again', () => {
    fc.assert(
      fc.property(anyModel(), anySeed, (spec, seed) => {
        const run = runOf(spec, kernels, seed);
        const first = trained(run, 9);
        expect(trained(runOf(spec, kernels, seed), 9)).toEqual(first);
        run.reset();
        expect(trained(run, 9)).toEqual(first);
      }),
      runs,
    );
  });

  it('gives other numbers for another seed', () => {
    const spec = fc.sample(anyModel(), { seed: 1, numRuns: 1 })[0]!;
    expect(trained(runOf(spec, kernels, 1), 3)).not.toEqual(trained(runOf(spec, kernels, 2), 3));
  });

  it('is changed by no bit when it is probed, debugged and evaluated in between', () => {
    fc.assert(
      fc.property(anyModel(), anySeed, (spec, seed) => {
        const run = runOf(spec, kernels, seed);
        run.probe();
        const watched = trained(run, 9, (step) => {
          if (step % 2 === 0) run.probe();
          run.measureUpdate();
          if (step % 3 === 0) run.evaluate('validation');
          if (step % 4 === 0) finish(probesInTurns(run, { jacobian: true, triangle: true }));
          if (step % 4 === 1) debugged(spec, kernels, run);
          run.watchUpdate();
        });
        expect(watched).toEqual(trained(runOf(spec, kernels, seed), 9));
      }),
      runs,
    );
  });

  it.each([{ kind: 'none' }, { kind: 'norm', max: 0.01 }, { kind: 'norm', max: 1e6 }, { kind: 'value', max: 0.01 }] as const)(
    'measures an update as what it did to the weights (clipping %o)',
    (clip) => {
      const spec: ModelSpec = { ...LEARNER, layers: [{ kind: 'lstm', units: 5, peephole: true, coupled: false }] };
      const learningRate = 0.25;
      const run = runOf(spec, kernels, 3, { optimizer: { kind: 'sgd', learningRate }, clip });
      run.trainStep();
      expect(run.measuredUpdate).toBeNull();
      const before = run.readParameters();
      run.watchUpdate();
      const { norm } = run.trainStep();
      run.measureUpdate();
      const after = run.readParameters();
      const { step, norm: measuredNorm, clippedNorm, ratios } = run.measuredUpdate!;
      expect([step, measuredNorm]).toEqual([2, norm]);
      const changes = new Map([...before].map(([name, values]) => [name, values.map((value, e) => after.get(name)![e]! - value)]));
      for (const { parameter, ratio } of ratios) {
        expect(ratio).toBeCloseTo(Math.hypot(...changes.get(parameter)!) / Math.hypot(...before.get(parameter)!), 6);
      }
      // SGD moves by the learning rate times the clipped gradient.
      expect(Math.hypot(...[...changes.values()].flatMap((each) => [...each])) / learningRate / clippedNorm).toBeCloseTo(1, 3);
      if (clip.kind === 'value') expect(clippedNorm).toBeLessThan(norm);
      else expect(clippedNorm / norm).toBeCloseTo(clip.kind === 'norm' ? Math.min(1, clip.max / norm) : 1, 5);
      run.trainStep();
      run.measureUpdate();
      expect(run.measuredUpdate?.step).toBe(2);
      run.reset();
      expect(run.measuredUpdate).toBeNull();
    },
  );

  it('lowers the loss', () => {
    const run = runOf(LEARNER, kernels, 3);
    const before = run.evaluate('train').loss;
    trained(run, 200);
    expect(run.evaluate('train').loss).toBeLessThan(before / 4);
  });
});

it.each(['relaxed', 'simd'] as const)('refuses an update that is not finite, keeps the parameters and says where it was (%s)', async (kind) => {
  const spec: ModelSpec = {
    input: 'features',
    layers: [{ kind: 'rnn', units: 4, activation: 'relu' }],
    linked: false,
    end: 'per-step',
    head: 'regression-head',
    sizes: { input: 3, output: 2 },
  };
  const run = runOf(spec, await kernelsOf(kind), 3, { optimizer: { kind: 'sgd', learningRate: 1e6 }, clip: { kind: 'none' } });
  let parameters = run.readParameters();
  let report = run.trainStep();
  for (let step = 0; step < 50 && report.nonFinite === null; step++) {
    parameters = run.readParameters();
    report = run.trainStep();
  }
  expect(report.nonFinite?.layer).toMatch(/^(rnn1|head)/);
  expect(run.readParameters()).toEqual(parameters);
  for (const values of parameters.values()) expect(values.every((value) => Number.isFinite(value))).toBe(true);
});
