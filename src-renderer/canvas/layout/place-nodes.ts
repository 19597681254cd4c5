import type { Graph, GraphNode, NodeId } from '../../../src-engine/document/project.ts';
import { measureNodes, parentOf, ROW_GAP, WIRE_GAP, type Placed, type Point, type Shape } from './geometry.ts';

/**
 * Every node's rectangle. Top-level nodes stand where the document says; those without a position are laid out from left to
 * right, each behind what feeds it. Children come after their block, so that the order of the map is a drawing order.
 */
export function placeNodes(graph: Graph): ReadonlyMap<NodeId, Placed> {
  const known = placedGraphs.get(graph);
  if (known !== undefined) return known;
  const placed = computePlaces(graph);
  placedGraphs.set(graph, placed);
  return placed;
}

/** A graph never changes, and is asked for its places at every move of the pointer. */
const placedGraphs = new WeakMap<Graph, ReadonlyMap<NodeId, Placed>>();

function computePlaces(graph: Graph): ReadonlyMap<NodeId, Placed> {
  const sizes = measureNodes(graph);
  const byId = new Map(graph.nodes.map((node) => [node.id, node]));
  const top = graph.nodes.filter((node) => parentOf(node, byId) === null);
  const missing = top.some((node) => node.position === undefined) ? layOut(graph, top, sizes) : new Map<NodeId, Point>();
  const placed = new Map<NodeId, Placed>();
  const place = (id: NodeId, at: Point, origin: Point) => {
    const inner = sizes.get(id);
    if (inner === undefined) return;
    const { width, height, portY, children, ports } = inner;
    const corner = { left: origin.x + at.x, top: origin.y + at.y };
    placed.set(id, { ...at, ...corner, width, height, portY, children: children.map((child) => child.id), ...(ports === undefined ? {} : { ports }) });
    for (const child of children) place(child.id, { x: child.x, y: child.y }, { x: corner.left, y: corner.top });
  };
  for (const node of top) place(node.id, node.position ?? missing.get(node.id) ?? { x: 0, y: 0 }, { x: 0, y: 0 });
  return placed;
}

/** Columns by the longest path from an input; main ports of the first row on one line. */
function layOut(graph: Graph, top: readonly GraphNode[], sizes: ReadonlyMap<NodeId, Shape>): Map<NodeId, Point> {
  const columns = columnsOf(graph, top);
  const places = new Map<NodeId, Point>();
  let x = 0;
  for (const column of columns) {
    let bottom: number | null = null;
    for (const id of column) {
      const size = sizes.get(id);
      if (size === undefined) continue;
      const y: number = bottom === null ? -size.portY : bottom + ROW_GAP;
      places.set(id, { x, y });
      bottom = y + size.height;
    }
    x += Math.max(0, ...column.map((id) => sizes.get(id)?.width ?? 0)) + WIRE_GAP;
  }
  return places;
}

/** Node ids by column. A wire that closes a cycle does not push its target further. */
function columnsOf(graph: Graph, top: readonly GraphNode[]): readonly (readonly NodeId[])[] {
  const known = new Set(top.map((node) => node.id));
  const incoming = Map.groupBy(
    graph.wires.filter((wire) => known.has(wire.from.node) && known.has(wire.to.node)),
    (wire) => wire.to.node,
  );
  const depths = new Map<NodeId, number>();
  const open = new Set<NodeId>();
  const depthOf = (id: NodeId): number => {
    const found = depths.get(id);
    if (found !== undefined) return found;
    if (open.has(id)) return -1;
    open.add(id);
    const depth = Math.max(-1, ...(incoming.get(id) ?? []).map((wire) => depthOf(wire.from.node))) + 1;
    open.delete(id);
    depths.set(id, depth);
    return depth;
  };
  const byDepth = Map.groupBy(top, (node) => depthOf(node.id));
  return [...byDepth.entries()].sort(([a], [b]) => a - b).map(([, nodes]) => nodes.map((node) => node.id));
}
