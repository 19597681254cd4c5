import { fc } from '../fixtures/laws.ts';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { DEFAULT_TRAINING } from '../../src-engine/document/defaults.ts';
import { parseProject, parseProjectValue } from '../../src-engine/document/file/parse-project.ts';
import { PROBLEM_TITLES } from '../../src-engine/document/problems.ts';
import { serializeProject } from '../../src-engine/document/file/serialize-project.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

type Json = Readonly<Record<string, unknown>>;

function file(graph: Json, rest: Json = {}): string {
  return JSON.stringify({ format: 'unroll/project', version: 1, name: 'Test', graph, ...rest });
}

function nodes(...list: readonly Json[]): string {
  return file({ nodes: list, wires: [] });
}

/** `[code, path]` of each problem; empty where the text is accepted. */
function refusals(text: string): readonly (readonly [string, string | null])[] {
  const parsed = parseProject(text);
  return parsed.ok ? [] : parsed.problems.map((each) => [each.code, each.path]);
}

describe('parseProject accepts', () => {
  it('a file without labels, positions, params, wires, data and training, and fills in the defaults', () => {
    const parsed = parseProject('{"format":"unroll/project","version":1,"graph":{"nodes":[{"id":"a","kind":"gru"}]}}');
    expect(parsed).toEqual({
      ok: true,
      warnings: [],
      project: {
        format: 'unroll/project',
        version: 1,
        name: 'Untitled',
        graph: { nodes: [{ id: 'a', kind: 'gru', params: {} }], wires: [] },
        data: null,
        training: DEFAULT_TRAINING,
      },
    });
  });

  it('training settings in part', () => {
    const parsed = parseProject(file({ nodes: [] }, { training: { epochs: 3, optimizer: { kind: 'sgd' } } }));
    expect(parsed.ok && parsed.project.training).toEqual({ ...DEFAULT_TRAINING, epochs: 3, optimizer: { kind: 'sgd', learningRate: 0.1 } });
  });

  it('a learning rate of 1e6, which the engine then stops', () => {
    expect(refusals(file({ nodes: [] }, { training: { optimizer: { kind: 'adam', learningRate: 1e6 } } }))).toEqual([]);
  });

  it('wires without ids, which it numbers around those that are taken', () => {
    const end = { node: 'a', port: 'out' };
    const parsed = parseProject(
      file({
        nodes: [{ id: 'a', kind: 'gru' }],
        wires: [
          { from: end, to: end },
          { id: 'w1', from: end, to: end },
        ],
      }),
    );
    expect(parsed.ok && parsed.project.graph.wires.map((wire) => wire.id)).toEqual(['w2', 'w1']);
  });

  it('an unknown kind, as a placeholder with a warning that keeps whatever it holds', () => {
    const strange = { id: 'a', kind: 'transformer', params: { heads: [1, 2], deep: { er: null } }, note: 'mine' };
    const parsed = parseProject(nodes(strange));
    expect(parsed.ok && parsed.warnings.map((each) => [each.code, each.path])).toEqual([['U009', 'graph.nodes[0].kind']]);
    expect(parsed.ok && JSON.parse(serializeProject(parsed.project))).toMatchObject({ graph: { nodes: [strange] } });
  });

  it('a value outside its bounds, which the check reports and the inspector can mend', () => {
    expect(refusals(nodes({ id: 'a', kind: 'gru', params: { units: -3 } }))).toEqual([]);
  });

  it('a byte order mark', () => {
    expect(refusals(`\uFEFF${nodes()}`)).toEqual([]);
  });
});

