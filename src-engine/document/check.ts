import { checkBlocks } from './check/check-blocks.ts';
import type { CheckedGraph, ParameterShape } from './checked.ts';
import { checkAgainstData, checkEnds, checkReach, checkVectors, findHints } from './check/check-ends.ts';
import { orderNodes } from './check/check-order.ts';
import { checkDecoders } from './check/check-decoder.ts';
import { checkOwnSteps } from './check/check-own-steps.ts';
import { checkParams } from './check/check-params.ts';
import { checkWires } from './check/check-wires.ts';
import type { GraphIndex } from './graph-index.ts';
import { childrenOf, indexGraph } from './graph-index.ts';
import { ShapeInference } from './check/infer-shapes.ts';
import { checkSwitchedOff } from './switched-off.ts';
import type { Problem } from './problems.ts';
import { problem } from './problems.ts';
import type { Graph, NodeId } from './project.ts';
import type { DataSignature } from './signature.ts';

/**
 * Every shape of the graph, or the problems that stand in the way. Without a signature the sizes that come from the data are null
 * and parameters that need them are left out. Pure, and fast enough to run while a wire is dragged.
 */
export function checkGraph(graph: Graph, signature: DataSignature | null): CheckedGraph {
  const index = indexGraph(graph);
  const blocks = checkBlocks(index);
  const wires = checkWires(index);
  const top = childrenOf(index, null);
  const ordered = orderNodes(top, wires.incoming);
  const inference = new ShapeInference(index, wires.incoming, blocks.sound, signature);
  for (const node of ordered.order) inference.runTopLevel(node);

  const local = [
    ...checkIds(graph),
    ...checkNodes(index, signature),
    ...blocks.problems,
    ...wires.problems,
    ...ordered.problems,
    ...(blocks.problems.length === 0 ? checkDecoders(index) : []),
    ...checkSwitchedOff(index),
  ];
  const steps = signature === null ? [] : checkOwnSteps(index, ordered.order, inference.nodes, signature);
  const problems = [...local, ...inference.problems, ...steps, ...checkNames(inference.parameters), ...checkEnds(index)];
  const blamed = new Set(problems.flatMap((each) => (each.node === null ? [] : [each.node])));
  problems.push(...checkReach(index, wires.incoming, blamed));
  return {
    ok: problems.length === 0,
    problems,
    hints: findHints(inference.nodes, wires.incoming),
    nodes: inference.nodes,
    order: ordered.order.map((node) => node.id),
    parameters: inference.parameters,
  };
}

function checkIds(graph: Graph): readonly Problem[] {
  const seen = new Set<NodeId>();
  return graph.nodes.flatMap((node, place) => {
    const twice = seen.has(node.id);
    seen.add(node.id);
    return twice
      ? [problem('U007', `Two blocks have the id ${node.id}.`, 'Give one of them another id.', { node: node.id, path: `graph.nodes[${place}].id` })]
      : [];
  });
}

function checkNodes(index: GraphIndex, signature: DataSignature | null): readonly Problem[] {
  return [...index.nodes.values()].flatMap((node) => {
    const found = [checkVectors(node), signature === null ? null : checkAgainstData(node, signature)];
    return [...checkParams(node, index.places.get(node.id) ?? 0), ...found.filter((each) => each !== null)];
  });
}

/** Ids may hold dots, so two paths could meet: `a` inside a bidirectional block and a node `a.forward`. */
function checkNames(parameters: readonly ParameterShape[]): readonly Problem[] {
  const owners = new Map<string, NodeId>();
  return parameters.flatMap((parameter) => {
    const owner = owners.get(parameter.name);
    owners.set(parameter.name, parameter.node);
    if (owner === undefined) return [];
    return [
      problem('U007', `${owner} and ${parameter.node} both own a parameter named ${parameter.name}.`, 'Give one of them another id.', { node: parameter.node }),
    ];
  });
}
