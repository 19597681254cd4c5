import { ACTIVATION_RELU, ACTIVATION_SIGMOID, ACTIVATION_TANH } from '../../ir/opcodes';
import { one } from './constants';
import { sigmoidRow, tanhRow } from './math/row-math';
import { at, firstItem } from './split';
import { add, loadLanes, mul, nmadd, storeLanes, sub, zero } from './math/vector';

/** y[n] = phi(x[n]); y may be x. */
export function activateRow(x: usize, y: usize, n: i32, activation: i32): void {
  if (activation == ACTIVATION_TANH) tanhRow(x, y, n);
  else if (activation == ACTIVATION_SIGMOID) sigmoidRow(x, y, n);
  else if (activation == ACTIVATION_RELU) reluRow(x, y, n);
  else if (x != y) memory.copy(y, x, at(n));
}

/** max(x, 0); NaN stays NaN. */
function reluRow(x: usize, y: usize, n: i32): void {
  for (; n >= 8; n -= 8) {
    const low = f32x4.pmax(v128.load(x), zero());
    const high = f32x4.pmax(v128.load(x, 16), zero());
    v128.store(y, low);
    v128.store(y, high, 16);
    x += 32;
    y += 32;
  }
  for (; n > 0; n -= 4) {
    const lanes = min(4, n);
    storeLanes(y, f32x4.pmax(loadLanes(x, lanes), zero()), lanes);
    x += 16;
    y += 16;
  }
}

/** d phi'(x), from y = phi(x). */
@inline
export function throughPhi(d: v128, y: v128, activation: i32): v128 {
  if (activation == ACTIVATION_TANH) return mul(d, nmadd(y, y, one()));
  if (activation == ACTIVATION_SIGMOID) return mul(d, mul(y, sub(one(), y)));
  if (activation == ACTIVATION_RELU) return mul(d, v128.and(f32x4.gt(y, zero()), one()));
  return d;
}

/** dx[n] = (dx if accumulate) + dy[n] phi'(x[n]), from y[n]. */
export function activateRowBackward(y: usize, dy: usize, dx: usize, n: i32, activation: i32, accumulate: i32): void {
  if (accumulate) backwardRow(y, dy, dx, n, activation, 1);
  else if (activation == ACTIVATION_TANH) backwardRow(y, dy, dx, n, ACTIVATION_TANH, 0);
  else if (activation == ACTIVATION_SIGMOID) backwardRow(y, dy, dx, n, ACTIVATION_SIGMOID, 0);
  else backwardRow(y, dy, dx, n, activation, 0);
}

@inline
function backwardRow(y: usize, dy: usize, dx: usize, n: i32, activation: i32, accumulate: i32): void {
  for (; n >= 8; n -= 8) {
    let low = throughPhi(v128.load(dy), v128.load(y), activation);
    let high = throughPhi(v128.load(dy, 16), v128.load(y, 16), activation);
    if (accumulate) {
      low = add(v128.load(dx), low);
      high = add(v128.load(dx, 16), high);
    }
    v128.store(dx, low);
    v128.store(dx, high, 16);
    y += 32;
    dy += 32;
    dx += 32;
  }
  for (; n > 0; n -= 4) {
    const lanes = min(4, n);
    const d = throughPhi(loadLanes(dy, lanes), loadLanes(y, lanes), activation);
    storeLanes(dx, accumulate ? add(loadLanes(dx, lanes), d) : d, lanes);
    y += 16;
    dy += 16;
    dx += 16;
  }
}

/** y = phi(x), count elements; y may be x. Thread's share: elements. */
export function activate(x: i32, y: i32, count: i32, activation: i32, thread: i32, threads: i32): void {
  const begin = firstItem(count, thread, threads);
  activateRow(at(x + begin), at(y + begin), firstItem(count, thread + 1, threads) - begin, activation);
}

/** dx = (dx if accumulate) + dy * phi'(x), from y. Thread's share: elements. */
export function activateBackward(y: i32, dy: i32, dx: i32, count: i32, activation: i32, accumulate: i32, thread: i32, threads: i32): void {
  const begin = firstItem(count, thread, threads);
  const n = firstItem(count, thread + 1, threads) - begin;
  activateRowBackward(at(y + begin), at(dy + begin), at(dx + begin), n, activation, accumulate);
}
