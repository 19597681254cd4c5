import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { compile } from '../../src-engine/compile/compile.ts';
import { initialValues } from '../../src-engine/compile/initial-values.ts';
import type { Batch, Dataset } from '../../src-engine/data/dataset.ts';
import type { Kernels } from '../../src-engine/kernels/load-kernels.ts';
import { createMachine } from '../../src-engine/run/create-machine.ts';
import { Programs } from '../../src-engine/train/model-state.ts';
import type { TrainingOptions } from '../../src-engine/train/options.ts';
import { TrainingRun } from '../../src-engine/train/training-run.ts';
import { countedRows } from '../../src-engine/train/write-batch.ts';
import { anyLengths, anyModel, drawnModel, randomBatch, randomValues, type ModelSpec } from './arbitrary-model.ts';
import { distance, EngineUnderTest, kernelsOf, modelOf } from './engine-under-test.ts';

const RUNS = { seed: 20140601, numRuns: 40 };
const MACHINES = ['reference', 'relaxed', 'simd'] as const;
/** Relative, in float64 and float32. */
const TOLERANCES = { reference: 1e-11, relaxed: 1e-4, simd: 1e-4 } as const;

const anySeed = fc.integer({ min: 0, max: 1e6 });

/** What a batch gave: outputs of valid rows by row, loss, gradients. */
interface Result {
  readonly outputs: readonly Float64Array[];
  readonly loss: number;
  readonly gradients: ReadonlyMap<string, Float64Array>;
}

function engineOf(spec: ModelSpec, batch: Batch, kernels: Kernels, seed: number): EngineUnderTest {
  const { graph, signature } = drawnModel(spec);
  const engine = new EngineUnderTest(modelOf(graph, signature), kernels, batch);
  engine.write(randomValues(engine.parameters, seed, 0.75));
  return engine;
}

function resultOf(engine: EngineUnderTest, batch: Batch): Result {
  engine.reshape(batch);
  const loss = engine.forward(batch);
  const outputs = rowsOf(engine, batch);
  engine.backward();
  return { outputs, loss, gradients: engine.gradients() };
}

