import { checkGraph } from '../../../src-engine/document/check.ts';
import type { CheckedGraph } from '../../../src-engine/document/checked.ts';
import type { Graph, GraphNode } from '../../../src-engine/document/project.ts';
import type { DataSignature } from '../../../src-engine/document/signature.ts';

/** The check of an edited graph. Names and positions change no shape: where only they did, the check there is serves on, with the new nodes in it. */
export function recheck(before: Graph, checked: CheckedGraph, graph: Graph, signature: DataSignature | null): CheckedGraph {
  if (before === graph) return checked;
  if (!sameModel(before, graph)) return checkGraph(graph, signature);
  const byId = new Map(graph.nodes.toReversed().map((node) => [node.id, node]));
  const nodes = new Map([...checked.nodes].map(([id, entry]) => [id, { ...entry, node: byId.get(id) ?? entry.node }]));
  return { ...checked, nodes };
}

function sameModel(before: Graph, graph: Graph): boolean {
  return before.wires === graph.wires && before.nodes.length === graph.nodes.length && before.nodes.every((node, place) => sameNode(node, graph.nodes[place]));
}

function sameNode(a: GraphNode, b: GraphNode | undefined): boolean {
  return a === b || (b !== undefined && a.id === b.id && a.kind === b.kind && a.parent === b.parent && a.enabled === b.enabled && a.params === b.params);
}
