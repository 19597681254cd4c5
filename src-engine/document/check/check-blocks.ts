import type { GraphIndex } from '../graph-index.ts';
import { ancestorsOf, childrenOf, isBlock, MAX_NESTING } from '../graph-index.ts';
import { kindSpec } from '../node-kinds.ts';
import type { Problem } from '../problems.ts';
import { problem } from '../problems.ts';
import type { GraphNode } from '../project.ts';

export interface BlocksChecked {
  readonly problems: readonly Problem[];
  /** Nodes that stand in a sound place: every block around them exists, is a block, and contains no cycle. */
  readonly sound: ReadonlySet<GraphNode>;
}

/** U015 parents that are no blocks, U016 empty blocks, U017 children a block cannot hold. */
export function checkBlocks(index: GraphIndex): BlocksChecked {
  const problems: Problem[] = [];
  const sound = new Set<GraphNode>();
  for (const node of index.nodes.values()) {
    const found = placeProblem(index, node);
    if (found !== null) problems.push(found);
    else if (ancestorsOf(index, node).every((each) => placeProblem(index, each) === null)) sound.add(node);
    if (isBlock(node) && childrenOf(index, node.id).length === 0) {
      problems.push(problem('U016', `The block ${node.id} is empty.`, 'Put a cell into it, or remove it.', { node: node.id }));
    }
  }
  return { problems, sound };
}

function placeProblem(index: GraphIndex, node: GraphNode): Problem | null {
  const place = { node: node.id, path: `graph.nodes[${index.places.get(node.id) ?? 0}].parent` };
  const ancestors = ancestorsOf(index, node);
  const parent = ancestors[0];
  if (node.parent !== undefined && parent === undefined) {
    return problem('U015', `${node.id} is inside "${node.parent}", which is not there.`, 'Move it to the top level or into a block that exists.', place);
  }
  if (ancestors.includes(node)) {
    return problem('U015', `${node.id} is inside itself.`, 'Move it to the top level.', place);
  }
  if (ancestors.length > MAX_NESTING) {
    return problem('U015', `${node.id} is nested more than ${MAX_NESTING} blocks deep.`, 'Use fewer levels, or the repeats of a stack.', place);
  }
  if (parent === undefined) return null;
  return holdProblem(node, parent, ancestors, place);
}

function holdProblem(
  node: GraphNode,
  parent: GraphNode,
  ancestors: readonly GraphNode[],
  place: { readonly node: GraphNode['id']; readonly path: string },
): Problem | null {
  const holder = kindSpec(parent.kind);
  const spec = kindSpec(node.kind);
  if (holder === null || spec === null) return null;
  if (holder.holds === null) {
    return problem('U015', `${node.id} is inside ${parent.id}, and ${holder.title} is not a block.`, 'Move it to the top level or into a block.', place);
  }
  if (node.kind === 'bidirectional' && ancestors.some((each) => each.kind === 'bidirectional')) {
    return problem(
      'U017',
      `${node.id} is a bidirectional block inside another one, which would run every direction twice.`,
      'Put one after the other, or both into a stack.',
      place,
    );
  }
  if (!holder.holds.includes(node.kind)) {
    const titles = holder.holds.map((kind) => kindSpec(kind)?.title ?? kind).join(', ');
    return problem('U017', `${holder.title} cannot hold ${spec.title} (${node.id}).`, `Move it out; this block holds ${titles}.`, place);
  }
  return null;
}
