import { wholeSequenceNodes } from './check-windows.ts';
import { DEFAULT_WINDOW } from './defaults.ts';
import { findNode, replaceKind, setParam } from './edits.ts';
import { parameterCount, withinBudget } from './parameter-budget.ts';
import { setTraining } from './project-edits.ts';
import type { BpttSpec, Graph, NodeId, Project } from './project.ts';
import type { DataSignature } from './signature.ts';

/** One change of a project that may cure a gradient which vanishes or explodes. */
export interface GradientRemedy {
  readonly kind: 'lstm' | 'gru' | 'orthogonal' | 'clip' | 'window';
  /** On the button, and the name of the undo step. */
  readonly label: string;
  /** What exactly it changes. */
  readonly detail: string;
  readonly project: Project;
}

const CELLS: ReadonlySet<string> = new Set(['rnn', 'gru', 'lstm']);
/** Windows shorter than this carry no gradient worth the name. */
const SHORTEST_WINDOW = 4;

/** What can be tried for the cell, the likeliest cure first; nothing that the check would refuse. */
export function gradientRemedies(project: Project, node: NodeId, signature: DataSignature | null, fault: 'vanishing' | 'exploding'): readonly GradientRemedy[] {
  if (!project.graph.nodes.some(({ id }) => id === node)) return [];
  const { kind } = findNode(project.graph, node);
  if (!CELLS.has(kind)) return [];
  const swaps = [kind === 'lstm' ? null : swap(project, node, 'lstm', signature), kind === 'rnn' ? swap(project, node, 'gru', signature) : null];
  const start = orthogonal(project, node);
  const found = fault === 'vanishing' ? [...swaps, start] : [clip(project), start, window(project, signature), ...swaps];
  return found.filter((remedy) => remedy !== null);
}

function swap(project: Project, node: NodeId, kind: 'lstm' | 'gru', signature: DataSignature | null): GradientRemedy | null {
  const budget = parameterCount(project.graph, signature);
  if (budget === null) return null;
  const graph = withinBudget(swapped(project.graph, node, kind, signature), node, budget, signature);
  if (graph === null) return null;
  const units = findNode(graph, node).params['units'];
  const name = kind.toUpperCase();
  return {
    kind,
    label: `${name}, same parameters`,
    detail: `${name} of ${String(units)} units: ${(parameterCount(graph, signature) ?? 0).toLocaleString('en')} parameters, now ${budget.toLocaleString('en')}.`,
    project: { ...project, graph },
  };
}

/** An LSTM's forget gate starts as open as sequences of this length ask for: ln T (Tallec and Ollivier 2018). */
function swapped(graph: Graph, node: NodeId, kind: 'lstm' | 'gru', signature: DataSignature | null): Graph {
  const changed = replaceKind(graph, node, kind);
  if (kind !== 'lstm') return changed;
  const bias = Math.max(1, Math.round(10 * Math.log(Math.max(1, signature?.longest ?? 1))) / 10);
  return setParam(changed, node, 'forgetBias', bias);
}

function orthogonal(project: Project, node: NodeId): GradientRemedy | null {
  if (findNode(project.graph, node).params['recurrentInit'] === 'orthogonal') return null;
  return {
    kind: 'orthogonal',
    label: 'Orthogonal start',
    detail: 'W_hh starts as a rotation: at first it neither shrinks nor grows what it carries.',
    project: { ...project, graph: setParam(project.graph, node, 'recurrentInit', 'orthogonal') },
  };
}

function clip(project: Project): GradientRemedy | null {
  const { clip: present } = project.training;
  if (present.kind === 'norm' && present.max <= 1) return null;
  return {
    kind: 'clip',
    label: 'Clip at norm 1',
    detail: 'A longer gradient is scaled down to norm 1 before the update.',
    project: setTraining(project, { clip: { kind: 'norm', max: 1 } }),
  };
}

function window(project: Project, signature: DataSignature | null): GradientRemedy | null {
  const { bptt } = project.training;
  if (wholeSequenceNodes(project.graph).length > 0) return null;
  const present = bptt.mode === 'truncated' ? (bptt.window ?? DEFAULT_WINDOW) : signature?.longest;
  const half = Math.floor((present ?? 0) / 2);
  if (half < SHORTEST_WINDOW) return null;
  const shorter: BpttSpec = { ...bptt, mode: 'truncated', window: half };
  return {
    kind: 'window',
    label: `Window of ${String(half)} steps`,
    detail: `Truncated BPTT: the gradient goes back ${String(half)} steps, now ${String(present)}.`,
    project: setTraining(project, { bptt: shorter }),
  };
}
