import { disconnect, removeNodes } from '../../../src-engine/document/edits.ts';
import type { Graph } from '../../../src-engine/document/project.ts';
import type { Command } from '../commands.ts';
import type { Selection } from './document-history.ts';
import { nodeTitle } from './document-kinds.ts';
import { documentActions, documentStore, redoLabel, undoLabel } from '../document-store.ts';

/** Commands on the document that need no canvas. `say` tells the user what undo and redo did. */
export function documentCommands(say: (sentence: string) => void): readonly Command[] {
  const state = () => documentStore.getState();
  const isSelected = () => state().selection.nodes.length + state().selection.wires.length > 0;
  const tell = (verb: string, label: string | null) => {
    if (label !== null) say(`${verb}: ${label}`);
  };
  return [
    {
      id: 'edit.undo',
      title: 'Undo',
      group: 'Edit',
      shortcuts: ['$mod+z'],
      enabled: () => undoLabel(state()) !== null,
      run: () => {
        tell('Undone', documentActions.undo());
      },
    },
    {
      id: 'edit.redo',
      title: 'Redo',
      group: 'Edit',
      shortcuts: ['$mod+Shift+z', '$mod+y'],
      enabled: () => redoLabel(state()) !== null,
      run: () => {
        tell('Done again', documentActions.redo());
      },
    },
    { id: 'edit.delete', title: 'Delete selection', group: 'Edit', shortcuts: ['Delete', 'Backspace'], enabled: isSelected, run: deleteSelection },
    {
      id: 'edit.selectAll',
      title: 'Select everything',
      group: 'Edit',
      shortcuts: ['$mod+a'],
      enabled: () => state().project.graph.nodes.length > 0,
      run: selectAll,
    },
    {
      id: 'edit.selectNothing',
      title: 'Select nothing',
      group: 'Edit',
      shortcuts: ['Escape'],
      enabled: isSelected,
      run: () => {
        documentActions.select({});
      },
    },
  ];
}

/** Children are selected with their block. */
function selectAll(): void {
  const { nodes, wires } = documentStore.getState().project.graph;
  documentActions.select({ nodes: nodes.filter((node) => node.parent === undefined).map((node) => node.id), wires: wires.map((wire) => wire.id) });
}

function deleteSelection(): void {
  const { selection, project } = documentStore.getState();
  documentActions.edit(`Delete ${describeSelection(project.graph, selection)}`, (graph) => disconnect(removeNodes(graph, selection.nodes), selection.wires));
}

/** What is selected, for the label of an edit. */
export function describeSelection(graph: Graph, { nodes, wires }: Selection): string {
  const [first] = nodes;
  if (first === undefined) return wires.length === 1 ? 'wire' : `${wires.length} wires`;
  const node = graph.nodes.find((each) => each.id === first);
  return nodes.length === 1 && node !== undefined ? nodeTitle(node) : `${nodes.length} blocks`;
}
