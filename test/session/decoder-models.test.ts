import { beforeAll, describe, expect, it } from 'vitest';
import { loadDataset } from '../../src-engine/data/load-dataset.ts';
import { sampleRows } from '../../src-engine/data/preview-samples.ts';
import { checkGraph } from '../../src-engine/document/check.ts';
import { emptyProject } from '../../src-engine/document/defaults.ts';
import type { Project } from '../../src-engine/document/project.ts';
import type { DataSignature } from '../../src-engine/document/signature.ts';
import { readModel } from '../../src-engine/exchange/read-model.ts';
import { writeModel } from '../../src-engine/exchange/write-model.ts';
import { evaluateBatch, evaluateModel, predict } from '../../src-engine/session/direct.ts';
import type { EngineFiles } from '../../src-engine/session/engine-files.ts';
import { gradients } from '../../src-engine/session/probes/gradients.ts';
import { graph, node } from '../pure/document-builders.ts';
import { randomValues } from '../pure/arbitrary-model.ts';
import { engineFiles, openSession } from './session-fixture.ts';

const project: Project = {
  ...emptyProject('Sums'),
  graph: graph(
    [
      node('text', 'tokens'),
      node('embed', 'embedding', { size: 6 }),
      node('enc', 'lstm', { units: 12 }),
      node('dec', 'decoder', { units: 12, cell: 'lstm', size: 4, teacherEnd: 0.5 }),
      node('head', 'softmax-head'),
    ],
    ['text -> embed', 'embed -> enc', 'enc.state -> dec', 'dec -> head'],
  ),
  data: { source: 'builtin:addition', options: { count: 400 }, split: { train: 0.8, validation: 0.1, test: 0.1, seed: 1 } },
};

let engine: EngineFiles;
let signature: DataSignature;
let text: string;
beforeAll(async () => {
  engine = await engineFiles();
  ({ signature } = await loadDataset(project.data!, engine.assets));
  const { parameters } = checkGraph(project.graph, signature);
  const sizes = parameters.map(({ name, shape }) => ({ name, size: shape.reduce((a, b) => a * b, 1) }));
  const values = new Map([...randomValues(sizes, 3, 2)].map(([name, value]) => [name, Float32Array.from(value)]));
  text = writeModel({ project, signature, parameters: values, metrics: { metric: 'exact-match' }, history: [] }, { arrays: false });
});

/** What the probabilities say, cut at the end, from the right. */
function read(outputs: readonly (readonly number[])[]): string {
  const classes = outputs.map((step) => (signature.output.kind === 'classes' ? signature.output.classes[step.indexOf(Math.max(...step))]! : ''));
  const end = classes.indexOf('<end>');
  return (end === -1 ? classes : classes.slice(0, end)).reverse().join('');
}

describe('a model with a decoder', () => {
  it('keeps what its data says of its targets in its file', () => {
    const back = readModel(text);
    expect(back.ok && back.model.signature).toEqual(signature);
    expect(signature.output).toMatchObject({ ownSteps: 5, fromRight: true });
  });

  it('answers typed text of any length with text, and with the probabilities of its steps', async () => {
    const { outputs, texts, classes } = await predict(text, '{"texts":["123+456","7+8","12345+67890"]}', engine);
    expect(classes).toHaveLength(11);
    const steps = outputs as readonly (readonly (readonly number[])[])[];
    expect(texts).toEqual(steps.map(read));
    for (const answer of steps) {
      expect(answer.length).toBeLessThanOrEqual(5);
      for (const step of answer) expect(step.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5);
    }
    // One by one it says the same.
    expect((await predict(text, '{"texts":["7+8"]}', engine)).texts).toEqual([texts![1]]);
  });

  it('is scored on a batch whose targets have other lengths than its inputs', async () => {
    const batch = '{"texts":["1+1","999+999"],"targets":["2","1998"]}';
    const scored = await evaluateBatch(text, batch, engine);
    expect(scored.outputs.map((each) => each.length)).toEqual([2, 5]);
    const answer = (await predict(text, batch, engine)).texts![1]!;
    const own = await evaluateBatch(text, JSON.stringify({ texts: ['999+999'], targets: [answer] }), engine);
    // An answer of five digits had no room left for its end.
    expect([own.metric, own.score]).toEqual(['exact-match', answer.length < 5 ? 1 : 0]);
    // The loss is that with the targets given to it: the gradients' program has the same.
    const differentiated = await gradients(text, { batchText: batch, loss: 'all', parameters: true }, engine);
    expect(scored.loss).toBeCloseTo(differentiated.loss as number, 6);
    expect(Object.keys(differentiated.parameters!)).toContain('dec.embedding');
  });

  it('is scored on the test part by the answers it makes alone', async () => {
    const { metric, score, baseline } = await evaluateModel(text, engine);
    expect(metric).toBe('exact-match');
    expect(score).toBeLessThan(0.2);
    expect(baseline).toBeLessThan(0.2);
  });
});

describe('a session on data whose targets have steps of their own', () => {
  it('shows what is to be answered as one reads it', async () => {
    const dataset = await loadDataset(project.data!, engine.assets);
    for (const { text: question, target } of sampleRows(dataset)) {
      const [a, b] = question.split('+').map(Number);
      expect(target).toBe(String(a! + b!));
    }
  });

  it('trains, validates by exact match, probes and exports', async () => {
    const { session, next } = openSession(engine);
    const opened = await session.handlers.open({ project });
    expect(opened.problems).toEqual([]);
    expect(opened.probeLayers.map(({ layer }) => layer)).toEqual(['enc', 'dec']);
    await session.handlers.start({ steps: 25 });
    const { test } = await next('done');
    expect(test).toMatchObject({ metric: 'exact-match' });
    const { cells } = await session.handlers.probes({ jacobian: true, triangle: true });
    expect(cells.map(({ layer }) => layer)).toEqual(['enc', 'dec']);
    const exported = await session.handlers.exportModel({ arrays: false });
    expect(exported.largestDifference).toBeLessThan(1e-6);
    expect((await predict(exported.text, '{"texts":["1+2"]}', engine)).texts).toHaveLength(1);
  });

  it('refuses truncated BPTT', async () => {
    const { session } = openSession(engine);
    const training = { ...project.training, bptt: { mode: 'truncated', window: 4, reduce: 'sum' } as const };
    const { problems } = await session.handlers.open({ project: { ...project, training } });
    expect(problems.map(({ code }) => code)).toContain('U040');
  });
});
