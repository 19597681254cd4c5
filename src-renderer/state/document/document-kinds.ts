import type { KindGroup } from '../../../src-engine/document/kind-spec.ts';
import { kindSpec } from '../../../src-engine/document/node-kinds.ts';
import type { GraphNode } from '../../../src-engine/document/project.ts';

/** The colour grammar of the lecture pictures: inputs red-brown, states green, outputs blue. */
const GROUP_COLOURS: Readonly<Record<KindGroup, string>> = {
  Inputs: '--in',
  Cells: '--state',
  Blocks: '--block',
  Shaping: '--shape',
  Heads: '--out',
};

export interface KindLook {
  readonly title: string;
  /** One character for the chip. */
  readonly letter: string;
  /** Colour token of the chip. */
  readonly colour: string;
}

/** How a kind is shown everywhere; a kind this version does not know shows as a question mark. */
export function kindLook(kind: string): KindLook {
  const spec = kindSpec(kind);
  if (spec === null) return { title: kind, letter: '?', colour: '--line3' };
  return { title: spec.title, letter: spec.letter, colour: GROUP_COLOURS[spec.group] };
}

/** The name the user gave, else the kind's. */
export function nodeTitle(node: GraphNode): string {
  return node.label === undefined || node.label.trim() === '' ? kindLook(node.kind).title : node.label;
}
