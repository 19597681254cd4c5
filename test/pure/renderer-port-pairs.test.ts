import { describe, expect, test } from 'vitest';
import { checkGraph } from '../../src-engine/document/check.ts';
import { addNode, connect } from '../../src-engine/document/edits.ts';
import { NODE_KINDS } from '../../src-engine/document/node-kinds.ts';
import type { Graph, NodeId, PortRef } from '../../src-engine/document/project.ts';
import type { DataSignature } from '../../src-engine/document/signature.ts';
import { checkWire } from '../../src-engine/document/wire-fit.ts';
import { remedyEdit } from '../../src-renderer/canvas/edits/add-edits.ts';
import { graph, id, node, NUMBERS, TAGS, WORDS } from './document-builders.ts';

/** Something of every type of wire. */
const SOURCES = graph(
  [
    node('words', 'tokens'),
    node('embed', 'embedding', { vectors: 'random', size: 12 }),
    node('cell', 'gru', { units: 9 }),
    node('last', 'last-step'),
    node('bi', 'bidirectional'),
    node('inner', 'lstm', { units: 5 }, 'bi'),
  ],
  ['words -> embed', 'embed -> cell', 'cell -> last', 'embed -> bi'],
);
const FEEDS: readonly PortRef[] = [
  { node: id('words'), port: 'out' },
  { node: id('embed'), port: 'out' },
  { node: id('last'), port: 'out' },
  { node: id('cell'), port: 'state' },
  { node: id('bi'), port: 'out' },
  { node: id('bi'), port: 'state' },
];

/** A fresh node of a kind whose inputs are fed wherever something fits, with a child where it is a block; blocks that stay unfed have no type. */
function withSource(kind: string, signature: DataSignature): { readonly drawn: Graph; readonly source: NodeId } {
  const source = id('source');
  const spec = Object.values(NODE_KINDS).find((each) => each.kind === kind);
  let drawn = addNode(SOURCES, { id: source, kind, position: { x: 0, y: 0 } });
  if (spec?.holds) drawn = addNode(drawn, { id: id('child'), kind: 'gru', parent: source, position: { x: 0, y: 0 } });
  for (const input of spec?.inputs ?? []) {
    const to = { node: source, port: input.name };
    const feed = input.optional ? undefined : FEEDS.find((from) => checkWire(drawn, signature, from, to).ok);
    if (feed !== undefined) drawn = connect(drawn, feed, to);
  }
  return { drawn, source };
}

const SIGNATURES = { words: WORDS, tags: TAGS, numbers: NUMBERS };

describe.each(Object.entries(SIGNATURES))('every pair of ports, with data of %s', (_name, signature) => {
  test('is accepted, or refused with a reason and a fix; every fix that is offered makes the wire valid', () => {
    const tally = { accepted: 0, refused: 0, fixed: 0 };
    for (const from of Object.values(NODE_KINDS)) {
      const { drawn, source } = withSource(from.kind, signature);
      for (const to of Object.values(NODE_KINDS)) {
        const added = addNode(drawn, { id: id('target'), kind: to.kind, position: { x: 900, y: 0 } });
        const now = to.holds === null ? added : addNode(added, { id: id('held'), kind: 'gru', parent: id('target'), position: { x: 0, y: 0 } });
        for (const output of from.outputs) {
          for (const input of to.inputs) {
            const ends = [
              { node: source, port: output.name },
              { node: id('target'), port: input.name },
            ] as const;
            const name = `${from.kind}.${output.name} -> ${to.kind}.${input.name}`;
            const verdict = checkWire(now, signature, ...ends);
            if (verdict.ok) {
              const joined = connect(now, ...ends);
              expect(wireProblems(joined, signature, now), name).toEqual([]);
              tally.accepted++;
              continue;
            }
            tally.refused++;
            expect(verdict.problem.message, name).toMatch(/\w.*[.]$/);
            expect(verdict.problem.fix, name).toMatch(/\w.*[.]$/);
            if (verdict.problem.remedy === null) continue;
            tally.fixed++;
            const mended = remedyEdit(now, ...ends, verdict.problem.remedy).change(now);
            expect(wireProblems(mended, signature, now), `${name}: ${verdict.problem.remedy.label}`).toEqual([]);
          }
        }
      }
    }
    expect(tally.accepted).toBeGreaterThan(60);
    expect(tally.refused).toBeGreaterThan(60);
    expect(tally.fixed).toBeGreaterThan(10);
  });
});

/** What the check says of the wires that `before` did not have. */
function wireProblems(now: Graph, signature: DataSignature, before: Graph): readonly string[] {
  const old = new Set<string>(before.wires.map((wire) => wire.id));
  const fresh = new Set<string>(now.wires.filter((wire) => !old.has(wire.id)).map((wire) => wire.id));
  const types = new Set(['U008', 'U010', 'U012', 'U013', 'U014', 'U025']);
  return checkGraph(now, signature).problems.flatMap((each) => (each.wire !== null && fresh.has(each.wire) && types.has(each.code) ? [each.message] : []));
}
