import { INSTRUCTIONS } from '../ir/instruction-set.ts';
import { gruAfterBackward, gruAfterForward, gruBlendBackward, gruBlendForward, gruGatesBackward, gruGatesForward } from './reference-gru.ts';
import { lstmBackward, lstmForward } from './reference-lstm.ts';
import { dropout, layerNormBackward, layerNormForward } from './reference-layers.ts';
import { huberLoss, sigmoidLoss, softmax, softmaxLoss, squaredLoss, sum } from './reference-losses.ts';
import { argmaxIds, mixTargets, shiftTargets } from './reference-decoder.ts';
import { attentionBackward, attentionForward, poolBackward, poolForward } from './reference-pooling.ts';
import { columnDot, columnSum, copyColumns, fill, gemm, gemmTn, pack, rowNorms, scale } from './reference-products.ts';
import type { ReferenceKernel, ReferenceMemory } from './reference-memory.ts';
import { rnnBackward, rnnForward } from './reference-rnn.ts';
import { activate, activateBackward, gatherRows, lastStep, lastStepBackward, oneHot, reverse, scatterRows } from './reference-sequences.ts';
import { adagrad, clipValues, decay, momentum, rmsprop } from './reference-rules.ts';
import { adam, clip, sgd, squaredNorm } from './reference-update.ts';

const i = INSTRUCTIONS;

/** The definition of every instruction, in float64 and the plainest code: what the SIMD kernels must agree with, and what runs where WebAssembly SIMD is missing. */
const KERNELS: ReadonlyMap<number, ReferenceKernel> = new Map<number, ReferenceKernel>([
  [i.barrier.code, () => undefined],
  [i.fill.code, fill],
  [i.pack.code, pack],
  [i.gemm.code, gemm],
  [i.gemmTn.code, gemmTn],
  [i.columnSum.code, columnSum],
  [i.columnDot.code, columnDot],
  [i.copyColumns.code, copyColumns],
  [i.activate.code, activate],
  [i.activateBackward.code, activateBackward],
  [i.gatherRows.code, gatherRows],
  [i.scatterRows.code, scatterRows],
  [i.oneHot.code, oneHot],
  [i.shiftTargets.code, shiftTargets],
  [i.argmaxIds.code, argmaxIds],
  [i.mixTargets.code, mixTargets],
  [i.reverse.code, reverse],
  [i.lastStep.code, lastStep],
  [i.lastStepBackward.code, lastStepBackward],
  [i.rnnForward.code, rnnForward],
  [i.rnnBackward.code, rnnBackward],
  [i.gruGatesForward.code, gruGatesForward],
  [i.gruGatesBackward.code, gruGatesBackward],
  [i.gruBlendForward.code, gruBlendForward],
  [i.gruBlendBackward.code, gruBlendBackward],
  [i.gruAfterForward.code, gruAfterForward],
  [i.gruAfterBackward.code, gruAfterBackward],
  [i.lstmForward.code, lstmForward],
  [i.lstmBackward.code, lstmBackward],
  [i.layerNormForward.code, layerNormForward],
  [i.layerNormBackward.code, layerNormBackward],
  [i.poolForward.code, poolForward],
  [i.poolBackward.code, poolBackward],
  [i.attentionForward.code, attentionForward],
  [i.attentionBackward.code, attentionBackward],
  [i.dropout.code, dropout],
  [i.sigmoidLoss.code, sigmoidLoss],
  [i.huberLoss.code, huberLoss],
  [i.softmax.code, softmax],
  [i.softmaxLoss.code, softmaxLoss],
  [i.squaredLoss.code, squaredLoss],
  [i.sum.code, sum],
  [i.squaredNorm.code, squaredNorm],
  [i.clip.code, clip],
  [i.sgd.code, sgd],
  [i.adam.code, adam],
  [i.clipValues.code, clipValues],
  [i.momentum.code, momentum],
  [i.adagrad.code, adagrad],
  [i.rmsprop.code, rmsprop],
  [i.decay.code, decay],
  [i.rowNorms.code, rowNorms],
  [i.scale.code, scale],
]);

/** Runs the tape's words `begin` to `end`. A word that is no opcode is a bug of the compiler: it throws. */
export function runReference(memory: ReferenceMemory, tape: Int32Array, begin: number, end: number): void {
  let at = begin;
  while (at < end) {
    const kernel = KERNELS.get(word(tape, at));
    if (kernel === undefined) throw new Error(`no instruction ${word(tape, at)} at tape word ${at}`);
    kernel(memory, tape, at + 2);
    at += word(tape, at + 1);
  }
}

function word(tape: Int32Array, at: number): number {
  const value = tape[at];
  if (value === undefined) throw new Error(`tape word ${at} is past the end`);
  return value;
}
