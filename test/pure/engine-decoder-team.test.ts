import { describe, expect, it } from 'vitest';
import { makeBatch } from '../../src-engine/data/batches/batching.ts';
import { createRandom, randomIndex, randomUniform } from '../../src-engine/data/random.ts';
import { stepOffsets } from '../../src-engine/data/sequences.ts';
import type { DataSignature } from '../../src-engine/document/signature.ts';
import { SETTING_DROPOUT, SETTING_DROPOUT_COUNTER, SETTING_DROPOUT_SEED } from '../../src-engine/ir/opcodes.ts';
import type { Machine } from '../../src-engine/run/machine.ts';
import { buildKernels } from '../kernels/build-kernels.ts';
import { randomValues } from './arbitrary-model.ts';
import { graph, node } from './document-builders.ts';
import { EngineUnderTest, modelOf } from './engine-under-test.ts';
import { InterleavedMachine, ORDERS } from './interleaved-machine.ts';

const CLASSES = ['a', 'b', 'c', 'd', '<end>'];
const signature: DataSignature = {
  input: { kind: 'features', width: 3, columns: [], normalisation: null },
  output: { kind: 'classes', classes: CLASSES, perStep: true, ownSteps: 6 },
  longest: 7,
};
/** Steps of inputs and of targets. */
const ROWS = [
  [7, 2],
  [1, 6],
  [3, 3],
  [5, 5],
  [2, 1],
] as const;

function batch() {
  const random = createRandom(8);
  const targets = ROWS.map(([, steps]) => Array.from({ length: steps }, () => randomIndex(random, CLASSES.length)));
  const values = Float32Array.from({ length: ROWS.reduce((total, [steps]) => total + steps, 0) * 3 }, () => 2 * randomUniform(random) - 1);
  const source = {
    offsets: stepOffsets(ROWS.map(([length]) => ({ length }))),
    inputs: { kind: 'features', width: 3, values },
    targets: { kind: 'classes', perStep: true, values: Int32Array.from(targets.flat()), offsets: stepOffsets(targets) },
  } as const;
  return makeBatch(source, Int32Array.from(ROWS.keys()), ROWS.length);
}

/** An encoder whose final state a decoder starts from; the decoder's share of wanted classes is `teacher`. */
function translator(cell: string, teacher: number) {
  const decoder = node('dec', 'decoder', { units: 12, cell, size: 3, teacherBegin: teacher, teacherEnd: teacher });
  return graph(
    [
      node('x', 'features'),
      node('bi', 'bidirectional'),
      node('enc', cell, { units: 6 }, 'bi'),
      decoder,
      node('wide', 'dense', { units: 9, activation: 'relu' }),
      node('norm', 'layer-norm'),
      node('head', 'softmax-head'),
    ],
    ['x -> bi', 'bi.state -> dec', 'dec -> wide', 'wide -> norm', 'norm -> head'],
  );
}

/** What a step of training leaves behind; of a program that only answers, what it answers. */
function afterStep(machine: Machine, cell: string, teacher: number, backward: boolean): unknown {
  const given = batch();
  const engine = new EngineUnderTest(modelOf(translator(cell, teacher), signature), machine, given, { backward });
  engine.write(randomValues(engine.parameters, 3, 0.7));
  const { settings } = engine.program.shared;
  machine.writeInts(settings + SETTING_DROPOUT, [1]);
  machine.writeInts(settings + SETTING_DROPOUT_SEED, [5]);
  machine.writeInts(settings + SETTING_DROPOUT_COUNTER, [2]);
  const loss = engine.forward(given);
  const outputs = engine.outputs();
  if (!backward) return { loss, outputs };
  engine.backward();
  return { loss, outputs, gradients: engine.gradients(), norms: engine.gradientNorms(given) };
}

describe('a team of any size gives a decoder the bits of one thread', async () => {
  const binary = await buildKernels('simd');
  const ways = [
    ['taught', 1, true],
    ['taught by half', 0.5, true],
    ['answering', 1, false],
  ] as const;

  it.each(['rnn', 'gru', 'lstm'].flatMap((cell) => ways.map((way) => [cell, ...way] as const)))('%s, %s', (cell, _, teacher, backward) => {
    const alone = afterStep(new InterleavedMachine(binary, [0]), cell, teacher, backward);
    for (const order of ORDERS) expect(afterStep(new InterleavedMachine(binary, order), cell, teacher, backward)).toEqual(alone);
  });
});
