import type { CheckedGraph } from '../../src-engine/document/checked.ts';
import type { Graph } from '../../src-engine/document/project.ts';
import type { DataSignature } from '../../src-engine/document/signature.ts';
import type { Flow, FlowEdge, FlowNode } from './flow-types.ts';
import { placeNodes } from './place-nodes.ts';
import { projectNodes } from './project-nodes.ts';
import { projectInnerLines, projectWires } from './project-wires.ts';

/**
 * The document as React Flow draws it: blocks before their children, every size and port given. The reply of the one before is
 * reused wherever a node or wire shows the same, so that only what changed is drawn again.
 */
export function createProjection(): (graph: Graph, checked: CheckedGraph, signature: DataSignature | null) => Flow {
  let nodesBefore = new Map<string, FlowNode>();
  let edgesBefore = new Map<string, FlowEdge>();
  return (graph, checked, signature) => {
    const places = placeNodes(graph);
    const nodes = projectNodes(graph, checked, signature, places).map((node) => reuse(nodesBefore.get(node.id), node));
    const edges = [...projectWires(graph, checked, places), ...projectInnerLines(graph, checked, places)].map((edge) => reuse(edgesBefore.get(edge.id), edge));
    nodesBefore = new Map(nodes.map((node) => [node.id, node]));
    edgesBefore = new Map(edges.map((edge) => [edge.id, edge]));
    return { nodes, edges, places };
  };
}

/** Views are small trees of plain values, so that their text is their identity. What only stands elsewhere keeps its view: its card is not drawn again. */
function reuse<Item extends { readonly data?: unknown }>(before: Item | undefined, now: Item): Item {
  if (before === undefined || JSON.stringify(before.data) !== JSON.stringify(now.data)) return now;
  return JSON.stringify(before) === JSON.stringify(now) ? before : { ...now, data: before.data };
}
