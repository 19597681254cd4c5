import { addNode } from '../../../src-engine/document/edits.ts';
import type { Graph, NodeId } from '../../../src-engine/document/project.ts';
import type { Slot } from '../canvas-store.ts';
import { keepClear, pinned } from '../layout/find-place.ts';

/** No node of a file can have it: ids that are typed or made have no such sign. */
export const SLOT_ID = '\u0000slot' as NodeId;

/** The graph with an empty place where the thing being dragged would stand, so that its block is seen to grow and what stands behind it to give way. */
export function withSlot(graph: Graph, slot: Slot | null): Graph {
  if (slot === null || !graph.nodes.some((node) => node.id === slot.block)) return graph;
  const { block, before, kind } = slot;
  return keepClear(graph, addNode(pinned(graph), { id: SLOT_ID, kind, position: { x: 0, y: 0 }, parent: block, ...(before === undefined ? {} : { before }) }));
}
