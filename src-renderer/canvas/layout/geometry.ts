import type { Graph, GraphNode, NodeId } from '../../../src-engine/document/project.ts';
import { isBlockKind, isCellKind, kindSpec } from '../../../src-engine/document/node-kinds.ts';

/** Measures of the canvas in pixels at zoom 1. Every size is known without asking the browser, so that culling works. */
const CARD_WIDTH = 144;
const CARD_HEIGHT = 84;
/** Height of the main ports in a card, from its top. */
const PORT_Y = 42;
/** Distance of each further port below the main one. */
const PORT_STEP = 24;
/** Inner width of a card. */
export const STRIP_WIDTH = CARD_WIDTH - 20;
export const STRIP_HEIGHT = 11;
export const STRIP_GAP = 6;
/** Free space between two wired cards: room for `B × T × 100`. */
export const WIRE_GAP = 84;
export const ROW_GAP = 48;
const BLOCK_CAPTION = 40;
const BLOCK_PADDING = 22;
const CHILD_GAP = 48;
/** As large as with one card in it, so that the first child changes nothing. */
const EMPTY_BLOCK = { width: CARD_WIDTH + 2 * BLOCK_PADDING, height: BLOCK_CAPTION + CARD_HEIGHT + 20, portY: BLOCK_CAPTION + PORT_Y } as const;

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A placed node: `x`, `y` relative to its block, `left`, `top` on the canvas. */
export interface Placed extends Size, Point {
  readonly left: number;
  readonly top: number;
  /** Height of the main ports, from the node's own top. */
  readonly portY: number;
  /** Running order of the children; empty for what is not a block. */
  readonly children: readonly NodeId[];
  /** Of a kind this version does not know: the ports its wires use. */
  readonly ports?: UsedPorts;
}

