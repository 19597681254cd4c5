/**
 * The unrolled computation graph. Letters: B batch, T steps, H units, F features.
 *
 * A *family* is the T copies of one op, one per step (or a single node where the op has no step): node (family, t) reads node
 * (other, t), (other, t-1) or a whole family, and all copies share their parameters by reference. The graph stores a family once
 * and its nodes by rule, so that its size does not depend on T; `print-graph.ts` lists them one by one. The value of a
 * node is a matrix [B, width]; the values of a family stand one after another: [T, B, width].
 */
export type FamilyId = number & { readonly family: unique symbol };

export type Activation = 'none' | 'tanh' | 'sigmoid' | 'relu';

/** Rows `firstRow .. firstRow + rows` of a parameter [*, columns]. */
export interface WeightRows {
  readonly parameter: string;
  readonly firstRow: number;
  readonly rows: number;
  readonly columns: number;
}

/** Reads of a state one step back; at t = 0 it is `initial` [B,H], or zeros. */
export interface PreviousState {
  readonly family: FamilyId;
  readonly initial: FamilyId | null;
}

/** y = x W^T + bias, in columns `column ..` of the result. With `onto`, the result takes over that family's storage. */
export interface Product {
  readonly op: 'product';
  readonly x: FamilyId;
  /** Reads x one step back: the recurrent product. */
  readonly previous: PreviousState | null;
  readonly weight: WeightRows;
  readonly bias: string | null;
  readonly onto: { readonly family: FamilyId; readonly column: number; readonly add: boolean } | null;
}

/** Options of the LSTM: Gers and Schmidhuber 2000 (peephole), Greff et al. 2017 (coupled gates). */
export interface Lstm {
  readonly op: 'lstm';
  readonly gates: FamilyId;
  readonly previous: PreviousState;
  /** Names of w_ci, w_cf, w_co [H], by which the gates see the cell state; null without them. */
  readonly peephole: readonly [string, string, string] | null;
  /** i = 1 - f. */
  readonly coupled: boolean;
  /** c before the first step, [B,H]; null: zeros. */
  readonly initialCell: FamilyId | null;
}

export type FamilyOp =
  | { readonly op: 'tokens' }
  | { readonly op: 'features' }
  /** The class wanted one step back, plus 1; 0 at the first step and where it is absent: what a decoder reads in training (teacher forcing). */
  | { readonly op: 'previous-targets' }
  /** The class answered one step back, plus 1; 0 at the first step: what a decoder reads when it answers. */
  | { readonly op: 'feedback'; readonly previous: PreviousState }
  /**
   * One or the other, drawn for each row and step: the wanted one with a share that goes from `begin` to `end` over the run's epochs (scheduled sampling,
   * Bengio et al. 2015). `stream` tells the draws of one model apart. No gradient goes through an answer.
   */
  | { readonly op: 'mixed-targets'; readonly previous: PreviousState; readonly begin: number; readonly end: number; readonly stream: number }
  | { readonly op: 'embedding'; readonly ids: FamilyId; readonly weight: string }
  | { readonly op: 'one-hot'; readonly ids: FamilyId }
  | Product
  | { readonly op: 'rnn'; readonly pre: FamilyId; readonly previous: PreviousState; readonly activation: Activation }
  | { readonly op: 'gru-gates'; readonly gates: FamilyId; readonly previous: PreviousState }
  | { readonly op: 'gru-blend'; readonly gates: FamilyId; readonly previous: PreviousState }
  | { readonly op: 'gru-after'; readonly gates: FamilyId; readonly recurrent: FamilyId; readonly previous: PreviousState }
  | Lstm
  | { readonly op: 'reverse'; readonly x: FamilyId }
  | { readonly op: 'last-step'; readonly x: FamilyId }
  /** c of an LSTM at each row's last valid step. */
  | { readonly op: 'last-cell'; readonly x: FamilyId }
  | { readonly op: 'merge'; readonly parts: readonly FamilyId[]; readonly mode: 'concat' | 'sum' | 'mean' }
  /** With `inPlace` x is read by nobody else, and y takes over its storage. */
  | { readonly op: 'activation'; readonly x: FamilyId; readonly activation: Activation; readonly inPlace: boolean }
  /** y = weight * (x - mean) / sqrt(variance + 1e-5) + bias, mean and variance over the features of each row (Ba et al. 2016). */
  | { readonly op: 'layer-norm'; readonly x: FamilyId; readonly weight: string; readonly bias: string }
  /** y_t = x for every t. */
  | { readonly op: 'repeat'; readonly x: FamilyId }
  | { readonly op: 'pool'; readonly x: FamilyId; readonly mode: 'mean' | 'max' }
  /** y = sum over the valid t of p_t x_t, p = softmax of the scores [T,B,1], whose storage p takes over. */
  | { readonly op: 'attention'; readonly x: FamilyId; readonly scores: FamilyId }
  /** In training y = x / (1 - rate) or 0 (Srivastava et al. 2014), else y = x. `stream` tells the masks of one model apart. */
  | { readonly op: 'dropout'; readonly x: FamilyId; readonly rate: number; readonly stream: number }
  | { readonly op: 'sigmoid-loss'; readonly x: FamilyId }
  | { readonly op: 'huber-loss'; readonly x: FamilyId; readonly delta: number }
  | { readonly op: 'softmax-loss'; readonly x: FamilyId }
  | { readonly op: 'squared-loss'; readonly x: FamilyId };

