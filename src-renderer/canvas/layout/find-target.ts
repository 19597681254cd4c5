import type { Graph, NodeId, Wire, WireId } from '../../../src-engine/document/project.ts';
import { withDescendants } from '../../../src-engine/document/edits.ts';
import { isBlockKind } from '../../../src-engine/document/node-kinds.ts';
import { canHold, goesBetween, landingIn, type Landing } from '../edits/flow-to-edits.ts';
import { portPoint, type Placed, type Point } from './geometry.ts';
import { pointOnWire } from './place-label.ts';
import { placeNodes } from './place-nodes.ts';

/** The innermost block at a point of the canvas that can hold all the kinds; `moving` nodes and what is in them do not count. */
export function findBlockAt(graph: Graph, places: ReadonlyMap<NodeId, Placed>, at: Point, kinds: readonly string[], moving: readonly NodeId[]): NodeId | null {
  const out = withDescendants(graph, moving);
  const under = graph.nodes.filter((node) => isBlockKind(node.kind) && !out.has(node.id) && contains(places.get(node.id), at));
  const area = (id: NodeId) => (places.get(id)?.width ?? 0) * (places.get(id)?.height ?? 0);
  const fitting = under.filter((node) => kinds.every((kind) => canHold(graph, node.id, kind)));
  return fitting.sort((a, b) => area(a.id) - area(b.id))[0]?.id ?? null;
}

function contains(place: Placed | undefined, at: Point): boolean {
  return place !== undefined && at.x >= place.left && at.x <= place.left + place.width && at.y >= place.top && at.y <= place.top + place.height;
}

const NEAR = 16;

/** The wire that passes within a few pixels of a point, where a block of this kind has an input and an output to go between. */
export function findWireAt(graph: Graph, places: ReadonlyMap<NodeId, Placed>, at: Point, kind: string): WireId | null {
  if (!goesBetween(kind)) return null;
  const found = graph.wires.find((wire) => {
    const source = graph.nodes.find((node) => node.id === wire.from.node);
    const target = graph.nodes.find((node) => node.id === wire.to.node);
    if (source === undefined || target === undefined || source.parent !== undefined || target.parent !== undefined) return false;
    const from = portPoint(source, wire.from.port, 'output', places);
    const to = portPoint(target, wire.to.port, 'input', places);
    if (from === null || to === null) return false;
    return Array.from({ length: 33 }, (_, step) => pointOnWire(from, to, step / 32)).some((point) => Math.hypot(point.x - at.x, point.y - at.y) < NEAR);
  });
  return found?.id ?? null;
}

const NO_ONE = new Set<never>();

/** Where a new block of a kind lands at a point of the canvas: in a block, on a wire, or where it is. */
export function landingOf(graph: Graph, kind: string, at: Point): Landing {
  const places = placeNodes(graph);
  const block = findBlockAt(graph, places, at, [kind], []);
  if (block !== null) return landingIn(places, block, at.x, NO_ONE);
  const wire = findWireAt(graph, places, at, kind);
  return wire === null ? { kind: 'canvas', at } : { kind: 'wire', wire };
}

/** The middle of a wire on the canvas; null where one of its ends is not there. */
export function wireMiddle(graph: Graph, { from, to }: Wire): Point | null {
  const places = placeNodes(graph);
  const source = graph.nodes.find((node) => node.id === from.node);
  const target = graph.nodes.find((node) => node.id === to.node);
  const start = source === undefined ? null : portPoint(source, from.port, 'output', places);
  const end = target === undefined ? null : portPoint(target, to.port, 'input', places);
  return start === null || end === null ? null : pointOnWire(start, end, 0.5);
}
