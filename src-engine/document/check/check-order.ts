import type { Problem } from '../problems.ts';
import { problem } from '../problems.ts';
import type { GraphNode, NodeId, Wire } from '../project.ts';

export interface Ordered {
  /** Every node after what feeds it; nodes in a cycle and behind one are left out. */
  readonly order: readonly GraphNode[];
  readonly problems: readonly Problem[];
}

/** Kahn's order of the top level, stable in the order of the document; U010 for each cycle. */
export function orderNodes(nodes: readonly GraphNode[], incoming: ReadonlyMap<NodeId, readonly Wire[]>): Ordered {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const waiting = new Map<NodeId, number>();
  const followers = new Map<NodeId, GraphNode[]>();
  for (const node of nodes) {
    const wires = (incoming.get(node.id) ?? []).filter((wire) => byId.has(wire.from.node));
    waiting.set(node.id, wires.length);
    for (const wire of wires) {
      const list = followers.get(wire.from.node);
      if (list === undefined) followers.set(wire.from.node, [node]);
      else list.push(node);
    }
  }
  const order = nodes.filter((node) => waiting.get(node.id) === 0);
  for (let next = 0; next < order.length; next++) {
    const node = order[next];
    if (node === undefined) break;
    for (const follower of followers.get(node.id) ?? []) {
      const left = (waiting.get(follower.id) ?? 0) - 1;
      waiting.set(follower.id, left);
      if (left === 0) order.push(follower);
    }
  }
  const placed = new Set(order);
  return {
    order,
    problems: findCycles(
      nodes.filter((node) => !placed.has(node)),
      incoming,
    ),
  };
}

/** Each node left over is in a cycle or behind one: walking back against the wires ends in a cycle. */
function findCycles(left: readonly GraphNode[], incoming: ReadonlyMap<NodeId, readonly Wire[]>): readonly Problem[] {
  const ids = new Set(left.map((node) => node.id));
  const seen = new Set<NodeId>();
  const problems: Problem[] = [];
  for (const start of left) {
    const path: NodeId[] = [];
    const onPath = new Set<NodeId>();
    let current: NodeId | undefined = start.id;
    while (current !== undefined && !seen.has(current)) {
      seen.add(current);
      onPath.add(current);
      path.push(current);
      const back: NodeId = current;
      current = (incoming.get(back) ?? []).find((wire) => ids.has(wire.from.node))?.from.node;
    }
    if (current === undefined || !onPath.has(current)) continue;
    const cycle = path.slice(path.indexOf(current)).reverse();
    problems.push(cycleProblem(cycle));
  }
  return problems;
}

function cycleProblem(cycle: readonly NodeId[]): Problem {
  const shown = cycle.length > 8 ? [...cycle.slice(0, 7), '...'] : cycle;
  return problem(
    'U010',
    `The wires run in a circle: ${[...shown, cycle[0]].join(' -> ')}.`,
    'Remove one of these wires; a cell already feeds its state back to itself at the next step.',
    cycle[0] === undefined ? {} : { node: cycle[0] },
  );
}
