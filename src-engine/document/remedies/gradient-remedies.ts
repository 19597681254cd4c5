import { wholeSequenceNodes } from '../check/check-windows.ts';
import { DEFAULT_WINDOW } from '../defaults.ts';
import { findNode, replaceKind, setParam } from '../edits.ts';
import { parameterCount, withinBudget } from './parameter-budget.ts';
import { setTraining } from '../project-edits.ts';
import type { RunNumber } from './judge-remedy.ts';
import type { RemedyKind } from './remedy-kinds.ts';
import type { BpttSpec, Graph, GraphNode, NodeId, Project } from '../project.ts';
import type { DataSignature } from '../signature.ts';

/** One change of a project that may cure a gradient which vanishes or explodes. */
export interface GradientRemedy {
  readonly kind: RemedyKind;
  /** On the button, and the name of the undo step. */
  readonly label: string;
  /** What exactly it changes. */
  readonly detail: string;
  /** What is to be checked afterwards, and why that should happen. */
  readonly predicts: { readonly number: RunNumber; readonly because: string };
  readonly project: Project;
}

const CELLS: ReadonlySet<string> = new Set(['rnn', 'gru', 'lstm']);
/** Windows shorter than this carry no gradient worth the name. */
const SHORTEST_WINDOW = 4;
/** What a lower learning rate is divided by. */
const RATE_DIVISOR = 10;

/** What can be tried for the cell, the likeliest cure first; nothing that the check would refuse. */
export function gradientRemedies(project: Project, node: NodeId, signature: DataSignature | null, fault: 'vanishing' | 'exploding'): readonly GradientRemedy[] {
  if (!project.graph.nodes.some(({ id }) => id === node)) return [];
  const { kind } = findNode(project.graph, node);
  if (!CELLS.has(kind)) return [];
  const swaps = [kind === 'lstm' ? null : swap(project, node, 'lstm', signature), kind === 'rnn' ? swap(project, node, 'gru', signature) : null];
  const start = orthogonal(project, node);
  const found =
    fault === 'vanishing'
      ? [gateBias(project, node, signature), ...swaps, start, identity(project, node)]
      : [clip(project), start, lowerRate(project), window(project, signature), ...swaps];
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
    predicts: {
      number: 'factor',
      because: kind === 'lstm' ? 'The cell state passes on what the forget gate leaves of it.' : 'The state passes on what the update gate keeps of it.',
    },
    project: { ...project, graph },
  };
}

/** A gate's bias before training that keeps it as open as sequences of this length ask for: ln T, at least 1 (Tallec and Ollivier 2018). */
function biasFor(signature: DataSignature | null): number {
  return Math.max(1, Math.round(10 * Math.log(Math.max(1, signature?.longest ?? 1))) / 10);
}

function swapped(graph: Graph, node: NodeId, kind: 'lstm' | 'gru', signature: DataSignature | null): Graph {
  return setParam(replaceKind(graph, node, kind), node, kind === 'lstm' ? 'forgetBias' : 'updateBias', biasFor(signature));
}

/** Of a GRU or LSTM whose gate starts less open than its sequences are long. */
function gateBias(project: Project, node: NodeId, signature: DataSignature | null): GradientRemedy | null {
  const { kind, params } = findNode(project.graph, node);
  if (kind === 'rnn') return null;
  const [name, gate, standard] = kind === 'lstm' ? (['forgetBias', 'forget', 1] as const) : (['updateBias', 'update', 0] as const);
  const [present, wanted] = [Number(params[name] ?? standard), biasFor(signature)];
  if (present >= wanted) return null;
  return {
    kind: 'gate-bias',
    label: `${gate === 'forget' ? 'Forget' : 'Update'} bias ${String(wanted)}`,
    detail: `The ${gate} gate starts with a bias of ${String(wanted)}, now ${String(present)}: as open as sequences of ${String(signature?.longest ?? 1)} steps ask for.`,
    predicts: { number: 'factor', because: 'An open gate keeps the state, and hands its gradient on whole.' },
    project: { ...project, graph: setParam(project.graph, node, name, wanted) },
  };
}

function orthogonal(project: Project, node: NodeId): GradientRemedy | null {
  if (findNode(project.graph, node).params['recurrentInit'] === 'orthogonal') return null;
  return {
    kind: 'orthogonal',
    label: 'Orthogonal start',
    detail: 'W_hh starts as a rotation: at first it neither shrinks nor grows what it carries.',
    predicts: { number: 'factor', because: 'A rotation has only eigenvalues of size 1.' },
    project: { ...project, graph: setParam(project.graph, node, 'recurrentInit', 'orthogonal') },
  };
}

const isIdentityRnn = ({ params }: GraphNode): boolean => params['activation'] === 'relu' && params['recurrentInit'] === 'identity';

/** ReLU and W_hh = I (Le, Jaitly and Hinton 2015): the state of before is added to what comes in. */
function identity(project: Project, node: NodeId): GradientRemedy | null {
  const cell = findNode(project.graph, node);
  if (cell.kind !== 'rnn' || isIdentityRnn(cell)) return null;
  const relu = setParam(project.graph, node, 'activation', 'relu');
  return {
    kind: 'identity',
    label: 'Identity start, ReLU',
    detail: 'W_hh starts as the identity and the activation is ReLU: a unit that is on hands its state on as it is.',
    predicts: { number: 'loss', because: 'The derivative of one step is 1 for every unit that is on, so that early steps are heard from the first update.' },
    project: { ...project, graph: setParam(relu, node, 'recurrentInit', 'identity') },
  };
}

function clip(project: Project): GradientRemedy | null {
  const { clip: present } = project.training;
  if (present.kind === 'norm' && present.max <= 1) return null;
  return {
    kind: 'clip',
    label: 'Clip at norm 1',
    detail: 'A longer gradient is scaled down to norm 1 before the update.',
    predicts: { number: 'loss', because: 'One long gradient can no longer throw the weights far off.' },
    project: setTraining(project, { clip: { kind: 'norm', max: 1 } }),
  };
}

function lowerRate(project: Project): GradientRemedy {
  const { optimizer } = project.training;
  const learningRate = Number((optimizer.learningRate / RATE_DIVISOR).toPrecision(3));
  return {
    kind: 'learning-rate',
    label: `Learning rate ${String(learningRate)}`,
    detail: `A tenth of what it is now, ${String(optimizer.learningRate)}.`,
    predicts: { number: 'loss', because: 'Smaller updates do not jump over the narrow valley between steep walls.' },
    project: setTraining(project, { optimizer: { ...optimizer, learningRate } }),
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
    predicts: { number: 'norm', because: 'What grows with every step back grows for half as many.' },
    project: setTraining(project, { bptt: shorter }),
  };
}
