import { addNode, connect, findNode, insertBetween, insertOnWire, moveNodes, nextNodeId, setParent, withDescendants } from '../../src-engine/document/edits.ts';
import { isBlockKind, kindSpec } from '../../src-engine/document/node-kinds.ts';
import type { Remedy } from '../../src-engine/document/problems.ts';
import type { Graph, GraphNode, NodeId, PortRef, Position, WireId } from '../../src-engine/document/project.ts';
import type { DataSignature } from '../../src-engine/document/signature.ts';
import { kindLook, nodeTitle } from '../state/document-kinds.ts';
import type { EditOptions } from '../state/document-store.ts';
import { findFit } from './fitting-ports.ts';
import { freePlaceBeside, keepClear, makeRoom, pinned } from './find-place.ts';
import { CARD_WIDTH, measureNodes, PORT_Y, type Placed, type Point } from './geometry.ts';
import { layOut, placeNodes } from './place-nodes.ts';

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

const IN_ROW: Position = { x: 0, y: 0 };

/** A new block of `kind` where it was let go; `at` is the card's centre. */
export function addEdit(graph: Graph, kind: string, landing: Landing): Edit {
  const id = nextNodeId(graph, kind);
  const title = kindLook(kind).title;
  const options = { select: { nodes: [id] } };
  switch (landing.kind) {
    case 'canvas': {
      const position = { x: Math.round(landing.at.x - CARD_WIDTH / 2), y: Math.round(landing.at.y - PORT_Y) };
      return { label: `Add ${title}`, change: (now) => addNode(pinned(now), { id, kind, position }), options };
    }
    case 'block': {
      const { block, before } = landing;
      const place = { parent: block, ...(before === undefined ? {} : { before }) };
      return {
        label: `Add ${title} to ${nodeTitle(findNode(graph, block))}`,
        change: (now) => keepClear(now, addNode(pinned(now), { id, kind, position: IN_ROW, ...place })),
        options,
      };
    }
    case 'wire':
      return { label: `Insert ${title}`, change: (now) => insertWithRoom(now, landing.wire, id, kind), options };
  }
}

function insertWithRoom(graph: Graph, wireId: WireId, id: NodeId, kind: string): Graph {
  const wire = graph.wires.find((each) => each.id === wireId);
  if (wire === undefined) return graph;
  const room = makeRoom(pinned(graph), wire.from, wire.to);
  return insertOnWire(room.graph, wireId, { id, kind, position: room.position });
}

/** Carries out the one-click fix of a refused wire: the missing block between the two ports. */
export function remedyEdit(graph: Graph, from: PortRef, to: PortRef, remedy: Remedy): Edit {
  const id = nextNodeId(graph, remedy.node);
  const params = remedy.params === undefined ? {} : { params: remedy.params };
  return {
    label: remedy.label,
    change: (now) => {
      const room = makeRoom(pinned(now), from, to);
      return insertBetween(room.graph, from, to, { id, kind: remedy.node, position: room.position, ...params });
    },
    options: { select: { nodes: [id] } },
  };
}

/**
 * A new block beside what is selected: into a selected wire, into a selected block that can hold it, behind a selected sibling, else
 * to the right of the selection and wired to it where that fits.
 */
export function addBesideEdit(graph: Graph, signature: DataSignature | null, kind: string, beside: NodeId | null, centre: Point): Edit {
  const selected = beside === null ? undefined : graph.nodes.find((node) => node.id === beside);
  const block = selected === undefined ? null : blockFor(graph, selected, kind);
  if (selected !== undefined && block !== null) return addEdit(graph, kind, { kind: 'block', block, before: siblingAfter(graph, selected, block) });
  const anchor = selected ?? lastNode(graph);
  if (anchor === undefined) return addEdit(graph, kind, { kind: 'canvas', at: centre });
  const id = nextNodeId(graph, kind);
  const outer = topLevelOf(graph, anchor);
  return {
    label: `Add ${kindLook(kind).title}`,
    change: (now) => {
      const start = pinned(now);
      const added = addNode(start, { id, kind, position: freePlaceBeside(start, outer.id) });
      return wireWhereItFits(added, signature, findNode(added, outer.id), findNode(added, id));
    },
    options: { select: { nodes: [id] } },
  };
}

