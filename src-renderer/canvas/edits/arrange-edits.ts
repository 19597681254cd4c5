import { moveNodes } from '../../../src-engine/document/edits.ts';
import type { Graph, NodeId } from '../../../src-engine/document/project.ts';
import { pinned } from '../layout/find-place.ts';
import type { Edit } from './flow-to-edits.ts';
import type { Placed, Point } from '../layout/geometry.ts';
import { placeNodes } from '../layout/place-nodes.ts';

/** `line`: the main ports on one level, so that wires run straight. */
export type Edge = 'left' | 'centre' | 'right' | 'top' | 'line' | 'bottom';
export type Axis = 'across' | 'down';

/** The chosen nodes that have a place of their own: children of blocks stand in their row. */
export function arrangeable(graph: Graph, ids: readonly NodeId[]): readonly NodeId[] {
  const chosen = new Set(ids);
  return graph.nodes.filter((node) => node.parent === undefined && chosen.has(node.id)).map((node) => node.id);
}

const ALIGN_LABELS: Readonly<Record<Edge, string>> = {
  left: 'Align left',
  centre: 'Align centres',
  right: 'Align right',
  top: 'Align top',
  line: 'Align on one line',
  bottom: 'Align bottom',
};

export function alignEdit(ids: readonly NodeId[], edge: Edge): Edit {
  const change = (now: Graph) => {
    const boxes = boxesOf(now, ids);
    const moves = boxes.map(([id, box]): [NodeId, Point] => [
      id,
      aligned(
        box,
        boxes.map(([, each]) => each),
        edge,
      ),
    ]);
    return moved(now, moves);
  };
  return { label: ALIGN_LABELS[edge], change };
}

function aligned(box: Placed, all: readonly Placed[], edge: Edge): Point {
  const at = { x: box.left, y: box.top };
  switch (edge) {
    case 'left':
      return { ...at, x: Math.min(...all.map(({ left }) => left)) };
    case 'centre':
      return { ...at, x: mean(all.map(({ left, width }) => left + width / 2)) - box.width / 2 };
    case 'right':
      return { ...at, x: Math.max(...all.map(({ left, width }) => left + width)) - box.width };
    case 'top':
      return { ...at, y: Math.min(...all.map(({ top }) => top)) };
    case 'line':
      return { ...at, y: mean(all.map(({ top, portY }) => top + portY)) - box.portY };
    case 'bottom':
      return { ...at, y: Math.max(...all.map(({ top, height }) => top + height)) - box.height };
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Equal gaps from the first to the last, which stay where they are. */
export function distributeEdit(ids: readonly NodeId[], axis: Axis): Edit {
  const start = (box: Placed) => (axis === 'across' ? box.left : box.top);
  const size = (box: Placed) => (axis === 'across' ? box.width : box.height);
  const change = (now: Graph) => {
    const boxes = boxesOf(now, ids).sort(([, a], [, b]) => start(a) - start(b));
    const [first, last] = [boxes[0]?.[1], boxes.at(-1)?.[1]];
    if (first === undefined || last === undefined) return now;
    const room = start(last) + size(last) - start(first) - boxes.reduce((sum, [, box]) => sum + size(box), 0);
    const gap = room / Math.max(1, boxes.length - 1);
    let at = start(first);
    const moves = boxes.map(([id, box]): [NodeId, Point] => {
      const place = axis === 'across' ? { x: at, y: box.top } : { x: box.left, y: at };
      at += size(box) + gap;
      return [id, place];
    });
    return moved(now, moves);
  };
  return { label: axis === 'across' ? 'Distribute across' : 'Distribute down', change };
}

function boxesOf(graph: Graph, ids: readonly NodeId[]): [NodeId, Placed][] {
  const places = placeNodes(graph);
  return arrangeable(graph, ids).flatMap((id): [NodeId, Placed][] => {
    const place = places.get(id);
    return place === undefined ? [] : [[id, place]];
  });
}

/** The same graph where nothing moves, so that it is no undo step. */
function moved(graph: Graph, moves: readonly (readonly [NodeId, Point])[]): Graph {
  const places = placeNodes(graph);
  const real = moves
    .map(([id, { x, y }]) => [id, { x: Math.round(x), y: Math.round(y) }] as const)
    .filter(([id, { x, y }]) => places.get(id)?.left !== x || places.get(id)?.top !== y);
  return real.length === 0 ? graph : moveNodes(pinned(graph), new Map(real));
}
