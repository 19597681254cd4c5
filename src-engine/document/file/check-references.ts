import { unknownKind } from '../check/check-params.ts';
import { kindSpec } from '../node-kinds.ts';
import { describeField, hasFieldType } from '../params.ts';
import type { Problem } from '../problems.ts';
import { problem } from '../problems.ts';
import type { Graph, GraphNode, NodeId } from '../project.ts';
import type { JsonPath } from './read-json.ts';
import { FORBIDDEN_KEYS, pathText } from './read-json.ts';
import { showValue } from './schema-problems.ts';

const MAX_PROBLEMS = 20;

export interface References {
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
}

/** What a file's graph must satisfy before anything walks it: unique ids, wires and parents that exist, options of the right type. */
export function checkReferences(graph: Graph, root: JsonPath): References {
  const ids = new Set<string>(graph.nodes.map((node) => node.id));
  const parents = new Map(graph.nodes.map((node) => [node.id, node.parent]));
  const inside = findCircles(parents);
  const problems = [
    ...usedTwice(graph.nodes, [...root, 'graph', 'nodes'], 'nodes'),
    ...usedTwice(graph.wires, [...root, 'graph', 'wires'], 'wires'),
    ...graph.nodes.flatMap((node, place) => nodeProblems(node, [...root, 'graph', 'nodes', place], ids, inside)),
    ...graph.wires.flatMap((wire, place) => {
      const path = [...root, 'graph', 'wires', place];
      return [danglingProblem(wire.from.node, ids, [...path, 'from', 'node']), danglingProblem(wire.to.node, ids, [...path, 'to', 'node'])];
    }),
  ].filter((each) => each !== null);
  const warnings = graph.nodes.flatMap((node, place) =>
    kindSpec(node.kind) === null ? [unknownKind(node, pathText([...root, 'graph', 'nodes', place, 'kind']))] : [],
  );
  return { problems: problems.slice(0, MAX_PROBLEMS), warnings };
}

function usedTwice(items: readonly { readonly id: string }[], path: JsonPath, what: string): readonly (Problem | null)[] {
  const seen = new Map<string, number>();
  return items.map(({ id }, place) => {
    const at = pathText([...path, place, 'id']);
    if (FORBIDDEN_KEYS.has(id)) return problem('U006', `${at} is "${id}", which no Unroll file may use as an id.`, 'Choose another id.', { path: at });
    const first = seen.get(id);
    if (first === undefined) seen.set(id, place);
    return first === undefined
      ? null
      : problem('U007', `Two ${what} have the id "${id}": number ${first} and number ${place}.`, 'Give one of them another id.', { path: at });
  });
}

function danglingProblem(id: NodeId, ids: ReadonlySet<string>, path: JsonPath): Problem | null {
  if (ids.has(id)) return null;
  return problem('U008', `${pathText(path)} is "${id}", and there is no such block.`, 'Remove the wire, or name a block that exists.', {
    path: pathText(path),
  });
}

function nodeProblems(node: GraphNode, path: JsonPath, ids: ReadonlySet<string>, inside: ReadonlySet<NodeId>): readonly (Problem | null)[] {
  return [parentProblem(node, pathText([...path, 'parent']), ids, inside), ...paramProblems(node, path)];
}

function parentProblem(node: GraphNode, path: string, ids: ReadonlySet<string>, inside: ReadonlySet<NodeId>): Problem | null {
  if (node.parent === undefined) return null;
  if (!ids.has(node.parent)) {
    return problem('U015', `${path} is "${node.parent}", and there is no such block.`, 'Remove the parent, or name a block that exists.', { path });
  }
  return inside.has(node.id) ? problem('U015', `${path} puts ${node.id} inside itself.`, 'Remove the parent.', { path }) : null;
}

/** Nodes that are their own ancestor. Each chain of parents is walked once. */
function findCircles(parents: ReadonlyMap<NodeId, NodeId | undefined>): ReadonlySet<NodeId> {
  const circles = new Set<NodeId>();
  const done = new Set<NodeId>();
  for (const start of parents.keys()) {
    const path: NodeId[] = [];
    const onPath = new Set<NodeId>();
    let current: NodeId | undefined = start;
    while (current !== undefined && !done.has(current) && !onPath.has(current)) {
      onPath.add(current);
      path.push(current);
      current = parents.get(current);
    }
    if (current !== undefined && onPath.has(current)) for (const id of path.slice(path.indexOf(current))) circles.add(id);
    for (const id of path) done.add(id);
  }
  return circles;
}

/** Types only: a value outside its bounds opens, is reported by the check, and can be mended in the inspector. */
function paramProblems(node: GraphNode, path: JsonPath): readonly (Problem | null)[] {
  return (kindSpec(node.kind)?.params ?? []).map((field) => {
    const value: unknown = Object.hasOwn(node.params, field.name) ? node.params[field.name] : field.default;
    if (hasFieldType(field, value)) return null;
    const at = pathText([...path, 'params', field.name]);
    return problem('U004', `${at} is ${showValue(value)}.`, `Give ${describeField(field)}.`, { path: at });
  });
}
