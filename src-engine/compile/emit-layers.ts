import { familyOf, type Family, type FamilyOp } from '../ir/graph.ts';
import { POOL_MAX, POOL_MEAN } from '../ir/opcodes.ts';
import { adjointAt, lengthsOf, parameterOf, placeOf, valueAt, type MemoryPlan } from './plan-memory.ts';
import { floatBits, type Tape } from './tape.ts';

/** Layers without steps of their own, forward and backward side by side. They run over all steps at once; what a decoder leads through, step by step. */
export type LayerOp = Extract<FamilyOp, { op: 'layer-norm' | 'repeat' | 'pool' | 'attention' | 'dropout' }>;

/** PyTorch's default. */
const LAYER_NORM_EPSILON = 1e-5;

export function isLayerOp(op: FamilyOp): op is LayerOp {
  return op.op === 'layer-norm' || op.op === 'repeat' || op.op === 'pool' || op.op === 'attention' || op.op === 'dropout';
}

export function emitLayer(tape: Tape, plan: MemoryPlan, family: Family, op: LayerOp, span: { readonly t: number; readonly rows: number }): void {
  const lengths = lengthsOf(plan, family);
  const { steps: t, batch: b } = plan.graph;
  const n = family.width;
  const m = span.rows;
  const y = valueAt(plan, family, span.t);
  const x = valueAt(plan, familyOf(plan.graph, op.x), span.t);
  switch (op.op) {
    case 'layer-norm': {
      const [weight, bias] = [parameterOf(plan, op.weight).at, parameterOf(plan, op.bias).at];
      return tape.emit('layerNormForward', { x, y, ...normalsOf(plan, family, span.t), weight, bias, m, n, epsilonBits: floatBits(LAYER_NORM_EPSILON) });
    }
    case 'repeat':
      // One row [B*F] that stands still, copied to T rows.
      return tape.emit('copyColumns', { src: x, lds: 0, dst: y, ldd: b * n, m: family.steps, n: b * n, accumulate: 0, scaleBits: floatBits(1) });
    case 'pool':
      return tape.emit('poolForward', { x, y, lengths, t, b, n, mode: poolMode(op.mode) });
    case 'attention':
      return tape.emit('attentionForward', { scores: valueAt(plan, familyOf(plan.graph, op.scores), 0), x, y, lengths, t, b, n });
    case 'dropout':
      return tape.emit('dropout', { x, y, count: m * n, ...maskOf(plan, op), accumulate: 0, first: family.steps === 1 ? 0 : span.t * b * n });
  }
}

export function emitLayerBackward(tape: Tape, plan: MemoryPlan, family: Family, op: LayerOp, accumulate: 0 | 1): void {
  const lengths = lengthsOf(plan, family);
  const { steps: t, batch: b } = plan.graph;
  const n = family.width;
  const m = family.steps * b;
  const y = valueAt(plan, family, 0);
  const dy = adjointAt(plan, family, 0);
  const source = familyOf(plan.graph, op.x);
  const [x, dx] = [valueAt(plan, source, 0), adjointAt(plan, source, 0)];
  switch (op.op) {
    case 'layer-norm':
      return tape.emit('layerNormBackward', { dy, ...normalsOf(plan, family), weight: parameterOf(plan, op.weight).at, dx, m, n, accumulate });
    case 'repeat':
      return tape.emit('columnSum', { c: dy, ldc: b * n, y: dx, m: family.steps, n: b * n, accumulate });
    case 'pool':
      return tape.emit('poolBackward', { x, y, dy, dx, lengths, t, b, n, mode: poolMode(op.mode), accumulate });
    case 'attention': {
      const scores = familyOf(plan.graph, op.scores);
      const [p, dscores] = [valueAt(plan, scores, 0), adjointAt(plan, scores, 0)];
      return tape.emit('attentionBackward', { p, x, dy, dscores, dx, lengths, t, b, n, accumulate });
    }
    case 'dropout':
      return tape.emit('dropout', { x: dy, y: dx, count: m * n, ...maskOf(plan, op), accumulate, first: 0 });
  }
}

function poolMode(mode: 'mean' | 'max'): number {
  return mode === 'max' ? POOL_MAX : POOL_MEAN;
}

function maskOf(plan: MemoryPlan, { rate, stream }: Extract<LayerOp, { op: 'dropout' }>): Record<'threshold' | 'scaleBits' | 'stream' | 'settings', number> {
  return { threshold: Math.round(rate * 2 ** 24), scaleBits: floatBits(1 / (1 - rate)), stream, settings: plan.shared.settings };
}

function normalsOf(plan: MemoryPlan, family: Family, t = 0): { readonly normal: number; readonly scales: number } {
  const normal = plan.normals.get(family.id);
  if (normal === undefined) throw new Error(`family ${family.id} keeps no normalised values`);
  const { batch } = plan.graph;
  return { normal: normal + t * batch * family.width, scales: normal + (family.steps * family.width + t) * batch };
}

/** The gradient of a parameter [N] that acts column by column: sums over all copies' rows of C * A, or of C alone where `a` is 0. */
export interface ColumnPiece {
  readonly parameter: string;
  /** The first copy whose term is not zero. */
  readonly first: number;
  readonly rows: number;
  readonly operands: Readonly<Record<'c' | 'ldc' | 'a' | 'lda' | 'y' | 'n', number>>;
}

export function emitColumnPiece(tape: Tape, { operands }: ColumnPiece, m: number): void {
  const { c, ldc, y, n } = operands;
  if (operands.a === 0) tape.emit('columnSum', { c, ldc, y, m, n, accumulate: 1 });
  else tape.emit('columnDot', { ...operands, m, accumulate: 1 });
}

/** Gradients of a layer norm's weight and bias. */
export function normPieces(plan: MemoryPlan, family: Family): readonly ColumnPiece[] {
  const { op, width } = family;
  if (op.op !== 'layer-norm') throw new Error(`${op.op} is no layer norm`);
  const shared = { c: adjointAt(plan, family, 0), ldc: placeOf(plan, family.id).ld, lda: width, n: width };
  const gradient = (name: string): number => parameterOf(plan, name).gradient ?? 0;
  const rows = family.steps * plan.graph.batch;
  return [
    { parameter: op.weight, first: 0, rows, operands: { ...shared, a: normalsOf(plan, family).normal, y: gradient(op.weight) } },
    { parameter: op.bias, first: 0, rows, operands: { ...shared, a: 0, y: gradient(op.bias) } },
  ];
}
