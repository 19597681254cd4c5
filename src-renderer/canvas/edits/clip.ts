import { z } from 'zod';
import { withDescendants } from '../../../src-engine/document/edits.ts';
import { parseProjectValue } from '../../../src-engine/document/file/parse-project.ts';
import { problem, type Problem } from '../../../src-engine/document/problems.ts';
import type { Graph, GraphNode, NodeId, PortRef, Wire } from '../../../src-engine/document/project.ts';
import { readJson } from '../../../src-engine/document/file/read-json.ts';
import { placeNodes } from '../layout/place-nodes.ts';

/** Blocks on their way through the clipboard. What stood in a block that is not copied with it stands at the top level. */
export interface Clip {
  readonly nodes: readonly GraphNode[];
  /** Wires between them. */
  readonly wires: readonly Wire[];
  /** Wires that led into them from blocks that were not copied. */
  readonly incoming: readonly { readonly from: PortRef; readonly to: PortRef }[];
}

export type ParsedClip = { readonly ok: true; readonly clip: Clip } | { readonly ok: false; readonly problem: Problem };

const FORMAT = 'unroll/blocks';
const VERSION = 1;

/** The nodes with everything inside them; null where none is left to copy. */
export function clipOf(graph: Graph, ids: readonly NodeId[]): Clip | null {
  const inside = withDescendants(graph, ids);
  const places = placeNodes(graph);
  const nodes = graph.nodes
    .filter((node) => inside.has(node.id))
    .map((node) => (node.parent !== undefined && inside.has(node.parent) ? node : loose(node, places)));
  if (nodes.length === 0) return null;
  const reaching = graph.wires.filter((wire) => inside.has(wire.to.node));
  return {
    nodes,
    wires: reaching.filter((wire) => inside.has(wire.from.node)),
    incoming: reaching.filter((wire) => !inside.has(wire.from.node)).map(({ from, to }) => ({ from, to })),
  };
}

function loose(node: GraphNode, places: ReturnType<typeof placeNodes>): GraphNode {
  const { parent: _parent, ...rest } = node;
  const place = places.get(node.id);
  return place === undefined ? rest : { ...rest, position: { x: Math.round(place.left), y: Math.round(place.top) } };
}

export function clipText({ nodes, wires, incoming }: Clip): string {
  return `${JSON.stringify({ format: FORMAT, version: VERSION, graph: { nodes, wires }, incoming }, null, 2)}\n`;
}

const head = z.looseObject({ format: z.string() });
const end = z.object({ node: z.string().max(200), port: z.string().max(200) });
const body = z.looseObject({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  graph: z.unknown(),
  incoming: z
    .array(z.object({ from: end, to: end }))
    .max(100_000)
    .default([]),
});

/** The text of a clip, or of a whole project, whose graph is then the clip. Checked as a file is. */
export function parseClip(text: string): ParsedClip {
  const read = readJson(text);
  const found = read.ok ? head.safeParse(read.value) : null;
  if (!read.ok || found?.success !== true) return refused('The clipboard holds no blocks.');
  if (found.data.format === 'unroll/project') return withGraph(read.value, []);
  const parsed = body.safeParse(read.value);
  if (!parsed.success) return refused('The clipboard holds blocks that this version cannot read.');
  const { graph, incoming } = parsed.data;
  return withGraph({ format: 'unroll/project', version: 1, graph }, incoming as unknown as Clip['incoming']);
}

function withGraph(value: unknown, incoming: Clip['incoming']): ParsedClip {
  const parsed = parseProjectValue(value);
  if (!parsed.ok) return { ok: false, problem: parsed.problems[0] ?? nothing('The clipboard holds blocks that cannot be read.') };
  const { nodes, wires } = parsed.project.graph;
  const ids = new Set<string>(nodes.map((node) => node.id));
  return nodes.length === 0
    ? refused('The clipboard holds no blocks.')
    : { ok: true, clip: { nodes, wires, incoming: incoming.filter(({ to }) => ids.has(to.node)) } };
}

function refused(message: string): ParsedClip {
  return { ok: false, problem: nothing(message) };
}

function nothing(message: string): Problem {
  return problem('U002', message, 'Copy blocks on a canvas, then paste them.');
}
