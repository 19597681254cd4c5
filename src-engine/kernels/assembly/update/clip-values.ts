import { NORM_CHUNK, SETTING_CLIP_VALUE } from '../../../ir/opcodes';
import { at, firstItem } from '../split';
import { loadLanes, splat, storeLanes } from '../math/vector';

/** x limited to +-c; returns how many of the n elements that changed. NaN stays. */
function limit(x: usize, n: i32, most: v128): i32 {
  const least = f32x4.neg(most);
  let changed = 0;
  for (; n > 0; n -= 4) {
    const lanes = min(n, 4);
    const value = loadLanes(x, lanes);
    changed += popcnt(i32x4.bitmask(f32x4.gt(f32x4.abs(value), most)));
    storeLanes(x, f32x4.max(least, f32x4.min(most, value)), lanes);
    x += 16;
  }
  return changed;
}

/** Limits x[0..count) to the settings' largest value; partials[j] = elements of chunk j (NORM_CHUNK) that changed. Thread's share: chunks. */
export function clipValues(x: i32, count: i32, partials: i32, settings: i32, thread: i32, threads: i32): void {
  const chunks = (count + NORM_CHUNK - 1) / NORM_CHUNK;
  const end = firstItem(chunks, thread + 1, threads);
  const most = splat(load<f32>(at(settings + SETTING_CLIP_VALUE)));
  for (let chunk = firstItem(chunks, thread, threads); chunk < end; chunk++) {
    const first = chunk * NORM_CHUNK;
    store<f32>(at(partials + chunk), <f32>limit(at(x + first), min(NORM_CHUNK, count - first), most));
  }
}
