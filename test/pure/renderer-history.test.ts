import { fc } from '../fixtures/laws.ts';
import { describe, expect, test } from 'vitest';
import { checkGraph } from '../../src-engine/document/check.ts';
import { disconnect, removeNodes, replaceKind, setEnabled, setLabel, setParam, withDescendants } from '../../src-engine/document/edits.ts';
import { kindSpec } from '../../src-engine/document/node-kinds.ts';
import type { Graph, GraphNode, Project } from '../../src-engine/document/project.ts';
import { sentiment } from '../../src-engine/scenarios/sentiment.ts';
import { addBesideEdit, addEdit } from '../../src-renderer/canvas/edits/add-edits.ts';
import { alignEdit, distributeEdit } from '../../src-renderer/canvas/edits/arrange-edits.ts';
import { clipOf, clipText, parseClip } from '../../src-renderer/canvas/edits/clip.ts';
import { createProjection } from '../../src-renderer/canvas/flow/document-to-flow.ts';
import { connectEdit, dropEdit, goesBetween, spliceEdit, type Edit } from '../../src-renderer/canvas/edits/flow-to-edits.ts';
import { nestEdit, nestTargets, takeOutEdit, wrapEdit, wrapKinds } from '../../src-renderer/canvas/edits/nest-edits.ts';
import { duplicateEdit, pasteEdit } from '../../src-renderer/canvas/edits/paste-edits.ts';
import { documentActions, documentStore } from '../../src-renderer/state/document-store.ts';
import { fieldValue, knownKind } from './arbitrary-project.ts';
import { WORDS } from './document-builders.ts';

const SEED = 20240917;
const EDITS = 200;
/** More blocks than this are thinned out, so that 200 edits end. */
const MOST = 45;

const point = fc.record({ x: fc.integer({ min: -900, max: 900 }), y: fc.integer({ min: -900, max: 900 }) });

/** One choice among numbers and kinds, made again by the shrinker; which edit it is depends on the graph it meets. */
const draw = fc.record({
  edit: fc.nat(),
  first: fc.nat(),
  second: fc.nat(),
  kind: knownKind,
  at: point,
  label: fc.string({ maxLength: 6 }),
  flag: fc.boolean(),
});
type Draw = typeof draw extends fc.Arbitrary<infer Value> ? Value : never;

const pick = <Item>(items: readonly Item[], number: number): Item | undefined => items[number % Math.max(1, items.length)];

