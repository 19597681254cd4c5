import { familyOf, readsOf, statesOf, type Family, type FamilyId, type FamilyOp, type OpName, type UnrolledGraph } from './graph.ts';

/**
 * One op of the backward pass, T nodes like the family it belongs to. `of` is the forward family whose gradient goes through it.
 * Gradients add up: dL/dv is the sum over all nodes that read v.
 */
export type GradientOp =
  /** d(x) += d(of) W */
  | { readonly op: 'product-input'; readonly of: FamilyId; readonly into: FamilyId }
  /** d(W) += d(of)^T x, one term per copy */
  | { readonly op: 'product-weight'; readonly of: FamilyId }
  /** d(bias) += column sums of d(of), one term per copy */
  | { readonly op: 'product-bias'; readonly of: FamilyId }
  /** The cell's pointwise part, from dL/dh to the gradient of its pre-activations and of the state one step back */
  | { readonly op: 'cell'; readonly of: FamilyId }
  /** d(w_ci) += sums of di_pre c_(t-1); w_cf likewise; d(w_co) += sums of do_pre c_t; one term per copy */
  | { readonly op: 'peephole'; readonly of: FamilyId }
  | { readonly op: 'embedding-weight'; readonly of: FamilyId }
  | { readonly op: 'reverse'; readonly of: FamilyId }
  | { readonly op: 'last-step'; readonly of: FamilyId }
  /** dL/dc of the last step, where the LSTM's own backward pass begins */
  | { readonly op: 'last-cell'; readonly of: FamilyId }
  | { readonly op: 'merge'; readonly of: FamilyId }
  | { readonly op: 'activation'; readonly of: FamilyId }
  | { readonly op: 'layer-norm-input'; readonly of: FamilyId }
  /** d(weight) += sums of d(of) * normal, d(bias) += sums of d(of), one term per copy */
  | { readonly op: 'layer-norm-weights'; readonly of: FamilyId }
  | { readonly op: 'repeat'; readonly of: FamilyId }
  | { readonly op: 'pool'; readonly of: FamilyId }
  | { readonly op: 'attention'; readonly of: FamilyId }
  | { readonly op: 'dropout'; readonly of: FamilyId };

type Rule<O extends OpName> = (family: Family, op: Extract<FamilyOp, { op: O }>, context: Context) => readonly GradientOp[];

interface Context {
  readonly needed: ReadonlySet<FamilyId>;
  readonly trainable: ReadonlySet<string>;
}

/**
 * The table of derivatives. A loss writes the gradient of its input while it runs forward (softmax and cross-entropy are one op:
 * dx = p - onehot), so its rule is empty. Formulas stand beside the kernels in `kernels/reference-*.ts`.
 */
