import type { GradientOp } from '../ir/derivatives.ts';
import { familyOf, isHiddenState, type Family, type Product } from '../ir/graph.ts';
import type { CopyPart, CopyPlace } from '../ir/program.ts';
import { peepholePieces, weightPieces } from './emit-backward.ts';
import { emitColumnPiece, normPieces, type ColumnPiece } from './emit-layers.ts';
import { adjointAt, parameterOf, placeOf, valueAt, type MemoryPlan } from './plan-memory.ts';
import type { Tape } from './tape.ts';

/** Norm of dL/dh of every cell, step and row. Reads what the backward section left behind; changes nothing else. */
export function emitProbe(tape: Tape, plan: MemoryPlan): void {
  for (const family of plan.graph.families) {
    const norms = plan.norms.get(family.id);
    if (norms === undefined || !isHiddenState(family.op)) continue;
    tape.emit('rowNorms', { x: adjointAt(plan, family, 0), ldx: family.width, y: norms, m: family.steps * plan.graph.batch, n: family.width });
  }
  tape.emit('barrier', {});
}

/**
 * Each copy's part of each weight gradient: the gathered product undone, one step at a time, into scratch memory, and its norm.
 * `take` hands out memory for the norms. Runs alone and on demand.
 */
export function emitCopies(tape: Tape, plan: MemoryPlan, take: (count: number) => number): readonly CopyPlace[] {
  const places: CopyPlace[] = [];
  for (const family of plan.graph.families) {
    const gradients = plan.gradients.get(family.id) ?? [];
    if (family.op.op === 'product') {
      if (gradients.some((each) => each.op === 'product-weight')) places.push(weightCopies(tape, plan, family, family.op, take(family.steps)));
      if (gradients.some((each) => each.op === 'product-bias')) places.push(biasCopies(tape, plan, family, family.op, take(family.steps)));
    }
    for (const piece of columnPieces(plan, family, gradients)) places.push(columnCopies(tape, plan, family, piece, take(family.steps)));
    if (family.op.op === 'embedding' && gradients.length > 0) places.push(embeddingCopies(tape, plan, family, family.op, take(family.steps)));
  }
  return places;
}

function weightCopies(tape: Tape, plan: MemoryPlan, family: Family, op: Product, norms: number): CopyPlace {
  const { batch } = plan.graph;
  const size = op.weight.rows * op.weight.columns;
  const pieces = weightPieces(plan, family, op);
  // A product with the state one step back has its first copy apart (or none, where that state is zeros).
  const steps = pieces.flatMap(({ rows, operands }) =>
    Array.from({ length: rows / batch }, (_, step) => ({
      ...operands,
      c: operands.c + step * batch * operands.ldc,
      a: operands.a + step * batch * operands.lda,
    })),
  );
  const first = family.steps - steps.length;
  tape.emit('fill', { x: norms, count: family.steps, valueBits: 0 });
  const parts = steps.map((operands, index): CopyPart => {
    const section = tape.section(() => {
      tape.emit('gemmTn', { ...operands, w: plan.scratch, m: batch, accumulate: 0 });
      tape.emit('barrier', {});
    });
    tape.emit('rowNorms', { x: plan.scratch, ldx: size, y: norms + first + index, m: 1, n: size });
    tape.emit('barrier', {});
    return { t: first + index, section, at: plan.scratch, place: { begin: op.weight.firstRow * op.weight.columns, size } };
  });
  return placeOfCopies(family, op.weight.parameter, norms, parts);
}

function placeOfCopies({ steps, backward, axis }: Family, parameter: string, norms: number, parts: readonly CopyPart[]): CopyPlace {
  return { parameter, norms, steps, backward, axis, parts };
}

function biasCopies(tape: Tape, plan: MemoryPlan, family: Family, op: Product, norms: number): CopyPlace {
  const { batch } = plan.graph;
  const { ld } = placeOf(plan, family.id);
  const size = op.weight.rows;
  const parts = Array.from({ length: family.steps }, (_, t): CopyPart => {
    const c = adjointAt(plan, family, t) + (op.onto?.column ?? 0);
    const section = tape.section(() => {
      tape.emit('columnSum', { c, ldc: ld, y: plan.scratch, m: batch, n: size, accumulate: 0 });
      tape.emit('barrier', {});
    });
    tape.emit('rowNorms', { x: plan.scratch, ldx: size, y: norms + t, m: 1, n: size });
    tape.emit('barrier', {});
    return { t, section, at: plan.scratch, place: { begin: 0, size } };
  });
  return placeOfCopies(family, op.bias ?? '', norms, parts);
}

function columnPieces(plan: MemoryPlan, family: Family, gradients: readonly GradientOp[]): readonly ColumnPiece[] {
  if (gradients.some((each) => each.op === 'peephole')) return peepholePieces(plan, family);
  return gradients.some((each) => each.op === 'layer-norm-weights') ? normPieces(plan, family) : [];
}

function columnCopies(tape: Tape, plan: MemoryPlan, family: Family, piece: ColumnPiece, norms: number): CopyPlace {
  const { batch } = plan.graph;
  const { first, operands } = piece;
  tape.emit('fill', { x: norms, count: family.steps, valueBits: 0 });
  const parts = Array.from({ length: piece.rows / batch }, (_, step): CopyPart => {
    const at = { c: operands.c + step * batch * operands.ldc, a: operands.a === 0 ? 0 : operands.a + step * batch * operands.lda, y: plan.scratch };
    const section = tape.section(() => {
      tape.emit('fill', { x: plan.scratch, count: operands.n, valueBits: 0 });
      tape.emit('barrier', {});
      emitColumnPiece(tape, { ...piece, operands: { ...operands, ...at } }, batch);
      tape.emit('barrier', {});
    });
    tape.emit('rowNorms', { x: plan.scratch, ldx: operands.n, y: norms + first + step, m: 1, n: operands.n });
    tape.emit('barrier', {});
    return { t: first + step, section, at: plan.scratch, place: { begin: 0, size: operands.n } };
  });
  return placeOfCopies(family, piece.parameter, norms, parts);
}

function embeddingCopies(tape: Tape, plan: MemoryPlan, family: Family, op: Extract<Family['op'], { op: 'embedding' }>, norms: number): CopyPlace {
  const { size } = parameterOf(plan, op.weight);
  const { batch } = plan.graph;
  const ids = familyOf(plan.graph, op.ids);
  const parts = Array.from({ length: family.steps }, (_, t): CopyPart => {
    const [at, rowIds] = [adjointAt(plan, family, t), valueAt(plan, ids, t)];
    tape.emit('fill', { x: plan.scratch, count: size, valueBits: 0 });
    tape.emit('barrier', {});
    tape.emit('scatterRows', { table: plan.scratch, ids: rowIds, dy: at, m: batch, n: family.width });
    tape.emit('barrier', {});
    tape.emit('rowNorms', { x: plan.scratch, ldx: size, y: norms + t, m: 1, n: size });
    tape.emit('barrier', {});
    // The whole table is mostly zeros: its rows are read where they stand.
    return { t, section: { begin: 0, end: 0 }, at, place: { ids: rowIds, rows: batch, width: family.width } };
  });
  return placeOfCopies(family, op.weight, norms, parts);
}
