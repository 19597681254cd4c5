import { moveNodes } from '../../../src-engine/document/edits.ts';
import type { Graph, NodeId, PortRef, Position } from '../../../src-engine/document/project.ts';
import { freshShape, ROW_GAP, WIRE_GAP, type Placed, type Point, type Shape } from './geometry.ts';
import { placeNodes } from './place-nodes.ts';

const ORIGIN: Position = { x: 0, y: 0 };

/** The graph with every position written down, so that laying out what has none does not move when something is added. */
export function pinned(graph: Graph): Graph {
  const loose = graph.nodes.filter((node) => node.parent === undefined && node.position === undefined);
  if (loose.length === 0) return graph;
  const places = placeNodes(graph);
  return moveNodes(
    graph,
    new Map(loose.map((node) => [node.id, { x: Math.round(places.get(node.id)?.left ?? 0), y: Math.round(places.get(node.id)?.top ?? 0) }])),
  );
}

/** Where a new node of a kind stands to the right of another: on its port line, or below that where something stands there. */
export function freePlaceBeside(graph: Graph, id: NodeId, kind: string): Position {
  const beside = placeNodes(graph).get(id);
  const shape = freshShape(kind);
  return beside === undefined ? ORIGIN : freePlace(graph, { x: beside.left + beside.width + WIRE_GAP, y: beside.top + beside.portY - shape.portY }, shape);
}

const MARGIN = 16;

/** The first free place for a node at a point or straight below it. */
export function freePlace(graph: Graph, { x, y }: Point, { width, height }: Shape): Position {
  const places = placeNodes(graph);
  const taken = graph.nodes.flatMap((node) => (node.parent === undefined ? [places.get(node.id)] : [])).filter((each) => each !== undefined);
  const column = taken.filter((each) => each.left < x + width + MARGIN && each.left + each.width > x - MARGIN);
  const inTheWay = (top: number) => column.find((each) => each.top < top + height + MARGIN && each.top + each.height > top - MARGIN);
  let top = y;
  for (let found = inTheWay(top); found !== undefined; found = inTheWay(top)) top = found.top + found.height + ROW_GAP;
  return { x: Math.round(x), y: Math.round(top) };
}

/** A place on the line of the source's port, or below what stands there; what lies behind the wire's end is moved right where the gap is too small. */
export function makeRoom(graph: Graph, from: PortRef, to: PortRef, kind: string): { readonly graph: Graph; readonly position: Position } {
  const places = placeNodes(graph);
  const source = places.get(from.node);
  const target = places.get(to.node);
  if (source === undefined || target === undefined) return { graph, position: ORIGIN };
  const shape = freshShape(kind);
  const right = source.left + source.width;
  const missing = right + 2 * WIRE_GAP + shape.width - target.left;
  const moved =
    missing <= 0 || target.left <= source.left
      ? []
      : graph.nodes.filter((node) => node.parent === undefined && (places.get(node.id)?.left ?? -Infinity) >= target.left);
  const roomy = moveNodes(graph, new Map(moved.map((node) => [node.id, shifted(places.get(node.id), missing)])));
  return { graph: roomy, position: freePlace(roomy, { x: right + WIRE_GAP, y: source.top + source.portY - shape.portY }, shape) };
}

function shifted(place: Placed | undefined, by: number): Position {
  return { x: Math.round((place?.left ?? 0) + by), y: place?.top ?? 0 };
}

/** After a change, blocks that grew wider push what stands behind them to the right, as far as a wire needs. */
export function keepClear(before: Graph, after: Graph): Graph {
  const [old, now] = [placeNodes(before), placeNodes(after)];
  return after.nodes.reduce((graph, block) => {
    const [was, is] = [old.get(block.id), now.get(block.id)];
    if (was === undefined || is === undefined || block.parent !== undefined || is.width <= was.width) return graph;
    return pushBehind(graph, was.left + was.width, is.left + is.width);
  }, after);
}

export function pushBehind(graph: Graph, oldRight: number, right: number): Graph {
  const places = placeNodes(graph);
  const behind = graph.nodes.filter((node) => node.parent === undefined && (places.get(node.id)?.left ?? -Infinity) >= oldRight);
  const first = Math.min(...behind.map((node) => places.get(node.id)?.left ?? Infinity));
  const missing = right + WIRE_GAP - first;
  return behind.length === 0 || missing <= 0 ? graph : moveNodes(graph, new Map(behind.map((node) => [node.id, shifted(places.get(node.id), missing)])));
}
