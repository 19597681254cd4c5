import { setEnabled } from '../../src-engine/document/edits.ts';
import type { Problem } from '../../src-engine/document/problems.ts';
import type { GraphNode, NodeId } from '../../src-engine/document/project.ts';
import { switchOffProblem } from '../../src-engine/document/switched-off.ts';
import type { Command } from '../state/commands.ts';
import { nodeTitle } from '../state/document/document-kinds.ts';
import { documentActions, documentStore } from '../state/document-store.ts';
import { applyEdit } from './edits/apply-edit.ts';
import { alignEdit, arrangeable, distributeEdit, type Axis, type Edge } from './edits/arrange-edits.ts';
import type { CanvasStore } from './canvas-store.ts';
import type { Point } from './layout/geometry.ts';
import { nestTargets, takeOutEdit, wrapKinds } from './edits/nest-edits.ts';

/** What the commands on selected nodes need of the canvas. */
export interface NodeCommandParts {
  readonly store: CanvasStore;
  /** Where a list about these nodes opens, in pixels of the window; brings them into sight. */
  readonly beside: (id: NodeId) => Point;
  readonly refuse: (problem: Problem) => void;
}

const graph = () => documentStore.getState().project.graph;
const selected = (): readonly NodeId[] => documentStore.getState().selection.nodes;
const nodes = (): readonly GraphNode[] => graph().nodes.filter((node) => selected().includes(node.id));

/** Rename, switch on or off, nest, take out. */
export function nodeCommands(parts: NodeCommandParts): readonly Command[] {
  const { store, beside } = parts;
  return [
    {
      id: 'edit.rename',
      title: 'Rename',
      group: 'Edit',
      shortcuts: ['F2'],
      enabled: () => selected().length === 1,
      run: () => {
        store.setState({ renaming: selected()[0] ?? null });
      },
    },
    {
      id: 'edit.toggleEnabled',
      title: 'Switch on or off',
      group: 'Edit',
      shortcuts: ['m'],
      enabled: () => selected().length > 0,
      run: () => {
        toggleEnabled(parts.refuse);
      },
    },
    {
      id: 'edit.nest',
      title: 'Nest in…',
      group: 'Edit',
      shortcuts: ['$mod+g'],
      enabled: () => selected().length > 0 && (nestTargets(graph(), selected()).length > 0 || wrapKinds(graph(), selected()).length > 0),
      run: () => {
        const [first] = selected();
        if (first !== undefined) store.setState({ menu: { kind: 'nest', nodes: selected(), at: beside(first) }, refusal: null });
      },
    },
    {
      id: 'edit.takeOut',
      title: 'Take out of its block',
      group: 'Edit',
      shortcuts: ['$mod+Shift+g'],
      enabled: () => nodes().some((node) => node.parent !== undefined),
      run: () => {
        applyEdit(takeOutEdit(graph(), selected()));
      },
    },
  ];
}

/** Off where one of them is on, else on. One that cannot be off is refused with the reason, and nothing changes. */
function toggleEnabled(refuse: (problem: Problem) => void): void {
  const chosen = nodes();
  const enabled = chosen.every((node) => node.enabled === false);
  const problem = enabled ? null : chosen.map(switchOffProblem).find((each) => each !== null);
  if (problem) {
    refuse(problem);
    return;
  }
  const [only] = chosen;
  const what = chosen.length === 1 && only !== undefined ? nodeTitle(only) : `${chosen.length} blocks`;
  const changing = chosen.filter((node) => (node.enabled !== false) !== enabled);
  documentActions.edit(`Switch ${what} ${enabled ? 'on' : 'off'}`, (now) => changing.reduce((changed, { id }) => setEnabled(changed, id, enabled), now));
}

const EDGES: readonly (readonly [Edge, string, string])[] = [
  ['left', 'Align left', 'Alt+KeyA'],
  ['centre', 'Align centres', 'Alt+KeyH'],
  ['right', 'Align right', 'Alt+KeyD'],
  ['top', 'Align top', 'Alt+KeyW'],
  ['line', 'Align on one line', 'Alt+KeyV'],
  ['bottom', 'Align bottom', 'Alt+KeyS'],
];

const AXES: readonly (readonly [Axis, string, string])[] = [
  ['across', 'Distribute across', 'Alt+Shift+KeyH'],
  ['down', 'Distribute down', 'Alt+Shift+KeyV'],
];

/** Align and distribute: for two, and three, blocks that stand on the canvas itself. */
export function arrangeCommands(): readonly Command[] {
  const atLeast = (count: number) => () => arrangeable(graph(), selected()).length >= count;
  const entry = (id: string, title: string, shortcut: string, enabled: () => boolean, run: () => void): Command => ({
    id: `canvas.${id}`,
    title,
    group: 'Arrange',
    shortcuts: [shortcut],
    enabled,
    run,
  });
  return [
    ...EDGES.map(([edge, title, shortcut]) =>
      entry(`align.${edge}`, title, shortcut, atLeast(2), () => {
        applyEdit(alignEdit(selected(), edge));
      }),
    ),
    ...AXES.map(([axis, title, shortcut]) =>
      entry(`distribute.${axis}`, title, shortcut, atLeast(3), () => {
        applyEdit(distributeEdit(selected(), axis));
      }),
    ),
  ];
}
