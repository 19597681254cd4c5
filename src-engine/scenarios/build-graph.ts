import type { Graph, GraphNode, NodeId, ParamValue, PortRef, Wire, WireId } from '../document/project.ts';

/** Columns of nodes on the canvas, in pixels: a node is 144 wide, a block with one child 188; between two there is room for `B × T × 100`. */
export const COLUMN = 228;
export const BLOCK_COLUMN = 272;

interface NodePlan {
  readonly id: string;
  readonly kind: string;
  readonly x: number;
  readonly y: number;
  readonly params?: Readonly<Record<string, ParamValue>>;
  readonly label?: string;
  readonly parent?: string;
}

/** A node of a template; ids are the template's own. */
export function node(plan: NodePlan): GraphNode {
  return {
    id: plan.id as NodeId,
    kind: plan.kind,
    ...(plan.label === undefined ? {} : { label: plan.label }),
    ...(plan.parent === undefined ? {} : { parent: plan.parent as NodeId }),
    position: { x: plan.x, y: plan.y },
    params: plan.params ?? {},
  };
}

/** Wires along ports written `node` (its `out`) or `node.port`, each into the next one's `in`. */
export function chain(nodes: readonly GraphNode[], ports: readonly string[]): Graph {
  const wires = ports.slice(1).map((target, place): Wire => {
    const [to = target] = target.split('.');
    return { id: `w${place + 1}` as WireId, from: outputPort(ports[place] ?? ''), to: { node: to as NodeId, port: 'in' } };
  });
  return { nodes, wires };
}

function outputPort(text: string): PortRef {
  const [id = '', port = 'out'] = text.split('.');
  return { node: id as NodeId, port };
}

/** Wires between ports written `node` (its `out`, or its `in` as an end) or `node.port`. */
export function wired(nodes: readonly GraphNode[], ends: readonly (readonly [string, string])[]): Graph {
  const wires = ends.map(([from, to], place): Wire => {
    const [node = to, port = 'in'] = to.split('.');
    return { id: `w${place + 1}` as WireId, from: outputPort(from), to: { node: node as NodeId, port } };
  });
  return { nodes, wires };
}
