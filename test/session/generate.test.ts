import { beforeAll, describe, expect, test } from 'vitest';
import { emptyProject } from '../../src-engine/document/defaults.ts';
import type { Project } from '../../src-engine/document/project.ts';
import { chain, node } from '../../src-engine/scenarios/build-graph.ts';
import type { EngineFiles } from '../../src-engine/session/engine-files.ts';
import { engineFiles, openSession, scenarioProject } from './session-fixture.ts';

let engine: EngineFiles;
beforeAll(async () => {
  engine = await engineFiles();
});

function project(): Project {
  const nodes = [
    node({ id: 'text', kind: 'tokens', x: 0, y: 0 }),
    node({ id: 'embed', kind: 'embedding', x: 0, y: 0, params: { size: 8, vectors: 'random', trainable: true } }),
    node({ id: 'gru1', kind: 'gru', x: 0, y: 0, params: { units: 16 } }),
    node({ id: 'head', kind: 'softmax-head', x: 0, y: 0 }),
  ];
  return {
    ...emptyProject('text'),
    graph: chain(nodes, ['text', 'embed', 'gru1', 'head']),
    data: { source: 'builtin:moby-dick', options: { length: 32 }, split: { train: 0.98, validation: 0.01, test: 0.01, seed: 1 } },
  };
}

const REQUEST = { prompt: 'Call me', length: 50, temperature: 0.8, topK: null, seed: 2 };

describe('writing while a model trains', () => {
  test('uses the weights as they are now, and changes nothing that training reads', async () => {
    const losses: number[][] = [];
    const texts: string[] = [];
    for (const samples of [false, true]) {
      const { session, next } = openSession(engine);
      await session.handlers.open({ project: project(), threads: 1 });
      await session.handlers.start({ steps: 30 });
      if (samples) {
        texts.push((await session.handlers.sample(REQUEST)).text);
        await session.handlers.rankNext({ text: 'Call m', count: 3 });
      }
      const done = await next('done');
      losses.push([done.steps, done.test?.loss ?? NaN]);
      if (samples) texts.push((await session.handlers.sample(REQUEST)).text);
    }
    expect(losses[1]).toEqual(losses[0]);
    expect(texts[0]).toHaveLength(50);
    expect(texts[1]).not.toBe(texts[0]);
  });

  test('training goes on while a long text is written', async () => {
    const { session } = openSession(engine);
    await session.handlers.open({ project: project(), threads: 1 });
    await session.handlers.start({ steps: 100_000 });
    const before = (await session.handlers.status({})).step;
    const { step, stepsPerSecond } = await session.handlers.sample({ ...REQUEST, length: 3000 });
    expect((await session.handlers.status({})).step).toBeGreaterThan(step);
    expect(step).toBeGreaterThanOrEqual(before);
    expect(stepsPerSecond).toBeGreaterThan(100);
    await session.handlers.pause({});
    const ranked = await session.handlers.rankNext({ text: 'Call me Ishm', count: 4 });
    expect(ranked).toMatchObject({ kind: 'next', unit: 'character', unknown: [] });
    expect(ranked.places[0]!.candidates).toHaveLength(4);
    session.close();
  });

  test('a model of something else says what it does not do', async () => {
    const { session } = openSession(engine);
    await session.handlers.open({ project: scenarioProject('names') });
    await expect(session.handlers.sample(REQUEST)).rejects.toThrow(/^U044 /u);
    session.close();
  });
});
