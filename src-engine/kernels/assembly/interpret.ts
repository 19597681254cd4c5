import * as op from '../../ir/opcodes';
import { attentionBackward, attentionForward } from './attention';
import { barrier } from './barrier';
import { activate, activateBackward } from './activations';
import { gruBlendBackward, gruBlendForward, gruGatesBackward, gruGatesForward } from './cells/cells-gru';
import { gruAfterBackward, gruAfterForward } from './cells/cells-gru-after';
import { lstmBackward, lstmForward } from './cells/cells-lstm';
import { rnnBackward, rnnForward } from './cells/cells-rnn';
import { columnDot, columnSum } from './products/column-sum';
import { argmaxIds, mixTargets, shiftTargets } from './decoder';
import { dropout } from './dropout';
import { gemm } from './products/gemm';
import { gemmTn } from './products/gemm-tn';
import { huberLoss } from './losses/huber-loss';
import { layerNormBackward, layerNormForward } from './layer-norm';
import { gatherRows, oneHot, scatterRows } from './lookup';
import { clipValues } from './update/clip-values';
import { clip, rowNorms, squaredNorm, sum } from './update/norms';
import { pack } from './products/pack';
import { poolBackward, poolForward } from './pool';
import { copyColumns, fill, scale } from './rows';
import { lastStep, lastStepBackward, reverse } from './sequences';
import { sigmoidLoss } from './losses/sigmoid-loss';
import { softmax, softmaxLoss } from './losses/softmax';
import { squaredLoss } from './losses/squared-loss';
import { adam, sgd } from './update/update';
import { adagrad, decay, momentum, rmsprop } from './update/update-rules';
import { writeConstants } from './constants';
import { at } from './split';

/** Operand `index` of the instruction at pc. */
@inline
function word(pc: usize, index: i32): i32 {
  return load<i32>(pc + <usize>index * 4, 8);
}

@inline
function real(pc: usize, index: i32): f32 {
  return load<f32>(pc + <usize>index * 4, 8);
}

/**
 * Runs words begin to end of the Int32 tape at float offset `tape`, as thread `thread` of `threads`: [opcode, length, operands...] each, as
 * `ir/instruction-set.ts` defines. An unknown opcode traps.
 */
