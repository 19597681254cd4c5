import { describe, expect, test } from 'vitest';
import { compile } from '../../src-engine/compile/compile.ts';
import { furtherBaselines } from '../../src-engine/data/baselines.ts';
import { makeBatch } from '../../src-engine/data/batches/batching.ts';
import type { Dataset, Metric } from '../../src-engine/data/dataset.ts';
import { MEASURES, plainMeasures } from '../../src-engine/data/measures.ts';
import { createRandom, randomUniform } from '../../src-engine/data/random.ts';
import type { DataSignature } from '../../src-engine/document/signature.ts';
import { createMachine } from '../../src-engine/run/create-machine.ts';
import { evaluateByWindows, evaluatePart } from '../../src-engine/train/evaluate.ts';
import { Programs, writeParameters } from '../../src-engine/train/model-state.ts';
import { scoreRule, type Score } from '../../src-engine/train/score.ts';
import { datasetOfLengths } from './arbitrary-dataset.ts';
import { graph, node, NUMBERS, TAGS, WORDS } from './document-builders.ts';
import { EngineUnderTest, modelOf } from './engine-under-test.ts';

const LETTERS: DataSignature = { ...TAGS, input: { kind: 'tokens', unit: 'character', vocabulary: ['<unk>', 'a', 'b'] } };
const SCALED: DataSignature = {
  ...NUMBERS,
  output: { kind: 'numbers', width: 2, columns: ['y', 'z'], normalisation: { mean: [5, -3], deviation: [2, 10] }, perStep: false },
};

interface Scored {
  readonly score: Score;
  readonly byWindows: Score;
  readonly dataset: Dataset;
  readonly programs: Programs;
  readonly machine: ReturnType<typeof createMachine>;
}

/** A small RNN on the reference machine, with the weights that `weightsOf` gives, scored on the test part. */
function scored(signature: DataSignature, metric: Metric, weightsOf: (name: string, size: number) => ArrayLike<number>): Scored {
  const plain = datasetOfLengths(signature, 40, 6);
  const dataset = { ...plain, baseline: { name: 'none', metric, score: 0 } };
  const tokens = signature.input.kind === 'tokens';
  const head = signature.output.kind === 'classes' ? 'softmax-head' : 'regression-head';
  const nodes = [
    node('x', tokens ? 'tokens' : 'features'),
    ...(tokens ? [node('hot', 'one-hot')] : []),
    node('rnn', 'rnn', { units: 3 }),
    ...(signature.output.perStep ? [] : [node('last', 'last-step')]),
    node('head', head),
  ];
  const drawn = graph(
    nodes,
    nodes.slice(1).map(({ id }, place) => `${nodes[place]!.id} -> ${id}`),
  );
  const model = modelOf(drawn, signature);
  const options = { optimizer: 'sgd', reduce: 'sum', backward: false, copies: false } as const;
  const programs = new Programs((batch, steps) => compile(model, { ...options, batch, steps }));
  const carrying = new Programs((batch, steps) => compile(model, { ...options, batch, steps, carry: true, backward: true }));
  const machine = createMachine({ kind: 'reference' });
  const scale = signature.output.kind === 'numbers' ? (signature.output.normalisation?.deviation ?? [1, 1]) : [];
  const load = (from: Programs): void => {
    const { shared } = from.for(3, 1);
    machine.load(from.for(3, 1));
    writeParameters(machine, shared, new Map(shared.parameters.map(({ name, size }) => [name, Float32Array.from(weightsOf(name, size))])));
  };
  load(carrying);
  const byWindows = evaluateByWindows(machine, carrying, dataset, 'test', 3, scale, 2);
  load(programs);
  return { dataset, programs, machine, byWindows, score: evaluatePart(machine, { programs, answering: null }, dataset, 'test', 3, scale) };
}

const random = createRandom(7);
const anyWeights = (_name: string, size: number): Float32Array => Float32Array.from({ length: size }, () => 2 * randomUniform(random) - 1);

/** Answers the same whatever it reads: nothing but the head's bias. */
const onlyBias =
  (bias: readonly number[]) =>
  (name: string, size: number): ArrayLike<number> =>
    name === 'head.bias' ? bias : new Float32Array(size);

