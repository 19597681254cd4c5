import { SETTING_DROPOUT, SETTING_DROPOUT_COUNTER, SETTING_DROPOUT_SEED, SETTING_PROGRESS } from '../../ir/opcodes';
import { mix } from './dropout';
import { at, firstItem } from './split';

/** ids[t,b] = 1 + targets[t-1,b], 0 at t = 0 and where that target is absent (-1). targets, ids int32 [T,B]. Thread's share: rows b. */
export function shiftTargets(targets: i32, ids: i32, steps: i32, batch: i32, thread: i32, threads: i32): void {
  const end = firstItem(batch, thread + 1, threads);
  for (let b = firstItem(batch, thread, threads); b < end; b++) {
    store<i32>(at(ids + b), 0);
    for (let t = 1; t < steps; t++) store<i32>(at(ids + t * batch + b), max(0, 1 + load<i32>(at(targets + (t - 1) * batch + b))));
  }
}

/** Column of the first largest of p [N]. */
function largest(p: i32, n: i32): i32 {
  let best = 0;
  const values = at(p);
  for (let column = 1; column < n; column++) {
    if (load<f32>(values + at(column)) > load<f32>(values + at(best))) best = column;
  }
  return best;
}

/** ids[m] = 1 + column of the first largest of p[m,:]; 0 where p is 0. p [M,N], ids int32 [M]. Thread's share: rows. */
export function argmaxIds(p: i32, ids: i32, m: i32, n: i32, thread: i32, threads: i32): void {
  const end = firstItem(m, thread + 1, threads);
  for (let row = firstItem(m, thread, threads); row < end; row++) store<i32>(at(ids + row), p ? largest(p + row * n, n) + 1 : 0);
}

/**
 * ids[m] = 1 + targets[m] (0 where it is -1) or 1 + column of the first largest of p[m,:]; 0 where p is 0. The target where the upper 24 bits of
 * hash(seed, update, stream, first + m) are below the share begin + (end - begin) * progress; always where the settings say no dropout.
 * targets, ids int32 [M], p [M,N]. Thread's share: rows.
 */
export function mixTargets(
  targets: i32,
  p: i32,
  ids: i32,
  m: i32,
  n: i32,
  first: i32,
  begin: f32,
  end: f32,
  stream: i32,
  settings: i32,
  thread: i32,
  threads: i32,
): void {
  const on = load<i32>(at(settings + SETTING_DROPOUT)) == 1;
  const seed = load<u32>(at(settings + SETTING_DROPOUT_SEED));
  const key = mix(mix(mix(seed) + load<u32>(at(settings + SETTING_DROPOUT_COUNTER))) + <u32>stream);
  const share = <f64>begin + (<f64>end - <f64>begin) * <f64>load<f32>(at(settings + SETTING_PROGRESS));
  const below = <u32>Math.floor(share * 16777216.0 + 0.5);
  const last = firstItem(m, thread + 1, threads);
  for (let row = firstItem(m, thread, threads); row < last; row++) {
    const wanted = !on || mix(key + <u32>(first + row) * 0x9e3779b9) >> 8 < below;
    store<i32>(at(ids + row), !p ? 0 : wanted ? max(0, 1 + load<i32>(at(targets + row))) : largest(p + row * n, n) + 1);
  }
}
