import { addNode, connect, findNode, insertBetween, insertOnWire, nextNodeId } from '../../../src-engine/document/edits.ts';
import { isBlockKind } from '../../../src-engine/document/node-kinds.ts';
import type { Remedy } from '../../../src-engine/document/problems.ts';
import type { Graph, GraphNode, NodeId, PortRef, WireId } from '../../../src-engine/document/project.ts';
import type { DataSignature } from '../../../src-engine/document/signature.ts';
import { kindLook, nodeTitle } from '../../state/document/document-kinds.ts';
import { freePlaceBeside, keepClear, makeRoom, pinned } from '../layout/find-place.ts';
import { findFit } from './fitting-ports.ts';
import { canHold, IN_ROW, type Edit, type Landing } from './flow-to-edits.ts';
import { freshShape, type Point } from '../layout/geometry.ts';
import { placeNodes } from '../layout/place-nodes.ts';

/** A new block of `kind` where it was let go; `at` is the card's centre. */
export function addEdit(graph: Graph, kind: string, landing: Landing): Edit {
  const id = nextNodeId(graph, kind);
  const title = kindLook(kind).title;
  const options = { select: { nodes: [id] } };
  switch (landing.kind) {
    case 'canvas': {
      const shape = freshShape(kind);
      const position = { x: Math.round(landing.at.x - shape.width / 2), y: Math.round(landing.at.y - shape.portY) };
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
  const room = makeRoom(pinned(graph), wire.from, wire.to, kind);
  return insertOnWire(room.graph, wireId, { id, kind, position: room.position });
}

/** Carries out the one-click fix of a refused wire: the missing block between the two ports. */
export function remedyEdit(graph: Graph, from: PortRef, to: PortRef, remedy: Remedy): Edit {
  const id = nextNodeId(graph, remedy.node);
  const params = remedy.params === undefined ? {} : { params: remedy.params };
  return {
    label: remedy.label,
    change: (now) => {
      const room = makeRoom(pinned(now), from, to, remedy.node);
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
  const outer = anchorOf(graph, beside);
  if (outer === null) return addEdit(graph, kind, { kind: 'canvas', at: centre });
  const id = nextNodeId(graph, kind);
  return {
    label: `Add ${kindLook(kind).title}`,
    change: (now) => {
      const start = pinned(now);
      const added = addNode(start, { id, kind, position: freePlaceBeside(start, outer.id, kind) });
      return wireWhereItFits(added, signature, findNode(added, outer.id), findNode(added, id));
    },
    options: { select: { nodes: [id] } },
  };
}

/** The node of the top level that a new block goes beside: what is selected, or holds it, else the rightmost; null on an empty canvas. */
export function anchorOf(graph: Graph, beside: NodeId | null): GraphNode | null {
  const anchor = graph.nodes.find((node) => node.id === beside) ?? lastNode(graph);
  return anchor === undefined ? null : topLevelOf(graph, anchor);
}

/** A new block wired to one loose end, at a point or beside the node. */
export function addWiredEdit(graph: Graph, kind: string, from: PortRef, port: string, side: 'input' | 'output', drop: Point | null): Edit {
  const id = nextNodeId(graph, kind);
  return {
    label: `Add ${kindLook(kind).title}`,
    change: (now) => {
      const start = pinned(now);
      const position = drop === null ? freePlaceBeside(start, from.node, kind) : { x: Math.round(drop.x), y: Math.round(drop.y - freshShape(kind).portY) };
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
