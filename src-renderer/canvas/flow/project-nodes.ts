import type { NodeHandle } from '@xyflow/react';
import { Position } from '@xyflow/react';
import type { CheckedGraph } from '../../../src-engine/document/checked.ts';
import { isBlockKind } from '../../../src-engine/document/node-kinds.ts';
import type { Problem } from '../../../src-engine/document/problems.ts';
import type { Graph, GraphNode, NodeId } from '../../../src-engine/document/project.ts';
import { countParameters } from '../../../src-engine/document/shape-text.ts';
import type { DataSignature } from '../../../src-engine/document/signature.ts';
import { kindLook, nodeTitle } from '../../state/document/document-kinds.ts';
import { describeBlock, describeNode, numberText } from '../nodes/describe-node.ts';
import { INNER_END, INNER_START, type FlowNode, type NodeView } from './flow-types.ts';
import { SLOT_ID } from './slot.ts';
import { parentOf, portPlaces, stripCount, type Placed, type PortPlace } from '../layout/geometry.ts';

/** Every node with what it shows, its size and its ports; a block before its children. */
export function projectNodes(graph: Graph, checked: CheckedGraph, signature: DataSignature | null, places: ReadonlyMap<NodeId, Placed>): readonly FlowNode[] {
  const byId = new Map(graph.nodes.map((node) => [node.id, node]));
  const problems = Map.groupBy(
    checked.problems.filter((each) => each.node !== null),
    (each) => each.node,
  );
  return [...places].flatMap(([id, place]) => {
    const node = byId.get(id);
    if (node === undefined) return [];
    const parent = parentOf(node, byId);
    const view = viewOf(node, { checked, signature, place, parent, byId, problems: problems.get(id) ?? [] });
    return [flowNode(node, view, place, parent)];
  });
}

interface Surroundings {
  readonly checked: CheckedGraph;
  readonly signature: DataSignature | null;
  readonly place: Placed;
  readonly parent: NodeId | null;
  readonly byId: ReadonlyMap<NodeId, GraphNode>;
  readonly problems: readonly Problem[];
}

function viewOf(node: GraphNode, around: Surroundings): NodeView {
  const { checked, place, parent } = around;
  const look = kindLook(node.kind);
  const title = nodeTitle(node);
  const block = isBlockKind(node.kind);
  const lines: readonly [string, string] = block ? blockLines(node, checked) : describeNode(node, checked, around.signature);
  const problems = around.problems.map((each) => each.message);
  const off = node.enabled === false;
  const aside = block ? describeBlock(node, off) : '';
  const facts = [title === look.title ? title : `${title} (${look.title})`, ...(off && !block ? ['switched off'] : []), aside, ...lines].filter(
    (each) => each !== '',
  );
  return {
    id: node.id,
    kind: node.kind,
    title,
    letter: look.letter,
    colour: look.colour,
    lines,
    aside,
    problems,
    ports: portPlaces(node.kind, place, parent === null),
    wired: parent === null,
    strips: stripCount(node, insideBidirectional(node, around.byId)),
    empty: block && place.children.length === 0,
    off,
    summary: `${facts.join(', ')}${problems.length === 0 ? '' : `. ${problems.join(' ')}`}`,
  };
}

function blockLines(node: GraphNode, checked: CheckedGraph): readonly [string, string] {
  const parameters = countParameters(checked, node.id);
  return ['', parameters === 0 ? '' : `${numberText(parameters)} parameters`];
}

function insideBidirectional(node: GraphNode, byId: ReadonlyMap<NodeId, GraphNode>): boolean {
  const parent = parentOf(node, byId);
  const block = parent === null ? undefined : byId.get(parent);
  return block !== undefined && (block.kind === 'bidirectional' || insideBidirectional(block, byId));
}

function flowNode(node: GraphNode, view: NodeView, place: Placed, parent: NodeId | null): FlowNode {
  const { width, height } = place;
  const block = isBlockKind(node.kind);
  return {
    id: node.id,
    type: node.id === SLOT_ID ? 'slot' : block ? 'block' : 'card',
    position: { x: place.x, y: place.y },
    ...(parent === null ? {} : { parentId: parent }),
    data: view,
    width,
    height,
    measured: { width, height },
    handles: [...view.ports.map(portHandle), ...(block ? innerHandles(place) : [])],
    ariaLabel: view.summary,
  };
}

function portHandle({ name, side, x, y, size }: PortPlace): NodeHandle {
  return {
    id: name,
    type: side === 'input' ? 'target' : 'source',
    position: side === 'input' ? Position.Left : Position.Right,
    x: x - size / 2,
    y: y - size / 2,
    width: size,
    height: size,
  };
}

function innerHandles({ width, portY }: Placed): readonly NodeHandle[] {
  return [
    { id: INNER_START, type: 'source', position: Position.Right, x: 0, y: portY, width: 1, height: 1 },
    { id: INNER_END, type: 'target', position: Position.Left, x: width, y: portY, width: 1, height: 1 },
  ];
}