/** Outputs of each row within its length, [length * O] or [O]. */
function rowsOf(engine: EngineUnderTest, batch: Batch): readonly Float64Array[] {
  const { width, rows } = engine.program.output;
  const outputs = engine.outputs();
  const perStep = rows !== batch.size;
  return [...batch.lengths].map((length, b) =>
    Float64Array.from(
      Array.from({ length: perStep ? length : Math.min(1, length) }, (_, t) => [
        ...outputs.subarray((t * batch.size + b) * width, (t * batch.size + b + 1) * width),
      ]).flat(),
    ),
  );
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

/** Row b alone, without padding. */
function rowOf(batch: Batch, b: number): Batch {
  const steps = batch.lengths[b]!;
  const inputs = batch.inputs;
  const { targets } = batch;
  return {
    rows: 1,
    size: 1,
    steps,
    lengths: Int32Array.of(steps),
    inputs:
      inputs.kind === 'tokens'
        ? { kind: 'tokens', ids: Int32Array.from(columnOf(inputs.ids, b, batch.size, steps, 1)) }
        : { ...inputs, values: Float32Array.from(columnOf(inputs.values, b, batch.size, steps, inputs.width)) },
    targets: targets === null ? null : targetsOf(targets, b, batch.size, steps),
  };
}

function targetsOf(targets: NonNullable<Batch['targets']>, b: number, size: number, steps: number): Batch['targets'] {
  const count = targets.perStep ? steps : 1;
  if (targets.kind === 'classes') return { ...targets, values: Int32Array.from(columnOf(targets.values, b, size, count, 1)) };
  return { ...targets, values: Float32Array.from(columnOf(targets.values, b, size, count, targets.width)) };
}

function columnOf(values: Int32Array | Float32Array, b: number, size: number, steps: number, width: number): number[] {
  return Array.from({ length: steps }, (_, t) => [...values.subarray((t * size + b) * width, (t * size + b + 1) * width)]).flat();
}

/** The same rows in a batch of more rows or steps; what is added is absent, and `filling` stands in the padded features. */
function padded(batch: Batch, rows: number, steps: number, filling: number): Batch {
  const [size, total] = [batch.size + rows, batch.steps + steps];
  const spread = <A extends Int32Array | Float32Array>(from: A, to: A, count: number, width: number): A => {
    for (let t = 0; t < count; t++) to.set(from.subarray(t * batch.size * width, (t + 1) * batch.size * width), t * size * width);
    return to;
  };
  const { inputs, targets } = batch;
  const lengths = new Int32Array(size);
  lengths.set(batch.lengths);
  return {
    rows: batch.rows,
    size,
    steps: total,
    lengths,
    inputs:
      inputs.kind === 'tokens'
        ? { kind: 'tokens', ids: spread(inputs.ids, new Int32Array(total * size).fill(-1), batch.steps, 1) }
        : { ...inputs, values: spread(inputs.values, new Float32Array(total * size * inputs.width).fill(filling), batch.steps, inputs.width) },
    targets: targets === null ? null : paddedTargets(targets, spread, size, total, batch.steps),
  };
}

type Spread = <A extends Int32Array | Float32Array>(from: A, to: A, count: number, width: number) => A;

function paddedTargets(targets: NonNullable<Batch['targets']>, spread: Spread, size: number, total: number, steps: number): Batch['targets'] {
  const [rows, count] = targets.perStep ? [total * size, steps] : [size, 1];
  if (targets.kind === 'classes') return { ...targets, values: spread(targets.values, new Int32Array(rows).fill(-1), count, 1) };
  return { ...targets, values: spread(targets.values, new Float32Array(rows * targets.width), count, targets.width) };
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
    const cells = anyModel({ min: 1, max: 3 }, { end: 'per-step' }).filter((spec) => !JSON.stringify(spec.layers).includes('bidirectional') && !spec.linked);
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
          const engine = new EngineUnderTest(modelOf(graph, signature), kernels, batch, { reduce });
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
          const engine = new EngineUnderTest(modelOf(graph, signature), each, batch);
          engine.write(randomValues(engine.parameters, seed, 0.25));
          return resultOf(engine, batch);
        });
        expectSame(found!, expected!, 1e-4);
      }),
      { ...RUNS, numRuns: 30 },
    );
  });
});

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

function runOf(spec: ModelSpec, kernels: Kernels, seed: number, options: Partial<TrainingOptions> = {}): TrainingRun {
  const { graph, signature } = drawnModel(spec);
  const model = modelOf(graph, signature);
  const optimizer = options.optimizer ?? { kind: 'adam', learningRate: 0.05 };
  const programs = new Programs((batch, steps) => compile(model, { batch, steps, backward: true, copies: false, optimizer: optimizer.kind, reduce: 'sum' }));
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

describe.each(MACHINES)('a training run on the %s machine', (kind) => {
  let kernels: Kernels;
  beforeAll(async () => {
    kernels = await kernelsOf(kind);
  });
  const runs = { ...RUNS, numRuns: 15 };

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

  it('is changed by no bit when it is probed and evaluated in between', () => {
    fc.assert(
      fc.property(anyModel(), anySeed, (spec, seed) => {
        const run = runOf(spec, kernels, seed);
        run.probe();
        const watched = trained(run, 9, (step) => {
          if (step % 2 === 0) run.probe();
          if (step % 3 === 0) run.evaluate('validation');
        });
        expect(watched).toEqual(trained(runOf(spec, kernels, seed), 9));
      }),
      runs,
    );
  });

  it('lowers the loss', () => {
    const spec: ModelSpec = {
      input: 'embedding',
      layers: [{ kind: 'gru', units: 8, reset: 'before' }],
      linked: false,
      end: 'state',
      head: 'softmax-head',
      sizes: { input: 6, output: 2 },
    };
    const run = runOf(spec, kernels, 3);
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
