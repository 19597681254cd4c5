import { at, firstItem } from './split';
import { copyScaled } from './row-arithmetic';
import { add, larger, loadLanes, splat, storeLanes, sub, sumLanes } from './vector';
import { expNegative, log } from './vector-math';

/** Bits of the lanes of a tail that hold no element: set there. */
@inline
function past(lanes: i32): v128 {
  return i32x4.ge_s(i32x4(0, 1, 2, 3), i32x4.splat(lanes));
}

/** `count` < 4 floats at p; lanes past them -infinity, which neither the largest nor the sum of exponentials sees. */
@inline
function loadLogits(p: usize, count: i32): v128 {
  return v128.bitselect(splat(-Infinity), loadLanes(p, count), past(count));
}

/** Largest of x[n]; NaNs are passed over (the sum then meets them). */
function largestOf(x: usize, n: i32): f32 {
  let most = splat(-Infinity);
  for (; n >= 4; n -= 4) {
    most = larger(most, v128.load(x));
    x += 16;
  }
  if (n > 0) most = larger(most, loadLogits(x, n));
  const two = max(f32x4.extract_lane(most, 0), f32x4.extract_lane(most, 1));
  return max(two, max(f32x4.extract_lane(most, 2), f32x4.extract_lane(most, 3)));
}

/** p[n] = e^(x - most); returns their sum (four running sums, then those). */
function exponentials(x: usize, p: usize, n: i32, most: f32): f32 {
  let total = splat(0);
  const shift = splat(most);
  for (; n >= 4; n -= 4) {
    const e = expNegative(sub(v128.load(x), shift));
    v128.store(p, e);
    total = add(total, e);
    x += 16;
    p += 16;
  }
  if (n > 0) {
    const e = expNegative(sub(loadLogits(x, n), shift));
    storeLanes(p, e, n);
    total = add(total, v128.andnot(e, past(n)));
  }
  return sumLanes(total);
}

/** p[m,:] = softmax(x[m,:]), largest subtracted first; x, p [M,N], p may be x. Thread's share: rows. */
export function softmax(x: i32, p: i32, m: i32, n: i32, thread: i32, threads: i32): void {
  const end = firstItem(m, thread + 1, threads);
  for (let row = firstItem(m, thread, threads); row < end; row++) {
    const from = at(x + row * n);
    const to = at(p + row * n);
    const total = exponentials(from, to, n, largestOf(from, n));
    copyScaled(to, to, n, splat(1 / total));
  }
}

/**
 * p = softmax(x), loss[m] = -weights[m] ln p[target], dx = weights[m] (p - onehot); x, p, dx [M,N], targets int32 [M], weights, loss [M].
 * target -1 or weight 0: loss 0, dx 0. ln p = x - largest - ln(sum), never of a rounded 0. Thread's share: rows.
 */
export function softmaxLoss(
  x: i32,
  targets: i32,
  weights: i32,
  p: i32,
  dx: i32,
  loss: i32,
  m: i32,
  n: i32,
  thread: i32,
  threads: i32,
): void {
  const end = firstItem(m, thread + 1, threads);
  for (let row = firstItem(m, thread, threads); row < end; row++) {
    const from = at(x + row * n);
    const to = at(p + row * n);
    const gradient = at(dx + row * n);
    const target = load<i32>(at(targets + row));
    const weight = load<f32>(at(weights + row));
    const most = largestOf(from, n);
    const logit = target >= 0 ? load<f32>(from + at(target)) : most;
    const total = exponentials(from, to, n, most);
    copyScaled(to, to, n, splat(1 / total));
    if (target >= 0 && weight != 0) {
      copyScaled(to, gradient, n, splat(weight));
      const own = gradient + at(target);
      store<f32>(own, weight * (load<f32>(to + at(target)) - 1));
      store<f32>(at(loss + row), <f32>(-(<f64>weight) * (<f64>logit - <f64>most - log(<f64>total))));
    } else {
      memory.fill(gradient, 0, at(n));
      store<f32>(at(loss + row), 0);
    }
  }
}
