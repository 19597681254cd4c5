import type { WireType } from './checked.ts';
import type { GraphIndex } from './graph-index.ts';
import { childrenOf, isBlock } from './graph-index.ts';
import type { WireKind } from './kind-spec.ts';
import { isKindName, kindSpec } from './node-kinds.ts';
import type { Problem } from './problems.ts';
import { problem } from './problems.ts';
import type { GraphNode } from './project.ts';
import { SHAPE_RULES } from './check/shape-rules.ts';

export function isSwitchedOff(node: GraphNode): boolean {
  return node.enabled === false;
}

const PROBE_WIDTH = 8;

function probe(kind: WireKind): WireType {
  return kind === 'tokens' ? { kind } : { kind, features: PROBE_WIDTH };
}

/** A state serves wherever a vector does. */
function plain(kind: WireKind | undefined): WireKind | undefined {
  return kind === 'state' ? 'vector' : kind;
}

/**
 * Why a node cannot be switched off, as the end of a sentence; null where it can: what leaves it is then of the kind that enters it
 * (a sequence for a sequence, a vector for a vector), if of another width.
 */
function obstacle(node: GraphNode): string | null {
  const spec = kindSpec(node.kind);
  if (!isKindName(node.kind) || spec === null) return 'this version does not know what it does';
  const input = spec.inputs.find(({ name }) => name === 'in');
  if (input === undefined) return spec.inputs.length === 0 ? 'nothing enters it that it could hand on' : 'it joins several inputs into one';
  if (!spec.outputs.some(({ name }) => name === 'out')) return 'nothing leaves it';
  const { kind } = node;
  if (kind === 'stack' || kind === 'bidirectional') return null;
  const same = (each: WireKind) => plain(SHAPE_RULES[kind](node, probe(each), null, { in: probe(each) }).outputs['out']?.kind) === plain(each);
  return input.accepts.every(same) ? null : 'what leaves it is not of the kind that enters it';
}

/** U027 where switching the node off makes no sense; null where it does. For the window, before it does so. */
export function switchOffProblem(node: GraphNode): Problem | null {
  const reason = obstacle(node);
  if (reason === null) return null;
  return problem('U027', `${node.id} cannot be switched off: ${reason}.`, 'Switch it on, or remove it.', { node: node.id });
}

/** U027 of nodes and wires, U016 of blocks in which everything is switched off. */
export function checkSwitchedOff(index: GraphIndex): readonly Problem[] {
  const off = [...index.nodes.values()].filter(isSwitchedOff);
  if (off.length === 0) return [];
  const names = new Set(off.map((node) => node.id));
  const blocks = [...index.nodes.values()].filter((node) => isBlock(node) && !names.has(node.id));
  return [
    ...off.flatMap((node) => switchOffProblem(node) ?? []),
    ...index.graph.wires.flatMap((wire) => {
      if (!names.has(wire.from.node) || wire.from.port === 'out') return [];
      const message = `${wire.from.node} is switched off and has no "${wire.from.port}" for ${wire.to.node}.`;
      return [problem('U027', message, 'Switch it on, or remove the wire.', { node: wire.from.node, wire: wire.id })];
    }),
    ...blocks.flatMap((block) => {
      const children = childrenOf(index, block.id);
      if (children.length === 0 || children.some((child) => !names.has(child.id))) return [];
      return [
        problem('U016', `Everything in ${block.id} is switched off.`, 'Switch one of the blocks inside on, or switch the block itself off.', {
          node: block.id,
        }),
      ];
    }),
  ];
}