describe('a score', () => {
  const fixed = new Map<string, ArrayLike<number>>();
  const sameWeights = (name: string, size: number): ArrayLike<number> => {
    const known = fixed.get(name) ?? anyWeights(name, size);
    fixed.set(name, known);
    return known;
  };
  const { score, byWindows, dataset, programs, machine } = scored(LETTERS, 'bits-per-character', sameWeights);
  const batch = makeBatch(dataset, dataset.split.test, 4);
  const outputs = (() => {
    const model = new EngineUnderTest(
      modelOf(
        graph(
          [node('x', 'tokens'), node('hot', 'one-hot'), node('rnn', 'rnn', { units: 3 }), node('head', 'softmax-head')],
          ['x -> hot', 'hot -> rnn', 'rnn -> head'],
        ),
        LETTERS,
      ),
      createMachine({ kind: 'reference' }),
      batch,
    );
    model.write(fixed);
    model.forward(batch);
    return model.outputs();
  })();
  /** Truth and probabilities of each step with a target, by row. */
  const steps = [...batch.lengths].map((length, b) =>
    Array.from({ length }, (_, t) => {
      const row = t * batch.size + b;
      return { target: batch.targets!.values[row]!, probabilities: [...outputs.subarray(row * 3, row * 3 + 3)] };
    }).filter(({ target }) => target >= 0),
  );
  const right = ({ target, probabilities }: (typeof steps)[0][0]): boolean => probabilities.indexOf(Math.max(...probabilities)) === target;
  const rows = steps.filter(({ length }) => length > 0);
  const all = steps.flat();
  const nats = all.reduce((sum, { target, probabilities }) => sum - Math.log(probabilities[target]!), 0) / all.length;

  test('the loss is the mean cross-entropy in nats, perplexity its exponential, bits per character its share of ln 2', () => {
    expect(score.loss).toBeCloseTo(nats, 10);
    expect(score.measures.perplexity).toBeCloseTo(Math.exp(nats), 10);
    expect(score.measures.bitsPerCharacter).toBeCloseTo(nats / Math.log(2), 10);
    expect(score).toMatchObject({ metric: 'bits-per-character', score: score.measures.bitsPerCharacter, count: all.length });
  });

  test('accuracy counts steps, exact match whole sequences', () => {
    expect(score.measures.accuracy).toBeCloseTo(all.filter(right).length / all.length, 12);
    expect(score.measures.exactMatch).toBe(rows.filter((each) => each.every(right)).length / rows.length);
  });

  test('a model that always answers one class has right the sequences that hold no other', () => {
    const found = [0, 1, 2].map((always) => {
      const { score: made, dataset: data } = scored(TAGS, 'accuracy', onlyBias([0, 1, 2].map((each) => (each === always ? 1 : 0))));
      const targetsOf = (example: number): readonly number[] => [...data.targets.values.subarray(data.offsets[example], data.offsets[example + 1])];
      const sequences = [...data.split.test].map((example) => targetsOf(example).filter((target) => target >= 0)).filter(({ length }) => length > 0);
      const share = sequences.filter((targets) => targets.every((target) => target === always)).length / sequences.length;
      expect(made.measures.exactMatch).toBe(share);
      return share;
    });
    expect(Math.max(...found)).toBeGreaterThan(0);
  });

  test('read in windows the same comes out, but for what needs a sequence whole', () => {
    const { exactMatch, ...others } = byWindows.measures;
    expect(exactMatch).toBeNull();
    expect(others.confusion).toEqual(score.measures.confusion);
    expect(byWindows.loss).toBeCloseTo(score.loss, 10);
  });

  test('the part is scored without touching a parameter', () => {
    const { shared } = programs.for(3, 1);
    for (const { name, at, size } of shared.parameters) expect([...machine.readFloats(at, size)]).toEqual([...Float32Array.from(fixed.get(name)!)]);
  });

  test('a metric that does not fit the targets gives way to accuracy or RMSE', () => {
    expect(scoreRule(WORDS, 'rmse', []).metric).toBe('accuracy');
    expect(scoreRule(WORDS, 'perplexity', []).metric).toBe('accuracy');
    expect(scoreRule(TAGS, 'perplexity', []).metric).toBe('perplexity');
    expect(scoreRule(NUMBERS, 'accuracy', []).metric).toBe('rmse');
  });

  test('says nothing that means nothing: no errors of classes, no perplexity of numbers, no bits of words', () => {
    expect(Object.keys(plainMeasures(score.measures))).toEqual(['accuracy', 'macroF1', 'exactMatch', 'perplexity', 'bitsPerCharacter']);
    expect(Object.keys(plainMeasures(scored(TAGS, 'accuracy', anyWeights).score.measures))).toEqual(['accuracy', 'macroF1', 'exactMatch', 'perplexity']);
    expect(Object.keys(plainMeasures(scored(WORDS, 'accuracy', anyWeights).score.measures))).toEqual(['accuracy', 'macroF1']);
    expect(Object.keys(plainMeasures(scored(NUMBERS, 'rmse', anyWeights).score.measures))).toEqual(['rmse', 'mae']);
  });
});

