import { BLOCK_COLUMNS, BLOCK_ROWS, BLOCK_UNITS, RESERVED_SCRATCH, SCRATCH_FLOATS } from './reserved';
import { at } from './split';
import { loadTail, storeTail } from './math/vector';

/** A thread's scratch: A's block in panels [rows,8] for a weight gradient. */
export function blockScratch(thread: i32): usize {
  return at(load<i32>(at(RESERVED_SCRATCH)) + thread * SCRATCH_FLOATS);
}

/** Behind it C's columns [rows,6]. */
export function unitsScratch(thread: i32): usize {
  return blockScratch(thread) + at(BLOCK_ROWS * BLOCK_COLUMNS);
}

/** Behind them one tile [6,8], for products whose last columns do not fill a panel. */
export function tileScratch(thread: i32): usize {
  return unitsScratch(thread) + at(BLOCK_ROWS * BLOCK_UNITS);
}

/** to [rows, columns < 8] = from, rows apart as given in bytes. */
export function copyEdge(from: usize, fromDistance: usize, to: usize, toDistance: usize, rows: i32, columns: i32): void {
  for (; rows > 0; rows--) {
    storeTail(to, loadTail(from, columns), columns);
    storeTail(to + 16, loadTail(from + 16, columns - 4), columns - 4);
    from += fromDistance;
    to += toDistance;
  }
}
