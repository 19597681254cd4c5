import { ACTIVATION_NONE, ACTIVATION_RELU, ACTIVATION_SIGMOID, ACTIVATION_TANH, SETTING_LOSS } from '../ir/opcodes.ts';
import { familyOf, readsAnswers, type Activation, type Family, type Lstm, type PreviousState, type Product, type UnrolledGraph } from '../ir/graph.ts';
import type { Unit } from '../ir/recurrences.ts';
import { adjointAt, lengthsOf, outputWidth, parameterOf, placeOf, valueAt, type MemoryPlan } from './plan-memory.ts';
import { emitLayer } from './emit-layers.ts';
import { floatBits, type Tape } from './tape.ts';

export const ACTIVATION_CODES: Readonly<Record<Activation, number>> = {
  none: ACTIVATION_NONE,
  tanh: ACTIVATION_TANH,
  sigmoid: ACTIVATION_SIGMOID,
  relu: ACTIVATION_RELU,
};

/** Where an instruction runs: over all steps at once (hoisted), or at step t of a recurrence. */
export interface Span {
  readonly t: number;
  /** Rows: T*B or B. */
  readonly rows: number;
  readonly stepwise: boolean;
}

export function wholeSpan(graph: UnrolledGraph, family: Family): Span {
  return { t: 0, rows: family.steps * graph.batch, stepwise: false };
}

/** Forward section behind the packing: unit after unit; a recurrence runs step by step, all else over all its steps at once. */
export function emitForward(tape: Tape, plan: MemoryPlan, units: readonly Unit[]): void {
  for (const unit of units) {
    if (unit.kind === 'whole') emitFamily(tape, plan, unit.family, wholeSpan(plan.graph, unit.family));
    else {
      // Cells and products deal the same rows to a thread; what else a decoder leads through may not.
      const meet = unit.families.some((family) => readsAnswers(family.op));
      for (let t = 0; t < plan.graph.steps; t++) {
        for (const family of unit.families) {
          emitFamily(tape, plan, family, { t, rows: plan.graph.batch, stepwise: true });
          if (meet) tape.emit('barrier', {});
        }
      }
    }
    tape.emit('barrier', {});
  }
  const rows = familyOf(plan.graph, plan.graph.loss).steps * plan.graph.batch;
  tape.emit('sum', { x: plan.lossRows, count: rows, y: plan.shared.settings + SETTING_LOSS });
  tape.emit('barrier', {});
}

/** First in the forward section: each product's weight in panels, once per training step; all T steps read the same panels. */
export function emitPacks(tape: Tape, plan: MemoryPlan): void {
  for (const family of plan.graph.families) {
    if (family.op.op !== 'product') continue;
    const { weight } = family.op;
    const pack = plan.packs.get(family.id);
    if (pack === undefined) throw new Error(`product ${family.id} has no packed weight`);
    const w = parameterOf(plan, weight.parameter).at + weight.firstRow * weight.columns;
    tape.emit('pack', { w, ldw: weight.columns, b: pack.forward, n: weight.rows, k: weight.columns, transpose: 1 });
    if (pack.backward !== 0) tape.emit('pack', { w, ldw: weight.columns, b: pack.backward, n: weight.columns, k: weight.rows, transpose: 0 });
  }
  tape.emit('barrier', {});
}

/** Address of the state one step before t: at t = 0 the one the graph starts from, or that came in from the window before; 0 where it is zeros. */
export function previousAt(plan: MemoryPlan, previous: PreviousState, t: number): number {
  if (t > 0) return valueAt(plan, familyOf(plan.graph, previous.family), t - 1);
  if (previous.initial === null) return plan.carried.h.get(previous.family) ?? 0;
  return valueAt(plan, familyOf(plan.graph, previous.initial), 0);
}

