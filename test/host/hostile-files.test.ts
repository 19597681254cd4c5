import * as fileSystem from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkGraph } from '../../src-engine/document/check.ts';
import { parseProject } from '../../src-engine/document/file/parse-project.ts';
import { ProblemError, type Problem } from '../../src-engine/document/problems.ts';
import { serializeProject } from '../../src-engine/document/file/serialize-project.ts';
import { names } from '../../src-engine/scenarios/names.ts';
import { DialogFiles } from '../../src-main/host/files/project-files.ts';

const good = serializeProject(names.project());
interface Plain {
  version: number;
  graph: {
    nodes: { id: string; kind: string; parent?: string }[];
    wires: { id: string; from: { node: string; port: string }; to: { node: string; port: string } }[];
  };
  training: { batchSize: number };
}
const changed = (change: (project: Plain) => void): string => {
  const project = JSON.parse(good) as Plain;
  change(project);
  return JSON.stringify(project);
};
const wire = (from: string, to: string) => ({ id: 'extra', from: { node: from, port: 'out' }, to: { node: to, port: 'in' } });

/** What the file holds, and the problem it is refused with: its code, and its place where it has one. */
const HOSTILE: readonly (readonly [string, string | Uint8Array, string, RegExp])[] = [
  ['from a newer version', changed((project) => (project.version = 99)), 'U003', /version/u],
  ['corrupt: a letter too much', good.replace('"graph"', '"graph"x'), 'U001', /line|position|column/u],
  ['corrupt: not UTF-8', Uint8Array.from([0x7b, 0xff, 0xfe, 0x7d]), 'U001', /UTF-8/u],
  ['truncated', good.slice(0, good.length / 2), 'U001', /./u],
  ['empty', '', 'U001', /./u],
  ['nested deeper than anyone draws', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'U005', /deep/u],
  ['larger than anyone draws', `"${'x'.repeat(65 * 2 ** 20)}"`, 'U005', /larger|MiB|MB/u],
  ['with __proto__ for a key', good.replace('"training"', '"__proto__": {"polluted": true}, "training"'), 'U006', /__proto__/u],
  ['with a node id twice', changed(({ graph }) => graph.nodes.push(graph.nodes[0]!)), 'U007', /./u],
  ['with a wire to a node that is not there', changed(({ graph }) => graph.wires.push(wire('embed', 'nobody'))), 'U008', /nobody/u],
  ['with a block inside itself', changed(({ graph }) => graph.nodes.push({ id: 'self', kind: 'stack', parent: 'self' })), '', /self/u],
  ['with a circle of wires', changed(({ graph }) => graph.wires.push(wire('rnn', 'embed'))), '', /./u],
  ['with 1e999 for a number', good.replace(/"batchSize": *\d+/u, '"batchSize": 1e999'), '', /batchSize/u],
];

let folder: string;
beforeAll(async () => {
  folder = await fileSystem.mkdtemp(join(tmpdir(), 'unroll-hostile-'));
});
afterAll(() => fileSystem.rm(folder, { recursive: true }));

/** As the app opens it: read by the host, parsed and checked by the window. */
async function problemsOf(path: string): Promise<readonly Problem[]> {
  const never = () => Promise.resolve(null);
  const dialogs = { chooseProjectToOpen: () => Promise.resolve(path), chooseProjectToSave: never, chooseModelToSave: never, chooseCheckpointToOpen: never };
  try {
    const { opened } = await new DialogFiles(dialogs, { fileSystem, randomId: () => 'id' }).open();
    const parsed = parseProject(opened?.text ?? '');
    return parsed.ok ? checkGraph(parsed.project.graph, null).problems : parsed.problems;
  } catch (error) {
    if (error instanceof ProblemError) return error.problems;
    throw error;
  }
}

describe('file from a newer version; corrupt, truncated, hostile file: a named error with the place; nothing changed, nothing crashes', () => {
  for (const [what, content, code, place] of HOSTILE) {
    it(what, async () => {
      const path = join(folder, 'hostile.unroll');
      await fileSystem.writeFile(path, content);
      const before = await fileSystem.readFile(path);
      const [first] = await problemsOf(path);
      expect(first?.code).toMatch(code === '' ? /^U0\d\d$/u : new RegExp(code, 'u'));
      expect([first?.message, first?.path, first?.node, first?.wire].join(' ')).toMatch(place);
      expect(first?.fix).toMatch(/\w/u);
      expect(Object.keys(Object.prototype)).toEqual([]);
      expect((await fileSystem.readFile(path)).equals(before)).toBe(true);
    });
  }
});
