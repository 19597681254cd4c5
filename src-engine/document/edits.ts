import { kindSpec } from './node-kinds.ts';
import { defaultParams, hasFieldType, isFieldValue } from './params.ts';
import type { Graph, GraphNode, NodeId, ParamValue, PortRef, Position, Wire, WireId } from './project.ts';

/** Changes of a graph, each a pure function. What cannot be done at all (an id that is not there) throws: the window offers only what can. */

export interface NewNode {
  readonly kind: string;
  /** Relative to the parent block. */
  readonly position: Position;
  /** `nextNodeId(graph, kind)` where it is not given. */
  readonly id?: NodeId;
  readonly parent?: NodeId;
  readonly label?: string;
  /** Laid over the kind's defaults. */
  readonly params?: Readonly<Record<string, ParamValue>>;
  /** The sibling it runs before; last where it is not given. */
  readonly before?: NodeId;
}

/** `gru1`, `gru2`, ...: the first that is free. */
export function nextNodeId(graph: Graph, kind: string): NodeId {
  const taken = new Set<string>(graph.nodes.map((node) => node.id));
  return freshId(taken, kindSpec(kind)?.idPrefix ?? 'node') as NodeId;
}

function nextWireId(graph: Graph): WireId {
  return freshId(new Set<string>(graph.wires.map((wire) => wire.id)), 'w') as WireId;
}

function freshId(taken: ReadonlySet<string>, prefix: string): string {
  let number = 1;
  while (taken.has(`${prefix}${number}`)) number++;
  return `${prefix}${number}`;
}

export function findNode(graph: Graph, id: NodeId): GraphNode {
  const node = graph.nodes.find((each) => each.id === id);
  if (node === undefined) throw new Error(`no node ${id}`);
  return node;
}

/** A new node with the defaults of its kind. */
export function addNode(graph: Graph, fresh: NewNode): Graph {
  const spec = kindSpec(fresh.kind);
  const node: GraphNode = {
    id: fresh.id ?? nextNodeId(graph, fresh.kind),
    kind: fresh.kind,
    ...(fresh.label === undefined ? {} : { label: fresh.label }),
    ...(fresh.parent === undefined ? {} : { parent: fresh.parent }),
    position: fresh.position,
    params: { ...(spec === null ? {} : defaultParams(spec)), ...fresh.params },
  };
  if (graph.nodes.some((each) => each.id === node.id)) throw new Error(`the id ${node.id} is taken`);
  return { ...graph, nodes: placedBefore(graph.nodes, node, fresh.before) };
}

function placedBefore(nodes: readonly GraphNode[], node: GraphNode, before: NodeId | undefined): readonly GraphNode[] {
  const place = before === undefined ? -1 : nodes.findIndex((each) => each.id === before);
  return place === -1 ? [...nodes, node] : [...nodes.slice(0, place), node, ...nodes.slice(place)];
}

/** The nodes, everything inside them, and every wire that ends at one of them. */
export function removeNodes(graph: Graph, ids: Iterable<NodeId>): Graph {
  const gone = withDescendants(graph, ids);
  return {
    ...graph,
    nodes: graph.nodes.filter((node) => !gone.has(node.id)),
    wires: graph.wires.filter((wire) => !gone.has(wire.from.node) && !gone.has(wire.to.node)),
  };
}

/** The ids and those of every node inside them, at any depth. */
export function withDescendants(graph: Graph, ids: Iterable<NodeId>): ReadonlySet<NodeId> {
  const children = Map.groupBy(graph.nodes, (node) => node.parent ?? null);
  const found = new Set<NodeId>(ids);
  for (const id of found) for (const child of children.get(id) ?? []) found.add(child.id);
  return found;
}

/** New positions by id; nodes that are not named stay. */
export function moveNodes(graph: Graph, positions: ReadonlyMap<NodeId, Position>): Graph {
  return mapNodes(graph, (node) => {
    const position = positions.get(node.id);
    return position === undefined ? node : { ...node, position };
  });
}

function mapNodes(graph: Graph, change: (node: GraphNode) => GraphNode): Graph {
  return { ...graph, nodes: graph.nodes.map(change) };
}

function changeNode(graph: Graph, id: NodeId, change: (node: GraphNode) => GraphNode): Graph {
  findNode(graph, id);
  return mapNodes(graph, (node) => (node.id === id ? change(node) : node));
}

/** A wire from an output to an input; a wire that already feeds the input is replaced. `checkWire` says whether it fits. */
export function connect(graph: Graph, from: PortRef, to: PortRef): Graph {
  findNode(graph, from.node);
  findNode(graph, to.node);
  const kept = graph.wires.filter((wire) => wire.to.node !== to.node || wire.to.port !== to.port);
  const wire: Wire = { id: nextWireId(graph), from, to };
  return { ...graph, wires: [...kept, wire] };
}

