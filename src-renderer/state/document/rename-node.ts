import { findNode, setLabel } from '../../../src-engine/document/edits.ts';
import type { NodeId } from '../../../src-engine/document/project.ts';
import { kindLook, nodeTitle } from './document-kinds.ts';
import { documentActions, documentStore } from '../document-store.ts';

/** Longest name of a block. */
export const LONGEST_NAME = 80;

/** Gives a block another name; an empty one, or its kind's, gives it its kind's title back. One undo step where the name changes. */
export function renameNode(id: NodeId, text: string): void {
  const node = findNode(documentStore.getState().project.graph, id);
  const typed = text.trim().slice(0, LONGEST_NAME);
  const label = typed === kindLook(node.kind).title ? '' : typed;
  if (label === (node.label ?? '')) return;
  documentActions.edit(`Rename ${nodeTitle(node)}`, (graph) => setLabel(graph, id, label));
}
