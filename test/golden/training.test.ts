import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { compile } from '../../src-engine/compile/compile.ts';
import { initialValues } from '../../src-engine/compile/initial-values.ts';
import type { ClipSpec, OptimizerSpec } from '../../src-engine/document/project.ts';
import type { Kernels } from '../../src-engine/kernels/load-kernels.ts';
import { createMachine } from '../../src-engine/run/create-machine.ts';
import { updateOptions } from '../../src-engine/session/update-options.ts';
import { Programs, writeParameters } from '../../src-engine/train/model-state.ts';
import { TrainingRun } from '../../src-engine/train/training-run.ts';
import { distance, kernelsOf, modelOf } from '../pure/engine-under-test.ts';
import { datasetOf, flat, graphOf, type Golden, type Nested } from './golden-file.ts';

/** One file of make_training_golden.py. */
interface TrainingGolden extends Golden {
  readonly optimizer: OptimizerSpec;
  readonly clip: ClipSpec;
  /** Steps of a window; only with truncated BPTT. */
  readonly window?: number;
  readonly losses: readonly number[];
  readonly final: Readonly<Record<string, Nested>>;
}

const FILES = ['training', 'windows'].flatMap((folder) => readdirSync(join(import.meta.dirname, folder)).map((name) => `${folder}/${name}`)).sort();

function read(file: string): TrainingGolden {
  return JSON.parse(readFileSync(join(import.meta.dirname, file), 'utf8')) as TrainingGolden;
}

function runOf(golden: TrainingGolden, kernels: Kernels): TrainingRun {
  const { optimizer, clip, window } = golden;
  const model = modelOf(graphOf(golden), golden.signature);
  const dataset = datasetOf(golden);
  const machine = createMachine(kernels);
  const options = { backward: true, copies: false, reduce: 'sum', carry: window !== undefined, ...updateOptions({ optimizer, clip }) } as const;
  const bptt = { mode: window === undefined ? 'full' : 'truncated', window } as const;
  const programs = new Programs((batch, steps) => compile(model, { ...options, batch, steps }));
  const training = { optimizer, clip, batchSize: dataset.count, epochs: golden.losses.length, seed: 1, bptt };
  const run = new TrainingRun({ machine, programs, dataset, options: training, initialisers: initialValues(model.checked), scale: [] });
  const values = new Map(Object.entries(golden.parameters).map(([name, { data }]) => [name, Float32Array.from(flat(data))]));
  writeParameters(machine, programs.for(dataset.count, 1).shared, values);
  return run;
}

describe.each([
  ['reference', 2e-7],
  ['relaxed', 1e-6],
  ['simd', 1e-6],
] as const)('torch.optim and the %s machine agree', (kind, tolerance) => {
  let kernels: Kernels;
  beforeAll(async () => {
    kernels = await kernelsOf(kind);
  });

  it.each(FILES)('%s: all losses and the weights after them', (file) => {
    const golden = read(file);
    const run = runOf(golden, kernels);
    const reports = golden.losses.map(() => run.trainStep());
    expect(
      distance(
        reports.map(({ loss }) => loss),
        golden.losses,
      ),
    ).toBeLessThanOrEqual(tolerance);
    expect(reports.map(({ clipped }) => clipped)).toEqual(golden.losses.map(() => golden.clip.kind !== 'none'));
    const weights = run.readParameters();
    for (const [name, expected] of Object.entries(golden.final)) expect(distance(weights.get(name)!, flat(expected)), name).toBeLessThanOrEqual(tolerance);
  });
});

it('there is a file for every optimiser and every way of clipping', () => {
  const goldens = FILES.map(read);
  expect(new Set(goldens.map(({ optimizer }) => optimizer.kind))).toEqual(new Set(['sgd', 'adagrad', 'rmsprop', 'adam', 'adamw']));
  expect(new Set(goldens.map(({ clip }) => clip.kind))).toEqual(new Set(['none', 'norm', 'value']));
});
