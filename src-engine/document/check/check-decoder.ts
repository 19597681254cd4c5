import type { GraphIndex } from '../graph-index.ts';
import { childrenOf } from '../graph-index.ts';
import type { Problem } from '../problems.ts';
import { problem } from '../problems.ts';
import type { GraphNode, NodeId } from '../project.ts';

/** Kinds that need all steps before they give the first. */
const WHOLE: ReadonlySet<string> = new Set(['bidirectional', 'last-step', 'pool', 'repeat', 'decoder']);

/** U017: between a decoder and the head every step must follow from the steps before, since the decoder reads the head's answers one by one. */
export function checkDecoders(index: GraphIndex): readonly Problem[] {
  const decoders = childrenOf(index, null).filter((node) => node.kind === 'decoder');
  return decoders.flatMap((decoder) => {
    const problems: Problem[] = [];
    const reached = new Set<NodeId>([decoder.id]);
    for (const id of reached) {
      for (const wire of index.graph.wires.filter(({ from }) => from.node === id)) {
        const target = index.nodes.get(wire.to.node);
        if (target === undefined || reached.has(target.id)) continue;
        reached.add(target.id);
        const isWhole = wire.from.port === 'state' || wire.to.port === 'initial' || needsWhole(index, target);
        if (isWhole) problems.push(wholeProblem(decoder, target));
      }
    }
    return problems;
  });
}

function needsWhole(index: GraphIndex, node: GraphNode): boolean {
  return WHOLE.has(node.kind) || childrenOf(index, node.id).some((child) => needsWhole(index, child));
}

function wholeProblem(decoder: GraphNode, target: GraphNode): Problem {
  return problem(
    'U017',
    `${target.id} needs a whole sequence at once, and ${decoder.id} writes its own step by step, each from the answer before.`,
    `Lead ${decoder.id} to the head through layers that work step by step, or take ${target.id} out of the way.`,
    { node: target.id },
  );
}