export function run(tape: i32, begin: i32, end: i32, thread: i32, threads: i32): void {
  writeConstants();
  let pc = at(tape + begin);
  const stop = at(tape + end);
  while (pc < stop) {
    // Read before the instruction runs: once past a section's last barrier, the host may write another tape here.
    const next = pc + (<usize>load<i32>(pc, 4) << 2);
    switch (load<i32>(pc)) {
      case op.BARRIER:
        barrier(threads);
        break;
      case op.FILL:
        fill(word(pc, 0), word(pc, 1), real(pc, 2), thread, threads);
        break;
      case op.PACK:
        pack(word(pc, 0), word(pc, 1), word(pc, 2), word(pc, 3), word(pc, 4), word(pc, 5), thread, threads);
        break;
      case op.GEMM:
        gemm(word(pc, 0), word(pc, 1), word(pc, 2), word(pc, 3), word(pc, 4), word(pc, 5), word(pc, 6), word(pc, 7), word(pc, 8), word(pc, 9), thread, threads);
        break;
      case op.GEMM_TN:
        gemmTn(word(pc, 0), word(pc, 1), word(pc, 2), word(pc, 3), word(pc, 4), word(pc, 5), word(pc, 6), word(pc, 7), word(pc, 8), word(pc, 9), thread, threads);
        break;
      case op.COLUMN_SUM:
        columnSum(word(pc, 0), word(pc, 1), word(pc, 2), word(pc, 3), word(pc, 4), word(pc, 5), thread, threads);
        break;
      case op.COLUMN_DOT:
        columnDot(word(pc, 0), word(pc, 1), word(pc, 2), word(pc, 3), word(pc, 4), word(pc, 5), word(pc, 6), word(pc, 7), thread, threads);
        break;
      case op.COPY_COLUMNS:
        copyColumns(word(pc, 0), word(pc, 1), word(pc, 2), word(pc, 3), word(pc, 4), word(pc, 5), word(pc, 6), real(pc, 7), thread, threads);
        break;
      case op.ACTIVATE:
        activate(word(pc, 0), word(pc, 1), word(pc, 2), word(pc, 3), thread, threads);
        break;
      case op.ACTIVATE_BACKWARD:
        activateBackward(word(pc, 0), word(pc, 1), word(pc, 2), word(pc, 3), word(pc, 4), word(pc, 5), thread, threads);
        break;
      case op.GATHER_ROWS:
        gatherRows(word(pc, 0), word(pc, 1), word(pc, 2), word(pc, 3), word(pc, 4), thread, threads);
        break;
      case op.SCATTER_ROWS:
        scatterRows(word(pc, 0), word(pc, 1), word(pc, 2), word(pc, 3), word(pc, 4), thread, threads);
        break;
      case op.ONE_HOT:
        oneHot(word(pc, 0), word(pc, 1), word(pc, 2), word(pc, 3), thread, threads);
        break;
      case op.REVERSE:
        reverse(word(pc, 0), word(pc, 1), word(pc, 2), word(pc, 3), word(pc, 4), word(pc, 5), word(pc, 6), thread, threads);
        break;
      case op.LAST_STEP:
        lastStep(word(pc, 0), word(pc, 1), word(pc, 2), word(pc, 4), word(pc, 5), thread, threads);
        break;
      case op.LAST_STEP_BACKWARD:
        lastStepBackward(word(pc, 0), word(pc, 1), word(pc, 2), word(pc, 4), word(pc, 5), thread, threads);
        break;
      case op.RNN_FORWARD:
        rnnForward(word(pc, 0), word(pc, 1), word(pc, 2), word(pc, 3), word(pc, 4), word(pc, 5), word(pc, 6), word(pc, 7), thread, threads);
        break;
      case op.RNN_BACKWARD:
        rnnBackward(word(pc, 0), word(pc, 1), word(pc, 2), word(pc, 3), word(pc, 4), word(pc, 5), word(pc, 6), word(pc, 7), word(pc, 8), thread, threads);
        break;
      case op.GRU_GATES_FORWARD:
        gruGatesForward(word(pc, 0), word(pc, 1), word(pc, 2), word(pc, 3), word(pc, 4), thread, threads);
        break;
      case op.GRU_GATES_BACKWARD:
        gruGatesBackward(word(pc, 0), word(pc, 1), word(pc, 2), word(pc, 3), word(pc, 4), word(pc, 5), word(pc, 6), word(pc, 7), thread, threads);
        break;
      case op.GRU_BLEND_FORWARD:
        gruBlendForward(word(pc, 0), word(pc, 1), word(pc, 2), word(pc, 3), word(pc, 4), word(pc, 5), word(pc, 6), thread, threads);
        break;
      case op.GRU_BLEND_BACKWARD:
        gruBlendBackward(word(pc, 0), word(pc, 1), word(pc, 2), word(pc, 3), word(pc, 4), word(pc, 5), word(pc, 6), word(pc, 7), thread, threads);
        break;
      case op.GRU_AFTER_FORWARD:
        gruAfterForward(word(pc, 0), word(pc, 1), word(pc, 2), word(pc, 3), word(pc, 4), word(pc, 5), word(pc, 6), word(pc, 7), thread, threads);
        break;
      case op.GRU_AFTER_BACKWARD:
        gruAfterBackward(word(pc, 0), word(pc, 1), word(pc, 2), word(pc, 3), word(pc, 4), word(pc, 5), word(pc, 6), word(pc, 7), word(pc, 8), thread, threads);
        break;
      case op.LSTM_FORWARD:
        lstmForward(word(pc, 0), word(pc, 1), word(pc, 2), word(pc, 3), word(pc, 4), word(pc, 5), word(pc, 6), word(pc, 7), word(pc, 8), word(pc, 9), word(pc, 10), thread, threads);
        break;
      case op.LSTM_BACKWARD:
        lstmBackward(word(pc, 0), word(pc, 1), word(pc, 2), word(pc, 3), word(pc, 4), word(pc, 5), word(pc, 6), word(pc, 7), word(pc, 8), word(pc, 9), word(pc, 10), word(pc, 11), thread, threads);
        break;
      case op.SOFTMAX:
        softmax(word(pc, 0), word(pc, 1), word(pc, 2), word(pc, 3), thread, threads);
        break;
      case op.SOFTMAX_LOSS:
        softmaxLoss(word(pc, 0), word(pc, 1), word(pc, 2), word(pc, 3), word(pc, 4), word(pc, 5), word(pc, 6), word(pc, 7), thread, threads);
        break;
      case op.SQUARED_LOSS:
        squaredLoss(word(pc, 0), word(pc, 1), word(pc, 2), word(pc, 3), word(pc, 4), word(pc, 5), word(pc, 6), thread, threads);
        break;
      case op.SUM:
        if (thread == 0) sum(word(pc, 0), word(pc, 1), word(pc, 2));
        break;
      case op.SQUARED_NORM:
        squaredNorm(word(pc, 0), word(pc, 1), word(pc, 2), thread, threads);
        break;
      case op.CLIP:
        if (thread == 0) clip(word(pc, 0), word(pc, 1), word(pc, 2));
        break;
      case op.SGD:
        sgd(word(pc, 0), word(pc, 1), word(pc, 2), word(pc, 3), thread, threads);
        break;
      case op.ADAM:
        adam(word(pc, 0), word(pc, 1), word(pc, 2), word(pc, 3), word(pc, 4), word(pc, 5), thread, threads);
        break;
      case op.CLIP_VALUES:
        clipValues(word(pc, 0), word(pc, 1), word(pc, 2), word(pc, 3), thread, threads);
        break;
      case op.MOMENTUM:
        momentum(word(pc, 0), word(pc, 1), word(pc, 2), word(pc, 3), word(pc, 4), word(pc, 5), thread, threads);
        break;
      case op.ADAGRAD:
        adagrad(word(pc, 0), word(pc, 1), word(pc, 2), word(pc, 3), word(pc, 4), thread, threads);
        break;
      case op.RMSPROP:
        rmsprop(word(pc, 0), word(pc, 1), word(pc, 2), word(pc, 3), word(pc, 4), thread, threads);
        break;
      case op.DECAY:
        decay(word(pc, 0), word(pc, 1), word(pc, 2), thread, threads);
        break;
      case op.ROW_NORMS:
        rowNorms(word(pc, 0), word(pc, 1), word(pc, 2), word(pc, 3), word(pc, 4), thread, threads);
        break;
      case op.SCALE:
        scale(word(pc, 0), word(pc, 1), real(pc, 2), thread, threads);
        break;
      case op.LAYER_NORM_FORWARD:
        layerNormForward(word(pc, 0), word(pc, 1), word(pc, 2), word(pc, 3), word(pc, 4), word(pc, 5), word(pc, 6), word(pc, 7), real(pc, 8), thread, threads);
        break;
      case op.LAYER_NORM_BACKWARD:
        layerNormBackward(word(pc, 0), word(pc, 1), word(pc, 2), word(pc, 3), word(pc, 4), word(pc, 5), word(pc, 6), word(pc, 7), thread, threads);
        break;
      case op.POOL_FORWARD:
        poolForward(word(pc, 0), word(pc, 1), word(pc, 2), word(pc, 4), word(pc, 5), word(pc, 6), thread, threads);
        break;
      case op.POOL_BACKWARD:
        poolBackward(word(pc, 0), word(pc, 1), word(pc, 2), word(pc, 3), word(pc, 4), word(pc, 5), word(pc, 6), word(pc, 7), word(pc, 8), word(pc, 9), thread, threads);
        break;
      case op.ATTENTION_FORWARD:
        attentionForward(word(pc, 0), word(pc, 1), word(pc, 2), word(pc, 3), word(pc, 4), word(pc, 5), word(pc, 6), thread, threads);
        break;
      case op.ATTENTION_BACKWARD:
        attentionBackward(word(pc, 0), word(pc, 1), word(pc, 2), word(pc, 3), word(pc, 4), word(pc, 5), word(pc, 6), word(pc, 7), word(pc, 8), word(pc, 9), thread, threads);
        break;
      case op.SIGMOID_LOSS:
        sigmoidLoss(word(pc, 0), word(pc, 1), word(pc, 2), word(pc, 3), word(pc, 4), word(pc, 5), word(pc, 6), word(pc, 7), thread, threads);
        break;
      case op.HUBER_LOSS:
        huberLoss(word(pc, 0), word(pc, 1), word(pc, 2), word(pc, 3), word(pc, 4), word(pc, 5), word(pc, 6), real(pc, 7), thread, threads);
        break;
      case op.DROPOUT:
        dropout(word(pc, 0), word(pc, 1), word(pc, 2), word(pc, 3), real(pc, 4), word(pc, 5), word(pc, 6), word(pc, 7), word(pc, 8), thread, threads);
        break;
      case op.SHIFT_TARGETS:
        shiftTargets(word(pc, 0), word(pc, 1), word(pc, 2), word(pc, 3), thread, threads);
        break;
      case op.ARGMAX_IDS:
        argmaxIds(word(pc, 0), word(pc, 1), word(pc, 2), word(pc, 3), thread, threads);
        break;
      case op.MIX_TARGETS:
        mixTargets(word(pc, 0), word(pc, 1), word(pc, 2), word(pc, 3), word(pc, 4), word(pc, 5), real(pc, 6), real(pc, 7), word(pc, 8), word(pc, 9), thread, threads);
        break;
      default:
        unreachable();
    }
    pc = next;
  }
}
