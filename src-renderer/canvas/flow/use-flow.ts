import { useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { NodeId } from '../../../src-engine/document/project.ts';
import type { Selection } from '../../state/document/document-history.ts';
import { useDocument } from '../../state/document-store.ts';
import { useEditedNodes } from '../../state/runs/run-edited.ts';
import { useCanvas, useDragStore, type DraggedNodes } from '../canvas-store.ts';
import { createProjection } from './document-to-flow.ts';
import type { FlowEdge, FlowNode } from './flow-types.ts';
import { withSlot } from './slot.ts';

/** Tells readers what is selected. */
const CHOSEN = { 'aria-current': true } as const;

/** What React Flow draws: the document, with the selection and the nodes under the pointer laid over it. */
export function useFlow(): { readonly nodes: FlowNode[]; readonly edges: FlowEdge[] } {
  const graph = useDocument((state) => state.project.graph);
  const checked = useDocument((state) => state.checked);
  const signature = useDocument((state) => state.signature);
  const selection = useDocument((state) => state.selection);
  const drag = useDragStore();
  const dragged = useStore(drag, (state) => state.dragged);
  const draggedIds = useStore(drag, (state) => [...state.dragged.keys()].join('\n'));
  const [project] = useState(createProjection);
  const slot = useCanvas((state) => state.slot);
  const edited = useEditedNodes();
  const drawn = useMemo(() => withSlot(graph, slot), [graph, slot]);
  const flow = useMemo(() => project(drawn, checked, signature), [project, drawn, checked, signature]);
  const nodes = useMemo(() => overlayNodes(flow.nodes, selection, dragged, edited), [flow, selection, dragged, edited]);
  const edges = useMemo(() => overlayEdges(flow.edges, selection, new Set(draggedIds.split('\n'))), [flow, selection, draggedIds]);
  return { nodes, edges };
}

/** Nodes that are neither selected, dragged nor edited stay the same objects. */
function overlayNodes(nodes: readonly FlowNode[], selection: Selection, dragged: DraggedNodes, edited: ReadonlySet<NodeId>): FlowNode[] {
  const selected = new Set<string>(selection.nodes);
  return nodes.map((node) => {
    const position = dragged.get(node.data.id);
    const chosen = selected.has(node.id);
    const marked = edited.has(node.data.id);
    if (position === undefined && !chosen && !marked) return node;
    return {
      ...node,
      ...(position === undefined ? {} : { position, zIndex: 1000 }),
      ...(chosen ? { selected: true, domAttributes: CHOSEN } : {}),
      ...(marked ? { className: 'is-edited', ariaLabel: `${node.data.summary}. Edited since the last training` } : {}),
    };
  });
}

/** Wires that are neither selected nor pulled along stay the same objects. */
function overlayEdges(edges: readonly FlowEdge[], selection: Selection, dragged: ReadonlySet<string>): FlowEdge[] {
  const selected = new Set<string>(selection.wires);
  return edges.map((edge) => {
    const moved = edge.data !== undefined && (dragged.has(edge.source) || dragged.has(edge.target)) ? { ...edge, data: { ...edge.data, moving: true } } : edge;
    return selected.has(edge.id) ? { ...moved, selected: true, domAttributes: CHOSEN } : moved;
  });
}
