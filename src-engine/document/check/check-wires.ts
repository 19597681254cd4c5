import type { GraphIndex } from '../graph-index.ts';
import { childrenOf, isBlock, MAX_NESTING } from '../graph-index.ts';
import { kindSpec } from '../node-kinds.ts';
import type { Problem } from '../problems.ts';
import { problem } from '../problems.ts';
import type { GraphNode, NodeId, PortRef, Wire } from '../project.ts';

const MAX_LISTED = 8;

export interface WiresChecked {
  readonly problems: readonly Problem[];
  /** Sound wires of the top level by the node they end at. */
  readonly incoming: ReadonlyMap<NodeId, readonly Wire[]>;
}

/** U007 wire ids used twice, U008 wires that end nowhere, U012 ports fed twice, U025 wires a block does not allow. */
export function checkWires(index: GraphIndex): WiresChecked {
  const problems: Problem[] = [];
  const incoming = new Map<NodeId, Wire[]>();
  const fed = new Map<string, Wire>();
  const ids = new Set<string>();
  for (const wire of index.graph.wires) {
    if (ids.has(wire.id)) problems.push(problem('U007', `Two wires have the id ${wire.id}.`, 'Give one of them another id.', { wire: wire.id }));
    ids.add(wire.id);
    const found = endsProblem(index, wire.from, wire.to);
    if (found !== null) {
      problems.push({ ...found, node: found.node ?? wire.to.node, wire: wire.id });
      continue;
    }
    const port = JSON.stringify([wire.to.node, wire.to.port]);
    const rival = fed.get(port);
    if (rival !== undefined) {
      problems.push(
        problem(
          'U012',
          `The port "${wire.to.port}" of ${wire.to.node} is fed by ${rival.from.node} and by ${wire.from.node}.`,
          'Remove one of the two wires.',
          {
            node: wire.to.node,
            wire: wire.id,
          },
        ),
      );
      continue;
    }
    fed.set(port, wire);
    if (index.nodes.get(wire.to.node)?.parent !== undefined) continue;
    const into = incoming.get(wire.to.node);
    if (into === undefined) incoming.set(wire.to.node, [wire]);
    else into.push(wire);
  }
  return { problems, incoming };
}

/** What is wrong with the two ends of a wire, types aside; null where they may be joined. */
export function endsProblem(index: GraphIndex, from: PortRef, to: PortRef): Problem | null {
  const source = index.nodes.get(from.node);
  const target = index.nodes.get(to.node);
  if (source === undefined || target === undefined) {
    const missing = source === undefined ? from.node : to.node;
    return problem('U008', `The wire ${arrow(from, to)} ends at "${missing}", which is not there.`, 'Remove the wire.');
  }
  return (
    portProblem(source, from, to, 'outputs') ??
    stateProblem(index, source, from, to) ??
    portProblem(target, to, from, 'inputs') ??
    edgeProblem(index, source, target, from, to)
  );
}

function portProblem(node: GraphNode, own: PortRef, other: PortRef, side: 'inputs' | 'outputs'): Problem | null {
  const spec = kindSpec(node.kind);
  if (spec === null || spec[side].some((each) => each.name === own.port)) return null;
  const names = spec[side].map((each) => `"${each.name}"`).join(' and ');
  const kind = side === 'inputs' ? 'input' : 'output';
  return problem(
    'U008',
    `${node.id} (${spec.title}) has no ${kind} "${own.port}" for the wire to ${other.node}.`,
    names === '' ? `Remove the wire: this block has no ${kind}.` : `Use its ${kind} ${names}.`,
    { node: node.id },
  );
}

/** A bidirectional block joins the final states of what its children end in, which may be something that has none. */
function stateProblem(index: GraphIndex, block: GraphNode, from: PortRef, to: PortRef): Problem | null {
  if (block.kind !== 'bidirectional' || block.enabled === false || from.port !== 'state') return null;
  const last = lastInside(index, block);
  const spec = kindSpec(last.kind);
  if (last === block || spec === null || isBlock(last) || spec.outputs.some(({ name }) => name === 'state')) return null;
  return problem(
    'U008',
    `${block.id} has no "state" for the wire to ${to.node}: it ends in ${last.id} (${spec.title}), which has no final state.`,
    `Let a cell run last in ${block.id}, or wire its output "out".`,
    { node: block.id },
  );
}

/** The last child that is switched on, through the blocks in the block; the block where it has none. */
function lastInside(index: GraphIndex, block: GraphNode): GraphNode {
  let last = block;
  for (let depth = 0; depth <= MAX_NESTING; depth++) {
    const child = childrenOf(index, last.id).findLast((each) => each.enabled !== false);
    if (child === undefined) return last;
    last = child;
  }
  return last;
}

/** Children of one block are joined by their order; a wire may repeat that order but not change it. */
function edgeProblem(index: GraphIndex, source: GraphNode, target: GraphNode, from: PortRef, to: PortRef): Problem | null {
  if (source.parent !== target.parent) {
    return problem(
      'U025',
      `The wire ${arrow(from, to)} crosses the edge of a block.`,
      'Wire the block itself: it passes its input to the first block inside and the output of the last one on.',
    );
  }
  if (source.parent === undefined) return null;
  if (from.port === 'out' && to.port === 'in' && index.next.get(source.id) === target) return null;
  const siblings = childrenOf(index, source.parent);
  const chain: string[] = siblings.slice(0, MAX_LISTED).map((each) => each.id);
  if (siblings.length > MAX_LISTED) chain.push('...');
  return problem(
    'U025',
    `The wire ${arrow(from, to)} goes against the order of ${source.parent}, whose blocks run ${chain.join(', ')}.`,
    'Remove the wire, or change the order of the blocks inside.',
  );
}

function arrow(from: PortRef, to: PortRef): string {
  return `${from.node}.${from.port} -> ${to.node}.${to.port}`;
}
