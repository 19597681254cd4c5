import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { checkGraph } from '../../src-engine/document/check.ts';
import type { CheckedGraph } from '../../src-engine/document/checked.ts';
import { emptyProject } from '../../src-engine/document/defaults.ts';
import type { DataSpec, Graph, NodeId, Project, WireId } from '../../src-engine/document/project.ts';
import type { DataSignature } from '../../src-engine/document/signature.ts';
import { EMPTY_HISTORY, NOTHING_SELECTED, remember, stepBack, stepForward, type History, type Present, type Selection } from './document/document-history.ts';
import { recheck } from './document/recheck.ts';

export interface DocumentState {
  /** Random, another with each document that is opened: the host knows the document by it, from one window to the next. */
  readonly id: string;
  readonly project: Project;
  /** What the data says of the model's two ends; null until a session has read them. */
  readonly signature: DataSignature | null;
  /** The graph with its shapes, always that of `project.graph` and `signature`. */
  readonly checked: CheckedGraph;
  readonly selection: Selection;
  readonly history: History;
  /** The version that is on disk; null for a document that never was saved. */
  readonly saved: Project | null;
  /** It came with edits that are in no file: restored after a crash, or its file is gone. */
  readonly edited: boolean;
  /** Counts the documents that were opened, so that views can start afresh. */
  readonly opened: number;
}

function initialState(): DocumentState {
  const project = emptyProject();
  return {
    id: crypto.randomUUID(),
    project,
    signature: null,
    checked: checkGraph(project.graph, null),
    selection: NOTHING_SELECTED,
    history: EMPTY_HISTORY,
    saved: project,
    edited: false,
    opened: 0,
  };
}

export const documentStore = createStore<DocumentState>(initialState);

/** A view's narrow subscription to the document. */
export function useDocument<Value>(select: (state: DocumentState) => Value): Value {
  return useStore(documentStore, select);
}

export interface EditOptions {
  /** Selected afterwards; without it the selection stays, less what is gone. */
  readonly select?: Partial<Selection>;
  /** Joins this edit to the one before it as one undo step: for a key that is held down. */
  readonly continues?: boolean;
}

/** Everything that changes the document or what is selected in it. */
export const documentActions = {
  /** Opens a document. `saved` says whether it is on disk as it stands; a template is not. */
  load(project: Project, saved: boolean, { id = crypto.randomUUID(), edited = false }: Partial<Pick<DocumentState, 'id' | 'edited'>> = {}): void {
    documentStore.setState(({ opened }) => ({
      id,
      project,
      signature: null,
      checked: checkGraph(project.graph, null),
      selection: NOTHING_SELECTED,
      history: EMPTY_HISTORY,
      saved: saved ? project : null,
      edited,
      opened: opened + 1,
    }));
  },

  /** One undo step that changes the graph. A change that gives back the same graph is none. */
  edit(label: string, change: (graph: Graph) => Graph, options: EditOptions = {}): void {
    documentActions.editProject(
      label,
      (project) => {
        const graph = change(project.graph);
        return graph === project.graph ? project : { ...project, graph };
      },
      options,
    );
  },

  /** One undo step that changes anything of the project. */
  editProject(label: string, change: (project: Project) => Project, options: EditOptions = {}): void {
    const state = documentStore.getState();
    const project = change(state.project);
    if (project === state.project) {
      if (options.select !== undefined) documentActions.select(options.select);
      return;
    }
    const selection = options.select === undefined ? state.selection : { ...NOTHING_SELECTED, ...options.select };
    const joined = options.continues === true && state.history.past.at(-1)?.label === label;
    const history = joined ? { past: state.history.past, future: [] } : remember(state.history, state, label);
    documentStore.setState({ ...present(state, { project, selection }), history });
  },

  /** The label of what was undone, or null where nothing was. */
  undo(): string | null {
    return travel(stepBack);
  },

  /** The label of what was done again, or null where nothing was. */
  redo(): string | null {
    return travel(stepForward);
  },

  select(selection: Partial<Selection>): void {
    documentStore.setState((state) => {
      const next = existing(state.project.graph, { ...NOTHING_SELECTED, ...selection });
      return sameSelection(next, state.selection) ? state : { selection: next };
    });
  },

  /** What the open data says; null when there is none. */
  setSignature(signature: DataSignature | null): void {
    documentStore.setState(({ project }) => ({ signature, checked: checkGraph(project.graph, signature) }));
  },

  /** The version given is now on disk; later edits make the document unsaved again. */
  markSaved(project: Project): void {
    documentStore.setState({ saved: project, edited: false });
  },

  /** What the document holds is in no file, whatever was thought before. */
  markUnsaved(): void {
    documentStore.setState({ saved: null, edited: true });
  },
};

function travel(step: typeof stepBack): string | null {
  const state = documentStore.getState();
  const move = step(state.history, state);
  if (move === null) return null;
  documentStore.setState({ ...present(state, move.present), history: move.history });
  return move.label;
}

function present(state: DocumentState, { project, selection }: Present): Pick<DocumentState, 'project' | 'selection' | 'checked' | 'signature'> {
  const signature = sameContent(project.data, state.project.data) ? state.signature : null;
  const { graph } = state.project;
  const checked = signature === state.signature ? recheck(graph, state.checked, project.graph, signature) : checkGraph(project.graph, signature);
  return { project, checked, signature, selection: existing(project.graph, selection) };
}

/** What data says of a model's ends does not depend on how it is split. */
function sameContent(a: DataSpec | null, b: DataSpec | null): boolean {
  return a === b || (a !== null && b !== null && a.source === b.source && JSON.stringify(a.options) === JSON.stringify(b.options));
}

function existing(graph: Graph, selection: Selection): Selection {
  const nodes = new Set<NodeId>(graph.nodes.map((node) => node.id));
  const wires = new Set<WireId>(graph.wires.map((wire) => wire.id));
  return { nodes: selection.nodes.filter((id) => nodes.has(id)), wires: selection.wires.filter((id) => wires.has(id)) };
}

function sameSelection(a: Selection, b: Selection): boolean {
  return sameList(a.nodes, b.nodes) && sameList(a.wires, b.wires);
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((each, index) => each === b[index]);
}

/** True while the document differs from what is on disk. */
export function isUnsaved(state: DocumentState): boolean {
  return state.project !== state.saved;
}

/** What undo would take back, or null. */
export function undoLabel(state: DocumentState): string | null {
  return state.history.past.at(-1)?.label ?? null;
}

/** What redo would do again, or null. */
export function redoLabel(state: DocumentState): string | null {
  return state.history.future.at(-1)?.label ?? null;
}
