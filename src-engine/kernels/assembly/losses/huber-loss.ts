import { at, firstItem } from '../split';

/**
 * loss[m] = weights[m] * sum over n of d^2 / 2 where |d| <= delta, else delta (|d| - delta / 2), d = y - target; dy = weights[m] * d, clipped at delta.
 * y, targets, dy [M,N]; weight 0: zeros. Huber 1964. Thread's share: rows.
 */
export function huberLoss(
  y: i32,
  targets: i32,
  weights: i32,
  dy: i32,
  loss: i32,
  m: i32,
  n: i32,
  delta: f32,
  thread: i32,
  threads: i32,
): void {
  const end = firstItem(m, thread + 1, threads);
  for (let row = firstItem(m, thread, threads); row < end; row++) {
    const weight = load<f32>(at(weights + row));
    let total: f32 = 0;
    for (let e = row * n; e < (row + 1) * n; e++) {
      const difference = load<f32>(at(y + e)) - load<f32>(at(targets + e));
      const size = abs<f32>(difference);
      total += size <= delta ? 0.5 * difference * difference : delta * (size - 0.5 * delta);
      const clipped = size <= delta ? difference : copysign<f32>(delta, difference);
      store<f32>(at(dy + e), weight == 0 ? 0 : weight * clipped);
    }
    store<f32>(at(loss + row), weight == 0 ? 0 : weight * total);
  }
}
