import { useMemo } from 'react';
import { isCellKind } from '../../../src-engine/document/node-kinds.ts';
import type { GraphNode } from '../../../src-engine/document/project.ts';
import { useDocument } from '../../state/document-store.ts';
import { useMemory } from '../../state/memory-store.ts';

interface Cells {
  readonly all: readonly GraphNode[];
  /** The one to measure: as chosen, else the one that is selected on the canvas, else the first; null where the drawing has none. */
  readonly chosen: GraphNode | null;
}

/** The recurrent cells of the drawing that are switched on. */
export function useCells(): Cells {
  const nodes = useDocument((state) => state.project.graph.nodes);
  const selected = useDocument((state) => state.selection.nodes);
  const wanted = useMemory((memory) => memory.node);
  return useMemo(() => {
    const all = nodes.filter(({ kind, enabled }) => isCellKind(kind) && enabled !== false);
    const found = (id: string | undefined | null): GraphNode | undefined => all.find((node) => node.id === id);
    return { all, chosen: found(wanted) ?? found([...selected].find((id) => found(id) !== undefined)) ?? all[0] ?? null };
  }, [nodes, selected, wanted]);
}
