import { at, firstItem } from './split';
import { addRow } from './math/row-arithmetic';

/** y[m,:] = table[ids[m],:], zeros where ids[m] < 0. table [V,N], ids int32 [M], y [M,N]. Thread's share: rows. */
export function gatherRows(table: i32, ids: i32, y: i32, m: i32, n: i32, thread: i32, threads: i32): void {
  const end = firstItem(m, thread + 1, threads);
  for (let row = firstItem(m, thread, threads); row < end; row++) {
    const id = load<i32>(at(ids + row));
    if (id < 0) memory.fill(at(y + row * n), 0, at(n));
    else memory.copy(at(y + row * n), at(table + id * n), at(n));
  }
}

/** table[ids[m],:] += dy[m,:], m ascending; ids < 0 are passed over. Shapes as in gatherRows. Thread's share: columns. */
export function scatterRows(table: i32, ids: i32, dy: i32, m: i32, n: i32, thread: i32, threads: i32): void {
  const begin = firstItem(n, thread, threads);
  const columns = firstItem(n, thread + 1, threads) - begin;
  for (let row = 0; row < m; row++) {
    const id = load<i32>(at(ids + row));
    if (id >= 0) addRow(at(dy + row * n + begin), at(table + id * n + begin), columns);
  }
}

/** y[m,:] = 0 but 1 at ids[m]. ids int32 [M], y [M,N]. Thread's share: rows. */
export function oneHot(ids: i32, y: i32, m: i32, n: i32, thread: i32, threads: i32): void {
  const begin = firstItem(m, thread, threads);
  const end = firstItem(m, thread + 1, threads);
  memory.fill(at(y + begin * n), 0, at((end - begin) * n));
  for (let row = begin; row < end; row++) {
    const id = load<i32>(at(ids + row));
    if (id >= 0 && id < n) store<f32>(at(y + row * n + id), 1);
  }
}
