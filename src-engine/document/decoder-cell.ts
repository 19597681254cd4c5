import type { CellKind } from './node-kinds.ts';
import { choiceParam, numberParam } from './params.ts';
import type { Graph, GraphNode } from './project.ts';

/** The cell inside a decoder, with its kind's defaults: parameters have the decoder's path. */
export function decoderCell(node: GraphNode): GraphNode & { readonly kind: CellKind } {
  return { ...node, kind: cellKind(choiceParam(node, 'cell')), params: { units: numberParam(node, 'units') } };
}

/** True where a model reads its own answers when nobody gives it the wanted ones. */
export function hasDecoder(graph: Graph): boolean {
  return graph.nodes.some((node) => node.kind === 'decoder');
}

function cellKind(choice: string): CellKind {
  if (choice === 'rnn' || choice === 'gru' || choice === 'lstm') return choice;
  throw new Error(`${choice} is no cell`);
}
