import { at, firstItem } from './split';

/** ids[t,b] = 1 + targets[t-1,b], 0 at t = 0 and where that target is absent (-1). targets, ids int32 [T,B]. Thread's share: rows b. */
export function shiftTargets(targets: i32, ids: i32, steps: i32, batch: i32, thread: i32, threads: i32): void {
  const end = firstItem(batch, thread + 1, threads);
  for (let b = firstItem(batch, thread, threads); b < end; b++) {
    store<i32>(at(ids + b), 0);
    for (let t = 1; t < steps; t++) store<i32>(at(ids + t * batch + b), max(0, 1 + load<i32>(at(targets + (t - 1) * batch + b))));
  }
}

/** ids[m] = 1 + column of the first largest of p[m,:]; 0 where p is 0. p [M,N], ids int32 [M]. Thread's share: rows. */
export function argmaxIds(p: i32, ids: i32, m: i32, n: i32, thread: i32, threads: i32): void {
  const end = firstItem(m, thread + 1, threads);
  for (let row = firstItem(m, thread, threads); row < end; row++) {
    let best = 0;
    if (p) {
      const values = at(p + row * n);
      for (let column = 1; column < n; column++) {
        if (load<f32>(values + at(column)) > load<f32>(values + at(best))) best = column;
      }
    }
    store<i32>(at(ids + row), p ? best + 1 : 0);
  }
}
