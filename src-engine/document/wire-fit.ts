import { checkGraph } from './check.ts';
import type { CheckedGraph } from './checked.ts';
import { outputType } from './checked.ts';
import { endsProblem } from './check/check-wires.ts';
import type { GraphIndex } from './graph-index.ts';
import { indexGraph } from './graph-index.ts';
import { isJoin } from './node-kinds.ts';
import type { WireSource } from './check/port-fit.ts';
import { fitProblem, joinProblems } from './check/port-fit.ts';
import type { Problem } from './problems.ts';
import { problem } from './problems.ts';
import type { Graph, GraphNode, NodeId, PortRef } from './project.ts';
import type { DataSignature } from './signature.ts';

export type WireVerdict = { readonly ok: true } | { readonly ok: false; readonly problem: Problem };

/**
 * May a wire go from this output to this input? A wire that already feeds the port does not stand in the way: connecting replaces it.
 * The refusal names both shapes, the axis that failed, and a remedy where there is one.
 */
export function checkWire(graph: Graph, signature: DataSignature | null, from: PortRef, to: PortRef): WireVerdict {
  return wireChecker(graph, signature, from)(to);
}

/** The same for many targets of one wire being dragged: the graph is checked once. */
export function wireChecker(graph: Graph, signature: DataSignature | null, from: PortRef): (to: PortRef) => WireVerdict {
  const index = indexGraph(graph);
  const checked = checkGraph(graph, signature);
  const upstream = findUpstream(graph, from.node);
  return (to) => {
    const found = endsProblem(index, from, to) ?? cycleProblem(upstream, from, to) ?? typeProblem(index, checked, signature, from, to);
    return found === null ? { ok: true } : { ok: false, problem: found };
  };
}

/** The node itself and every node from which wires lead to it. */
function findUpstream(graph: Graph, node: NodeId): ReadonlySet<NodeId> {
  const sources = new Map<NodeId, NodeId[]>();
  for (const wire of graph.wires) {
    const list = sources.get(wire.to.node);
    if (list === undefined) sources.set(wire.to.node, [wire.from.node]);
    else list.push(wire.from.node);
  }
  const upstream = new Set<NodeId>([node]);
  for (const id of upstream) for (const source of sources.get(id) ?? []) upstream.add(source);
  return upstream;
}

function cycleProblem(upstream: ReadonlySet<NodeId>, from: PortRef, to: PortRef): Problem | null {
  if (!upstream.has(to.node)) return null;
  const circle = from.node === to.node ? `${from.node} would feed itself` : `${to.node} already leads to ${from.node}`;
  return problem(
    'U010',
    `This wire would close a circle: ${circle}.`,
    'Wire it to a block further on; a cell already feeds its state back to itself at the next step.',
    { node: to.node },
  );
}

/** What the wire would bring together with what arrives at the target's other ports; a wire to the same port gives way. */
function joinProblem(index: GraphIndex, checked: CheckedGraph, arriving: WireSource, target: GraphNode, port: string): Problem | null {
  if (!isJoin(target.kind)) return null;
  for (const { from, to } of index.graph.wires) {
    const other = checked.nodes.get(from.node);
    if (to.node !== target.id || to.port === port || other === undefined) continue;
    const type = outputType(other, from.port);
    const [found] = type === null ? [] : joinProblems(target, { [to.port]: { node: other.node, type }, [port]: arriving });
    if (found !== undefined) return found;
  }
  return null;
}

function typeProblem(index: GraphIndex, checked: CheckedGraph, signature: DataSignature | null, from: PortRef, to: PortRef): Problem | null {
  const target = index.nodes.get(to.node);
  const source = checked.nodes.get(from.node);
  if (target === undefined || source === undefined) return null;
  const type = outputType(source, from.port);
  if (type === null) return null;
  const arriving = { node: source.node, type };
  return fitProblem(index, arriving, target, to.port, signature) ?? joinProblem(index, checked, arriving, target, to.port);
}
