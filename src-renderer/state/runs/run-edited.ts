import { useMemo } from 'react';
import { learntFrom, madeOf } from '../../../src-engine/compile/kept-parameters.ts';
import { checkGraph } from '../../../src-engine/document/check.ts';
import type { CheckedGraph } from '../../../src-engine/document/checked.ts';
import type { Graph, GraphNode, NodeId, Project } from '../../../src-engine/document/project.ts';
import { documentStore, useDocument } from '../document-store.ts';
import { hasTrained, useRun } from '../run-store.ts';

const NOBODY: ReadonlySet<NodeId> = new Set();

/** Nodes that are not what they were in `before`: their kind, options, place in a block, switch, or what feeds them. */
export function editedNodes(before: Graph, now: Graph): ReadonlySet<NodeId> {
  if (before === now) return NOBODY;
  const [old, feeds] = [new Map(before.nodes.map((node) => [node.id, node])), [feedsOf(before), feedsOf(now)] as const];
  const found = now.nodes.filter((node) => {
    const was = old.get(node.id);
    if (was === undefined) return true;
    return (was !== node && contentOf(was) !== contentOf(node)) || feeds[0].get(node.id) !== feeds[1].get(node.id);
  });
  return found.length === 0 ? NOBODY : new Set(found.map((node) => node.id));
}

function contentOf({ kind, params, parent, enabled }: GraphNode): string {
  return JSON.stringify([kind, Object.entries(params).sort(([a], [b]) => (a < b ? -1 : 1)), parent ?? null, enabled ?? true]);
}

/** What ends at each node, in one text. */
function feedsOf({ wires }: Graph): ReadonlyMap<NodeId, string> {
  const lists = Map.groupBy(wires, (wire) => wire.to.node);
  return new Map([...lists].map(([id, list]) => [id, JSON.stringify(list.map(({ from, to }) => [to.port, from.node, from.port]).sort())]));
}

/** Nodes edited since the weights that the session holds were trained; none before the first training. */
export function useEditedNodes(): ReadonlySet<NodeId> {
  const trained = useRun((run) => (hasTrained(run) ? run.openedProject : null));
  const graph = useDocument(({ project }) => project.graph);
  return useMemo(() => (trained === null ? NOBODY : editedNodes(trained.graph, graph)), [trained, graph]);
}

/** Names of the parameters that the next training starts anew: those of another shape or start than the trained ones, or that were not there. */
export function staleParameters(trained: CheckedGraph, now: CheckedGraph): ReadonlySet<string> {
  const before = madeOf(trained);
  return new Set([...madeOf(now)].flatMap(([name, made]) => (before.get(name) === made ? [] : [name])));
}

const checkedProjects = new WeakMap<Project, CheckedGraph>();

/** The same for the drawing and the weights the session holds; empty before the first training. */
export function useStaleParameters(): ReadonlySet<string> {
  const trained = useRun((run) => (hasTrained(run) ? run.openedProject : null));
  const checked = useDocument((state) => state.checked);
  const data = useDocument(({ project }) => learntFrom(project));
  return useMemo(() => {
    if (trained === null) return new Set<string>();
    if (learntFrom(trained) !== data) return new Set(checked.parameters.map(({ name }) => name));
    const known = checkedProjects.get(trained) ?? checkGraph(trained.graph, documentStore.getState().signature);
    checkedProjects.set(trained, known);
    return staleParameters(known, checked);
  }, [trained, checked, data]);
}
