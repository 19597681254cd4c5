import { outputType, type CheckedGraph } from '../../../src-engine/document/checked.ts';
import type { Graph, GraphNode, NodeId, Wire } from '../../../src-engine/document/project.ts';
import { describeType } from '../../../src-engine/document/shape-text.ts';
import { nodeTitle } from '../../state/document/document-kinds.ts';
import { INNER_END, INNER_START, type FlowEdge } from './flow-types.ts';
import { parentOf, portPoint, type Placed } from '../layout/geometry.ts';
import { placeLabel, type Box } from '../layout/place-label.ts';

/** The wires of the document. Those between children of one block only repeat their order and are drawn where they are wrong. */
export function projectWires(graph: Graph, checked: CheckedGraph, places: ReadonlyMap<NodeId, Placed>): readonly FlowEdge[] {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const boxes = [...nodes.values()].flatMap((node) => (parentOf(node, nodes) === null ? [places.get(node.id)] : [])).filter((box) => box !== undefined);
  const problems = new Map(checked.problems.flatMap((each) => (each.wire === null ? [] : [[each.wire, each.message] as const])));
  return graph.wires.flatMap((wire) => projectWire(wire, { nodes, checked, places, boxes, problem: problems.get(wire.id) ?? null }));
}

interface Surroundings {
  readonly nodes: ReadonlyMap<NodeId, GraphNode>;
  readonly checked: CheckedGraph;
  readonly places: ReadonlyMap<NodeId, Placed>;
  /** What the label must not cover. */
  readonly boxes: readonly Box[];
  readonly problem: string | null;
}

function projectWire(wire: Wire, { nodes, checked, places, boxes, problem }: Surroundings): readonly FlowEdge[] {
  const source = nodes.get(wire.from.node);
  const target = nodes.get(wire.to.node);
  if (source === undefined || target === undefined) return [];
  const from = portPoint(source, wire.from.port, 'output', places);
  const to = portPoint(target, wire.to.port, 'input', places);
  const repeatsOrder = source.parent !== undefined && source.parent === target.parent && problem === null;
  if (from === null || to === null || repeatsOrder) return [];
  const found = checked.nodes.get(source.id);
  const type = found === undefined ? null : outputType(found, wire.from.port);
  const label = type === null ? '' : describeType(type);
  return [
    {
      id: wire.id,
      type: 'wire',
      source: source.id,
      target: target.id,
      sourceHandle: wire.from.port,
      targetHandle: wire.to.port,
      data: { kind: type?.kind ?? 'unknown', label, labelAt: label === '' ? null : placeLabel(label, from, to, boxes), problem, moving: false },
      ariaLabel: `Wire from ${nodeTitle(source)} to ${nodeTitle(target)}${label === '' ? '' : `, ${label}`}`,
    },
  ];
}

/** The way through each block: from its edge through its children in running order to its other edge. */
export function projectInnerLines(graph: Graph, checked: CheckedGraph, places: ReadonlyMap<NodeId, Placed>): readonly FlowEdge[] {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  return [...nodes.values()].flatMap((block) => {
    const children = (places.get(block.id)?.children ?? []).flatMap((id) => nodes.get(id) ?? []);
    if (children.length === 0) return [];
    return [...children, block].flatMap((target, index) => innerLine(block, children[index - 1] ?? block, target, { checked, places, index }));
  });
}

interface Along {
  readonly checked: CheckedGraph;
  readonly places: ReadonlyMap<NodeId, Placed>;
  readonly index: number;
}

/** From one child to the next; nothing where a child that does not belong there lacks the port. */
function innerLine(block: GraphNode, source: GraphNode, target: GraphNode, { checked, places, index }: Along): readonly FlowEdge[] {
  const starts = source === block;
  const ends = target === block;
  if (!starts && portPoint(source, 'out', 'output', places) === null) return [];
  if (!ends && portPoint(target, 'in', 'input', places) === null) return [];
  const type = starts ? checked.nodes.get(block.id)?.inputs['in'] : checked.nodes.get(source.id)?.outputs['out'];
  return [
    {
      id: `${block.id}:inner:${index}`,
      type: 'inner',
      source: source.id,
      target: target.id,
      sourceHandle: starts ? INNER_START : 'out',
      targetHandle: ends ? INNER_END : 'in',
      data: { kind: type?.kind ?? 'unknown', label: '', labelAt: null, problem: null, moving: false },
      selectable: false,
      focusable: false,
      deletable: false,
    },
  ];
}
