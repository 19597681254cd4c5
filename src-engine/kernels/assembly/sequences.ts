import { at, firstItem } from './split';
import { addRow } from './math/row-arithmetic';

/**
 * y[t,b,:] = (y if accumulate) + x[lengths[b]-1-t, b, :] for t < lengths[b]; past it zeros (accumulate: unchanged). x, y [T,B,N], lengths int32
 * [B]. Its own inverse, so backward too. Thread's share: rows b.
 */
export function reverse(x: i32, y: i32, lengths: i32, steps: i32, batch: i32, n: i32, accumulate: i32, thread: i32, threads: i32): void {
  const end = firstItem(batch, thread + 1, threads);
  for (let b = firstItem(batch, thread, threads); b < end; b++) {
    const length = load<i32>(at(lengths + b));
    for (let t = 0; t < steps; t++) {
      const to = at(y + (t * batch + b) * n);
      const from = at(x + ((length - 1 - t) * batch + b) * n);
      if (t < length && accumulate) addRow(from, to, n);
      else if (t < length) memory.copy(to, from, at(n));
      else if (!accumulate) memory.fill(to, 0, at(n));
    }
  }
}

/** y[b,:] = x[lengths[b]-1, b, :], zeros where lengths[b] = 0. x [T,B,N], y [B,N]. Thread's share: rows b. */
export function lastStep(x: i32, y: i32, lengths: i32, batch: i32, n: i32, thread: i32, threads: i32): void {
  const end = firstItem(batch, thread + 1, threads);
  for (let b = firstItem(batch, thread, threads); b < end; b++) {
    const length = load<i32>(at(lengths + b));
    if (length > 0) memory.copy(at(y + b * n), at(x + ((length - 1) * batch + b) * n), at(n));
    else memory.fill(at(y + b * n), 0, at(n));
  }
}

/** dx[lengths[b]-1, b, :] += dy[b,:]. Shapes as in lastStep. Thread's share: rows b. */
export function lastStepBackward(dy: i32, dx: i32, lengths: i32, batch: i32, n: i32, thread: i32, threads: i32): void {
  const end = firstItem(batch, thread + 1, threads);
  for (let b = firstItem(batch, thread, threads); b < end; b++) {
    const length = load<i32>(at(lengths + b));
    if (length > 0) addRow(at(dy + b * n), at(dx + ((length - 1) * batch + b) * n), n);
  }
}
