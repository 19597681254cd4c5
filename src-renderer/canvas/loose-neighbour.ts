import { kindSpec } from '../../src-engine/document/node-kinds.ts';
import type { Problem } from '../../src-engine/document/problems.ts';
import type { Graph, GraphNode, NodeId, PortRef } from '../../src-engine/document/project.ts';
import type { DataSignature } from '../../src-engine/document/signature.ts';
import { wireProblem } from './edits/fitting-ports.ts';

/** The wire that somebody who adds a block beside another expects, where it cannot be drawn but a click mends it. */
export interface LooseNeighbour {
  readonly from: PortRef;
  readonly to: PortRef;
  readonly problem: Problem;
}

/**
 * Why a block that was just added got no wire from the one it was added to; null where it got one, where it takes none, or where no single block between the
 * two would do.
 */
export function looseNeighbour(graph: Graph, signature: DataSignature | null, before: NodeId | null, added: NodeId): LooseNeighbour | null {
  const node = topLevel(graph, added);
  const source = before === null ? null : topLevel(graph, before);
  if (node === null || source === null || graph.wires.some(({ from, to }) => from.node === added || to.node === added)) return null;
  const output = kindSpec(source.kind)?.outputs[0];
  const input = kindSpec(node.kind)?.inputs.find(({ optional }) => !optional);
  if (output === undefined || input === undefined) return null;
  const [from, to] = [
    { node: source.id, port: output.name },
    { node: node.id, port: input.name },
  ];
  const problem = wireProblem(graph, signature, from, to);
  return problem === null || problem.remedy === null ? null : { from, to, problem };
}

function topLevel(graph: Graph, id: NodeId): GraphNode | null {
  return graph.nodes.find((node) => node.id === id && node.parent === undefined) ?? null;
}
