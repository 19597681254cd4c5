import { beforeAll, describe, expect, it } from 'vitest';
import type { Project } from '../../src-engine/document/project.ts';
import type { EngineFiles } from '../../src-engine/session/engine-files.ts';
import type { TestScore } from '../../src-engine/session/protocol.ts';
import { engineFiles, openSession, scenarioProject } from './session-fixture.ts';

let engine: EngineFiles;
beforeAll(async () => {
  engine = await engineFiles();
});

async function train(project: Project): Promise<TestScore> {
  const { session, next } = openSession(engine);
  const { problems } = await session.handlers.open({ project });
  expect(problems).toEqual([]);
  await session.handlers.start({});
  const { test } = await next('done');
  if (test === null) throw new Error('no test score');
  return test;
}

/** The document with other options of one node. */
function withParams(project: Project, id: string, params: Record<string, string | number | boolean>): Project {
  const nodes = project.graph.nodes.map((node) => (node.id === id ? { ...node, params: { ...node.params, ...params } } : node));
  return { ...project, graph: { ...project.graph, nodes } };
}

describe('the templates reach the score they promise', () => {
  it('names: at least 78 % of the test split', async () => {
    const { score, baseline } = await train(scenarioProject('names'));
    expect(score).toBeGreaterThanOrEqual(0.78);
    expect(score).toBeGreaterThan(baseline);
  });

  it('sentiment: at least 90 % on adjectives that training never showed, because the pre-trained vectors carry them', async () => {
    const project = scenarioProject('sentiment');
    const embedding = project.graph.nodes.find((node) => node.kind === 'embedding');
    const trained = await train(project);
    const random = await train(withParams(project, embedding?.id ?? '', { vectors: 'random', trainable: false }));
    expect(trained.score).toBeGreaterThanOrEqual(0.9);
    expect(random.score).toBeLessThan(trained.score - 0.2);
  });

  it('forecast: an RMSE below the same month last year plus trend', async () => {
    const { metric, score, baseline } = await train(scenarioProject('forecast'));
    expect(metric).toBe('rmse');
    expect(score).toBeLessThan(baseline);
  });

  it('name writer: after two epochs a letter is surer by a third than its frequency makes it', async () => {
    const project = scenarioProject('name-letters');
    const { metric, score, baseline } = await train({ ...project, training: { ...project.training, epochs: 2 } });
    expect(metric).toBe('perplexity');
    expect(score).toBeLessThan((2 / 3) * baseline);
  });
});
