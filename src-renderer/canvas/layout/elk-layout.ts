import type { ELK, ElkExtendedEdge, ElkNode } from 'elkjs/lib/elk-api.js';
import type { Graph, NodeId } from '../../../src-engine/document/project.ts';
import { portPlaces, ROW_GAP, WIRE_GAP, type Placed, type Point } from './geometry.ts';
import { placeNodes } from './place-nodes.ts';

/** Layers from left to right, wires as straight as they can be. A block is one box: its children stand in their row. */
const OPTIONS = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.spacing.nodeNode': String(ROW_GAP),
  'elk.spacing.componentComponent': String(ROW_GAP * 2),
  'elk.layered.spacing.nodeNodeBetweenLayers': String(WIRE_GAP),
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
};

/** The graph's top level as ELK wants it: sizes, and ports where the cards have them. */
function elkGraph(graph: Graph): ElkNode {
  const places = placeNodes(graph);
  const top = graph.nodes.filter((node) => node.parent === undefined);
  const ports = new Map(top.map((node) => [node.id, portsOf(node.id, node.kind, places.get(node.id))]));
  const has = (node: NodeId, side: string, port: string) => ports.get(node)?.some((each) => each.id === portId(node, side, port)) === true;
  const edges = graph.wires.flatMap(({ id, from, to }): ElkExtendedEdge[] => {
    const fits = has(from.node, 'output', from.port) && has(to.node, 'input', to.port);
    return fits ? [{ id, sources: [portId(from.node, 'output', from.port)], targets: [portId(to.node, 'input', to.port)] }] : [];
  });
  return {
    id: 'graph',
    layoutOptions: OPTIONS,
    children: top.map(({ id }) => ({
      id,
      width: places.get(id)?.width ?? 0,
      height: places.get(id)?.height ?? 0,
      layoutOptions: { 'elk.portConstraints': 'FIXED_POS' },
      ports: ports.get(id) ?? [],
    })),
    edges,
  };
}

function portsOf(id: NodeId, kind: string, place: Placed | undefined) {
  if (place === undefined) return [];
  return portPlaces(kind, place, true).map(({ name, side, x, y }) => ({
    id: portId(id, side, name),
    x,
    y,
    width: 0,
    height: 0,
    layoutOptions: { 'elk.port.side': side === 'input' ? 'WEST' : 'EAST' },
  }));
}

function portId(node: string, side: string, port: string): string {
  return JSON.stringify([node, side, port]);
}

/** Where each node of the top level comes to stand; the whole keeps its top left corner. */
function placesFrom(layout: ElkNode, graph: Graph): ReadonlyMap<NodeId, Point> {
  const before = [...placeNodes(graph)].filter(([id]) => layout.children?.some((child) => child.id === id));
  const left = Math.min(...before.map(([, place]) => place.left));
  const top = Math.min(...before.map(([, place]) => place.top));
  const found = layout.children ?? [];
  const [x, y] = [Math.min(...found.map((each) => each.x ?? 0)), Math.min(...found.map((each) => each.y ?? 0))];
  return new Map(found.map((each) => [each.id as NodeId, { x: Math.round((each.x ?? 0) - x + left), y: Math.round((each.y ?? 0) - y + top) }]));
}

/** ELK runs in a thread of its own, loaded when first asked for. Rejects when `signal` ends it. */
export async function layOutInWorker(graph: Graph, signal: AbortSignal): Promise<ReadonlyMap<NodeId, Point>> {
  const [{ default: Elk }, { default: workerUrl }] = await Promise.all([import('elkjs/lib/elk-api.js'), import('elkjs/lib/elk-worker.min.js?url')]);
  const elk: ELK = new Elk({ workerUrl });
  const stopped = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => {
      reject(new Error('the layout was called off'));
    });
  });
  try {
    return placesFrom(await Promise.race([elk.layout(elkGraph(graph)), stopped]), graph);
  } finally {
    elk.terminateWorker();
  }
}
