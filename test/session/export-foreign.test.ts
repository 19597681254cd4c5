import { beforeAll, expect, it } from 'vitest';
import type { EngineFiles } from '../../src-engine/session/engine-files.ts';
import { predict } from '../../src-engine/session/direct.ts';
import { engineFiles, openSession, scenarioProject } from './session-fixture.ts';

let engine: EngineFiles;
beforeAll(async () => {
  engine = await engineFiles();
});

interface Stored {
  readonly shape: readonly number[];
  readonly data: string;
}

interface ModelText {
  readonly signature: { readonly inputs: readonly { readonly vocabulary: readonly string[] }[] };
  readonly parameters: Record<string, Stored>;
}

/** Another program, in a few lines of plain JavaScript: an embedding, a tanh RNN, a softmax on the last state. Imports nothing of ours. */
function foreignPrediction(model: ModelText, text: string): readonly number[] {
  const array = (name: string): Float32Array => new Float32Array(Uint8Array.from(Buffer.from(model.parameters[name]!.data, 'base64')).buffer);
  const [E, W, U, b, V, c] = ['embed.weight', 'rnn1.weight_ih', 'rnn1.weight_hh', 'rnn1.bias', 'head.weight', 'head.bias'].map(array) as [
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const times = (M: Float32Array, x: readonly number[]): number[] =>
    Array.from({ length: M.length / x.length }, (_, i) => x.reduce((sum, value, j) => sum + M[i * x.length + j]! * value, 0));
  const size = model.parameters['embed.weight']!.shape[1]!;
  let h = Array.from(b, () => 0);
  for (const character of text) {
    const id = Math.max(0, model.signature.inputs[0]!.vocabulary.indexOf(character));
    const [x, recurrent] = [times(W, [...E.subarray(id * size, (id + 1) * size)]), times(U, h)];
    h = h.map((_, i) => Math.tanh(x[i]! + recurrent[i]! + b[i]!));
  }
  const exps = times(V, h).map((logit, i) => Math.exp(logit + c[i]!));
  return exps.map((value) => value / exps.reduce((sum, each) => sum + each, 0));
}

it('the exported JSON, read by a script that imports nothing of ours, gives the same predictions to 1e-5', async () => {
  const { session, next } = openSession(engine);
  await session.handlers.open({ project: scenarioProject('names') });
  await session.handlers.start({ steps: 200 });
  await next('done');
  const { text, largestDifference, examples } = await session.handlers.exportModel({ arrays: false });
  expect(examples).toBeGreaterThan(10);
  expect(largestDifference).toBeLessThan(1e-6);
  const texts = ['anna', 'bob', 'maria', 'wolfgang', 'x', 'elisabeth'];
  const { outputs } = await predict(text, JSON.stringify({ texts }), engine);
  const model = JSON.parse(text) as ModelText;
  for (const [index, each] of texts.entries()) {
    const ours = outputs[index] as readonly number[];
    const theirs = foreignPrediction(model, each);
    for (const [column, value] of theirs.entries()) expect(Math.abs(value - ours[column]!)).toBeLessThan(1e-5);
  }
});
