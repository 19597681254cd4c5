import { findNodeAtLocation, parseTree, type JSONPath, type Node } from 'jsonc-parser';
import type { Problem } from '../../src-engine/document/problems.ts';

/** A stretch of a text, in characters. */
export interface TextPlace {
  readonly start: number;
  readonly end: number;
}

/** The steps of a path as problems write it: `graph.nodes[3].params["odd key"]`. */
export function pathSteps(path: string): JSONPath {
  const steps: (string | number)[] = [];
  for (const [, word, index, quoted] of path.matchAll(/([\w$-]+)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]/gu)) {
    if (index !== undefined) steps.push(Number(index));
    else if (quoted !== undefined) steps.push(unquoted(quoted));
    else if (word !== undefined) steps.push(word);
  }
  return steps;
}

function unquoted(text: string): string {
  const value: unknown = JSON.parse(text);
  return String(value);
}

/** Where each problem stands in the text: at its path, its block or its wire; a path that is not there at the nearest part around it. */
export function placesOf(text: string, problems: readonly Problem[]): readonly { readonly problem: Problem; readonly place: TextPlace }[] {
  const root = parseTree(text);
  if (root === undefined) return [];
  return problems.map((problem) => ({ problem, place: placeOf(root, problem) }));
}

function placeOf(root: Node, { path, node, wire }: Problem): TextPlace {
  if (path !== null) return spanOf(nearest(root, pathSteps(path)));
  const entry = node !== null ? entryWith(root, 'nodes', node) : wire !== null ? entryWith(root, 'wires', wire) : undefined;
  return spanOf(entry ?? root);
}

/** The deepest node on the way to a path. */
function nearest(root: Node, steps: JSONPath): Node {
  for (let length = steps.length; length > 0; length--) {
    const found = findNodeAtLocation(root, steps.slice(0, length));
    if (found !== undefined) return found;
  }
  return root;
}

/** The `id` of the entry of `graph.nodes` or `graph.wires` that has it. */
function entryWith(root: Node, list: 'nodes' | 'wires', id: string): Node | undefined {
  const entries = findNodeAtLocation(root, ['graph', list])?.children ?? [];
  for (const entry of entries) {
    const found = findNodeAtLocation(entry, ['id']);
    if (found?.value === id) return found;
  }
  return undefined;
}

/** A value on one line whole; of an object or a list only its first character, so that a mark stays small. */
function spanOf(node: Node): TextPlace {
  const isLarge = node.type === 'object' || node.type === 'array';
  return { start: node.offset, end: node.offset + (isLarge ? 1 : node.length) };
}