interface UsedPorts {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

/** Ports by which wires enter and leave a node; the main ones where none does. */
function usedPorts(graph: Graph, id: NodeId): UsedPorts {
  const used = (names: readonly string[], main: string) => (names.length === 0 ? [main] : [...new Set(names)].sort());
  return {
    inputs: used(
      graph.wires.flatMap(({ to }) => (to.node === id ? [to.port] : [])),
      'in',
    ),
    outputs: used(
      graph.wires.flatMap(({ from }) => (from.node === id ? [from.port] : [])),
      'out',
    ),
  };
}

/** Directions a node's gradient is shown for: two inside a bidirectional block, none for what has no state. */
export function stripCount(node: GraphNode, insideBidirectional: boolean): number {
  if (!isCellKind(node.kind)) return 0;
  return insideBidirectional ? 2 : 1;
}

function cardSize(strips: number): Size {
  const strip = strips === 0 ? 0 : strips * STRIP_HEIGHT + (strips - 1) * STRIP_GAP + 10;
  return { width: CARD_WIDTH, height: CARD_HEIGHT + strip };
}

/** A card of a kind this version does not know is as high as its ports need. */
function cardFor(graph: Graph, node: GraphNode, bidirectional: boolean): Size & Pick<Inner, 'ports'> {
  const size = cardSize(stripCount(node, bidirectional));
  if (kindSpec(node.kind) !== null) return size;
  const ports = usedPorts(graph, node.id);
  const most = Math.max(ports.inputs.length, ports.outputs.length);
  return { width: size.width, height: Math.max(size.height, PORT_Y + (most - 1) * PORT_STEP + PORT_STEP), ports };
}

/** A size with the height of the main ports in it. */
export interface Shape extends Size {
  readonly portY: number;
}

/** The size of a fresh node at the top level. */
export function freshShape(kind: string): Shape {
  return isBlockKind(kind) ? EMPTY_BLOCK : { ...cardSize(isCellKind(kind) ? 1 : 0), portY: PORT_Y };
}

interface Inner extends Shape {
  readonly ports?: UsedPorts;
  readonly children: readonly { readonly id: NodeId; readonly x: number; readonly y: number }[];
}

/**
 * Sizes of all nodes and places of the children of blocks: children stand in one row in running order, their ports on one line,
 * and the block is as large as they need. Nodes whose block is missing stand at the top level.
 */
export function measureNodes(graph: Graph): ReadonlyMap<NodeId, Inner> {
  const byId = new Map(graph.nodes.map((node) => [node.id, node]));
  const children = Map.groupBy(
    graph.nodes.filter((node) => parentOf(node, byId) !== null),
    (node) => node.parent ?? '',
  );
  const measured = new Map<NodeId, Inner>();
  const measure = (node: GraphNode, bidirectional: boolean): Inner => {
    const inner = isBlockKind(node.kind)
      ? arrange((children.get(node.id) ?? []).map((child) => ({ id: child.id, inner: measure(child, bidirectional || node.kind === 'bidirectional') })))
      : { ...cardFor(graph, node, bidirectional), portY: PORT_Y, children: [] };
    measured.set(node.id, inner);
    return inner;
  };
  for (const node of graph.nodes) if (parentOf(node, byId) === null) measure(node, false);
  return measured;
}

function arrange(children: readonly { readonly id: NodeId; readonly inner: Inner }[]): Inner {
  if (children.length === 0) return { ...EMPTY_BLOCK, children: [] };
  const portY = BLOCK_CAPTION + Math.max(...children.map(({ inner }) => inner.portY));
  let x = BLOCK_PADDING;
  const placed = children.map(({ id, inner }) => {
    const here = { id, x, y: portY - inner.portY };
    x += inner.width + CHILD_GAP;
    return here;
  });
  const bottom = Math.max(...children.map(({ inner }) => portY - inner.portY + inner.height));
  return { width: x - CHILD_GAP + BLOCK_PADDING, height: bottom + 20, portY, children: placed };
}

/** The block a node really is in: null where its `parent` is missing, is no block, or leads back to itself. */
export function parentOf(node: GraphNode, nodes: ReadonlyMap<NodeId, GraphNode>): NodeId | null {
  const seen = new Set<NodeId>([node.id]);
  let current = node;
  while (current.parent !== undefined) {
    const parent = nodes.get(current.parent);
    if (parent === undefined || !isBlockKind(parent.kind) || seen.has(parent.id)) return null;
    seen.add(parent.id);
    current = parent;
  }
  return node.parent ?? null;
}

/** The ports that carry the model: `in`, `out`, and `in1` to `in4` of what joins several. */
function isMainPort(name: string): boolean {
  return name === 'out' || /^in\d*$/.test(name);
}

/** Main ports are the largest; those inside a block take no wires and are only a mark. */
function portSize(name: string, wired: boolean): number {
  if (!wired) return 6;
  return isMainPort(name) ? 12 : 9;
}

export interface PortPlace {
  readonly name: string;
  readonly label: string;
  readonly side: 'input' | 'output';
  /** It carries the model, not a state beside it. */
  readonly main: boolean;
  /** Centre, from the node's top left corner. */
  readonly x: number;
  readonly y: number;
  /** Width and height. */
  readonly size: number;
}

/** Where the ports of a node sit: inputs on its left edge, outputs on its right, the main ones on the line of the row; several main inputs share the edge. */
export function portPlaces(kind: string, place: Shape & Pick<Placed, 'ports'>, wired: boolean): readonly PortPlace[] {
  const spec = kindSpec(kind);
  const named = (names: readonly string[] | undefined, main: string) => (names ?? [main]).map((name) => ({ name, label: name }));
  const inputs = spec?.inputs ?? named(place.ports?.inputs, 'in');
  const outputs = spec?.outputs ?? named(place.ports?.outputs, 'out');
  const joins = spec !== null && inputs.length > 1 && inputs.every(({ name }) => isMainPort(name));
  const inputY = (index: number) => (joins ? (place.height * (index + 1)) / (inputs.length + 1) : place.portY + index * PORT_STEP);
  const port = (name: string, wire: 'input' | 'output') => ({
    side: wire,
    main: isMainPort(name),
    size: portSize(name, wired),
    x: wire === 'input' ? 0 : place.width,
  });
  return [
    ...inputs.map(({ name, label }, index) => ({ name, label, ...port(name, 'input'), y: inputY(index) })),
    ...outputs.map(({ name, label }, index) => ({ name, label, ...port(name, 'output'), y: place.portY + index * PORT_STEP })),
  ];
}

/** The centre of a port on the canvas, or null where the node has no such port. */
export function portPoint(node: GraphNode, port: string, side: PortPlace['side'], places: ReadonlyMap<NodeId, Placed>): Point | null {
  const place = places.get(node.id);
  if (place === undefined) return null;
  const found = portPlaces(node.kind, place, true).find((each) => each.name === port && each.side === side);
  return found === undefined ? null : { x: place.left + found.x, y: place.top + found.y };
}
