import { replaceKind, setParam } from '../edits.ts';

import { isCellKind, type CellKind } from '../node-kinds.ts';
import { choiceParam, numberParam } from '../params.ts';
import { parameterCount, withinBudget } from './parameter-budget.ts';
import type { Graph, GraphNode, NodeId, Project } from '../project.ts';
import type { DataSignature } from '../signature.ts';

/** A project whose recurrent cells are of another kind, with as many parameters as hidden sizes allow. */
export interface CellFork {
  readonly kind: CellKind;
  /** On the button, and the name of the undo step. */
  readonly label: string;
  readonly project: Project;
  /** Of the whole model. */
  readonly parameters: number;
  /** Of the whole model that it is made of. */
  readonly budget: number;
}

const KINDS: readonly CellKind[] = ['rnn', 'gru', 'lstm'];
const MOST_UNITS = 4096;
/** Halvings of the factor by which several cells shrink together. */
const HALVINGS = 30;

/** The cells of the model, decoders among them. */
function cellsOf({ nodes }: Graph): readonly GraphNode[] {
  return nodes.filter((node) => isCellKind(node.kind) || node.kind === 'decoder');
}

const kindOf = (node: GraphNode): string => (node.kind === 'decoder' ? choiceParam(node, 'cell') : node.kind);

/** Kinds that the project's cells can be forked to; none where it has no cell. */
export function forkKinds({ graph }: Project): readonly CellKind[] {
  const cells = cellsOf(graph);
  return cells.length === 0 ? [] : KINDS.filter((kind) => !cells.every((cell) => kindOf(cell) === kind));
}

/**
 * The other kinds that all cells of the project can be of, each with the hidden sizes that bring the model nearest to its present number of parameters:
 * within what one hidden unit more or less would change. Seed, data and every setting stay. None where the data is not known, the project
 * has problems or no cell.
 */
export function cellForks(project: Project, signature: DataSignature | null): readonly CellFork[] {
  const cells = cellsOf(project.graph);
  const budget = signature === null ? null : parameterCount(project.graph, signature);
  if (budget === null || cells.length === 0) return [];
  return forkKinds(project).flatMap((kind) => {
    const graph = fitted(swapped(project.graph, kind), cells, budget, signature);
    const parameters = graph === null ? null : parameterCount(graph, signature);
    if (graph === null || parameters === null) return [];
    return [{ kind, label: `Fork as ${kind.toUpperCase()}`, project: { ...project, graph }, parameters, budget }];
  });
}

function swapped(graph: Graph, kind: CellKind): Graph {
  return cellsOf(graph).reduce((changed, { id, kind: was }) => {
    if (was === 'decoder') return setParam(changed, id, 'cell', kind);
    return was === kind ? changed : replaceKind(changed, id, kind);
  }, graph);
}

/** Several cells shrink or grow by one factor; what is left of the budget then goes to one of them, where its size is free. */
function fitted(graph: Graph, cells: readonly GraphNode[], budget: number, signature: DataSignature | null): Graph | null {
  const [first] = cells;
  if (first === undefined) return null;
  if (cells.length === 1) return withinBudget(graph, first.id, budget, signature);
  const miss = (candidate: Graph): number => Math.abs((parameterCount(candidate, signature) ?? Number.POSITIVE_INFINITY) - budget);
  const best = nearest(graph, cells, budget, signature);
  const settled = cells.map(({ id }) => withinBudget(best, id, budget, signature)).filter((candidate) => candidate !== null);
  const found = [best, ...settled].reduce((least, candidate) => (miss(candidate) < miss(least) ? candidate : least));
  return Number.isFinite(miss(found)) ? found : null;
}

function nearest(graph: Graph, cells: readonly GraphNode[], budget: number, signature: DataSignature | null): Graph {
  const count = (factor: number): number => parameterCount(scaled(graph, cells, factor), signature) ?? Number.POSITIVE_INFINITY;
  const largest = Math.max(...cells.map((cell) => numberParam(cell, 'units')));
  let [low, high] = [0, MOST_UNITS / largest];
  for (let turn = 0; turn < HALVINGS; turn++) {
    const middle = (low + high) / 2;
    if (count(middle) <= budget) low = middle;
    else high = middle;
  }
  return Math.abs(count(high) - budget) < Math.abs(count(low) - budget) ? scaled(graph, cells, high) : scaled(graph, cells, low);
}

function scaled(graph: Graph, cells: readonly GraphNode[], factor: number): Graph {
  const units = (id: NodeId, was: number): [NodeId, number] => [id, Math.max(1, Math.round(was * factor))];
  return cells.map((cell) => units(cell.id, numberParam(cell, 'units'))).reduce((changed, [id, size]) => setParam(changed, id, 'units', size), graph);
}
