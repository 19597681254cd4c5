import type { NodeId, Project, WireId } from '../../../src-engine/document/project.ts';

export interface Selection {
  readonly nodes: readonly NodeId[];
  readonly wires: readonly WireId[];
}

export const NOTHING_SELECTED: Selection = { nodes: [], wires: [] };

/** A version of the document and what led away from it. Versions share every part that did not change. */
interface Version {
  readonly label: string;
  readonly project: Project;
  readonly selection: Selection;
}

/** What can be undone and done again. Each edit keeps its label, so that the window can say what it takes back. */
export interface History {
  readonly past: readonly Version[];
  readonly future: readonly Version[];
}

export const EMPTY_HISTORY: History = { past: [], future: [] };

/** Steps kept; the oldest are dropped first. */
const LIMIT = 500;

export interface Present {
  readonly project: Project;
  readonly selection: Selection;
}

/** After an edit: the version before it can be undone, and nothing can be done again. */
export function remember(history: History, before: Present, label: string): History {
  return { past: [...history.past, { label, ...pick(before) }].slice(-LIMIT), future: [] };
}

/** One step back, or null where there is none. */
export function stepBack(history: History, present: Present): { readonly history: History; readonly present: Present; readonly label: string } | null {
  const version = history.past.at(-1);
  if (version === undefined) return null;
  const future = [...history.future, { label: version.label, ...pick(present) }];
  return { history: { past: history.past.slice(0, -1), future }, present: pick(version), label: version.label };
}

/** One step forward again, or null where there is none. */
export function stepForward(history: History, present: Present): { readonly history: History; readonly present: Present; readonly label: string } | null {
  const version = history.future.at(-1);
  if (version === undefined) return null;
  const past = [...history.past, { label: version.label, ...pick(present) }];
  return { history: { past, future: history.future.slice(0, -1) }, present: pick(version), label: version.label };
}

function pick({ project, selection }: Present): Present {
  return { project, selection };
}
