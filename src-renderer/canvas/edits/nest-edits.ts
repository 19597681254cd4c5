import { addNode, connect, findNode, nextNodeId, setParent, withDescendants } from '../../../src-engine/document/edits.ts';
import { isBlockKind, kindSpec } from '../../../src-engine/document/node-kinds.ts';
import type { Graph, NodeId, Wire } from '../../../src-engine/document/project.ts';
import { kindLook, nodeTitle } from '../../state/document/document-kinds.ts';
import { freePlace, keepClear, pinned, pushBehind } from '../layout/find-place.ts';
import { canHold, dropEdit, IN_ROW, type Edit } from './flow-to-edits.ts';
import { freshShape, ROW_GAP } from '../layout/geometry.ts';
import { placeNodes } from '../layout/place-nodes.ts';

/** Blocks on the canvas that can take all of the nodes and do not hold them yet. */
export function nestTargets(graph: Graph, ids: readonly NodeId[]): readonly NodeId[] {
  const inside = withDescendants(graph, ids);
  const nodes = ids.map((id) => findNode(graph, id));
  return graph.nodes
    .filter((block) => isBlockKind(block.kind) && !inside.has(block.id) && !nodes.every((node) => node.parent === block.id))
    .filter((block) => nodes.every((node) => canHold(graph, block.id, node.kind) && (block.kind !== 'bidirectional' || !holdsBidirectional(graph, node.id))))
    .map((block) => block.id);
}

/** Into a block, behind its children, in running order. */
export function nestEdit(graph: Graph, ids: readonly NodeId[], block: NodeId): Edit {
  const positions = new Map(inOrder(graph, ids).map((id) => [id, IN_ROW] as const));
  return dropEdit(graph, positions, { kind: 'block', block, before: undefined });
}

/** Kinds of block that could be put around the nodes: all of them stand side by side, and the block can hold each. */
export function wrapKinds(graph: Graph, ids: readonly NodeId[]): readonly string[] {
  const nodes = ids.map((id) => findNode(graph, id));
  const parent = nodes[0]?.parent;
  if (nodes.length === 0 || nodes.some((node) => node.parent !== parent)) return [];
  return ['stack', 'bidirectional'].filter((kind) => {
    const spec = kindSpec(kind);
    const twice = kind === 'bidirectional' && nodes.some((node) => holdsBidirectional(graph, node.id));
    const fitsOutside = parent === undefined || canHold(graph, parent, kind);
    return fitsOutside && !twice && nodes.every((node) => spec?.holds?.includes(node.kind) === true);
  });
}

/** A new block around the nodes. What fed the first feeds the block, and what the last fed the block feeds, where it has that port. */
export function wrapEdit(graph: Graph, ids: readonly NodeId[], kind: string): Edit {
  const block = nextNodeId(graph, kind);
  const chain = inOrder(graph, ids);
  const label = `${kindLook(kind).title} around ${ids.length === 1 ? nodeTitle(findNode(graph, chain[0] ?? block)) : `${ids.length} blocks`}`;
  return { label, change: (now) => wrapped(now, chain, kind, block), options: { select: { nodes: [block] } } };
}

function wrapped(graph: Graph, chain: readonly NodeId[], kind: string, block: NodeId): Graph {
  const start = pinned(graph);
  const places = placeNodes(start);
  const [first, last] = [chain[0], chain.at(-1)];
  const place = first === undefined ? undefined : places.get(first);
  if (first === undefined || last === undefined || place === undefined) return graph;
  const { parent } = findNode(start, first);
  const shape = freshShape(kind);
  const position =
    parent === undefined ? { x: Math.round(place.left - (shape.width - place.width) / 2), y: Math.round(place.top + place.portY - shape.portY) } : IN_ROW;
  const added = addNode(start, { id: block, kind, position, ...(parent === undefined ? {} : { parent, before: first }) });
  const filled = chain.reduce((now, id) => setParent(now, id, block, IN_ROW), added);
  const rewired = graph.wires.reduce((now, wire) => takenOver(now, wire, block, first, last), filled);
  const box = placeNodes(rewired).get(block);
  const behind = Math.max(...chain.map((id) => (places.get(id)?.left ?? 0) + (places.get(id)?.width ?? 0)));
  return parent !== undefined || box === undefined ? keepClear(graph, rewired) : pushBehind(rewired, behind, box.left + box.width);
}

/** A wire that ended at the chain ends at the block. */
function takenOver(graph: Graph, wire: Wire, block: NodeId, first: NodeId, last: NodeId): Graph {
  const { from, to } = wire;
  const inside = (id: NodeId) => graph.nodes.some((node) => node.id === id && node.parent === block);
  const port = (name: string) => kindSpec(findNode(graph, block).kind)?.outputs.some((each) => each.name === name) === true;
  if (to.node === first && to.port === 'in' && !inside(from.node)) return connect(graph, from, { node: block, port: 'in' });
  if (from.node === last && port(from.port) && !inside(to.node)) return connect(graph, { node: block, port: from.port }, to);
  return graph;
}

/** One level up: beside the block in the one around it, or below it on the canvas. */
export function takeOutEdit(graph: Graph, ids: readonly NodeId[]): Edit {
  const inside = inOrder(graph, ids).filter((id) => findNode(graph, id).parent !== undefined);
  const [only] = inside;
  const names = inside.length === 1 && only !== undefined ? nodeTitle(findNode(graph, only)) : `${inside.length} blocks`;
  return { label: `Take ${names} out`, change: (now) => keepClear(now, inside.reduce(takenOut, pinned(now))) };
}

function takenOut(graph: Graph, id: NodeId): Graph {
  const { parent, kind } = findNode(graph, id);
  if (parent === undefined) return graph;
  const outer = findNode(graph, parent).parent;
  if (outer !== undefined) {
    const siblings = graph.nodes.filter((node) => node.parent === outer);
    const after = siblings[siblings.findIndex((node) => node.id === parent) + 1]?.id;
    return setParent(graph, id, outer, IN_ROW, after);
  }
  const box = placeNodes(graph).get(parent);
  const own = placeNodes(graph).get(id);
  const shape = own ?? freshShape(kind);
  return setParent(graph, id, null, freePlace(graph, { x: own?.left ?? 0, y: (box?.top ?? 0) + (box?.height ?? 0) + ROW_GAP }, shape));
}

function holdsBidirectional(graph: Graph, id: NodeId): boolean {
  const inside = withDescendants(graph, [id]);
  return graph.nodes.some((node) => inside.has(node.id) && node.kind === 'bidirectional');
}

/** Along the wires between them; what no wire orders stays in the document's order. */
function inOrder(graph: Graph, ids: readonly NodeId[]): readonly NodeId[] {
  const left = new Set(graph.nodes.filter((node) => ids.includes(node.id)).map((node) => node.id));
  const order: NodeId[] = [];
  while (left.size > 0) {
    const next = [...left].find((id) => !graph.wires.some((wire) => wire.to.node === id && left.has(wire.from.node))) ?? [...left][0];
    if (next === undefined) break;
    left.delete(next);
    order.push(next);
  }
  return order;
}
