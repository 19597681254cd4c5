import type { GradientOp } from '../ir/derivatives.ts';
import { familyOf, readsAnswers, type Family, type FamilyId, type FamilyOp, type PreviousState, type Product } from '../ir/graph.ts';
import type { Unit } from '../ir/recurrences.ts';
import { ACTIVATION_CODES, cellAt, cellBefore, lstmOptions, previousAt, wholeSpan, type Span } from './emit-forward.ts';
import { emitColumnPiece, emitLayerBackward, isLayerOp, normPieces, type ColumnPiece } from './emit-layers.ts';
import { adjointAt, lengthsOf, parameterOf, placeOf, valueAt, type MemoryPlan } from './plan-memory.ts';
import { floatBits, type Tape } from './tape.ts';

/**
 * Backward section: units in reverse. Inside a recurrence only what feeds the step before runs step by step; weight gradients of all
 * copies are gathered into one product over T*B rows (pass 6), and gradients of inputs outside it likewise (pass 5).
 */
export function emitBackward(tape: Tape, plan: MemoryPlan, units: readonly Unit[]): void {
  new BackwardEmitter(tape, plan).run(units);
}

class BackwardEmitter {
  private readonly tape: Tape;
  private readonly plan: MemoryPlan;
  /** Families whose gradient holds something: the next term is added to it. The others are overwritten. */
  private readonly begun = new Set<FamilyId>();

  constructor(tape: Tape, plan: MemoryPlan) {
    this.tape = tape;
    this.plan = plan;
  }

  run(units: readonly Unit[]): void {
    const { shared } = this.plan;
    this.tape.emit('fill', { x: shared.gradients, count: shared.trainable.size, valueBits: 0 });
    this.tape.emit('barrier', {});
    const loss = familyOf(this.plan.graph, this.plan.graph.loss).op;
    if ('x' in loss) this.begun.add(loss.x);
    for (const unit of [...units].reverse()) {
      if (unit.kind === 'whole') this.whole(unit.family);
      else this.recurrence(unit.families);
    }
  }

  private whole(family: Family): void {
    const ops = this.plan.gradients.get(family.id) ?? [];
    for (const op of ops) this.gradient(op, family, wholeSpan(this.plan.graph, family));
    if (ops.length > 0) this.tape.emit('barrier', {});
  }

  private recurrence(families: readonly Family[]): void {
    const inside = new Set(families.map((family) => family.id));
    for (const family of families) this.begin(family, inside);
    this.tape.emit('barrier', {});
    const ops = [...families].reverse().flatMap((family) => (this.plan.gradients.get(family.id) ?? []).map((op) => ({ op, family })));
    const stepwise = ops.filter(({ op }) => op.op === 'cell' || (op.op === 'product-input' && inside.has(op.into)));
    const gathered = ops.filter((each) => !stepwise.includes(each));
    for (let t = this.plan.graph.steps - 1; t >= 0; t--) {
      for (const { op, family } of stepwise) this.gradient(op, family, { t, rows: this.plan.graph.batch, stepwise: true });
    }
    for (const family of families) this.handOnCell(family);
    this.tape.emit('barrier', {});
    for (const { op, family } of gathered) this.gradient(op, family, wholeSpan(this.plan.graph, family));
    this.tape.emit('barrier', {});
  }

  /** Zeroes what a recurrence adds to: gradients of states that nothing outside wrote, and the carries. */
  private begin(family: Family, inside: ReadonlySet<FamilyId>): void {
    const { op } = family;
    const carry = this.plan.carries.get(family.id);
    if (carry !== undefined) this.beginCarry(family, carry);
    if (op.op === 'rnn' || op.op === 'gru-blend' || op.op === 'gru-after' || op.op === 'lstm') {
      this.ensureBegun(family);
      if (op.previous.initial !== null && !inside.has(op.previous.initial)) this.ensureBegun(familyOf(this.plan.graph, op.previous.initial));
    }
  }

  /** The carry before the last step: zeros, or what those who read an LSTM's final cell state made of it; masked steps hand it to each row's last one. */
  private beginCarry(family: Family, carry: number): void {
    const { graph } = this.plan;
    const last = graph.families.find(({ id, op }) => op.op === 'last-cell' && op.x === family.id && this.begun.has(id));
    const from = last === undefined ? 0 : adjointAt(this.plan, last, 0);
    if (from === 0) this.tape.emit('fill', { x: carry, count: graph.batch * family.width, valueBits: 0 });
    else this.copy(family, from, carry, 0);
  }