describe('parseProject refuses, with code and place,', () => {
  const one = (graph: Json, rest: Json = {}) => refusals(file(graph, rest));

  it.each([
    ['an empty file', '', [['U001', null]]],
    ['a truncated file', '{"format":"unroll/project",', [['U001', 'line 1, column 28']]],
    ['a list', '[]', [['U002', 'format']]],
    ['another format', '{"format":"fabrik"}', [['U002', 'format']]],
    ['a newer version', '{"format":"unroll/project","version":2,"graph":7}', [['U003', 'version']]],
    ['no version', '{"format":"unroll/project"}', [['U004', 'version']]],
  ])('%s', (_what, text, expected) => {
    expect(refusals(text)).toEqual(expected);
  });

  it('a model file, saying what it is', () => {
    const parsed = parseProject('{"format":"unroll/model","version":1}');
    expect(!parsed.ok && parsed.problems[0]?.fix).toMatch(/trained model/);
  });

  it('values of the wrong type', () => {
    expect(refusals(nodes({ id: 'a', kind: 'gru' }, { id: 'b', kind: 'gru', params: { units: '64' } }))).toEqual([['U004', 'graph.nodes[1].params.units']]);
    expect(refusals(nodes({ kind: 'gru' }))).toEqual([['U004', 'graph.nodes[0].id']]);
    expect(refusals(nodes({ id: 'a', kind: 'gru', position: { x: 'left', y: 0 } }))).toEqual([['U004', 'graph.nodes[0].position.x']]);
    expect(one({ wires: [] })).toEqual([['U004', 'graph.nodes']]);
  });

  it('1e999', () => {
    const text = '{"format":"unroll/project","version":1,"graph":{"nodes":[{"id":"a","kind":"gru","params":{"units":1e999}}]}}';
    expect(refusals(text)).toEqual([['U004', 'graph.nodes[0].params.units']]);
  });

  it.each(['__proto__', 'constructor', 'prototype'])('the key %s, also written with an escape', (key) => {
    const text = nodes({ id: 'a', kind: 'gru', params: { KEY: { polluted: true } } });
    expect(refusals(text.replace('KEY', key))).toEqual([['U006', `graph.nodes[0].params.${key}`]]);
    expect(refusals(text.replace('KEY', `\\u00${key.charCodeAt(0).toString(16)}${key.slice(1)}`))).toEqual([['U006', `graph.nodes[0].params.${key}`]]);
    expect(refusals(nodes({ id: key, kind: 'gru' }))).toEqual([['U006', 'graph.nodes[0].id']]);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it('ids used twice', () => {
    expect(refusals(nodes({ id: 'a', kind: 'gru' }, { id: 'a', kind: 'rnn' }))).toEqual([['U007', 'graph.nodes[1].id']]);
    const wire = { id: 'w', from: { node: 'a', port: 'out' }, to: { node: 'a', port: 'in' } };
    expect(one({ nodes: [{ id: 'a', kind: 'gru' }], wires: [wire, wire] })).toEqual([['U007', 'graph.wires[1].id']]);
  });

  it('dangling wires', () => {
    const wires = [{ id: 'w', from: { node: 'a', port: 'out' }, to: { node: 'gone', port: 'in' } }];
    expect(one({ nodes: [{ id: 'a', kind: 'gru' }], wires })).toEqual([['U008', 'graph.wires[0].to.node']]);
  });

  it('parents that are not there, and nodes inside themselves', () => {
    expect(refusals(nodes({ id: 'a', kind: 'gru', parent: 'gone' }))).toEqual([['U015', 'graph.nodes[0].parent']]);
    const circle = [
      { id: 'a', kind: 'stack', parent: 'b' },
      { id: 'b', kind: 'stack', parent: 'a' },
      { id: 'c', kind: 'gru', parent: 'a' },
    ];
    expect(refusals(nodes(...circle))).toEqual([
      ['U015', 'graph.nodes[0].parent'],
      ['U015', 'graph.nodes[1].parent'],
    ]);
  });

  it('training settings outside their bounds', () => {
    const training = {
      optimizer: { kind: 'adam', learningRate: 0 },
      batchSize: 0,
      epochs: 1.5,
      seed: -1,
      clip: { kind: 'norm', max: -1 },
      bptt: { reduce: 'max' },
    };
    expect(one({ nodes: [] }, { training })).toEqual(
      ['optimizer.learningRate', 'batchSize', 'epochs', 'seed', 'clip.max', 'bptt.reduce'].map((path) => ['U040', `training.${path}`]),
    );
    expect(one({ nodes: [] }, { training: { optimizer: { kind: 'magic' } } })).toEqual([['U040', 'training.optimizer.kind']]);
    const more = {
      optimizer: { kind: 'sgd', momentum: 1 },
      clip: { kind: 'value', max: 0 },
      bptt: { mode: 'truncated', window: 0 },
      schedule: { kind: 'step', every: 0, factor: 2, warmup: -1 },
      earlyStop: { patience: 0, minDelta: -1 },
    };
    expect(one({ nodes: [] }, { training: more })).toEqual(
      ['optimizer.momentum', 'clip.max', 'bptt.window', 'schedule.every', 'schedule.factor', 'schedule.warmup', 'earlyStop.patience', 'earlyStop.minDelta'].map(
        (path) => ['U040', `training.${path}`],
      ),
    );
  });

  it('a split that does not add up', () => {
    const data = { source: 'builtin:names', split: { train: 0.9, validation: 0.9, test: 0.1, seed: 1 } };
    expect(one({ nodes: [] }, { data })).toEqual([['U004', 'data.split']]);
  });

  it('a depth of 10,000, closed or not, before parsing it', () => {
    const closed = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
    expect(refusals(closed)).toEqual([['U005', null]]);
    expect(refusals('{"a":'.repeat(10_000))).toEqual([['U005', null]]);
    expect(refusals(file({ nodes: [] }, { note: '['.repeat(10_000) }))).toEqual([]);
  });

  it('200 MB of JSON by their length, before looking at one character', () => {
    const text = `{"format":"unroll/project","version":1,"name":"${'a'.repeat(200_000_000)}"}`;
    const looked = (): never => {
      throw new Error('looked at it');
    };
    vi.spyOn(String.prototype, 'charCodeAt').mockImplementation(looked);
    vi.spyOn(JSON, 'parse').mockImplementation(looked);
    expect(refusals(text)).toEqual([['U005', null]]);
  });

  it('64 MiB counted in bytes, not characters', () => {
    expect(refusals(`"${'€'.repeat(23_000_000)}"`)).toEqual([['U005', null]]);
  });

  it('more nodes than anyone draws', () => {
    expect(refusals(nodes(...Array.from({ length: 20_001 }, (_, place) => ({ id: `n${place}`, kind: 'gru' }))))).toEqual([['U005', 'graph']]);
  });

  it('values that are deep without having been text', () => {
    let deep: unknown = 1;
    for (let level = 0; level < 10_000; level++) deep = [deep];
    expect(parseProjectValue({ format: 'unroll/project', version: 1, graph: { nodes: [] }, deep })).toMatchObject({ ok: false, problems: [{ code: 'U005' }] });
  });
});

describe('parseProject on any text', () => {
  const mutated = fc
    .record({
      text: fc.constant(
        file({
          nodes: [{ id: 'a', kind: 'gru', params: { units: 3 } }],
          wires: [{ id: 'w', from: { node: 'a', port: 'out' }, to: { node: 'a', port: 'in' } }],
        }),
      ),
      at: fc.nat(300),
      length: fc.nat(6),
      put: fc.oneof(fc.string(), fc.json(), fc.constantFrom('__proto__', '1e999', '{', '[[[[', 'null', '-1', '"')),
    })
    .map(({ text, at, length, put }) => text.slice(0, at) + put + text.slice(at + length));

  it('answers with a project or with problems of the table, and never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), mutated), (text) => {
        const parsed = parseProject(text);
        if (parsed.ok) return;
        expect(parsed.problems.length).toBeGreaterThan(0);
        for (const each of parsed.problems) expect(PROBLEM_TITLES).toHaveProperty(each.code);
      }),
      { seed: 7, numRuns: 2000 },
    );
  });
});