export function disconnect(graph: Graph, ids: Iterable<WireId>): Graph {
  const gone = new Set(ids);
  return { ...graph, wires: graph.wires.filter((wire) => !gone.has(wire.id)) };
}

/** Sets an option. A value outside its bounds is kept and reported by the check; one of the wrong type throws. */
export function setParam(graph: Graph, id: NodeId, name: string, value: ParamValue): Graph {
  return changeNode(graph, id, (node) => {
    const field = kindSpec(node.kind)?.params.find((each) => each.name === name);
    if (field === undefined || !hasFieldType(field, value)) throw new Error(`${node.kind} takes no ${typeof value} as ${name}`);
    return { ...node, params: { ...node.params, [name]: value } };
  });
}

/** Switches a node on or off; a node that is on does not say so. */
export function setEnabled(graph: Graph, id: NodeId, enabled: boolean): Graph {
  return changeNode(graph, id, (node) => {
    const { enabled: _old, ...rest } = node;
    return enabled ? rest : { ...rest, enabled };
  });
}

/** An empty label gives the node its kind's title back. */
export function setLabel(graph: Graph, id: NodeId, label: string): Graph {
  return changeNode(graph, id, (node) => {
    const { label: _old, ...rest } = node;
    return label === '' ? rest : { ...rest, label };
  });
}

/**
 * Moves a node into a block, or to the top level with `null`, to run before a sibling or last. Wires that would cross an edge of a
 * block, or disagree with an order of children, are cut. Throws where the node would be inside itself.
 */
export function setParent(graph: Graph, id: NodeId, parent: NodeId | null, position: Position, before?: NodeId): Graph {
  const moving = findNode(graph, id);
  if (parent !== null) {
    findNode(graph, parent);
    if (withDescendants(graph, [id]).has(parent)) throw new Error(`${id} cannot be inside itself`);
  }
  const { parent: _old, ...rest } = moving;
  const moved: GraphNode = parent === null ? { ...rest, position } : { ...rest, parent, position };
  const others = graph.nodes.filter((node) => node.id !== id);
  const sameParent = (moving.parent ?? null) === parent;
  const staysWired = sameParent && parent === null;
  return {
    ...graph,
    nodes: placedBefore(others, moved, before),
    wires: staysWired ? graph.wires : graph.wires.filter((wire) => wire.from.node !== id && wire.to.node !== id),
  };
}

/**
 * Another kind in the same place: id, label, position, parent, the options both kinds have, and the wires whose ports both have.
 * Children of a block stay where the new kind is a block too, and go otherwise.
 */
export function replaceKind(graph: Graph, id: NodeId, kind: string): Graph {
  const spec = kindSpec(kind);
  if (spec === null) throw new Error(`no kind ${kind}`);
  const kept =
    spec.holds === null
      ? removeNodes(
          graph,
          graph.nodes.filter((node) => node.parent === id).map((node) => node.id),
        )
      : graph;
  const changed = changeNode(kept, id, (node) => {
    const shared = spec.params.filter((field) => isFieldValue(field, node.params[field.name]));
    const values = Object.fromEntries(shared.map((field) => [field.name, node.params[field.name] ?? field.default]));
    return { ...node, kind, params: { ...defaultParams(spec), ...values } };
  });
  const wires = changed.wires.filter(
    (wire) =>
      (wire.from.node !== id || spec.outputs.some((port) => port.name === wire.from.port)) &&
      (wire.to.node !== id || spec.inputs.some((port) => port.name === wire.to.port)),
  );
  return { ...changed, wires };
}

/** Puts a new node on a wire: into its `in`, out of its `out`. */
export function insertOnWire(graph: Graph, wireId: WireId, fresh: NewNode): Graph {
  const wire = graph.wires.find((each) => each.id === wireId);
  if (wire === undefined) throw new Error(`no wire ${wireId}`);
  return insertBetween(disconnect(graph, [wireId]), wire.from, wire.to, fresh);
}

/** A new node between an output and an input, whether a wire joins them yet or not; carries out a `Remedy`. */
export function insertBetween(graph: Graph, from: PortRef, to: PortRef, fresh: NewNode): Graph {
  const id = fresh.id ?? nextNodeId(graph, fresh.kind);
  const parent = findNode(graph, to.node).parent;
  const added = addNode(graph, { ...fresh, id, ...(parent === undefined ? {} : { parent, before: to.node }) });
  if (parent !== undefined) return added;
  return connect(connect(added, from, { node: id, port: 'in' }), { node: id, port: 'out' }, to);
}
