import { beforeAll, describe, expect, it } from 'vitest';
import { compile } from '../../src-engine/compile/compile.ts';
import { initialValues } from '../../src-engine/compile/initial-values.ts';
import type { Batch, Dataset } from '../../src-engine/data/dataset.ts';
import type { GraphNode } from '../../src-engine/document/project.ts';
import type { DataSignature } from '../../src-engine/document/signature.ts';
import { SETTING_DROPOUT, SETTING_DROPOUT_COUNTER, SETTING_DROPOUT_SEED, SETTING_LEARNING_RATE, SETTING_PROGRESS } from '../../src-engine/ir/opcodes.ts';
import type { Kernels } from '../../src-engine/kernels/load-kernels.ts';
import { createMachine } from '../../src-engine/run/create-machine.ts';
import { Programs } from '../../src-engine/train/model-state.ts';
import { TrainingRun } from '../../src-engine/train/training-run.ts';
import { datasetOfLengths } from './arbitrary-dataset.ts';
import { randomBatch, randomValues } from './arbitrary-model.ts';
import { graph, node } from './document-builders.ts';
import { EngineUnderTest, kernelsOf, modelOf } from './engine-under-test.ts';

const CLASSES = ['a', 'b', 'c', 'd'];
const signature: DataSignature = {
  input: { kind: 'features', width: 3, columns: [], normalisation: null },
  output: { kind: 'classes', classes: CLASSES, perStep: true },
  longest: 6,
};
const LENGTHS = [6, 2, 5, 6, 3];

function decoding(cell: string, begin: number, end: number, middle: readonly GraphNode[] = []) {
  const decoder = node('dec', 'decoder', { units: 6, cell, size: 3, teacherBegin: begin, teacherEnd: end });
  const nodes = [node('x', 'features'), node('enc', 'lstm', { units: 6 }), decoder, ...middle, node('head', 'softmax-head')];
  const chain = nodes.slice(2).map((each) => each.id);
  return graph(nodes, ['x -> enc', 'enc.state -> dec', ...chain.slice(1).map((to, place) => `${chain[place] ?? ''} -> ${to}`)]);
}

const MIDDLE = [
  node('next', 'gru', { units: 5 }),
  node('wide', 'dense', { units: 7, activation: 'relu' }),
  node('norm', 'layer-norm'),
  node('drop', 'dropout', { rate: 0.3 }),
];

/** Loss, outputs and gradients of one update in training, whose share of wanted classes stands at `progress`. */
function trained(kernels: Kernels, drawn: ReturnType<typeof decoding>, batch: Batch, progress: number) {
  const engine = new EngineUnderTest(modelOf(drawn, signature), createMachine(kernels), batch);
  engine.write(randomValues(engine.parameters, 5, 2));
  const { settings } = engine.program.shared;
  engine.machine.writeInts(settings + SETTING_DROPOUT, [1]);
  engine.machine.writeInts(settings + SETTING_DROPOUT_SEED, [7]);
  engine.machine.writeInts(settings + SETTING_DROPOUT_COUNTER, [3]);
  engine.machine.writeFloats(settings + SETTING_LEARNING_RATE, [0]);
  engine.machine.writeFloats(settings + SETTING_PROGRESS, [progress]);
  const loss = engine.forward(batch);
  const outputs = engine.outputs();
  engine.backward();
  return { loss, outputs: [...outputs], gradients: [...engine.gradients()].map(([name, values]) => [name, [...values]] as const), engine };
}

