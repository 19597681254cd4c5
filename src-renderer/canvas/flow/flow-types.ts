import type { Edge, Node, NodeProps } from '@xyflow/react';
import type { WireType } from '../../../src-engine/document/checked.ts';
import type { NodeId } from '../../../src-engine/document/project.ts';
import type { Placed, Point, PortPlace } from '../layout/geometry.ts';

/** What a card or block shows; nothing of it changes while a model trains. */
export interface NodeView extends Record<string, unknown> {
  readonly id: NodeId;
  readonly kind: string;
  readonly title: string;
  readonly letter: string;
  readonly colour: string;
  readonly lines: readonly [string, string];
  /** For blocks: shown at the right of the caption. */
  readonly aside: string;
  /** Problems of the node, one sentence each. */
  readonly problems: readonly string[];
  readonly ports: readonly PortPlace[];
  /** Inside a block a node's ports are joined by the order of the children and take no wires. */
  readonly wired: boolean;
  /** How many gradient strips the card has room for. */
  readonly strips: number;
  readonly empty: boolean;
  /** Switched off. */
  readonly off: boolean;
  /** Everything above as one sentence, for readers. */
  readonly summary: string;
}

export interface WireView extends Record<string, unknown> {
  readonly kind: WireType['kind'] | 'unknown';
  readonly label: string;
  /** Centre of the label; null where there is no room near the wire. */
  readonly labelAt: Point | null;
  readonly problem: string | null;
  /** One of its ends follows the pointer. */
  readonly moving: boolean;
}

export type FlowNode = Node<NodeView, 'card' | 'block' | 'slot'>;
export type FlowEdge = Edge<WireView, 'wire' | 'inner'>;

export interface Flow {
  readonly nodes: readonly FlowNode[];
  readonly edges: readonly FlowEdge[];
  readonly places: ReadonlyMap<NodeId, Placed>;
}

/** Ids of the ports on the inner side of a block's edge, where its children begin and end. */
export const INNER_START = 'inner:start';
export const INNER_END = 'inner:end';

/** Where a node stands is its frame's business: what is drawn in it stays when it, or hundreds of others, only move. */
export function showsTheSame(before: NodeProps<FlowNode>, now: NodeProps<FlowNode>): boolean {
  return before.data === now.data && before.selected === now.selected;
}
