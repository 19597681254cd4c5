import { at, firstItem } from '../split';
import { loadLanes, madd, mul, splat, storeLanes, sub, sumLanes, zero } from '../math/vector';

/** loss[m] = weights[m] * sum over n of (y - target)^2; dy = 2 weights[m] (y - target). y, targets, dy [M,N]; weight 0: zeros. Thread's share: rows. */
export function squaredLoss(y: i32, targets: i32, weights: i32, dy: i32, loss: i32, m: i32, n: i32, thread: i32, threads: i32): void {
  const end = firstItem(m, thread + 1, threads);
  for (let row = firstItem(m, thread, threads); row < end; row++) {
    const weight = load<f32>(at(weights + row));
    const sum = weight != 0 ? lossOfRow(at(y + row * n), at(targets + row * n), at(dy + row * n), n, 2 * weight) : 0;
    if (weight == 0) memory.fill(at(dy + row * n), 0, at(n));
    store<f32>(at(loss + row), weight * sum);
  }
}

/** dy[n] = factor * (y - target); returns the sum of squares. */
function lossOfRow(y: usize, target: usize, dy: usize, n: i32, factor: f32): f32 {
  let total = zero();
  const scale = splat(factor);
  for (; n >= 4; n -= 4) {
    const difference = sub(v128.load(y), v128.load(target));
    v128.store(dy, mul(scale, difference));
    total = madd(difference, difference, total);
    y += 16;
    target += 16;
    dy += 16;
  }
  if (n > 0) {
    const difference = sub(loadLanes(y, n), loadLanes(target, n));
    storeLanes(dy, mul(scale, difference), n);
    total = madd(difference, difference, total);
  }
  return sumLanes(total);
}
