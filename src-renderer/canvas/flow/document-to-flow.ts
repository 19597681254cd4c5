import type { CheckedGraph } from '../../../src-engine/document/checked.ts';
import type { Graph } from '../../../src-engine/document/project.ts';
import type { DataSignature } from '../../../src-engine/document/signature.ts';
import type { Flow, FlowEdge, FlowNode } from './flow-types.ts';
import { placeNodes } from '../layout/place-nodes.ts';
import { projectNodes } from './project-nodes.ts';
import { projectInnerLines, projectWires } from './project-wires.ts';

/**
 * The document as React Flow draws it: blocks before their children, every size and port given. The reply of the one before is
 * reused wherever a node or wire shows the same, so that only what changed is drawn again.
 */
export function createProjection(): (graph: Graph, checked: CheckedGraph, signature: DataSignature | null) => Flow {
  const nodesBefore = new Reuse<FlowNode>();
  const edgesBefore = new Reuse<FlowEdge>();
  return (graph, checked, signature) => {
    const places = placeNodes(graph);
    const nodes = nodesBefore.next(projectNodes(graph, checked, signature, places));
    const edges = edgesBefore.next([...projectWires(graph, checked, places), ...projectInnerLines(graph, checked, places)]);
    return { nodes, edges, places };
  };
}

interface Known<Item> {
  readonly item: Item;
  /** The view and all the rest as text. Views are small trees of plain values, so that their text is their identity. */
  readonly view: string;
  readonly rest: string;
}

/** Gives items that show the same their objects of the time before. What only stands elsewhere keeps its view: its card is not drawn again. */
class Reuse<Item extends { readonly id: string; readonly data?: unknown }> {
  private known = new Map<string, Known<Item>>();

  next(items: readonly Item[]): readonly Item[] {
    const known = new Map<string, Known<Item>>();
    for (const item of items) known.set(item.id, this.reused(item));
    this.known = known;
    return [...known.values()].map((each) => each.item);
  }

  private reused(item: Item): Known<Item> {
    const before = this.known.get(item.id);
    const [view, rest] = [JSON.stringify(item.data), JSON.stringify({ ...item, data: null })];
    if (before === undefined || before.view !== view) return { item, view, rest };
    return before.rest === rest ? before : { item: { ...item, data: before.item.data }, view, rest };
  }
}
