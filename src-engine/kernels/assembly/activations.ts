import { ACTIVATION_RELU, ACTIVATION_SIGMOID, ACTIVATION_TANH } from '../../ir/opcodes';
import { one } from './constants';
import { at, firstItem } from './split';
import { add, loadLanes, mul, nmadd, storeLanes, sub, zero } from './vector';
import { sigmoid, tanh } from './vector-math';

/** phi(x). relu passes NaN on. */
@inline
export function phi(x: v128, activation: i32): v128 {
  if (activation == ACTIVATION_TANH) return tanh(x);
  if (activation == ACTIVATION_SIGMOID) return sigmoid(x);
  if (activation == ACTIVATION_RELU) return f32x4.pmax(x, zero());
  return x;
}

/** d phi'(x), from y = phi(x). */
@inline
export function throughPhi(d: v128, y: v128, activation: i32): v128 {
  if (activation == ACTIVATION_TANH) return mul(d, nmadd(y, y, one()));
  if (activation == ACTIVATION_SIGMOID) return mul(d, mul(y, sub(one(), y)));
  if (activation == ACTIVATION_RELU) return mul(d, v128.and(f32x4.gt(y, zero()), one()));
  return d;
}

/** y[n] = phi(x[n]); y may be x. */
export function activateRow(x: usize, y: usize, n: i32, activation: i32): void {
  if (activation == ACTIVATION_TANH) activateRowAs(x, y, n, ACTIVATION_TANH);
  else if (activation == ACTIVATION_SIGMOID) activateRowAs(x, y, n, ACTIVATION_SIGMOID);
  else activateRowAs(x, y, n, activation);
}

@inline
function activateRowAs(x: usize, y: usize, n: i32, activation: i32): void {
  for (; n >= 4; n -= 4) {
    v128.store(y, phi(v128.load(x), activation));
    x += 16;
    y += 16;
  }
  if (n > 0) storeLanes(y, phi(loadLanes(x, n), activation), n);
}

/** dx[n] = (dx if accumulate) + dy[n] phi'(x[n]), from y[n]. */
export function activateRowBackward(y: usize, dy: usize, dx: usize, n: i32, activation: i32, accumulate: i32): void {
  if (activation == ACTIVATION_TANH) backwardRowAs(y, dy, dx, n, ACTIVATION_TANH, accumulate);
  else if (activation == ACTIVATION_SIGMOID) backwardRowAs(y, dy, dx, n, ACTIVATION_SIGMOID, accumulate);
  else backwardRowAs(y, dy, dx, n, activation, accumulate);
}

@inline
function backwardRowAs(y: usize, dy: usize, dx: usize, n: i32, activation: i32, accumulate: i32): void {
  for (; n >= 4; n -= 4) {
    backwardLanes(y, dy, dx, 4, activation, accumulate);
    y += 16;
    dy += 16;
    dx += 16;
  }
  if (n > 0) backwardLanes(y, dy, dx, n, activation, accumulate);
}

@inline
function backwardLanes(y: usize, dy: usize, dx: usize, lanes: i32, activation: i32, accumulate: i32): void {
  const d = throughPhi(loadLanes(dy, lanes), loadLanes(y, lanes), activation);
  storeLanes(dx, accumulate ? add(loadLanes(dx, lanes), d) : d, lanes);
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