  /** After the first step the carry holds the gradient of the cell state an LSTM began with. */
  private handOnCell(family: Family): void {
    const initial = family.op.op === 'lstm' ? family.op.initialCell : null;
    const to = initial === null ? 0 : adjointAt(this.plan, familyOf(this.plan.graph, initial), 0);
    if (initial === null || to === 0) return;
    this.copy(family, this.plan.carries.get(family.id) ?? 0, to, this.accumulate(initial));
  }

  /** [B,H] of a cell. */
  private copy({ width }: Family, src: number, dst: number, accumulate: 0 | 1): void {
    this.tape.emit('copyColumns', { src, lds: width, dst, ldd: width, m: this.plan.graph.batch, n: width, accumulate, scaleBits: floatBits(1) });
  }

  private ensureBegun(family: Family): void {
    if (this.begun.has(family.id)) return;
    this.begun.add(family.id);
    const { adjoint, ld } = placeOf(this.plan, family.id);
    if (adjoint !== 0) this.tape.emit('fill', { x: adjoint, count: family.steps * this.plan.graph.batch * ld, valueBits: 0 });
  }

  /** 1 where the family's gradient already holds something; from now on it does. */
  private accumulate(id: FamilyId): 0 | 1 {
    if (this.begun.has(id)) return 1;
    this.begun.add(id);
    return 0;
  }

  private gradient(gradient: GradientOp, family: Family, span: Span): void {
    const { op } = family;
    switch (gradient.op) {
      case 'product-input':
        return this.productInput(family, asProduct(op), span);
      case 'product-weight':
        return emitWeightGradient(this.tape, this.plan, family, asProduct(op));
      case 'product-bias':
        return this.productBias(family, asProduct(op), span);
      case 'cell':
        return emitCellBackward(this.tape, this.plan, family, span.t);
      case 'peephole':
        for (const piece of peepholePieces(this.plan, family)) emitColumnPiece(this.tape, piece, piece.rows);
        return;
      case 'embedding-weight':
        return this.embedding(family, op, span);
      case 'layer-norm-weights':
        for (const piece of normPieces(this.plan, family)) emitColumnPiece(this.tape, piece, piece.rows);
        return;
      case 'layer-norm-input':
      case 'repeat':
      case 'pool':
      case 'attention':
      case 'dropout':
        return this.layer(family, op);
      case 'last-cell':
        return; // its LSTM begins with it
      case 'reverse':
      case 'last-step':
      case 'merge':
      case 'activation':
        return this.shaping(family, op, span);
    }
  }

  private productInput(family: Family, op: Product, span: Span): void {
    const { graph } = this.plan;
    const source = familyOf(graph, op.x);
    const da = op.previous === null ? this.adjointOf(source, span.t) : previousAdjointAt(this.plan, op.previous, span.t);
    if (da === 0) return;
    const oneStep = source.op.op === 'gru-gates';
    const accumulate = op.previous !== null ? 1 : oneStep ? 0 : this.accumulate(op.x);
    const place = placeOf(this.plan, family.id);
    this.tape.emit('gemm', {
      a: adjointAt(this.plan, family, span.t) + (op.onto?.column ?? 0),
      lda: place.ld,
      b: this.plan.packs.get(family.id)?.backward ?? 0,
      c: da,
      ldc: source.width,
      m: span.rows,
      n: op.weight.columns,
      k: op.weight.rows,
      bias: 0,
      accumulate,
    });
  }

  /** Gradient of a product's operand; the gradient of r*h lives one step long, in a carry. */
  private adjointOf(source: Family, t: number): number {
    const carry = source.op.op === 'gru-gates' ? this.plan.carries.get(source.id) : undefined;
    return carry ?? adjointAt(this.plan, source, t);
  }

  private productBias(family: Family, op: Product, span: Span): void {
    const bias = op.bias === null ? null : parameterOf(this.plan, op.bias).gradient;
    if (bias === null) return;
    const c = adjointAt(this.plan, family, 0) + (op.onto?.column ?? 0);
    this.tape.emit('columnSum', { c, ldc: placeOf(this.plan, family.id).ld, y: bias, m: span.rows, n: op.weight.rows, accumulate: 1 });
  }