function emitFamily(tape: Tape, plan: MemoryPlan, family: Family, span: Span): void {
  const { graph } = plan;
  const lengths = lengthsOf(plan, family);
  const y = valueAt(plan, family, span.t);
  const at = (id: Family['id']): number => valueAt(plan, familyOf(graph, id), span.t);
  const { op } = family;
  switch (op.op) {
    case 'tokens':
    case 'features':
      return; // written by the host
    case 'previous-targets':
      return tape.emit('shiftTargets', { targets: plan.targets, ids: y, t: graph.steps, b: graph.batch });
    case 'feedback': {
      const n = outputWidth(graph);
      return tape.emit('argmaxIds', { p: span.t === 0 ? 0 : plan.outputs + (span.t - 1) * graph.batch * n, ids: y, m: span.rows, n });
    }
    case 'mixed-targets': {
      const { stream } = op;
      const before = (span.t - 1) * graph.batch;
      return tape.emit('mixTargets', {
        targets: span.t === 0 ? 0 : plan.targets + before,
        p: span.t === 0 ? 0 : plan.outputs + before * outputWidth(graph),
        ids: y,
        m: span.rows,
        n: outputWidth(graph),
        first: span.t * graph.batch,
        beginBits: floatBits(op.begin),
        endBits: floatBits(op.end),
        stream,
        settings: plan.shared.settings,
      });
    }
    case 'embedding':
      return tape.emit('gatherRows', { table: parameterOf(plan, op.weight).at, ids: at(op.ids), y, m: span.rows, n: family.width });
    case 'one-hot':
      return tape.emit('oneHot', { ids: at(op.ids), y, m: span.rows, n: family.width });
    case 'product':
      return emitProduct(tape, plan, family, op, span);
    case 'reverse':
      return tape.emit('reverse', { x: at(op.x), y, lengths, t: graph.steps, b: graph.batch, n: family.width, accumulate: 0 });
    case 'last-step':
      return tape.emit('lastStep', { x: at(op.x), y, lengths, t: graph.steps, b: graph.batch, n: family.width });
    case 'last-cell': {
      // Masked steps hand c on, so the last one has every row's own.
      const src = cellAt(plan, familyOf(graph, op.x), graph.steps - 1);
      return tape.emit('copyColumns', {
        src,
        lds: family.width,
        dst: y,
        ldd: family.width,
        m: graph.batch,
        n: family.width,
        accumulate: 0,
        scaleBits: floatBits(1),
      });
    }
    case 'merge':
      return emitMerge(tape, plan, family, op, span);
    case 'activation':
      return tape.emit('activate', { x: at(op.x), y, count: span.rows * family.width, activation: ACTIVATION_CODES[op.activation] });
    case 'layer-norm':
    case 'repeat':
    case 'pool':
    case 'attention':
    case 'dropout':
      return emitLayer(tape, plan, family, op, span);
    case 'softmax-loss':
    case 'sigmoid-loss':
    case 'squared-loss':
    case 'huber-loss':
      return emitLoss(tape, plan, family, op, span);
    case 'rnn':
    case 'gru-gates':
    case 'gru-blend':
    case 'gru-after':
    case 'lstm':
      return emitCell(tape, plan, family, span.t);
  }
}

function emitProduct(tape: Tape, plan: MemoryPlan, family: Family, op: Product, span: Span): void {
  const x = op.previous === null ? valueAt(plan, familyOf(plan.graph, op.x), span.t) : previousAt(plan, op.previous, span.t);
  const add = op.onto?.add === true;
  // A zero state adds nothing.
  if (x === 0 && add) return;
  const place = placeOf(plan, family.id);
  tape.emit('gemm', {
    a: x,
    lda: op.weight.columns,
    b: plan.packs.get(family.id)?.forward ?? 0,
    c: valueAt(plan, family, span.t) + (op.onto?.column ?? 0),
    ldc: place.ld,
    m: span.rows,
    n: op.weight.rows,
    k: x === 0 ? 0 : op.weight.columns,
    bias: op.bias === null ? 0 : parameterOf(plan, op.bias).at,
    accumulate: add ? 1 : 0,
  });
}

function emitMerge(tape: Tape, plan: MemoryPlan, family: Family, op: Extract<Family['op'], { op: 'merge' }>, span: Span): void {
  let column = 0;
  for (const [index, id] of op.parts.entries()) {
    const part = familyOf(plan.graph, id);
    tape.emit('copyColumns', {
      src: valueAt(plan, part, span.t),
      lds: placeOf(plan, id).ld,
      dst: valueAt(plan, family, span.t) + column,
      ldd: family.width,
      m: span.rows,
      n: part.width,
      accumulate: op.mode !== 'concat' && index > 0 ? 1 : 0,
      scaleBits: floatBits(op.mode === 'mean' ? 1 / op.parts.length : 1),
    });
    if (op.mode === 'concat') column += part.width;
  }
}