export type OpName = FamilyOp['op'];

export interface Family {
  readonly id: FamilyId;
  readonly op: FamilyOp;
  /** Path of the layer, e.g. `gru1.forward`; the same name is used in errors, views and exports. */
  readonly layer: string;
  /** What it is within its layer, e.g. `h`, `gates`. */
  readonly role: string;
  /** Node of the document it came from. */
  readonly node: string;
  /** True for a copy that reads its sequence from the end (second direction of a bidirectional block). */
  readonly backward: boolean;
  /** T, or 1 where the op has no step. */
  readonly steps: number;
  /** Floats per row. */
  readonly width: number;
  /** Whose steps its own are: masked by the lengths of the inputs, or by those of targets that have steps of their own (a translation). */
  readonly axis: Axis;
}

export type Axis = 'inputs' | 'targets';

export interface GraphParameter {
  readonly name: string;
  readonly shape: readonly number[];
  readonly trainable: boolean;
  /** How many nodes share it: T inside a recurrence or a per-step layer, else 1. */
  readonly copies: number;
}

export interface UnrolledGraph {
  readonly batch: number;
  readonly steps: number;
  readonly families: readonly Family[];
  readonly parameters: readonly GraphParameter[];
  /** The head's loss. */
  readonly loss: FamilyId;
}

export function familyOf(graph: UnrolledGraph, id: FamilyId): Family {
  const family = graph.families[id];
  if (family === undefined) throw new Error(`no family ${id}`);
  return family;
}

/** Families an op reads: at its own step (or whole), and one step back. */
export function readsOf(op: FamilyOp): { readonly same: readonly FamilyId[]; readonly previous: PreviousState | null } {
  switch (op.op) {
    case 'tokens':
    case 'features':
    case 'previous-targets':
      return { same: [], previous: null };
    case 'feedback':
    case 'mixed-targets':
      return { same: [], previous: op.previous };
    case 'embedding':
    case 'one-hot':
      return { same: [op.ids], previous: null };
    case 'product':
      return { same: [...(op.previous === null ? [op.x] : []), ...(op.onto === null ? [] : [op.onto.family])], previous: op.previous };
    case 'rnn':
      return { same: [op.pre], previous: op.previous };
    case 'gru-gates':
    case 'gru-blend':
      return { same: [op.gates], previous: op.previous };
    case 'lstm':
      return { same: [op.gates, ...(op.initialCell === null ? [] : [op.initialCell])], previous: op.previous };
    case 'gru-after':
      return { same: [op.gates, op.recurrent], previous: op.previous };
    case 'merge':
      return { same: op.parts, previous: null };
    case 'attention':
      return { same: [op.x, op.scores], previous: null };
    case 'reverse':
    case 'last-step':
    case 'last-cell':
    case 'activation':
    case 'layer-norm':
    case 'repeat':
    case 'pool':
    case 'dropout':
    case 'softmax-loss':
    case 'sigmoid-loss':
    case 'squared-loss':
    case 'huber-loss':
      return { same: [op.x], previous: null };
  }
}

/** True for ops that read the loss family's answers one step back: a recurrence going forward only. */
export function readsAnswers(op: FamilyOp): op is Extract<FamilyOp, { op: 'feedback' | 'mixed-targets' }> {
  return op.op === 'feedback' || op.op === 'mixed-targets';
}

/** The families behind a read one step back: the state itself, and what it starts from. */
export function statesOf(previous: PreviousState | null): readonly FamilyId[] {
  if (previous === null) return [];
  return previous.initial === null ? [previous.family] : [previous.family, previous.initial];
}

export function isLoss(op: FamilyOp): boolean {
  return op.op === 'softmax-loss' || op.op === 'sigmoid-loss' || op.op === 'squared-loss' || op.op === 'huber-loss';
}

/** True for ops that make a cell's hidden state: the places where gradientNorm is read. */
export function isHiddenState(op: FamilyOp): boolean {
  return op.op === 'rnn' || op.op === 'gru-blend' || op.op === 'gru-after' || op.op === 'lstm';
}