  private embedding(family: Family, op: FamilyOp, span: Span): void {
    if (op.op !== 'embedding') throw new Error(`${op.op} has no table`);
    const table = parameterOf(this.plan, op.weight).gradient;
    if (table === null) return;
    const ids = valueAt(this.plan, familyOf(this.plan.graph, op.ids), 0);
    this.tape.emit('scatterRows', { table, ids, dy: adjointAt(this.plan, family, 0), m: span.rows, n: family.width });
  }

  private shaping(family: Family, op: FamilyOp, span: Span): void {
    const { graph } = this.plan;
    const lengths = lengthsOf(this.plan, family);
    const dy = adjointAt(this.plan, family, 0);
    const shared = { lengths, t: graph.steps, b: graph.batch, n: family.width };
    if (op.op === 'merge') return this.merge(family, op, span);
    if (op.op !== 'reverse' && op.op !== 'last-step' && op.op !== 'activation') throw new Error(`${op.op} has no shaping gradient`);
    const source = familyOf(graph, op.x);
    const dx = adjointAt(this.plan, source, 0);
    if (op.op === 'reverse') return this.tape.emit('reverse', { ...shared, x: dy, y: dx, accumulate: this.accumulate(op.x) });
    if (op.op === 'last-step') {
      this.ensureBegun(source);
      this.tape.emit('barrier', {});
      return this.tape.emit('lastStepBackward', { ...shared, dy, dx });
    }
    // In place, the gradient of the pre-activation takes over the gradient of the activated value.
    if (op.inPlace) this.begun.add(op.x);
    const accumulate = op.inPlace ? 0 : this.accumulate(op.x);
    const y = valueAt(this.plan, family, 0);
    this.tape.emit('activateBackward', { y, dy, dx, count: span.rows * family.width, activation: ACTIVATION_CODES[op.activation], accumulate });
  }

  private layer(family: Family, op: FamilyOp): void {
    if (!isLayerOp(op)) throw new Error(`${op.op} is no layer`);
    if (op.op === 'attention') this.begun.add(op.scores);
    const wanted = placeOf(this.plan, op.x).adjoint !== 0;
    emitLayerBackward(this.tape, this.plan, family, op, wanted ? this.accumulate(op.x) : 0);
  }

  private merge(family: Family, op: Extract<FamilyOp, { op: 'merge' }>, span: Span): void {
    let column = 0;
    for (const id of op.parts) {
      const part = familyOf(this.plan.graph, id);
      const dst = adjointAt(this.plan, part, 0);
      const src = adjointAt(this.plan, family, 0) + column;
      if (op.mode === 'concat') column += part.width;
      if (dst === 0) continue;
      const scaleBits = floatBits(op.mode === 'mean' ? 1 / op.parts.length : 1);
      this.tape.emit('copyColumns', { src, lds: family.width, dst, ldd: part.width, m: span.rows, n: part.width, accumulate: this.accumulate(id), scaleBits });
    }
  }
}

export interface WeightPiece {
  readonly rows: number;
  readonly operands: Readonly<Record<'c' | 'ldc' | 'a' | 'lda' | 'w' | 'ldw' | 'n' | 'k', number>>;
}

/** Address of dL/dh one step before t; 0 where it is not wanted. */
function previousAdjointAt(plan: MemoryPlan, previous: PreviousState, t: number): number {
  if (t > 0) return adjointAt(plan, familyOf(plan.graph, previous.family), t - 1);
  return previous.initial === null ? 0 : adjointAt(plan, familyOf(plan.graph, previous.initial), 0);
}

function asProduct(op: FamilyOp): Product {
  if (op.op !== 'product') throw new Error(`${op.op} is no product`);
  return op;
}

/** Pass 6: the weight gradient of all copies as one product over T*B rows. A state read one step back pairs rows t with rows t - 1. */
function emitWeightGradient(tape: Tape, plan: MemoryPlan, family: Family, op: Product): void {
  for (const piece of weightPieces(plan, family, op)) {
    if (piece.rows > 0) tape.emit('gemmTn', { ...piece.operands, m: piece.rows, accumulate: 1 });
  }
}