describe.each(['reference', 'relaxed', 'simd'] as const)('scheduled sampling on the %s machine', (kind) => {
  let kernels: Kernels;
  beforeAll(async () => {
    kernels = await kernelsOf(kind);
  });
  const batch = randomBatch(signature, LENGTHS, 3);

  it.each(['rnn', 'gru', 'lstm'])('share 1 (%s) is teacher forcing, bit for bit', (cell) => {
    for (const middle of [[], MIDDLE]) {
      const forced = trained(kernels, decoding(cell, 1, 1, middle), batch, 0);
      const mixed = trained(kernels, decoding(cell, 1, 0, middle), batch, 0);
      expect(mixed.engine.program.tape.length).not.toBe(forced.engine.program.tape.length);
      expect([mixed.loss, mixed.outputs, mixed.gradients]).toEqual([forced.loss, forced.outputs, forced.gradients]);
    }
  });

  it.each(['rnn', 'gru', 'lstm'])('share 0 (%s) is feeding back the answers, bit for bit', (cell) => {
    const mixed = trained(kernels, decoding(cell, 1, 0), batch, 1);
    const alone = new EngineUnderTest(modelOf(decoding(cell, 1, 0), signature), createMachine(kernels), batch, { backward: false });
    alone.write(randomValues(alone.parameters, 5, 2));
    expect([mixed.loss, mixed.outputs]).toEqual([alone.forward(batch), [...alone.outputs()]]);
    // Its gradients are those of teacher forcing with these answers for targets one step back, and the wanted ones for the loss: seen below.
    expect(trained(kernels, decoding(cell, 0, 0), batch, 0).outputs).toEqual(mixed.outputs);
  });

  it('in between, some steps are fed and some are not, others in another update', () => {
    const [none, half, all] = [0, 0.5, 1].map((share) => trained(kernels, decoding('gru', share, share), batch, 0).outputs);
    expect(half).not.toEqual(none);
    expect(half).not.toEqual(all);
  });
});

it('the gradients are what central differences give while no answer changes', () => {
  const batch = randomBatch(signature, LENGTHS, 9);
  const { engine, gradients } = trained({ kind: 'reference' }, decoding('lstm', 0.5, 0.5, MIDDLE), batch, 0);
  const again = (): number => engine.forward(batch);
  for (const [name, gradient] of gradients) {
    const { at, size } = engine.parameters.find((each) => each.name === name)!;
    for (let e = 0; e < size; e += 3) {
      const value = engine.machine.read(at + e);
      const [above, below] = [1e-6, -1e-6].map((step) => {
        engine.machine.writeFloats(at + e, [value + step]);
        return again();
      });
      engine.machine.writeFloats(at + e, [value]);
      expect(Math.abs((above! - below!) / 2e-6 - gradient[e]!), `${name} ${e}`).toBeLessThan(1e-6);
    }
  }
});

describe('a run', () => {
  const dataset: Dataset = { ...datasetOfLengths(signature, 40, 6), baseline: { name: 'none', metric: 'accuracy', score: 0 } };
  const runOf = (): TrainingRun => {
    const model = modelOf(decoding('gru', 1, 0.2), signature);
    const shared = { optimizer: 'adam', reduce: 'sum', copies: false } as const;
    return new TrainingRun({
      machine: createMachine({ kind: 'reference' }),
      programs: new Programs((size, steps) => compile(model, { ...shared, batch: size, steps, backward: true })),
      answering: new Programs((size, steps) => compile(model, { ...shared, batch: size, steps, backward: false, besideTraining: true })),
      dataset,
      options: { optimizer: { kind: 'adam', learningRate: 0.01 }, clip: { kind: 'none' }, batchSize: 8, epochs: 4, seed: 11 },
      initialisers: initialValues(model.checked),
      scale: [],
    });
  };
  const losses = (run: TrainingRun, count: number): readonly number[] =>
    Array.from({ length: count }, () => {
      const { loss } = run.trainStep();
      if (run.atEpochEnd) run.endEpoch();
      return loss;
    });

  it('draws the same steps from the same seed, and a resumed one goes on as if never interrupted', () => {
    const whole = losses(runOf(), 16);
    expect(losses(runOf(), 16)).toEqual(whole);
    const first = runOf();
    losses(first, 7);
    const second = runOf();
    expect(second.restore(first.checkpoint(0)).ok).toBe(true);
    expect(losses(second, 9)).toEqual(whole.slice(7));
  });

  it('is not changed by scoring its answers between updates', () => {
    const [scored, plain] = [runOf(), runOf()];
    const found = Array.from({ length: 6 }, () => {
      scored.evaluate('validation');
      return scored.trainStep().loss;
    });
    expect(found).toEqual(Array.from({ length: 6 }, () => plain.trainStep().loss));
    expect(scored.readParameters()).toEqual(plain.readParameters());
  });
});
