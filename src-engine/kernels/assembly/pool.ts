import { POOL_MAX } from '../../ir/opcodes';
import { at, firstItem } from './split';
import { add, loadLanes, mul, splat, storeLanes, zero } from './math/vector';

/** y[b,:] = mean (or largest) of x[t,b,:] over t < lengths[b]; zeros where lengths[b] = 0. x [T,B,N], y [B,N]. Thread's share: rows b. */
export function poolForward(x: i32, y: i32, lengths: i32, batch: i32, n: i32, mode: i32, thread: i32, threads: i32): void {
  const end = firstItem(batch, thread + 1, threads);
  const step = at(batch * n);
  for (let b = firstItem(batch, thread, threads); b < end; b++) {
    const length = load<i32>(at(lengths + b));
    for (let e = 0; e < n; e += 4) {
      const lanes = min(4, n - e);
      let from = at(x + b * n + e);
      let pooled = length > 0 ? loadLanes(from, lanes) : zero();
      for (let t = 1; t < length; t++) {
        from += step;
        const value = loadLanes(from, lanes);
        pooled = mode == POOL_MAX ? f32x4.max(pooled, value) : add(pooled, value);
      }
      if (mode != POOL_MAX && length > 0) pooled = mul(pooled, splat(1 / <f32>length));
      storeLanes(at(y + b * n + e), pooled, lanes);
    }
  }
}

/**
 * dx[t,b,:] = (dx if accumulate) + dy[b,:] / lengths[b], or dy where x is the first largest, else 0; past the length 0. Thread's share: rows b.
 */
export function poolBackward(
  x: i32,
  y: i32,
  dy: i32,
  dx: i32,
  lengths: i32,
  steps: i32,
  batch: i32,
  n: i32,
  mode: i32,
  accumulate: i32,
  thread: i32,
  threads: i32,
): void {
  const end = firstItem(batch, thread + 1, threads);
  for (let b = firstItem(batch, thread, threads); b < end; b++) {
    const length = load<i32>(at(lengths + b));
    for (let e = 0; e < n; e += 4) {
      const lanes = min(4, n - e);
      const own = loadLanes(at(dy + b * n + e), lanes);
      const share = mode == POOL_MAX ? own : mul(own, splat(length > 0 ? 1 / <f32>length : 0));
      let open = i32x4.splat(-1);
      for (let t = 0; t < steps; t++) {
        const place = (t * batch + b) * n + e;
        let d = zero();
        if (t < length && mode == POOL_MAX) {
          const largest = v128.and(open, f32x4.eq(loadLanes(at(x + place), lanes), loadLanes(at(y + b * n + e), lanes)));
          d = v128.and(share, largest);
          open = v128.andnot(open, largest);
        } else if (t < length) {
          d = share;
        }
        storeLanes(at(dx + place), accumulate ? add(loadLanes(at(dx + place), lanes), d) : d, lanes);
      }
    }
  }
}
