import { fc } from '../fixtures/laws.ts';
import { describe, expect, it } from 'vitest';
import { checkGraph } from '../../src-engine/document/check.ts';
import * as edits from '../../src-engine/document/edits.ts';
import { kindSpec } from '../../src-engine/document/node-kinds.ts';
import { parseProject } from '../../src-engine/document/file/parse-project.ts';
import type { Graph } from '../../src-engine/document/project.ts';
import { serializeProject } from '../../src-engine/document/file/serialize-project.ts';
import { checkWire } from '../../src-engine/document/wire-fit.ts';
import { anyGraph, anyProject, fieldValue, knownKind } from './arbitrary-project.ts';
import { NUMBERS, projectOf, WORDS } from './document-builders.ts';

const SEED = 20240229;
const signature = fc.constantFrom(null, WORDS, NUMBERS);

/** One edit drawn at random, of those that can be done on the graph as it is. */
function anyEdit(graph: Graph): fc.Arbitrary<Graph> {
  const position = { x: 10, y: 20 };
  const added = knownKind.map((kind) => edits.addNode(graph, { kind, position }));
  if (graph.nodes.length === 0) return added;
  const node = fc.constantFrom(...graph.nodes);
  const choices: fc.Arbitrary<Graph>[] = [
    added,
    node.map(({ id }) => edits.removeNodes(graph, [id])),
    node.map(({ id }) => edits.moveNodes(graph, new Map([[id, position]]))),
    fc.tuple(node, fc.string()).map(([{ id }, label]) => edits.setLabel(graph, id, label)),
    fc.tuple(node, node).map(([from, to]) => edits.connect(graph, { node: from.id, port: 'out' }, { node: to.id, port: 'in' })),
    fc.tuple(node, knownKind).map(([{ id }, kind]) => edits.replaceKind(graph, id, kind)),
    fc.tuple(node, fc.option(node)).map(([{ id }, parent]) => {
      const inside = parent !== null && edits.withDescendants(graph, [id]).has(parent.id);
      return inside ? graph : edits.setParent(graph, id, parent?.id ?? null, position);
    }),
    node.chain(({ id, kind }) => {
      const fields = kindSpec(kind)?.params ?? [];
      if (fields.length === 0) return fc.constant(graph);
      return fc.constantFrom(...fields).chain((field) => fieldValue(field).map((value) => edits.setParam(graph, id, field.name, value)));
    }),
  ];
  if (graph.wires.length > 0) {
    const wire = fc.constantFrom(...graph.wires);
    choices.push(wire.map(({ id }) => edits.disconnect(graph, [id])));
    choices.push(fc.tuple(wire, knownKind).map(([{ id }, kind]) => edits.insertOnWire(graph, id, { kind, position })));
  }
  return fc.oneof(...choices);
}

function editedTimes(graph: Graph, times: number): fc.Arbitrary<Graph> {
  return times === 0 ? fc.constant(graph) : anyEdit(graph).chain((next) => editedTimes(next, times - 1));
}

describe('a document', () => {
  it('is the same after saving and opening, unknown keys and kinds included', () => {
    fc.assert(
      fc.property(anyProject, (project) => {
        const parsed = parseProject(serializeProject(project));
        expect(parsed).toMatchObject({ ok: true });
        expect(parsed.ok && parsed.project).toEqual(project);
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  it('has one text: saving what was opened changes no byte', () => {
    fc.assert(
      fc.property(anyProject, (project) => {
        const text = serializeProject(project);
        const parsed = parseProject(text);
        expect(parsed.ok && serializeProject(parsed.project)).toBe(text);
      }),
      { seed: SEED, numRuns: 100 },
    );
  });

  it('can be opened after any sequence of edits', () => {
    fc.assert(
      fc.property(
        anyGraph.chain((graph) => fc.integer({ min: 1, max: 12 }).chain((times) => editedTimes(graph, times))),
        (graph) => {
          const parsed = parseProject(serializeProject(projectOf(graph)));
          expect(parsed).toMatchObject({ ok: true });
          expect(parsed.ok && parsed.project.graph).toEqual(graph);
        },
      ),
      { seed: SEED, numRuns: 200 },
    );
  });
});

describe('the check', () => {
  it('gives the same answer twice and leaves the graph alone', () => {
    fc.assert(
      fc.property(anyGraph, signature, (graph, data) => {
        const before = structuredClone(graph);
        expect(checkGraph(graph, data)).toEqual(checkGraph(structuredClone(graph), data));
        expect(graph).toEqual(before);
      }),
      { seed: SEED, numRuns: 200 },
    );
  });

  it('is ok exactly where there is no problem, and then knows every node and its shape', () => {
    fc.assert(
      fc.property(anyGraph, fc.constantFrom(WORDS, NUMBERS), (graph, data) => {
        const checked = checkGraph(graph, data);
        expect(checked.ok).toBe(checked.problems.length === 0);
        if (checked.ok) expect(checked.nodes.size).toBe(graph.nodes.length);
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  it('orders every node behind what feeds it', () => {
    fc.assert(
      fc.property(anyGraph, (graph) => {
        const { order, problems } = checkGraph(graph, null);
        const blamed = new Set(problems.map((each) => each.wire));
        for (const { id, from, to } of graph.wires) {
          if (blamed.has(id) || !order.includes(to.node)) continue;
          expect(order.indexOf(from.node)).toBeLessThan(order.indexOf(to.node));
        }
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  it('says of a wire that was accepted nothing it had not said before', () => {
    const blamesWire = new Set(['U008', 'U010', 'U012', 'U013', 'U014', 'U025']);
    fc.assert(
      fc.property(
        anyGraph.chain((graph) => {
          const end = fc.constantFrom(...graph.nodes.map((node) => node.id));
          return fc.record({ graph: fc.constant(graph), from: end, to: end, out: fc.constantFrom('out', 'state'), into: fc.constantFrom('in', 'initial') });
        }),
        signature,
        ({ graph, from, to, out, into }, data) => {
          const ends = [
            { node: from, port: out },
            { node: to, port: into },
          ] as const;
          if (!checkWire(graph, data, ...ends).ok) return;
          const joined = edits.connect(graph, ...ends);
          const fresh = joined.wires.at(-1)?.id;
          const found = checkGraph(joined, data).problems.filter((each) => each.wire === fresh && blamesWire.has(each.code));
          expect(found).toEqual([]);
        },
      ),
      { seed: SEED, numRuns: 400 },
    );
  });
});
