import { connect, disconnect, findNode, moveNodes, setParent } from '../../../src-engine/document/edits.ts';
import { kindSpec } from '../../../src-engine/document/node-kinds.ts';
import type { Graph, GraphNode, NodeId, PortRef, Position, WireId } from '../../../src-engine/document/project.ts';
import { nodeTitle } from '../../state/document/document-kinds.ts';
import type { EditOptions } from '../../state/document-store.ts';
import { keepClear, makeRoom, pinned } from '../layout/find-place.ts';
import type { Placed, Point } from '../layout/geometry.ts';

/** One undo step: what it is called, what it does, what is selected after it. */
export interface Edit {
  readonly label: string;
  readonly change: (graph: Graph) => Graph;
  readonly options?: EditOptions;
}

/** Where something lands: at a point of the canvas, in a block before a sibling or last, or on a wire. */
export type Landing =
  | { readonly kind: 'canvas'; readonly at: Point }
  | { readonly kind: 'block'; readonly block: NodeId; readonly before: NodeId | undefined }
  | { readonly kind: 'wire'; readonly wire: WireId };

/** Children of blocks stand in running order: their own position does not matter. */
export const IN_ROW: Position = { x: 0, y: 0 };

/** Whether a kind of node can be put on a wire: it has one main input and one main output. */
export function goesBetween(kind: string): boolean {
  const spec = kindSpec(kind);
  return spec !== null && spec.inputs.some(({ name }) => name === 'in') && spec.outputs.some(({ name }) => name === 'out');
}

/** Whether a block may hold a kind of node: its own list, and never two bidirectional blocks one inside the other. */
export function canHold(graph: Graph, block: NodeId, kind: string): boolean {
  const node = graph.nodes.find((each) => each.id === block);
  if (node === undefined || kindSpec(node.kind)?.holds?.includes(kind) !== true) return false;
  return kind !== 'bidirectional' || !isInBidirectional(graph, node);
}

/** True for a bidirectional block itself too. */
function isInBidirectional(graph: Graph, node: GraphNode): boolean {
  const seen = new Set<GraphNode>();
  for (let current: GraphNode | undefined = node; current !== undefined && !seen.has(current);) {
    if (current.kind === 'bidirectional') return true;
    seen.add(current);
    const { parent }: GraphNode = current;
    current = graph.nodes.find((each) => each.id === parent);
  }
  return false;
}

/**
 * Nodes let go at new places, `positions` on the canvas: in a block before a sibling or last, or on the canvas, which takes
 * children out of their blocks.
 */
export function dropEdit(graph: Graph, positions: ReadonlyMap<NodeId, Point>, landing: Extract<Landing, { kind: 'block' }> | null): Edit {
  const ids = [...positions.keys()];
  const names = namesOf(graph, ids);
  const inside = ids.filter((id) => findNode(graph, id).parent !== undefined);
  if (landing !== null) {
    const stays = ids.every((id) => findNode(graph, id).parent === landing.block);
    const label = stays ? `Reorder ${names}` : `Move ${names} into ${nodeTitle(findNode(graph, landing.block))}`;
    return {
      label,
      change: (now) =>
        keepClear(
          now,
          ids.reduce((moving, id) => setParent(moving, id, landing.block, IN_ROW, landing.before), pinned(now)),
        ),
    };
  }
  const rounded = new Map([...positions].map(([id, { x, y }]) => [id, { x: Math.round(x), y: Math.round(y) }]));
  return {
    label: inside.length === 0 ? `Move ${names}` : `Move ${names} out`,
    change: (now) => inside.reduce((moving, id) => setParent(moving, id, null, rounded.get(id) ?? IN_ROW), moveNodes(pinned(now), rounded)),
  };
}

/** A node that is there already, put on a wire. */
export function spliceEdit(graph: Graph, id: NodeId, wireId: WireId): Edit {
  const node = findNode(graph, id);
  const change = (now: Graph) => {
    const wire = now.wires.find((each) => each.id === wireId);
    if (wire === undefined) return now;
    const out = setParent(pinned(disconnect(now, [wireId])), id, null, IN_ROW);
    const alone = { ...out, nodes: out.nodes.filter((each) => each.id !== id) };
    const room = makeRoom(alone, wire.from, wire.to, node.kind);
    const back = { ...room.graph, nodes: [...room.graph.nodes, { ...findNode(out, id), position: room.position }] };
    return connect(connect(back, wire.from, { node: id, port: 'in' }), { node: id, port: 'out' }, wire.to);
  };
  return { label: `Insert ${nodeTitle(node)}`, change };
}

/** Where among the children of a block something dragged to `x` on the canvas lands: before the first that lies further right. */
export function landingIn(places: ReadonlyMap<NodeId, Placed>, block: NodeId, x: number, moving: ReadonlySet<NodeId>): Extract<Landing, { kind: 'block' }> {
  const others = (places.get(block)?.children ?? []).filter((id) => !moving.has(id));
  const before = others.find((id) => {
    const place = places.get(id);
    return place !== undefined && place.left + place.width / 2 > x;
  });
  return { kind: 'block', block, before };
}

/** True where a node let go there would stand where it already stands. */
export function staysPut(graph: Graph, id: NodeId, landing: Extract<Landing, { kind: 'block' }>): boolean {
  const siblings = graph.nodes.filter((node) => node.parent === landing.block).map((node) => node.id);
  const place = siblings.indexOf(id);
  return place !== -1 && siblings[place + 1] === landing.before;
}

export function connectEdit(graph: Graph, from: PortRef, to: PortRef): Edit {
  const label = `Wire ${nodeTitle(findNode(graph, from.node))} to ${nodeTitle(findNode(graph, to.node))}`;
  return { label, change: (now) => connect(now, from, to) };
}

function namesOf(graph: Graph, ids: readonly NodeId[]): string {
  const [first] = ids;
  return ids.length === 1 && first !== undefined ? nodeTitle(findNode(graph, first)) : `${ids.length} blocks`;
}
