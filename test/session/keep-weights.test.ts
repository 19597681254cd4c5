import { beforeAll, describe, expect, it } from 'vitest';
import { setLabel, setParam } from '../../src-engine/document/edits.ts';
import type { NodeId, Project } from '../../src-engine/document/project.ts';
import type { EngineFiles } from '../../src-engine/session/engine-files.ts';
import { readModel } from '../../src-engine/exchange/read-model.ts';
import { engineFiles, openSession, scenarioProject, type TestSession } from './session-fixture.ts';

let engine: EngineFiles;
beforeAll(async () => {
  engine = await engineFiles();
});

const cell = (project: Project): NodeId => {
  const found = project.graph.nodes.find((node) => node.kind === 'rnn' || node.kind === 'gru');
  if (found === undefined) throw new Error('no cell');
  return found.id;
};

/** Every weight of the opened model, by name. */
async function weightsOf({ session }: TestSession): Promise<ReadonlyMap<string, Float32Array>> {
  const { text } = await session.handlers.exportModel({ arrays: false });
  const read = readModel(text);
  if (!read.ok) throw new Error('cannot be read');
  return read.model.parameters;
}

async function trained(project: Project): Promise<TestSession> {
  const opened = openSession(engine);
  await opened.session.handlers.open({ project });
  for (let step = 0; step < 3; step++) await opened.session.handlers.step({});
  return opened;
}

describe('opening an edited project with the weights of the run before', () => {
  it('keeps every bit where only a label and a position changed', async () => {
    const project = scenarioProject('names');
    const run = await trained(project);
    const before = await weightsOf(run);
    const moved = { ...project, graph: setLabel(project.graph, cell(project), 'My cell') };
    const reply = await run.session.handlers.open({ project: moved, keep: true });
    expect(reply.kept).toEqual({ kept: [...before.keys()], fresh: [] });
    expect(await weightsOf(run)).toEqual(before);
  });

  it('starts anew exactly what has another size, and keeps the rest bit for bit', async () => {
    const project = scenarioProject('names');
    const run = await trained(project);
    const before = await weightsOf(run);
    const id = cell(project);
    const wider = { ...project, graph: setParam(project.graph, id, 'units', 23) };
    const reply = await run.session.handlers.open({ project: wider, keep: true });
    const after = await weightsOf(run);
    const head = project.graph.nodes.find((node) => node.kind === 'softmax-head')?.id ?? '';
    expect(reply.kept?.fresh.every((name) => name.startsWith(`${id}.`) || name === `${head}.weight`)).toBe(true);
    expect(reply.kept?.fresh).toContain(`${id}.weight_hh`);
    expect(reply.kept?.kept).toContain(`${head}.bias`);
    for (const name of reply.kept?.kept ?? []) expect(after.get(name), name).toEqual(before.get(name));

    const clean = openSession(engine);
    await clean.session.handlers.open({ project: wider });
    const first = await weightsOf(clean);
    for (const name of reply.kept?.fresh ?? []) expect(after.get(name), name).toEqual(first.get(name));
    await run.session.handlers.reset({});
    expect(await weightsOf(run)).toEqual(first);
  });

  it('starts anew what is to start in another way', async () => {
    const project = scenarioProject('names');
    const run = await trained(project);
    const id = cell(project);
    const reply = await run.session.handlers.open({ project: { ...project, graph: setParam(project.graph, id, 'recurrentInit', 'identity') }, keep: true });
    expect(reply.kept?.fresh).toEqual([`${id}.weight_hh`]);
  });

  it('keeps nothing of other data, and says nothing where it was not asked', async () => {
    const project = scenarioProject('names');
    const run = await trained(project);
    const other = { ...project, data: project.data && { ...project.data, options: { ...project.data.options, seed: 5 } } };
    const reply = await run.session.handlers.open({ project: { ...other, data: scenarioProject('sentiment').data }, keep: true });
    expect(reply.kept === null || reply.kept.kept.length === 0).toBe(true);
    expect((await run.session.handlers.open({ project })).kept).toBeNull();
  });
});

describe('the spread of the weights', () => {
  it('counts every number of every parameter of a node once', async () => {
    const project = scenarioProject('names');
    const run = await trained(project);
    const id = cell(project);
    const { step, parameters } = await run.session.handlers.weights({ node: id });
    const values = await weightsOf(run);
    expect(step).toBe(3);
    expect(parameters.map(({ parameter }) => parameter)).toEqual([...values.keys()].filter((name) => name.startsWith(`${id}.`)));
    for (const { parameter, counts, limit, nonFinite, mean } of parameters) {
      const numbers = [...(values.get(parameter) ?? [])];
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(numbers.length);
      expect(limit).toBe(Math.max(...numbers.map(Math.abs)));
      expect(nonFinite).toBe(0);
      expect(mean).toBeCloseTo(numbers.reduce((sum, value) => sum + value, 0) / numbers.length, 9);
    }
    await expect(async () => run.session.handlers.weights({ node: 'nobody' })).rejects.toThrow('nobody');
  });
});
