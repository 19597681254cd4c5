import { beforeAll, describe, expect, it } from 'vitest';
import { compile, type Model } from '../../src-engine/compile/compile.ts';
import { initialValues } from '../../src-engine/compile/initial-values.ts';
import type { Kernels } from '../../src-engine/kernels/load-kernels.ts';
import { createMachine } from '../../src-engine/run/create-machine.ts';
import { Programs } from '../../src-engine/train/model-state.ts';
import { TrainingRun } from '../../src-engine/train/training-run.ts';
import { distance, EngineUnderTest, kernelsOf, modelOf, type Values } from '../pure/engine-under-test.ts';
import { batchOf, datasetOf, flat, graphOf, readGoldens, validOutputs, type CellNorms, type Golden, type GoldenTraining } from './golden-file.ts';

/** Largest relative error, norm by norm: the files have 9 digits; the kernels compute in float32. */
const MACHINES = [
  ['reference', 1e-7],
  ['relaxed', 1e-5],
  ['simd', 1e-5],
] as const;

const GOLDENS = readGoldens();

function valuesOf(golden: Golden): Values {
  return new Map(Object.entries(golden.parameters).map(([name, { data }]) => [name, flat(data)]));
}

function closeTo(what: string, actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  expect(distance(actual, expected, 1e-6), what).toBeLessThanOrEqual(tolerance);
}

/** A run as the application trains, from the file's first weights; all rows make one batch. */
function runOf(golden: Golden, model: Model, kernels: Kernels, { optimizer, clip, reduce, losses }: GoldenTraining): TrainingRun {
  const dataset = datasetOf(golden);
  const machine = createMachine(kernels);
  const programs = new Programs((batch, steps) => compile(model, { batch, steps, backward: true, copies: false, optimizer: optimizer.kind, reduce }));
  const options = { optimizer, clip, batchSize: dataset.count, epochs: losses.length, seed: 1 };
  const run = new TrainingRun({ machine, programs, dataset, options, initialisers: initialValues(model.checked), scale: [] });
  const values = valuesOf(golden);
  for (const { name, at } of programs.for(dataset.count, 1).shared.parameters) machine.writeFloats(at, values.get(name)!);
  return run;
}

it('there is a golden file for every case', () => {
  expect(GOLDENS.length).toBeGreaterThanOrEqual(54);
});

it.each(GOLDENS)('$name: the check finds the parameters PyTorch used', (golden) => {
  const { checked } = modelOf(graphOf(golden), golden.signature);
  const found = Object.fromEntries(checked.parameters.map(({ name, shape, trainable }) => [name, { shape, trainable }]));
  const expected = Object.fromEntries(Object.entries(golden.parameters).map(([name, { shape, trainable }]) => [name, { shape, trainable }]));
  expect(found).toEqual(expected);
});

describe.each(MACHINES)('PyTorch and the %s machine agree', (kind, tolerance) => {
  let kernels: Kernels;
  beforeAll(async () => {
    kernels = await kernelsOf(kind);
  });

  const checkNorms = (found: ReturnType<EngineUnderTest['gradientNorms']>, expected: readonly CellNorms[]): void => {
    expect(found.map(({ layer, backward }) => ({ layer, backward }))).toEqual(expected.map(({ layer, backward }) => ({ layer, backward })));
    // The probe is float32 on every machine.
    for (const [index, { layer, values }] of expected.entries()) closeTo(layer, found[index]!.values, values, Math.max(tolerance, 1e-6));
  };

  it.each(GOLDENS)('$name: outputs, loss, every gradient, gradientNorm, copyGradient', (golden) => {
    const batch = batchOf(golden);
    const engine = new EngineUnderTest(modelOf(graphOf(golden), golden.signature), createMachine(kernels), batch, { copies: true });
    engine.write(valuesOf(golden));
    closeTo('loss', [engine.forward(batch)], [golden.loss], tolerance);
    closeTo('outputs', validOutputs(golden, engine.outputs()), flat(golden.outputs), tolerance);
    engine.backward();
    const gradients = engine.gradients();
    expect([...gradients.keys()].sort()).toEqual(Object.keys(golden.gradients).sort());
    for (const [name, expected] of Object.entries(golden.gradients)) closeTo(name, gradients.get(name)!, flat(expected), tolerance);
    checkNorms(engine.gradientNorms(batch), golden.gradientNorm);
    const copies = engine.copyGradients();
    for (const { parameter, values } of golden.copyGradient ?? []) closeTo(`copies of ${parameter}`, copies.get(parameter)!, values, tolerance);
  });

  it.each(GOLDENS)('$name: what a run probes, gradientNorm and the flow from the last loss', (golden) => {
    const run = runOf(golden, modelOf(graphOf(golden), golden.signature), kernels, golden.training[0]!);
    const { gradientNorm, flow } = run.probe();
    const named = (values: readonly Float32Array[]) => run.cells.map(({ layer, backward }, index) => ({ layer, backward, values: values[index]! }));
    checkNorms(named(gradientNorm), golden.gradientNorm);
    checkNorms(named(flow), golden.flowFromLast ?? golden.gradientNorm);
  });

  it.each(GOLDENS)('$name: ten losses with Adam, with SGD, with averaged copies', (golden) => {
    const model = modelOf(graphOf(golden), golden.signature);
    for (const training of golden.training) {
      const { optimizer, clip, reduce } = training;
      const run = runOf(golden, model, kernels, training);
      const losses = training.losses.map(() => run.trainStep().loss);
      closeTo(`${optimizer.kind}, clip ${clip.kind}, ${reduce}`, losses, training.losses, tolerance);
    }
  });
});