/** Everything the canvas and the inspector do to a graph, by name. */
const KINDS_OF_EDIT: Readonly<Record<string, (graph: Graph, d: Draw, node: GraphNode, other: GraphNode) => Edit | null>> = {
  add: (graph, { kind, at }) => addEdit(graph, kind, { kind: 'canvas', at }),
  beside: (graph, { kind, at }, node) => addBesideEdit(graph, WORDS, kind, node.id, at),
  insert: (graph, { kind, first }) => {
    const wire = pick(graph.wires, first);
    const top = graph.nodes.find((each) => each.id === wire?.to.node)?.parent === undefined;
    return wire === undefined || !top || !goesBetween(kind) ? null : addEdit(graph, kind, { kind: 'wire', wire: wire.id });
  },
  splice: (graph, { second }, node) => {
    const wire = pick(graph.wires, second);
    const ends = wire === undefined ? [] : [wire.from.node, wire.to.node];
    const top = ends.every((id) => graph.nodes.find((each) => each.id === id)?.parent === undefined);
    const loose = node.parent === undefined && !graph.wires.some((each) => each.from.node === node.id || each.to.node === node.id);
    return wire === undefined || !top || !loose || !goesBetween(node.kind) ? null : spliceEdit(graph, node.id, wire.id);
  },
  connect: (graph, _d, node, other) => connectEdit(graph, { node: node.id, port: 'out' }, { node: other.id, port: 'in' }),
  cut: (graph, { first }) => ({ label: 'Cut', change: (now) => disconnect(now, pick(graph.wires, first) === undefined ? [] : [pick(graph.wires, first)!.id]) }),
  move: (graph, { at }, node) => dropEdit(graph, new Map([[node.id, at]]), null),
  nest: (graph, { second }, node) => {
    const block = pick(nestTargets(graph, [node.id]), second);
    return block === undefined ? null : nestEdit(graph, [node.id], block);
  },
  wrap: (graph, { second }, node) => {
    const kind = pick(wrapKinds(graph, [node.id]), second);
    return kind === undefined ? null : wrapEdit(graph, [node.id], kind);
  },
  takeOut: (graph, _d, node) => (node.parent === undefined ? null : takeOutEdit(graph, [node.id])),
  align: (_graph, _d, node, other) => alignEdit([node.id, other.id], 'line'),
  distribute: (graph) =>
    distributeEdit(
      graph.nodes.map(({ id }) => id),
      'down',
    ),
  duplicate: (graph, { flag }, node) => duplicateEdit(graph, WORDS, [node.id], flag),
  paste: (graph, { at, flag }, node, other) => {
    const clip = clipOf(graph, [node.id, other.id]);
    const parsed = clip === null ? null : parseClip(clipText(clip));
    return parsed?.ok !== true ? null : pasteEdit(graph, WORDS, parsed.clip, { at, incoming: flag, into: null });
  },
  remove: (_graph, _d, node) => ({ label: 'Delete', change: (now) => removeNodes(now, [node.id]) }),
  rename: (_graph, { label }, node) => ({ label: 'Rename', change: (now) => setLabel(now, node.id, label) }),
  toggle: (_graph, { flag }, node) => ({ label: 'Switch', change: (now) => setEnabled(now, node.id, flag) }),
  kind: (_graph, { kind }, node) => ({ label: 'Kind', change: (now) => replaceKind(now, node.id, kind) }),
  param: (_graph, { first, second }, node) => {
    const field = pick(kindSpec(node.kind)?.params ?? [], first);
    if (field === undefined) return null;
    const [value] = fc.sample(fieldValue(field), { seed: second, numRuns: 1 });
    return { label: 'Set', change: (now) => setParam(now, node.id, field.name, value!) };
  },
};

function editFor(graph: Graph, d: Draw): Edit | null {
  if (graph.nodes.length > MOST) {
    const far = graph.nodes.filter((node) => withDescendants(graph, [node.id]).size < 4).slice(0, 25);
    return {
      label: 'Delete',
      change: (now) =>
        removeNodes(
          now,
          far.map(({ id }) => id),
        ),
    };
  }
  const node = pick(graph.nodes, d.first);
  const other = pick(graph.nodes, d.second);
  if (node === undefined || other === undefined) return addEdit(graph, d.kind, { kind: 'canvas', at: d.at });
  return (pick(Object.values(KINDS_OF_EDIT), d.edit) ?? (() => null))(graph, d, node, other);
}

describe('any sequence of 200 edits', () => {
  test('undone one by one gives the first document, redone the last; check and picture are always those made anew', () => {
    fc.assert(
      fc.property(fc.array(draw, { minLength: EDITS, maxLength: EDITS }), (draws) => {
        documentActions.load(sentiment.project(), false);
        documentActions.setSignature(WORDS);
        const projection = createProjection();
        const versions: Project[] = [documentStore.getState().project];
        for (const [place, each] of draws.entries()) {
          const edit = editFor(documentStore.getState().project.graph, each);
          if (edit === null) continue;
          documentActions.edit(edit.label, edit.change, edit.options);
          const { project, checked, signature } = documentStore.getState();
          if (project === versions.at(-1)) continue;
          versions.push(project);
          if (place % 4 !== 0) continue;
          expect(checked).toEqual(checkGraph(project.graph, signature));
          const flow = projection(project.graph, checked, signature);
          expect(flow).toEqual(createProjection()(project.graph, checked, signature));
        }
        const last = documentStore.getState().project;
        for (let place = versions.length - 2; place >= 0; place--) {
          expect(documentActions.undo()).not.toBeNull();
          expect(documentStore.getState().project).toEqual(versions[place]);
        }
        expect(documentActions.undo()).toBeNull();
        expect(documentStore.getState().checked).toEqual(checkGraph(sentiment.project().graph, WORDS));
        while (documentActions.redo() !== null) continue;
        expect(documentStore.getState().project).toEqual(last);
        expect(documentStore.getState().checked).toEqual(checkGraph(last.graph, WORDS));
      }),
      { seed: SEED, numRuns: 12 },
    );
  }, 120_000);
});
