import type { GraphNode, NodeId } from './project.ts';
import type { Problem } from './problems.ts';

/** What travels on a wire. `features` is null while it cannot be known (no data yet, or a problem upstream). */
export type WireType =
  | { readonly kind: 'tokens' } //                                  [B,T]
  | { readonly kind: 'sequence'; readonly features: number | null } // [B,T,F]
  | { readonly kind: 'vector'; readonly features: number | null } //   [B,F]
  | { readonly kind: 'state'; readonly features: number | null }; //   [B,H]

/** One trainable (or frozen) array. The name is a path: `bi.gru1.forward...` never; see engine.md: `gru1.forward.weight_ih`. */
export interface ParameterShape {
  readonly name: string;
  readonly shape: readonly number[];
  readonly trainable: boolean;
  /** Gate blocks by rows, e.g. ['r','z','n']; empty where there are none. */
  readonly gates: readonly string[];
  /** The document node that owns it. */
  readonly node: NodeId;
}

export interface CheckedNode {
  readonly node: GraphNode;
  /** Type arriving at each input port; null where it is unknown or unconnected. */
  readonly inputs: Readonly<Record<string, WireType | null>>;
  /** Type leaving by each output port. */
  readonly outputs: Readonly<Record<string, WireType | null>>;
  readonly parameters: readonly ParameterShape[];
  /** Children in running order, for blocks. */
  readonly children: readonly NodeId[];
}

/** The graph with every shape filled in, or the problems that stand in the way. Pure function of graph and signature. */
export interface CheckedGraph {
  readonly ok: boolean;
  readonly problems: readonly Problem[];
  /** What works but that another choice serves better; never a reason not to train. */
  readonly hints: readonly Problem[];
  readonly nodes: ReadonlyMap<NodeId, CheckedNode>;
  /** Top-level nodes in an order in which every node follows what feeds it; those in a cycle are left out. */
  readonly order: readonly NodeId[];
  /** Every parameter, in running order. */
  readonly parameters: readonly ParameterShape[];
}

/** What leaves a port; null where it is unknown. Port names come from files, so only the record's own keys count. */
export function outputType(node: CheckedNode, port: string): WireType | null {
  return Object.hasOwn(node.outputs, port) ? (node.outputs[port] ?? null) : null;
}
