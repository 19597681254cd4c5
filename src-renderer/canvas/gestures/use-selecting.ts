import type { EdgeChange, NodeChange } from '@xyflow/react';
import { useMemo } from 'react';
import type { NodeId, WireId } from '../../../src-engine/document/project.ts';
import { documentActions, documentStore } from '../../state/document-store.ts';
import type { FlowEdge, FlowNode } from '../flow/flow-types.ts';

interface SelectHandlers {
  readonly onNodesChange: (changes: readonly NodeChange<FlowNode>[]) => void;
  readonly onEdgesChange: (changes: readonly EdgeChange<FlowEdge>[]) => void;
}

/** Clicks and boxes become the document's selection; what React Flow measures or moves is not its business. */
export function useSelecting(): SelectHandlers {
  return useMemo(
    () => ({
      onNodesChange: (changes) => {
        const { selection } = documentStore.getState();
        const nodes = applyChanges(selection.nodes, changes, (id) => id as NodeId);
        if (nodes !== null) documentActions.select({ ...selection, nodes });
      },
      onEdgesChange: (changes) => {
        const { selection } = documentStore.getState();
        const wires = applyChanges(selection.wires, changes, (id) => id as WireId);
        if (wires !== null) documentActions.select({ ...selection, wires });
      },
    }),
    [],
  );
}

function applyChanges<Id extends string>(
  selected: readonly Id[],
  changes: readonly (NodeChange<FlowNode> | EdgeChange<FlowEdge>)[],
  brand: (id: string) => Id,
): readonly Id[] | null {
  const ids = new Set<Id>(selected);
  let changed = false;
  for (const change of changes) {
    if (change.type !== 'select') continue;
    changed = true;
    if (change.selected) ids.add(brand(change.id));
    else ids.delete(brand(change.id));
  }
  return changed ? [...ids] : null;
}
