import * as fileSystem from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { names } from '../../src-engine/scenarios/names.ts';
import { buildEngine, openCommandLine, type CommandLine, type Ran } from './cli-fixture.ts';

let cli: CommandLine;
beforeAll(async () => {
  await buildEngine();
  cli = await openCommandLine();
});
afterAll(() => cli.close());

interface Loose {
  graph: { nodes: Record<string, unknown>[]; wires: Record<string, unknown>[] };
  [key: string]: unknown;
}

function changed(change: (project: Loose) => void): string {
  const project = JSON.parse(JSON.stringify(names.project())) as Loose;
  change(project);
  return JSON.stringify(project);
}

const wire = (id: string, from: string, to: string) => ({ id, from: { node: from, port: 'out' }, to: { node: to, port: 'in' } });

const BAD: readonly (readonly [string, string, () => string])[] = [
  ['a cycle', 'U010', () => changed(({ graph }) => void (graph.wires = [...graph.wires.slice(1), wire('back', 'last', 'embed')]))],
  ['an unknown kind', 'U009', () => changed(({ graph }) => void (graph.nodes[2] = { ...graph.nodes[2], kind: 'transformer' }))],
  ['a wire that ends nowhere', 'U008', () => changed(({ graph }) => void graph.wires.push(wire('loose', 'rnn1', 'nobody')))],
  ['a newer version', 'U003', () => changed((project) => void (project['version'] = 2))],
  ['the key __proto__', 'U006', () => `{"__proto__":{"polluted":true},${changed(() => {}).slice(1)}`],
  ['a depth of 10,000', 'U005', () => `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`],
  ['a depth of 10,000 in lists', 'U005', () => `{"format":"unroll/project","version":1,"graph":${'['.repeat(10_000)}${']'.repeat(10_000)}}`],
  ['the number 1e999', 'U004', () => changed(() => {}).replace('"batchSize":32', '"batchSize":1e999')],
  ['an id used twice', 'U007', () => changed(({ graph }) => void graph.nodes.push({ ...graph.nodes[2] }))],
  ['half a file', 'U001', () => changed(() => {}).slice(0, 200)],
  ['nothing in it', 'U001', () => ''],
  ['another format', 'U002', () => '{"format":"something/else","version":1}'],
  ['a list', 'U002', () => '[]'],
];

function expectProblem(ran: Ran, code: string): void {
  expect(ran.code).toBe(1);
  const lines = ran.err.split('\n').filter((line) => line !== '');
  expect(lines.map((line) => line.slice(0, 4))).toContain(code);
  for (const line of lines) expect(line).toMatch(/^U\d{3} \S.*\. \S.*\.$/u);
}

describe.each(BAD)('a project with %s', (_what, code, text) => {
  it(`is named ${code} by check, with its place in JSON too`, async () => {
    const ran = await cli.run(['check', await cli.write('bad.unroll', text()), '--json']);
    expectProblem(ran, code);
    const printed = JSON.parse(ran.out) as { ok: boolean; problems: { code: string }[] };
    expect(printed.ok).toBe(false);
    expect(printed.problems.map((each) => each.code)).toContain(code);
    // `data` stands between them where the data could be read.
    expect(Object.keys(printed).filter((key) => key !== 'data')).toEqual(['ok', 'nodes', 'parameters', 'problems']);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it(`is refused by train with ${code}, and nothing on standard output`, async () => {
    const ran = await cli.run(['train', await cli.write('bad.unroll', text()), '--json']);
    expectProblem(ran, code);
    expect(ran.out).toBe('');
  });
});

it('refuses 200 MB by their size, before reading them', async () => {
  const file = await fileSystem.open(join(cli.folder, 'huge.unroll'), 'w');
  await file.close();
  await fileSystem.truncate(join(cli.folder, 'huge.unroll'), 200_000_000);
  const unread = {
    ...fileSystem,
    open: async (...named: Parameters<typeof fileSystem.open>) =>
      Object.assign(await fileSystem.open(...named), {
        read: () => {
          throw new Error('read');
        },
      }),
  };
  for (const args of [
    ['check', 'huge.unroll'],
    ['train', 'huge.unroll'],
    ['evaluate', 'huge.unroll'],
    ['gradients', 'huge.unroll'],
  ]) {
    expectProblem(await cli.run(args, { fileSystem: unread }), 'U005');
  }
});

it('names files that are not there, are folders, or are not text', async () => {
  expectProblem(await cli.run(['check', 'nowhere.unroll']), 'U051');
  expectProblem(await cli.run(['check', '.']), 'U051');
  expectProblem(await cli.run(['check', await cli.write('bytes.unroll', new Uint8Array([0xff, 0xfe, 0x00]))]), 'U001');
});

it.each(['evaluate', 'gradients'])('%s names what is no model', async (command) => {
  const file = await cli.write('bad.model.json', '{"format":"unroll/model","version":9}');
  expectProblem(await cli.run([command, file]), 'U003');
});

it('does not print control characters of a hostile file', async () => {
  const text = changed(({ graph }) => void graph.wires.push(wire('loose', 'rnn1', '\u001b[31mred\nU000')));
  const { err } = await cli.run(['check', await cli.write('bad.unroll', text)]);
  expect(err).not.toContain('\u001b');
  for (const line of err.trim().split('\n')) expect(line).toMatch(/^U0[0-5]\d /u);
});