type LossOp = Extract<Family['op'], { op: 'softmax-loss' | 'sigmoid-loss' | 'squared-loss' | 'huber-loss' }>;

function emitLoss(tape: Tape, plan: MemoryPlan, family: Family, op: LossOp, { t, rows: m }: Span): void {
  const source = familyOf(plan.graph, op.x);
  const first = t * plan.graph.batch;
  const classes = op.op === 'softmax-loss' || op.op === 'sigmoid-loss';
  const targets = plan.targets + first * (classes ? 1 : family.width);
  const answers = plan.outputs + first * outputWidth(plan.graph);
  const shared = { targets, weights: plan.lossWeights + first, loss: plan.lossRows + first, m, n: family.width };
  const value = valueAt(plan, source, t);
  // Without a backward section the gradient is written over the logits, which nobody reads again.
  const gradient = adjointAt(plan, source, t);
  const dx = gradient === 0 ? value : gradient;
  if (op.op === 'softmax-loss') return tape.emit('softmaxLoss', { ...shared, x: value, p: answers, dx });
  if (op.op === 'sigmoid-loss') return tape.emit('sigmoidLoss', { ...shared, x: value, p: answers, dx });
  tape.emit('copyColumns', { src: value, lds: family.width, dst: answers, ldd: family.width, m, n: family.width, accumulate: 0, scaleBits: floatBits(1) });
  if (op.op === 'huber-loss') tape.emit('huberLoss', { ...shared, y: value, dy: dx, deltaBits: floatBits(op.delta) });
  else tape.emit('squaredLoss', { ...shared, y: value, dy: dx });
}

function emitCell(tape: Tape, plan: MemoryPlan, family: Family, t: number): void {
  const { graph } = plan;
  const lengths = lengthsOf(plan, family);
  const { op } = family;
  if (!('previous' in op) || op.op === 'product' || readsAnswers(op)) throw new Error(`${op.op} is no cell`);
  const hPrev = previousAt(plan, op.previous, t);
  const shared = { hPrev, lengths, t, b: graph.batch, h_: family.width };
  const h = valueAt(plan, family, t);
  const pre = op.op === 'rnn' ? op.pre : op.gates;
  const gates = valueAt(plan, familyOf(graph, pre), t);
  switch (op.op) {
    case 'rnn':
      return tape.emit('rnnForward', { ...shared, pre: gates, h, activation: ACTIVATION_CODES[op.activation] });
    case 'gru-gates':
      return tape.emit('gruGatesForward', { gates, hPrev, rh: h, b: graph.batch, h_: family.width });
    case 'gru-blend':
      return tape.emit('gruBlendForward', { ...shared, gates, h });
    case 'gru-after':
      return tape.emit('gruAfterForward', { ...shared, gates, hp: valueAt(plan, familyOf(graph, op.recurrent), t), h });
    case 'lstm':
      return tape.emit('lstmForward', {
        ...shared,
        gates,
        h,
        cPrev: cellBefore(plan, family, t),
        c: cellAt(plan, family, t),
        ...lstmOptions(plan, op),
      });
  }
}

/** The three peephole weights of an LSTM stand one after another, as the document lists them; all are trained or none. */
export function lstmOptions(plan: MemoryPlan, { peephole, coupled }: Lstm): { readonly peephole: number; readonly coupled: number } {
  return { peephole: peephole === null ? 0 : parameterOf(plan, peephole[0]).at, coupled: coupled ? 1 : 0 };
}

/** Address of c one step before t; 0 where it is zeros. */
export function cellBefore(plan: MemoryPlan, family: Family, t: number): number {
  if (t > 0) return cellAt(plan, family, t - 1);
  const initial = family.op.op === 'lstm' ? family.op.initialCell : null;
  return initial === null ? (plan.carried.c.get(family.id) ?? 0) : valueAt(plan, familyOf(plan.graph, initial), 0);
}

/** Address of c at step t. */
export function cellAt(plan: MemoryPlan, family: Family, t: number): number {
  const base = plan.cells.get(family.id);
  if (base === undefined) throw new Error(`family ${family.id} has no cell state`);
  return base + t * plan.graph.batch * family.width;
}
