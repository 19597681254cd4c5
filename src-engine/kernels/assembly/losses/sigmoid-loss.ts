import { at, firstItem } from '../split';
import { splat } from '../math/vector';
import { expNegative, log } from '../math/vector-math';

/**
 * Classes independent: q = sigmoid(x), loss[m] = -weights[m] * sum over n of (y ln q + (1-y) ln(1-q)), dx = weights[m] (q - y); y is 1 at targets[m], else 0.
 * x, dx [M,N]; p [M,N] = q. N = 1 has two classes, y = targets[m], and p [M,2] = (1-q, q). target -1 or weight 0: loss 0, dx 0. Thread's share: rows.
 */
export function sigmoidLoss(
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
    const target = load<i32>(at(targets + row));
    const weight = load<f32>(at(weights + row));
    const counts = target >= 0 && weight != 0;
    let total: f64 = 0;
    for (let j = 0; j < n; j++) {
      const logit: f64 = load<f32>(at(x + row * n + j));
      // e^-|x| never overflows.
      const e: f64 = f32x4.extract_lane(expNegative(splat(<f32>-abs<f64>(logit))), 0);
      const q = (logit >= 0 ? 1 : e) / (1 + e);
      const rest = (logit >= 0 ? e : 1) / (1 + e);
      const y: f64 = n == 1 ? target : target == j ? 1 : 0;
      if (n == 1) {
        store<f32>(at(p + 2 * row), <f32>rest);
        store<f32>(at(p + 2 * row + 1), <f32>q);
      } else {
        store<f32>(at(p + row * n + j), <f32>q);
      }
      // ln q = min(x, 0) - ln(1 + e^-|x|), ln(1-q) the same of -x.
      total += max<f64>(logit, 0) - logit * y + log(1 + e);
      store<f32>(at(dx + row * n + j), counts ? <f32>(<f64>weight * (q - y)) : 0);
    }
    store<f32>(at(loss + row), counts ? <f32>(<f64>weight * total) : 0);
  }
}
