import { addScaled, copyScaled } from './math/row-arithmetic';
import { at, firstItem } from './split';
import { add, loadLanes, madd, splat, sumLanes, zero } from './math/vector';
import { expNegative } from './math/vector-math';

/**
 * scores[t,b] becomes p = softmax over t < lengths[b] (past it 0); y[b,:] = sum over t of p x[t,b,:]. scores [T,B], x [T,B,N], y [B,N].
 * Thread's share: rows b.
 */
export function attentionForward(scores: i32, x: i32, y: i32, lengths: i32, steps: i32, batch: i32, n: i32, thread: i32, threads: i32): void {
  const end = firstItem(batch, thread + 1, threads);
  for (let b = firstItem(batch, thread, threads); b < end; b++) {
    const length = load<i32>(at(lengths + b));
    const p = at(scores + b);
    softmaxOverSteps(p, length, steps, at(batch));
    const to = at(y + b * n);
    memory.fill(to, 0, at(n));
    for (let t = 0; t < length; t++) addScaled(at(x + (t * batch + b) * n), to, n, splat(load<f32>(p + at(t * batch))));
  }
}

function softmaxOverSteps(p: usize, length: i32, steps: i32, stride: usize): void {
  let most = -Infinity as f32;
  for (let t = 0; t < length; t++) most = max(most, load<f32>(p + <usize>t * stride));
  let total: f32 = 0;
  for (let t = 0; t < length; t++) {
    const each = p + <usize>t * stride;
    const e = f32x4.extract_lane(expNegative(splat(load<f32>(each) - most)), 0);
    store<f32>(each, e);
    total += e;
  }
  for (let t = 0; t < steps; t++) {
    const each = p + <usize>t * stride;
    store<f32>(each, t < length ? load<f32>(each) / total : 0);
  }
}

/**
 * dx[t,b,:] = (dx if accumulate) + p dy[b,:] (dx 0: not wanted); dscores[t,b] = p (dp - sum over t of p dp), dp = dy . x[t,b,:]; past the length 0.
 * p as attentionForward left it. Thread's share: rows b.
 */
export function attentionBackward(
  p: i32,
  x: i32,
  dy: i32,
  dscores: i32,
  dx: i32,
  lengths: i32,
  steps: i32,
  batch: i32,
  n: i32,
  accumulate: i32,
  thread: i32,
  threads: i32,
): void {
  const end = firstItem(batch, thread + 1, threads);
  for (let b = firstItem(batch, thread, threads); b < end; b++) {
    const length = load<i32>(at(lengths + b));
    const own = at(dy + b * n);
    let mean: f32 = 0;
    for (let t = 0; t < length; t++) {
      const dp = dotRows(own, at(x + (t * batch + b) * n), n);
      store<f32>(at(dscores + t * batch + b), dp);
      mean += load<f32>(at(p + t * batch + b)) * dp;
    }
    for (let t = 0; t < steps; t++) {
      const place = t * batch + b;
      const share = load<f32>(at(p + place));
      store<f32>(at(dscores + place), t < length ? share * (load<f32>(at(dscores + place)) - mean) : 0);
      if (!dx) continue;
      if (accumulate) addScaled(own, at(dx + place * n), n, splat(share));
      else copyScaled(own, at(dx + place * n), n, splat(share));
    }
  }
}

function dotRows(a: usize, b: usize, n: i32): f32 {
  let total = zero();
  for (; n >= 4; n -= 4) {
    total = madd(v128.load(a), v128.load(b), total);
    a += 16;
    b += 16;
  }
  if (n > 0) total = add(total, f32x4.mul(loadLanes(a, n), loadLanes(b, n)));
  return sumLanes(total);
}
