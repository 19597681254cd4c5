import type { CheckedNode } from '../checked.ts';
import { outputType } from '../checked.ts';
import type { GraphIndex } from '../graph-index.ts';
import { isHeadKind } from '../node-kinds.ts';
import type { Problem } from '../problems.ts';
import { problem } from '../problems.ts';
import type { GraphNode, NodeId } from '../project.ts';
import { hasOwnSteps, type DataSignature } from '../signature.ts';

/** Kinds that begin a sequence as long as the targets. */
const BEGINS: ReadonlySet<string> = new Set(['decoder', 'repeat']);

type Steps = 'inputs' | 'targets';

/**
 * U028, for data whose targets have steps of their own: the head answers at the targets' steps, so a decoder (or a repeat) must lead to it, and no node
 * can join sequences of both kinds. `order`: top-level nodes, each after what feeds it.
 */
export function checkOwnSteps(
  index: GraphIndex,
  order: readonly GraphNode[],
  nodes: ReadonlyMap<NodeId, CheckedNode>,
  { output }: DataSignature,
): readonly Problem[] {
  if (!hasOwnSteps(output)) return [];
  const steps = new Map<NodeId, Steps>();
  return order.flatMap((node) => {
    const arriving = index.graph.wires.filter((wire) => wire.to.node === node.id && wire.to.port !== 'initial');
    const sequences = arriving.flatMap(({ from }) => {
      const source = nodes.get(from.node);
      return source !== undefined && outputType(source, from.port)?.kind === 'sequence' ? [steps.get(from.node) ?? 'inputs'] : [];
    });
    const own = BEGINS.has(node.kind) || sequences.includes('targets') ? 'targets' : 'inputs';
    steps.set(node.id, own);
    if (sequences.includes('inputs') && sequences.includes('targets')) return [mixedProblem(node)];
    return isHeadKind(node.kind) && sequences.includes('inputs') ? [headProblem(node)] : [];
  });
}

function headProblem(head: GraphNode): Problem {
  return problem(
    'U028',
    `${head.id} answers at every step of the input, and the data's targets have steps of their own, as a translation has.`,
    'Lead the final state of the encoder through a Decoder to the head, or choose data with one target for each step of its input.',
    { node: head.id },
  );
}

function mixedProblem(node: GraphNode): Problem {
  return problem(
    'U028',
    `${node.id} joins a sequence with the steps of the input and one with the steps of the targets, which the data has in different numbers.`,
    'Join the final state of the encoder instead, through a Repeat, which is as long as the targets.',
    { node: node.id },
  );
}
