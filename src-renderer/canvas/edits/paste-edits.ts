import { connect, nextNodeId } from '../../../src-engine/document/edits.ts';
import type { Graph, GraphNode, NodeId, PortRef, Wire, WireId } from '../../../src-engine/document/project.ts';
import type { DataSignature } from '../../../src-engine/document/signature.ts';
import { checkWire } from '../../../src-engine/document/wire-fit.ts';
import { nodeTitle } from '../../state/document/document-kinds.ts';
import { clipOf, type Clip } from './clip.ts';
import { keepClear, pinned } from '../layout/find-place.ts';
import { canHold, IN_ROW, type Edit } from './flow-to-edits.ts';
import type { Point } from '../layout/geometry.ts';
import { placeNodes } from '../layout/place-nodes.ts';

export interface PasteOptions {
  /** The middle of what is pasted; null places it beside where it was copied. */
  readonly at: Point | null;
  /** Also the wires that led into it, where what they come from is on this canvas and they fit. */
  readonly incoming: boolean;
  /** The block it goes into, where that can hold all of it. */
  readonly into: NodeId | null;
}

/** Copies of the blocks of a clip, with ids of their own, selected. */
export function pasteEdit(graph: Graph, signature: DataSignature | null, clip: Clip, options: PasteOptions, verb = 'Paste'): Edit {
  const names = freshIds(graph, clip.nodes);
  const top = clip.nodes.filter((node) => node.parent === undefined);
  const change = (now: Graph): Graph => {
    const joined = joinedWith(pinned(now), clip, names, placement(now, clip, top, options));
    const wired = options.incoming ? clip.incoming.reduce((grown, wire) => rewired(grown, signature, wire, names), joined) : joined;
    return keepClear(now, wired);
  };
  const [only] = top;
  const title = top.length === 1 && only !== undefined ? nodeTitle(only) : `${top.length} blocks`;
  return { label: `${verb} ${title}`, change, options: { select: { nodes: top.map((node) => renamed(names, node.id)) } } };
}

/** Copies beside the originals, in the same block where all of them stand in one; null where nothing is selected. */
export function duplicateEdit(graph: Graph, signature: DataSignature | null, ids: readonly NodeId[], incoming: boolean): Edit | null {
  const clip = clipOf(graph, ids);
  return clip === null ? null : pasteEdit(graph, signature, clip, { at: null, incoming, into: commonParent(graph, ids) }, 'Duplicate');
}

/** The block in which all of them stand; null for the canvas, or where they stand in several. */
export function commonParent(graph: Graph, ids: readonly NodeId[]): NodeId | null {
  const parents = new Set(graph.nodes.filter((node) => ids.includes(node.id)).map((node) => node.parent ?? null));
  const [parent = null] = parents;
  return parents.size === 1 ? parent : null;
}

function freshIds(graph: Graph, nodes: readonly GraphNode[]): ReadonlyMap<NodeId, NodeId> {
  const names = new Map<NodeId, NodeId>();
  let taken: Graph = { nodes: [...graph.nodes], wires: [] };
  for (const node of nodes) {
    const id = nextNodeId(taken, node.kind);
    names.set(node.id, id);
    taken = { nodes: [...taken.nodes, { ...node, id }], wires: [] };
  }
  return names;
}

function renamed(names: ReadonlyMap<NodeId, NodeId>, id: NodeId): NodeId {
  return names.get(id) ?? id;
}

/** Where each node of the top level of a clip goes: a parent, or a place. */
type Placement = (node: GraphNode) => Pick<GraphNode, 'parent' | 'position'>;

function placement(graph: Graph, clip: Clip, top: readonly GraphNode[], { at, into }: PasteOptions): Placement {
  if (into !== null && top.every((node) => canHold(graph, into, node.kind))) return () => ({ parent: into, position: IN_ROW });
  const places = placeNodes({ nodes: clip.nodes, wires: clip.wires });
  const boxes = top.flatMap((node) => places.get(node.id) ?? []);
  const left = Math.min(...boxes.map((box) => box.left));
  const upper = Math.min(...boxes.map((box) => box.top));
  const right = Math.max(...boxes.map((box) => box.left + box.width));
  const lower = Math.max(...boxes.map((box) => box.top + box.height));
  const by = at === null ? freeOffset(graph, { x: left, y: upper }) : { x: at.x - (left + right) / 2, y: at.y - (upper + lower) / 2 };
  return (node) => {
    const place = places.get(node.id);
    return { position: { x: Math.round((place?.left ?? 0) + by.x), y: Math.round((place?.top ?? 0) + by.y) } };
  };
}

const STEP = 33;

/** Down and right, until no block's corner stands where the first one would. */
function freeOffset(graph: Graph, corner: Point): Point {
  const corners = [...placeNodes(graph).values()];
  let by = STEP;
  while (corners.some(({ left, top }) => Math.abs(left - corner.x - by) < 4 && Math.abs(top - corner.y - by) < 4)) by += STEP;
  return { x: by, y: by };
}

function joinedWith(graph: Graph, clip: Clip, names: ReadonlyMap<NodeId, NodeId>, place: Placement): Graph {
  const nodes = clip.nodes.map((node): GraphNode => {
    const { parent, ...rest } = node;
    const id = renamed(names, node.id);
    return parent === undefined ? { ...rest, id, ...place(node) } : { ...rest, id, parent: renamed(names, parent) };
  });
  const taken = new Set<string>(graph.wires.map((wire) => wire.id));
  let number = 0;
  const wires = clip.wires.map((wire): Wire => {
    do number++;
    while (taken.has(`w${number}`));
    return { ...wire, id: `w${number}` as WireId, from: moved(names, wire.from), to: moved(names, wire.to) };
  });
  return { ...graph, nodes: [...graph.nodes, ...nodes], wires: [...graph.wires, ...wires] };
}

function moved(names: ReadonlyMap<NodeId, NodeId>, port: PortRef): PortRef {
  return { ...port, node: renamed(names, port.node) };
}

function rewired(
  graph: Graph,
  signature: DataSignature | null,
  wire: { readonly from: PortRef; readonly to: PortRef },
  names: ReadonlyMap<NodeId, NodeId>,
): Graph {
  const to = moved(names, wire.to);
  const there = graph.nodes.some((node) => node.id === wire.from.node);
  return there && checkWire(graph, signature, wire.from, to).ok ? connect(graph, wire.from, to) : graph;
}
