import { beforeAll, describe, expect, it } from 'vitest';
import { ProblemError } from '../../src-engine/document/problems.ts';
import type { Project } from '../../src-engine/document/project.ts';
import type { EngineFiles } from '../../src-engine/session/engine-files.ts';
import { engineFiles, openSession, scenarioProject, type Heard } from './session-fixture.ts';

let engine: EngineFiles;
beforeAll(async () => {
  engine = await engineFiles();
});

function names(epochs = 1): Project {
  const project = scenarioProject('names');
  return { ...project, training: { ...project.training, epochs } };
}

/** [step, loss] of every loss frame, bit by bit. */
function losses(heard: readonly Heard[]): readonly (readonly [number, number])[] {
  return heard.flatMap((each) => {
    if (each.event !== 'losses') return [];
    const view = new DataView(each.payload.buffer, each.payload.byteOffset);
    const count = view.getUint32(4, true);
    return Array.from({ length: count }, (_, row) => [view.getFloat64(8 + row * 40, true), view.getFloat64(16 + row * 40, true)] as const);
  });
}

describe('a run', () => {
  it('tells every loss once, a validation at the end of each epoch, the probe, and the end with its test score', async () => {
    const { session, heard, next } = openSession(engine);
    const opened = await session.handlers.open({ project: names(2) });
    expect(opened.state).toBe('ready');
    expect(opened.probeLayers).toEqual([{ layer: 'rnn1', direction: 'forward', node: 'rnn1' }]);
    await session.handlers.start({});
    const done = await next('done');
    expect(done.steps).toBe(opened.totalSteps);
    expect(losses(heard).map(([step]) => step)).toEqual(Array.from({ length: done.steps }, (_, step) => step + 1));
    expect(heard.filter((each) => each.event === 'validation')).toHaveLength(2);
    expect(heard.some((each) => each.event === 'probe')).toBe(true);
    expect(done.test?.metric).toBe('accuracy');
  });

  it('tells its first loss after one update, before it probes', async () => {
    const { session, heard, next } = openSession(engine);
    await session.handlers.open({ project: names(1) });
    await session.handlers.start({});
    await next('done');
    const first = heard.findIndex((each) => each.event === 'losses');
    expect(losses(heard.slice(first, first + 1)).map(([step]) => step)).toEqual([1]);
    expect(heard.findIndex((each) => each.event === 'probe')).toBeGreaterThan(first);
  });

  it('paused, stepped and resumed gives the bits of an uninterrupted one', async () => {
    const straight = openSession(engine);
    await straight.session.handlers.open({ project: names(), threads: 1 });
    await straight.session.handlers.start({ steps: 30 });
    await straight.next('done');

    const broken = openSession(engine);
    await broken.session.handlers.open({ project: names(), threads: 2 });
    for (let step = 0; step < 7; step++) await broken.session.handlers.step({});
    await broken.session.handlers.start({ steps: 30 });
    await broken.session.handlers.pause({});
    await broken.session.handlers.start({ steps: 30 });
    await broken.next('done');

    expect(losses(broken.heard)).toEqual(losses(straight.heard));
  });

  it('begins anew after a reset, with the same numbers', async () => {
    const { session, heard } = openSession(engine);
    await session.handlers.open({ project: names() });
    for (let step = 0; step < 5; step++) await session.handlers.step({});
    const first = losses(heard);
    heard.length = 0;
    await session.handlers.reset({});
    for (let step = 0; step < 5; step++) await session.handlers.step({});
    expect(losses(heard)).toEqual(first);
  });

  it('takes a new learning rate without a reset', async () => {
    const { session, heard } = openSession(engine);
    await session.handlers.open({ project: names() });
    await session.handlers.step({});
    const status = await session.handlers.setLearningRate({ value: 0.5 });
    expect(status.learningRate).toBe(0.5);
    await session.handlers.step({});
    const rates = heard.flatMap((each) => (each.event === 'progress' ? [each.payload.learningRate] : []));
    expect(rates.at(-1)).toBe(0.5);
  });

  it('at a learning rate of 1e6 stops before the update and names layer, step and quantity', async () => {
    for (const id of ['names', 'sentiment', 'forecast']) {
      const project = scenarioProject(id);
      const optimizer = { ...project.training.optimizer, learningRate: 1e6 };
      const { session, next } = openSession(engine);
      await session.handlers.open({ project: { ...project, training: { ...project.training, optimizer } } });
      await session.handlers.start({});
      const { reason, place, sentence } = await next('stopped');
      expect(reason).toBe('non-finite');
      expect(place.layer).toMatch(/^(rnn|gru)1/u);
      expect(place.t).toBeGreaterThanOrEqual(1);
      expect(sentence).toContain(place.layer);
      expect(() => session.handlers.start({})).toThrow(ProblemError);
    }
  });
});

describe('opening', () => {
  it('answers with the problems of a project that cannot be trained, and trains nothing', async () => {
    const { session } = openSession(engine);
    const project = names();
    const wires = project.graph.wires.slice(1);
    const { problems, state } = await session.handlers.open({ project: { ...project, graph: { ...project.graph, wires } } });
    expect(state).toBe('idle');
    expect(problems.length).toBeGreaterThan(0);
    expect(() => session.handlers.start({})).toThrow(ProblemError);
  });

  it('says what to do where the data or its vectors are missing', async () => {
    const { session } = openSession(engine);
    const project = names();
    expect((await session.handlers.open({ project: { ...project, data: null } })).problems.map(({ code }) => code)).toContain('U024');
    const nodes = project.graph.nodes.map((node) =>
      node.kind === 'embedding' ? { ...node, params: { ...node.params, vectors: 'glove-100d', size: 100 } } : node,
    );
    const opened = await session.handlers.open({ project: { ...project, graph: { ...project.graph, nodes } } });
    expect(opened.problems.map(({ code }) => code)).toEqual(['U021']);
  });
});
