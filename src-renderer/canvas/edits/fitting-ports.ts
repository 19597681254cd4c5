import type { Problem } from '../../../src-engine/document/problems.ts';
import type { Graph, GraphNode, PortRef } from '../../../src-engine/document/project.ts';
import { kindSpec } from '../../../src-engine/document/node-kinds.ts';
import type { DataSignature } from '../../../src-engine/document/signature.ts';
import { checkWire, wireChecker } from '../../../src-engine/document/wire-fit.ts';
import { portKey, type LooseEnd } from '../canvas-store.ts';

/** Outputs tried one by one when a wire is drawn backwards; each needs a check of the whole graph. */
const MOST_OUTPUTS = 100;

/** Every port at which a wire with this loose end may end. */
export function fittingPorts(graph: Graph, signature: DataSignature | null, { port, side }: LooseEnd): readonly PortRef[] {
  if (side === 'output') {
    const check = wireChecker(graph, signature, port);
    return portsOf(graph, 'inputs').filter((to) => check(to).ok);
  }
  const outputs = portsOf(graph, 'outputs');
  return outputs.length > MOST_OUTPUTS ? outputs : outputs.filter((from) => checkWire(graph, signature, from, port).ok);
}

export function fittingKeys(graph: Graph, signature: DataSignature | null, end: LooseEnd): ReadonlySet<string> {
  const other = end.side === 'output' ? 'input' : 'output';
  return new Set(fittingPorts(graph, signature, end).map((port) => portKey(port, other)));
}

/** Ports that can take wires: those of the top level. */
function portsOf(graph: Graph, side: 'inputs' | 'outputs'): readonly PortRef[] {
  return graph.nodes.flatMap((node) =>
    node.parent === undefined ? (kindSpec(node.kind)?.[side] ?? []).map(({ name }) => ({ node: node.id, port: name })) : [],
  );
}

/**
 * The first output of one node, or the one given, that fits an input of another; inputs that nothing feeds come first, and optional
 * ones only where they are free. Null where none fits.
 */
export function findFit(
  graph: Graph,
  signature: DataSignature | null,
  source: GraphNode,
  target: GraphNode,
  only?: PortRef,
): { readonly from: PortRef; readonly to: PortRef } | null {
  const outputs = only === undefined ? (kindSpec(source.kind)?.outputs ?? []).map(({ name }) => ({ node: source.id, port: name })) : [only];
  const inputs = inputsInTurn(graph, target);
  for (const from of outputs) {
    const check = wireChecker(graph, signature, from);
    const to = inputs.find((port) => check(port).ok);
    if (to !== undefined) return { from, to };
  }
  return null;
}

function inputsInTurn(graph: Graph, target: GraphNode): readonly PortRef[] {
  const fed = new Set(graph.wires.flatMap((wire) => (wire.to.node === target.id ? [wire.to.port] : [])));
  const inputs = (kindSpec(target.kind)?.inputs ?? []).filter(({ name }) => name !== 'initial');
  const free = inputs.filter(({ name }) => !fed.has(name));
  const taken = inputs.filter(({ name, optional }) => fed.has(name) && !optional);
  return [...free, ...taken].map(({ name }) => ({ node: target.id, port: name }));
}

/** Why a wire may not be drawn, or null where it may. */
export function wireProblem(graph: Graph, signature: DataSignature | null, from: PortRef, to: PortRef): Problem | null {
  const verdict = checkWire(graph, signature, from, to);
  return verdict.ok ? null : verdict.problem;
}
