import * as op from './opcodes.ts';

/**
 * Operands of each instruction, in tape order after [opcode, length]. An instruction is `length` Int32 words, these two included.
 *
 * Every address is a float offset (element index, 4 bytes each) into the one linear memory; 0 means absent. Matrices are row-major;
 * `ld*` is the distance between rows. Integer arrays (ids, lengths, targets) take one Int32 per element. `accumulate`: 1 adds to what
 * stands there, 0 overwrites. B rows of a batch, T steps, H units, M rows, N and K columns. A row b is masked at step t when t >= lengths[b].
 *
 * A team of threads shares one tape. "by rows": thread i of n does the rows [M*i/n, M*(i+1)/n); "by columns" / "by elements" / "by chunks"
 * likewise; "alone": thread 0 only. Every output number is computed whole by one thread and in one order, whatever n is.
 */
export const INSTRUCTIONS = {
  /** All threads meet. */
  barrier: { code: op.BARRIER, operands: [] },
  /** x[0..count) = value (float bits). By elements. */
  fill: { code: op.FILL, operands: ['x', 'count', 'valueBits'] },
  /**
   * b = w in panels of 8 columns, for GEMM. transpose 1: B[k,n] = w[n*ldw + k] (a weight [N,K] for the forward product);
   * transpose 0: B[k,n] = w[k*ldw + n] (the same weight for its input gradient). Panel p: K rows of 8 floats, columns 8p..8p+7,
   * zeros past N; panels follow each other: ceil(N/8)*K*8 floats. By panels.
   */
  pack: { code: op.PACK, operands: ['w', 'ldw', 'b', 'n', 'k', 'transpose'] },
  /** C[M,N] = (C if accumulate) + bias[N] + A[M,K] B[K,N]; b packed. k ascends, one multiply-add each. By rows. */
  gemm: { code: op.GEMM, operands: ['a', 'lda', 'b', 'c', 'ldc', 'm', 'n', 'k', 'bias', 'accumulate'] },
  /** W[N,K] = (W if accumulate) + sum over m of C[m,n] A[m,k]: the weight gradient of C = A W^T. m ascends. By rows of W. */
  gemmTn: { code: op.GEMM_TN, operands: ['c', 'ldc', 'a', 'lda', 'w', 'ldw', 'm', 'n', 'k', 'accumulate'] },
  /** y[n] = (y if accumulate) + sum over m of C[m,n]. m ascends. By columns. */
  columnSum: { code: op.COLUMN_SUM, operands: ['c', 'ldc', 'y', 'm', 'n', 'accumulate'] },
  /** y[n] = (y if accumulate) + sum over m of C[m,n] A[m,n]. m ascends, one multiply-add each. By columns. */
  columnDot: { code: op.COLUMN_DOT, operands: ['c', 'ldc', 'a', 'lda', 'y', 'm', 'n', 'accumulate'] },
  /** dst[m, 0..n) = (dst if accumulate) + scale * src[m, 0..n). By rows. */
  copyColumns: { code: op.COPY_COLUMNS, operands: ['src', 'lds', 'dst', 'ldd', 'm', 'n', 'accumulate', 'scaleBits'] },
  /** y = phi(x), count elements; x may be y. By elements. */
  activate: { code: op.ACTIVATE, operands: ['x', 'y', 'count', 'activation'] },
  /** dx = (dx if accumulate) + dy * phi'(y). By elements. */
  activateBackward: { code: op.ACTIVATE_BACKWARD, operands: ['y', 'dy', 'dx', 'count', 'activation', 'accumulate'] },
  /** y[m,:] = table[ids[m],:]; zeros where ids[m] < 0. By rows. */
  gatherRows: { code: op.GATHER_ROWS, operands: ['table', 'ids', 'y', 'm', 'n'] },
  /** table[ids[m],:] += dy[m,:], m ascending; ids < 0 are passed over. By columns. */
  scatterRows: { code: op.SCATTER_ROWS, operands: ['table', 'ids', 'dy', 'm', 'n'] },
  /** ids[t,b] = 1 + targets[t-1,b], 0 at t = 0 and where that target is absent (-1). By rows b. */
  shiftTargets: { code: op.SHIFT_TARGETS, operands: ['targets', 'ids', 't', 'b'] },
  /** ids[m] = 1 + column of the first largest of p[m,:]; 0 where p is 0. By rows. */
  argmaxIds: { code: op.ARGMAX_IDS, operands: ['p', 'ids', 'm', 'n'] },
  /**
   * ids[m] = 1 + targets[m] (0 where it is -1), or 1 + column of the first largest of p[m,:]; 0 where p is 0. The target with the share begin + (end - begin)
   * progress: where hash(seed, update, stream, first + m), upper 24 bits, is below it; always where the settings say no dropout. By rows.
   */
  mixTargets: { code: op.MIX_TARGETS, operands: ['targets', 'p', 'ids', 'm', 'n', 'first', 'beginBits', 'endBits', 'stream', 'settings'] },
  /** y[m,:] = 0 but 1 at ids[m]. By rows. */
  oneHot: { code: op.ONE_HOT, operands: ['ids', 'y', 'm', 'n'] },
  /** y[t,b,:] = (y if accumulate) + x[lengths[b]-1-t, b, :] for t < lengths[b]; past it zeros (accumulate: unchanged). Its own inverse. By rows b. */
  reverse: { code: op.REVERSE, operands: ['x', 'y', 'lengths', 't', 'b', 'n', 'accumulate'] },
  /** y[b,:] = x[lengths[b]-1, b, :]; zeros where lengths[b] = 0. By rows b. */
  lastStep: { code: op.LAST_STEP, operands: ['x', 'y', 'lengths', 't', 'b', 'n'] },
  /** dx[lengths[b]-1, b, :] += dy[b,:]. By rows b. */
  lastStepBackward: { code: op.LAST_STEP_BACKWARD, operands: ['dy', 'dx', 'lengths', 't', 'b', 'n'] },
  /**
   * h = phi(pre), pre [B,H] = x W_ih^T + h_prev W_hh^T + b; masked rows: h = h_prev (zeros where hPrev is 0). By rows.
   */
  rnnForward: { code: op.RNN_FORWARD, operands: ['pre', 'hPrev', 'h', 'lengths', 't', 'b', 'h_', 'activation'] },
  /** dpre = dh * phi'(h); masked rows: dpre = 0, dhPrev += dh. dhPrev 0: nothing to add to. By rows. */
  rnnBackward: { code: op.RNN_BACKWARD, operands: ['dh', 'h', 'dpre', 'dhPrev', 'lengths', 't', 'b', 'h_', 'activation'] },
  /** Reset before: gates [B,3H] (r,z,n); r,z = sigmoid in place; rh [B,H] = r * hPrev (zeros where hPrev is 0). By rows. */
  gruGatesForward: { code: op.GRU_GATES_FORWARD, operands: ['gates', 'hPrev', 'rh', 'b', 'h_'] },
  /**
   * From drh [B,H] (gradient of r * hPrev): column block r of gates: dr_pre = drh * hPrev * r (1-r); dhPrev += drh * r.
   * hPrev 0: dr_pre = 0. Masked rows: dr_pre = 0, nothing added. By rows.
   */
  gruGatesBackward: { code: op.GRU_GATES_BACKWARD, operands: ['gates', 'drh', 'hPrev', 'dhPrev', 'lengths', 't', 'b', 'h_'] },
  /** n = tanh in place (block n of gates); h = z * hPrev + (1-z) * n; masked rows: h = hPrev. By rows. */
  gruBlendForward: { code: op.GRU_BLEND_FORWARD, operands: ['gates', 'hPrev', 'h', 'lengths', 't', 'b', 'h_'] },
  /**
   * dn_pre = dh (1-z)(1-n^2), dz_pre = dh (hPrev - n) z (1-z), in place in blocks n and z; block r is left as it is; dhPrev += dh * z.
   * Masked rows: dn_pre = dz_pre = 0, dhPrev += dh. By rows.
   */
  gruBlendBackward: { code: op.GRU_BLEND_BACKWARD, operands: ['gates', 'dh', 'hPrev', 'dhPrev', 'lengths', 't', 'b', 'h_'] },
  /** Reset after: gates [B,3H] = x part, hp [B,3H] = h_prev W_hh^T + (0,0,b_hn); r,z = sigmoid(gates+hp); n = tanh(gates_n + r * hp_n); h as above. In place in gates. */
  gruAfterForward: { code: op.GRU_AFTER_FORWARD, operands: ['gates', 'hp', 'hPrev', 'h', 'lengths', 't', 'b', 'h_'] },
  /** gates becomes dpre (dr,dz,dn), hp becomes (dr, dz, dn * r); dhPrev += dh * z. Masked rows: zeros, dhPrev += dh. By rows. */
  gruAfterBackward: { code: op.GRU_AFTER_BACKWARD, operands: ['gates', 'hp', 'dh', 'hPrev', 'dhPrev', 'lengths', 't', 'b', 'h_'] },
  /**
   * gates [B,4H] (i,f,g,o) activated in place; c = f * cPrev + i * g; h = o * tanh(c). peephole 0, or [3H] (w_ci, w_cf, w_co): i and f
   * see cPrev, o sees c. coupled 1: i = 1 - f (block i of gates is then set to 1 - f). Masked rows: c = cPrev, h = hPrev. By rows.
   */
  lstmForward: { code: op.LSTM_FORWARD, operands: ['gates', 'cPrev', 'c', 'hPrev', 'h', 'lengths', 't', 'b', 'h_', 'peephole', 'coupled'] },
  /**
   * gates becomes dpre (coupled: di_pre = 0); dc [B,H] comes in as dL/dc from step t+1 and leaves as dL/dcPrev. dhPrev gets dh for masked rows only
   * (their dpre = 0 and dc passes through). By rows.
   */
  lstmBackward: { code: op.LSTM_BACKWARD, operands: ['gates', 'dh', 'dc', 'c', 'cPrev', 'dhPrev', 'lengths', 't', 'b', 'h_', 'peephole', 'coupled'] },
  /** p[m,:] = softmax(x[m,:]), largest subtracted first. By rows. */
  softmax: { code: op.SOFTMAX, operands: ['x', 'p', 'm', 'n'] },
  /**
   * p = softmax(x); loss[m] = -weights[m] * ln p[target]; dx[m,n] = weights[m] * (p - onehot). target -1 or weight 0: loss 0, dx 0.
   * ln p is taken as x - max - ln(sum), never of a rounded 0. By rows.
   */
  softmaxLoss: { code: op.SOFTMAX_LOSS, operands: ['x', 'targets', 'weights', 'p', 'dx', 'loss', 'm', 'n'] },
  /**
   * Classes independent: q = sigmoid(x); loss[m] = -weights[m] * sum over n of y ln q + (1-y) ln(1-q); dx = weights[m] (q - y); y is 1 at targets[m], else 0;
   * p [M,N] = q. n = 1 stands for two classes: y = targets[m], p [M,2] = (1-q, q). target -1 or weight 0: loss 0, dx 0. By rows.
   */
  sigmoidLoss: { code: op.SIGMOID_LOSS, operands: ['x', 'targets', 'weights', 'p', 'dx', 'loss', 'm', 'n'] },
  /**
   * d = y - target; loss[m] = weights[m] * sum over n of d^2 / 2 where |d| <= delta, else delta (|d| - delta / 2); dy = weights[m] d, clipped at delta. By rows.
   */
  huberLoss: { code: op.HUBER_LOSS, operands: ['y', 'targets', 'weights', 'dy', 'loss', 'm', 'n', 'deltaBits'] },
  /** normal = (x - mean) * scale, scale = 1 / sqrt(variance + epsilon) of each row [M]; y = normal * weight + bias. Ba et al. 2016. By rows. */
  layerNormForward: { code: op.LAYER_NORM_FORWARD, operands: ['x', 'y', 'normal', 'scales', 'weight', 'bias', 'm', 'n', 'epsilonBits'] },
  /** dx = (dx if accumulate) + scale (g - mean(g) - normal mean(g normal)), g = dy * weight. By rows. */
  layerNormBackward: { code: op.LAYER_NORM_BACKWARD, operands: ['dy', 'normal', 'scales', 'weight', 'dx', 'm', 'n', 'accumulate'] },
  /** y[b,:] = mean or largest of x[t,b,:] over t < lengths[b]; zeros where lengths[b] = 0. By rows b. */
  poolForward: { code: op.POOL_FORWARD, operands: ['x', 'y', 'lengths', 't', 'b', 'n', 'mode'] },
  /** dx[t,b,:] = (dx if accumulate) + dy[b,:] / lengths[b], or dy at the first largest; 0 elsewhere and past the length. By rows b. */
  poolBackward: { code: op.POOL_BACKWARD, operands: ['x', 'y', 'dy', 'dx', 'lengths', 't', 'b', 'n', 'mode', 'accumulate'] },
  /** scores [T,B] become p = softmax over t < lengths[b] (past it 0); y[b,:] = sum over t of p x[t,b,:]. By rows b. */
  attentionForward: { code: op.ATTENTION_FORWARD, operands: ['scores', 'x', 'y', 'lengths', 't', 'b', 'n'] },
  /** dx = (dx if accumulate) + p dy (dx 0: not wanted); dscores = p (dp - sum over t of p dp), dp = dy . x[t,b,:]; past the length 0. By rows b. */
  attentionBackward: { code: op.ATTENTION_BACKWARD, operands: ['p', 'x', 'dy', 'dscores', 'dx', 'lengths', 't', 'b', 'n', 'accumulate'] },
  /**
   * y = (y if accumulate) + scale * x where hash(seed, update, stream, first + element), upper 24 bits, is at least `threshold`, else + 0; both ways the same mask.
   * Where the settings say no dropout: y = (y if accumulate) + x. By elements.
   */
  dropout: { code: op.DROPOUT, operands: ['x', 'y', 'count', 'threshold', 'scaleBits', 'stream', 'settings', 'accumulate', 'first'] },
  /** loss[m] = weights[m] * sum over n of (y - target)^2; dy = 2 weights[m] (y - target). By rows. */
  squaredLoss: { code: op.SQUARED_LOSS, operands: ['y', 'targets', 'weights', 'dy', 'loss', 'm', 'n'] },
  /** y[0] = sum of x[0..count), in float64, ascending. Alone. */
  sum: { code: op.SUM, operands: ['x', 'count', 'y'] },
  /** partials[j] = sum of squares of chunk j (4096 elements) of x, float64 sums stored as float32. By chunks. */
  squaredNorm: { code: op.SQUARED_NORM, operands: ['x', 'count', 'partials'] },
  /**
   * norm = sqrt(sum of partials); scale = max > 0 and norm > max ? max / norm : 1; finite = loss and norm finite, loss within its limit. Written to the settings. Alone.
   */
  clip: { code: op.CLIP, operands: ['partials', 'count', 'settings'] },
  /** p -= learningRate * clipScale * g; nothing where settings say not finite. By elements. */
  sgd: { code: op.SGD, operands: ['p', 'g', 'count', 'settings'] },
  /**
   * g' = clipScale g; m = b1 m + (1-b1) g'; v = b2 v + (1-b2) g'^2; p -= lr * (m corr1) / (sqrt(v corr2) + eps); nothing where not finite.
   * Kingma and Ba 2015, as PyTorch's Adam. By elements.
   */
  adam: { code: op.ADAM, operands: ['p', 'g', 'm', 'v', 'count', 'settings'] },
  /** x = min(max(x, -c), c) with c the settings' largest value, count elements; partials[j] = how many of chunk j (4096 elements) that changed. NaN stays. By chunks. */
  clipValues: { code: op.CLIP_VALUES, operands: ['x', 'count', 'partials', 'settings'] },
  /**
   * g' = clipScale g; m = b1 m + g'; p -= lr * (nesterov 1: g' + b1 m; 0: m); nothing where not finite.
   * Sutskever et al. 2013, as PyTorch's SGD. By elements.
   */
  momentum: { code: op.MOMENTUM, operands: ['p', 'g', 'm', 'count', 'settings', 'nesterov'] },
  /** g' = clipScale g; v += g'^2; p -= lr * g' / (sqrt(v) + eps); nothing where not finite. Duchi et al. 2011, as PyTorch's Adagrad. By elements. */
  adagrad: { code: op.ADAGRAD, operands: ['p', 'g', 'v', 'count', 'settings'] },
  /**
   * g' = clipScale g; v = b2 v + (1-b2) g'^2; p -= lr * g' / (sqrt(v) + eps); nothing where not finite.
   * Tieleman and Hinton 2012, as PyTorch's RMSprop. By elements.
   */
  rmsprop: { code: op.RMSPROP, operands: ['p', 'g', 'v', 'count', 'settings'] },
  /** p -= lr * weightDecay * p; nothing where not finite. Loshchilov and Hutter 2019, the first half of AdamW. By elements. */
  decay: { code: op.DECAY, operands: ['p', 'count', 'settings'] },
  /** y[m] = L2 norm of x[m, 0..n). By rows. */
  rowNorms: { code: op.ROW_NORMS, operands: ['x', 'ldx', 'y', 'm', 'n'] },
  /** x *= value (float bits), count elements. By elements. */
  scale: { code: op.SCALE, operands: ['x', 'count', 'valueBits'] },
} as const;

export type InstructionName = keyof typeof INSTRUCTIONS;
export type Operand<N extends InstructionName> = (typeof INSTRUCTIONS)[N]['operands'][number];
