import { isBlockKind } from './node-kinds.ts';
import type { Graph, GraphNode, NodeId } from './project.ts';

/** A graph with its nodes, children and wires found by id. Of nodes with the same id the first counts. */
export interface GraphIndex {
  readonly graph: Graph;
  readonly nodes: ReadonlyMap<NodeId, GraphNode>;
  /** Place in `graph.nodes`. */
  readonly places: ReadonlyMap<NodeId, number>;
  /** Children of each block in running order; `null` holds the top level. */
  readonly children: ReadonlyMap<NodeId | null, readonly GraphNode[]>;
  /** The sibling that runs after each child. */
  readonly next: ReadonlyMap<NodeId, GraphNode>;
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

export function indexGraph(graph: Graph): GraphIndex {
  const nodes = new Map<NodeId, GraphNode>();
  const places = new Map<NodeId, number>();
  const children = new Map<NodeId | null, GraphNode[]>();
  const next = new Map<NodeId, GraphNode>();
  for (const [place, node] of graph.nodes.entries()) {
    if (nodes.has(node.id)) continue;
    nodes.set(node.id, node);
    places.set(node.id, place);
    push(children, node.parent ?? null, node);
  }
  for (const siblings of children.values()) {
    for (const [rank, node] of siblings.entries()) {
      const after = siblings[rank + 1];
      if (after !== undefined) next.set(node.id, after);
    }
  }
  return { graph, nodes, places, children, next };
}

export function childrenOf(index: GraphIndex, id: NodeId | null): readonly GraphNode[] {
  return index.children.get(id) ?? [];
}

/** Blocks deeper than this are refused: a real model has two or three levels. */
export const MAX_NESTING = 16;

/** The blocks around a node, innermost first; stops at a missing block, at a node met before, and at `MAX_NESTING`. */
export function ancestorsOf(index: GraphIndex, node: GraphNode): readonly GraphNode[] {
  const ancestors: GraphNode[] = [];
  let current = node.parent === undefined ? undefined : index.nodes.get(node.parent);
  while (current !== undefined && ancestors.length <= MAX_NESTING && !ancestors.includes(current)) {
    ancestors.push(current);
    current = current.parent === undefined ? undefined : index.nodes.get(current.parent);
  }
  return ancestors;
}

export function isBlock(node: GraphNode): boolean {
  return isBlockKind(node.kind);
}
