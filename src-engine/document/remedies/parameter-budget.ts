import { checkGraph } from '../check.ts';
import { setParam } from '../edits.ts';
import type { Graph, NodeId } from '../project.ts';
import type { DataSignature } from '../signature.ts';

/** Numbers in all parameters of a graph, the frozen ones too; null where it has problems. */
export function parameterCount(graph: Graph, signature: DataSignature | null): number | null {
  const checked = checkGraph(graph, signature);
  return checked.ok ? checked.parameters.reduce((total, { shape }) => total + shape.reduce((a, b) => a * b, 1), 0) : null;
}

const MOST_UNITS = 4096;

/** The graph with the hidden size of one cell that brings the whole model nearest to `budget` parameters; null where no size passes the check. */
export function withinBudget(graph: Graph, node: NodeId, budget: number, signature: DataSignature | null): Graph | null {
  const sized = (units: number): Graph => setParam(graph, node, 'units', units);
  const count = (units: number): number | null => parameterCount(sized(units), signature);
  if (count(1) === null) return null;
  // More units are more parameters: the largest size that does not pass the budget, or the one after it.
  let [low, high] = [1, MOST_UNITS];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((count(middle) ?? Number.POSITIVE_INFINITY) <= budget) low = middle;
    else high = middle - 1;
  }
  const miss = (units: number): number => Math.abs((count(units) ?? Number.POSITIVE_INFINITY) - budget);
  return sized(low < MOST_UNITS && miss(low + 1) < miss(low) ? low + 1 : low);
}