/** The row ranges whose products add up to one weight gradient; also what the copies' norms are taken of, step by step. */
export function weightPieces(plan: MemoryPlan, family: Family, op: Product): readonly WeightPiece[] {
  const { graph } = plan;
  const gradient = parameterOf(plan, op.weight.parameter).gradient;
  if (gradient === null) throw new Error(`${op.weight.parameter} is frozen`);
  const w = gradient + op.weight.firstRow * op.weight.columns;
  const shared = { ldc: placeOf(plan, family.id).ld, lda: op.weight.columns, w, ldw: op.weight.columns, n: op.weight.rows, k: op.weight.columns };
  const dy = (t: number): number => adjointAt(plan, family, t) + (op.onto?.column ?? 0);
  if (op.previous === null) return [{ rows: family.steps * graph.batch, operands: { ...shared, c: dy(0), a: valueAt(plan, familyOf(graph, op.x), 0) } }];
  const first = previousAt(plan, op.previous, 0);
  return [
    { rows: first === 0 ? 0 : graph.batch, operands: { ...shared, c: dy(0), a: first } },
    { rows: (graph.steps - 1) * graph.batch, operands: { ...shared, c: dy(1), a: valueAt(plan, familyOf(graph, op.previous.family), 0) } },
  ];
}

/** Gradients of w_ci, w_cf, w_co: sums over all copies of a gate's gradient times the cell state it saw, c_(t-1), c_(t-1) and c_t. */
export function peepholePieces(plan: MemoryPlan, family: Family): readonly ColumnPiece[] {
  const { op, width } = family;
  if (op.op !== 'lstm' || op.peephole === null) throw new Error(`${op.op} has no peephole`);
  const gates = familyOf(plan.graph, op.gates);
  const [input, forget, output] = op.peephole;
  const piece = (parameter: string, block: number, first: number, rows: number, a: number): ColumnPiece => ({
    parameter,
    first,
    rows,
    operands: {
      c: adjointAt(plan, gates, first) + block * width,
      ldc: placeOf(plan, gates.id).ld,
      a,
      lda: width,
      y: parameterOf(plan, parameter).gradient ?? 0,
      n: width,
    },
  });
  const { batch } = plan.graph;
  const cells = cellAt(plan, family, 0);
  const carried = cellBefore(plan, family, 0);
  const later = (family.steps - 1) * batch;
  const before = (parameter: string, block: number): readonly ColumnPiece[] => [
    ...(carried === 0 ? [] : [piece(parameter, block, 0, batch, carried)]),
    ...(later === 0 ? [] : [piece(parameter, block, 1, later, cells)]),
  ];
  return [...before(input, 0), ...before(forget, 1), piece(output, 3, 0, later + batch, cells)];
}

function emitCellBackward(tape: Tape, plan: MemoryPlan, family: Family, t: number): void {
  const { graph } = plan;
  const lengths = lengthsOf(plan, family);
  const { op } = family;
  if (!('previous' in op) || op.op === 'product' || readsAnswers(op)) throw new Error(`${op.op} is no cell`);
  const hPrev = previousAt(plan, op.previous, t);
  const dhPrev = previousAdjointAt(plan, op.previous, t);
  const shared = { dhPrev, lengths, t, b: graph.batch, h_: family.width };
  const dh = adjointAt(plan, family, t);
  const pre = op.op === 'rnn' ? op.pre : op.gates;
  const gates = valueAt(plan, familyOf(graph, pre), t);
  const carry = plan.carries.get(family.id) ?? 0;
  switch (op.op) {
    case 'rnn':
      return tape.emit('rnnBackward', { ...shared, dh, h: valueAt(plan, family, t), dpre: gates, activation: ACTIVATION_CODES[op.activation] });
    case 'gru-gates':
      return tape.emit('gruGatesBackward', { ...shared, gates, drh: carry, hPrev });
    case 'gru-blend':
      return tape.emit('gruBlendBackward', { ...shared, gates, dh, hPrev });
    case 'gru-after':
      return tape.emit('gruAfterBackward', { ...shared, gates, hp: valueAt(plan, familyOf(graph, op.recurrent), t), dh, hPrev });
    case 'lstm':
      return tape.emit('lstmBackward', {
        ...shared,
        gates,
        dh,
        dc: carry,
        c: cellAt(plan, family, t),
        cPrev: cellBefore(plan, family, t),
        ...lstmOptions(plan, op),
      });
  }
}