/** A new block wired to one loose end, at a point or beside the node. */
export function addWiredEdit(graph: Graph, kind: string, from: PortRef, port: string, side: 'input' | 'output', drop: Point | null): Edit {
  const id = nextNodeId(graph, kind);
  return {
    label: `Add ${kindLook(kind).title}`,
    change: (now) => {
      const start = pinned(now);
      const position = drop === null ? freePlaceBeside(start, from.node) : { x: Math.round(drop.x), y: Math.round(drop.y - PORT_Y) };
      const added = addNode(start, { id, kind, position });
      return side === 'output' ? connect(added, from, { node: id, port }) : connect(added, { node: id, port }, from);
    },
    options: { select: { nodes: [id] } },
  };
}

function wireWhereItFits(graph: Graph, signature: DataSignature | null, source: GraphNode, target: GraphNode): Graph {
  const fit = findFit(graph, signature, source, target);
  if (fit !== null) return connect(graph, fit.from, fit.to);
  const back = findFit(graph, signature, target, source);
  const fed = back !== null && graph.wires.some((wire) => wire.to.node === back.to.node && wire.to.port === back.to.port);
  return back === null || fed ? graph : connect(graph, back.from, back.to);
}

function blockFor(graph: Graph, selected: GraphNode, kind: string): NodeId | null {
  if (isBlockKind(selected.kind) && canHold(graph, selected.id, kind) && !graph.nodes.some((node) => node.parent === selected.id)) return selected.id;
  return selected.parent !== undefined && canHold(graph, selected.parent, kind) ? selected.parent : null;
}

function siblingAfter(graph: Graph, selected: GraphNode, block: NodeId): NodeId | undefined {
  const siblings = graph.nodes.filter((node) => node.parent === block);
  return siblings[siblings.indexOf(selected) + 1]?.id;
}

/** The rightmost node of the top level. */
function lastNode(graph: Graph): GraphNode | undefined {
  const places = placeNodes(graph);
  const right = (node: GraphNode) => (places.get(node.id)?.left ?? 0) + (places.get(node.id)?.width ?? 0);
  return graph.nodes
    .filter((node) => node.parent === undefined)
    .reduce<GraphNode | undefined>((best, node) => (best === undefined || right(node) > right(best) ? node : best), undefined);
}

function topLevelOf(graph: Graph, node: GraphNode): GraphNode {
  const parent = node.parent === undefined ? undefined : graph.nodes.find((each) => each.id === node.parent);
  return parent === undefined ? node : topLevelOf(graph, parent);
}

/** Whether a block may hold a kind of node: its own list, and never two bidirectional blocks one inside the other. */
export function canHold(graph: Graph, block: NodeId, kind: string): boolean {
  const node = graph.nodes.find((each) => each.id === block);
  if (node === undefined || kindSpec(node.kind)?.holds?.includes(kind) !== true) return false;
  const around = [...graph.nodes].filter((each) => withDescendants(graph, [each.id]).has(block));
  return kind !== 'bidirectional' || !around.some((each) => each.kind === 'bidirectional');
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

/** Every top-level node in a column behind what feeds it. */
export function layOutEdit(): Edit {
  const change = (graph: Graph) => {
    const top = graph.nodes.filter((node) => node.parent === undefined);
    return moveNodes(graph, layOut(graph, top, measureNodes(graph)));
  };
  return { label: 'Lay out', change };
}

export function connectEdit(graph: Graph, from: PortRef, to: PortRef): Edit {
  const label = `Wire ${nodeTitle(findNode(graph, from.node))} to ${nodeTitle(findNode(graph, to.node))}`;
  return { label, change: (now) => connect(now, from, to) };
}

function namesOf(graph: Graph, ids: readonly NodeId[]): string {
  const [first] = ids;
  return ids.length === 1 && first !== undefined ? nodeTitle(findNode(graph, first)) : `${ids.length} blocks`;
}
