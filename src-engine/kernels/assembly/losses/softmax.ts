import { copyScaled } from '../math/row-arithmetic';
import { exponentialsRow } from '../math/row-math';
import { at, firstItem } from '../split';
import { larger, splat } from '../math/vector';
import { log } from '../math/vector-math';

/** Largest of x[n]; NaNs are passed over (the sum then meets them). */
function largestOf(x: usize, n: i32): f32 {
  let most = splat(-Infinity);
  for (; n >= 4; n -= 4) {
    most = larger(most, v128.load(x));
    x += 16;
  }
  for (; n > 0; n--) {
    most = larger(most, v128.load_splat<f32>(x));
    x += 4;
  }
  const two = max(f32x4.extract_lane(most, 0), f32x4.extract_lane(most, 1));
  return max(two, max(f32x4.extract_lane(most, 2), f32x4.extract_lane(most, 3)));
}

/** p[m,:] = softmax(x[m,:]), largest subtracted first; x, p [M,N], p may be x. Thread's share: rows. */
export function softmax(x: i32, p: i32, m: i32, n: i32, thread: i32, threads: i32): void {
  const end = firstItem(m, thread + 1, threads);
  for (let row = firstItem(m, thread, threads); row < end; row++) {
    const from = at(x + row * n);
    const to = at(p + row * n);
    const total = exponentialsRow(from, to, n, largestOf(from, n));
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
    const total = exponentialsRow(from, to, n, most);
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
