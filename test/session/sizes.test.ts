import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EngineFiles } from '../../src-engine/session/engine-files.ts';
import { engineFiles, openSession, scenarioProject } from './session-fixture.ts';

let engine: EngineFiles;
let folder: string;
beforeAll(async () => {
  engine = await engineFiles();
  folder = await mkdtemp(join(tmpdir(), 'unroll-sizes-'));
});
afterAll(() => rm(folder, { recursive: true }));

interface Opened {
  readonly codes: readonly string[];
  readonly fix: string;
  readonly bytes: number;
}

/** Opens a project; where that can be done, makes one update. */
async function tried(project: unknown): Promise<Opened> {
  const { session } = openSession(engine);
  const reply = await session.handlers.open({ project, folder });
  if (reply.problems.length === 0) {
    expect(await session.handlers.step({})).toMatchObject({ step: 1, state: 'paused' });
  }
  return { codes: reply.problems.map(({ code }) => code), fix: reply.problems[0]?.fix ?? '', bytes: reply.memory?.bytes ?? 0 };
}

/** A project that reads `name` of the folder, one kind of graph for all: text in, one class out. */
function reading(name: string, options: Readonly<Record<string, string | number>>, units = 4, batchSize = 8) {
  const names = scenarioProject('names');
  const nodes = names.graph.nodes.map((node) => (node.kind === 'rnn' ? { ...node, params: { ...node.params, units } } : node));
  const data = { source: `file:${name}`, options: { task: 'classify', ...options }, split: { train: 0.8, validation: 0.1, test: 0.1, seed: 1 } };
  return { ...names, graph: { ...names.graph, nodes }, data, training: { ...names.training, batchSize } };
}

describe('1,000 nodes; T = 10,000; a million-row CSV: works, or is refused with the estimate of memory and what would fit', () => {
  it('1,000 nodes work', { timeout: 120_000 }, async () => {
    const names = scenarioProject('names');
    const last = names.graph.nodes.find(({ kind }) => kind === 'last-step')!;
    const head = names.graph.nodes.find(({ kind }) => kind === 'softmax-head')!;
    const chain = Array.from({ length: 995 }, (_, index) => ({ id: `d${index}`, kind: 'dense', params: { units: 4 } }));
    const ids = [last.id, ...chain.map(({ id }) => id), head.id];
    const wires = names.graph.wires.filter(({ to }) => to.node !== head.id);
    const more = ids.slice(1).map((id, index) => ({ id: `c${index}`, from: { node: ids[index], port: 'out' }, to: { node: id, port: 'in' } }));
    const project = { ...names, graph: { nodes: [...names.graph.nodes, ...chain], wires: [...wires, ...more] } };
    expect(project.graph.nodes).toHaveLength(1000);
    expect((await tried(project)).codes).toEqual([]);
  });

  it('T = 10,000 works where it fits, and is refused with what would fit where it does not', { timeout: 120_000 }, async () => {
    const rows = Array.from({ length: 40 }, (_, row) => `${'abcdefghij'.repeat(1000)},${row % 2 === 0 ? 'even' : 'odd'}`);
    await writeFile(join(folder, 'long.csv'), ['text,label', ...rows].join('\n'));
    const options = { unit: 'character', length: 10_000 };
    const small = await tried(reading('long.csv', options, 4, 2));
    expect(small.codes).toEqual([]);
    expect(small.bytes).toBeGreaterThan(10_000 * 2 * 4 * 4);
    const large = await tried(reading('long.csv', options, 2048, 512));
    expect(large.codes).toEqual(['U041']);
    expect(large.fix).toMatch(/^Set the batch size to \d+ or less|^Use truncated BPTT with a window of \d+ steps or fewer/u);
  });

  it('a million rows of a CSV work', { timeout: 300_000 }, async () => {
    const piece = Array.from({ length: 1000 }, (_, row) => `word ${row % 97} and ${row % 13},${row % 2 === 0 ? 'even' : 'odd'}`).join('\n');
    await writeFile(join(folder, 'million.csv'), ['text,label', ...Array.from({ length: 1000 }, () => piece)].join('\n'));
    const { codes } = await tried(reading('million.csv', { unit: 'word' }));
    expect(codes).toEqual([]);
  });
});