describe('baselines: a model that answers them scores exactly them', () => {
  const trained = ({ targets, split, offsets }: Dataset): readonly number[] =>
    [...split.train].flatMap((example) =>
      targets.perStep ? [...targets.values.subarray(offsets[example], offsets[example + 1])] : [targets.values[example]!],
    );
  const compare = (made: Scored, digits: number): readonly string[] => {
    const further = furtherBaselines({ ...made.dataset, baseline: { ...made.dataset.baseline, metric: 'exact-match' } });
    for (const { metric, score } of further) expect(score).toBeCloseTo(made.score.measures[MEASURES[metric]]!, digits);
    return further.map(({ name, metric }) => `${name}: ${metric}`);
  };

  test('majority class and frequency of characters, at every step', () => {
    const { dataset } = scored(LETTERS, 'accuracy', anyWeights);
    const counts = [0, 1, 2].map((each) => trained(dataset).filter((target) => target === each).length);
    const made = scored(LETTERS, 'accuracy', onlyBias(counts.map((count) => Math.log(count + 1))));
    const found = compare(made, 6);
    expect(found).toEqual([
      'majority class: accuracy',
      'majority class: macro-f1',
      'frequency of classes: perplexity',
      'frequency of classes: bits-per-character',
    ]);
  });

  test('majority class of whole sequences', () => {
    const { dataset } = scored(WORDS, 'accuracy', anyWeights);
    const positive = trained(dataset).filter((target) => target === 1).length * 2 > dataset.split.train.length;
    expect(compare(scored(WORDS, 'accuracy', onlyBias(positive ? [0, 1] : [1, 0])), 12)).toEqual(['majority class: accuracy', 'majority class: macro-f1']);
  });

  test('mean, with the errors in the unit of the data', () => {
    const { dataset } = scored(SCALED, 'rmse', anyWeights);
    const { values } = dataset.targets;
    const train = [...dataset.split.train];
    const mean = [0, 1].map((column) => train.reduce((sum, example) => sum + values[example * 2 + column]!, 0) / train.length);
    const made = scored(SCALED, 'rmse', onlyBias(mean));
    expect(compare(made, 5)).toEqual(['mean of the training part: rmse', 'mean of the training part: mae']);
    const test0 = [...dataset.split.test];
    const distance = test0.reduce((sum, n) => sum + Math.abs(values[n * 2]! - mean[0]!) * 2 + Math.abs(values[n * 2 + 1]! - mean[1]!) * 10, 0);
    expect(made.score.measures.mae).toBeCloseTo(distance / (2 * test0.length), 5);
  });

  test('what a data set says itself comes first and is not said again; bits per character are also said as perplexity', () => {
    const dataset = { ...datasetOfLengths(LETTERS, 40, 6), baseline: { name: 'frequency of characters', metric: 'bits-per-character', score: 3 } } as const;
    expect(furtherBaselines(dataset)[0]).toEqual({ name: 'frequency of characters', metric: 'perplexity', score: 8 });
    expect(furtherBaselines(dataset).map(({ metric }) => metric)).toEqual(['perplexity', 'accuracy', 'macro-f1']);
    const own = { name: 'a rule', metric: 'accuracy', score: 0.7 } as const;
    expect(furtherBaselines({ ...dataset, baselines: [own] })[0]).toEqual(own);
  });

  test('a data set without a test part has none', () => {
    const dataset = datasetOfLengths(LETTERS, 40, 6);
    expect(furtherBaselines({ ...dataset, split: { ...dataset.split, test: new Int32Array(0) } })).toEqual([]);
  });
});