const DERIVATIVES: { readonly [O in OpName]: Rule<O> } = {
  tokens: () => [],
  features: () => [],
  'previous-targets': () => [],
  feedback: () => [],
  'mixed-targets': () => [],
  'one-hot': () => [],
  embedding: (family, op, { trainable }) => (trainable.has(op.weight) ? [{ op: 'embedding-weight', of: family.id }] : []),
  product: (family, op, { needed, trainable }) => [
    ...([op.x, ...statesOf(op.previous)].some((id) => needed.has(id)) ? [{ op: 'product-input', of: family.id, into: op.x } as const] : []),
    ...(trainable.has(op.weight.parameter) ? [{ op: 'product-weight', of: family.id } as const] : []),
    ...(op.bias !== null && trainable.has(op.bias) ? [{ op: 'product-bias', of: family.id } as const] : []),
  ],
  rnn: (family) => [{ op: 'cell', of: family.id }],
  'gru-gates': (family) => [{ op: 'cell', of: family.id }],
  'gru-blend': (family) => [{ op: 'cell', of: family.id }],
  'gru-after': (family) => [{ op: 'cell', of: family.id }],
  lstm: (family, op, { trainable }) => [
    { op: 'cell', of: family.id },
    ...(op.peephole?.some((name) => trainable.has(name)) === true ? [{ op: 'peephole', of: family.id } as const] : []),
  ],
  reverse: (family, op, { needed }) => (needed.has(op.x) ? [{ op: 'reverse', of: family.id }] : []),
  'last-step': (family, op, { needed }) => (needed.has(op.x) ? [{ op: 'last-step', of: family.id }] : []),
  'last-cell': (family, op, { needed }) => (needed.has(op.x) ? [{ op: 'last-cell', of: family.id }] : []),
  merge: (family, op, { needed }) => (op.parts.some((part) => needed.has(part)) ? [{ op: 'merge', of: family.id }] : []),
  activation: (family, op, { needed }) => (needed.has(op.x) ? [{ op: 'activation', of: family.id }] : []),
  'layer-norm': (family, op, { needed, trainable }) => [
    ...(needed.has(op.x) ? [{ op: 'layer-norm-input', of: family.id } as const] : []),
    ...(trainable.has(op.weight) ? [{ op: 'layer-norm-weights', of: family.id } as const] : []),
  ],
  repeat: (family, op, { needed }) => (needed.has(op.x) ? [{ op: 'repeat', of: family.id }] : []),
  pool: (family, op, { needed }) => (needed.has(op.x) ? [{ op: 'pool', of: family.id }] : []),
  attention: (family) => [{ op: 'attention', of: family.id }],
  dropout: (family, op, { needed }) => (needed.has(op.x) ? [{ op: 'dropout', of: family.id }] : []),
  'softmax-loss': () => [],
  'sigmoid-loss': () => [],
  'squared-loss': () => [],
  'huber-loss': () => [],
};

/**
 * Pass 4: the backward nodes of each family, by reverse-mode differentiation. Families no trainable parameter feeds get none; with `inputs` those
 * the input feeds get theirs too.
 */
export function deriveBackward(graph: UnrolledGraph, inputs = false): ReadonlyMap<FamilyId, readonly GradientOp[]> {
  const trainable = new Set(graph.parameters.filter((each) => each.trainable).map((each) => each.name));
  const context: Context = { needed: familiesThatNeedGradient(graph, inputs ? new Set(embeddedInputs(graph).map(({ id }) => id)) : new Set()), trainable };
  return new Map(graph.families.map((family) => [family.id, context.needed.has(family.id) ? rule(family, family.op, context) : []]));
}

function rule<O extends OpName>(family: Family, op: Extract<FamilyOp, { op: O }>, context: Context): readonly GradientOp[] {
  const derive: Rule<O> = DERIVATIVES[op.op];
  return derive(family, op, context);
}

/** The input as a gradient can be taken of it: numbers as they are, tokens as the vectors or one-hot rows that stand for them. */
export function embeddedInputs(graph: UnrolledGraph): readonly Family[] {
  return graph.families.filter(({ op }) => {
    if (op.op === 'embedding' || op.op === 'one-hot') return familyOf(graph, op.ids).op.op === 'tokens';
    return op.op === 'features';
  });
}

/** Families with a trainable parameter of their own or before them, and those that the wanted ones feed. */
function familiesThatNeedGradient(graph: UnrolledGraph, wanted: ReadonlySet<FamilyId>): ReadonlySet<FamilyId> {
  const trainable = new Set(graph.parameters.filter((each) => each.trainable).map((each) => each.name));
  const needed = new Set<FamilyId>();
  // Twice: a read one step back may name a family that is built later.
  for (let sweep = 0; sweep < 2; sweep++) {
    for (const family of graph.families) {
      const own = wanted.has(family.id) || parametersOf(family.op).some((name) => trainable.has(name));
      if (own || inputsOf(family).some((id) => needed.has(id))) needed.add(family.id);
    }
  }
  return needed;
}

function parametersOf(op: FamilyOp): readonly string[] {
  if (op.op === 'embedding') return [op.weight];
  if (op.op === 'lstm') return op.peephole ?? [];
  if (op.op === 'layer-norm') return [op.weight, op.bias];
  if (op.op === 'product') return [op.weight.parameter, ...(op.bias === null ? [] : [op.bias])];
  return [];
}

function inputsOf(family: Family): readonly FamilyId[] {
  const { same, previous } = readsOf(family.op);
  return [...same, ...statesOf(previous)];
}
