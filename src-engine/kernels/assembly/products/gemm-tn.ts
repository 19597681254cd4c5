import { outer1x16, outer2x16, outer3x16, outer4x16, outer5x16, outer6x16 } from './gemm-tn-tiles-16';
import { outer1x8, outer2x8, outer3x8, outer4x8, outer5x8, outer6x8 } from './gemm-tn-tiles-8';
import { packColumns } from './pack';
import { BLOCK_COLUMNS, BLOCK_ROWS, RESERVED_ZEROS } from '../reserved';
import { blockScratch, copyEdge, tileScratch, unitsScratch } from '../scratch';
import { at, firstItem } from '../split';
import { tileRows, wide } from './tile-rows';
import { loadTail, storeTail } from '../math/vector';

/** Below this many bytes an operand stays in the first-level cache as it is, and packing it does not pay. */
const PACK_FROM_BYTES: i32 = 16384;

/**
 * W[N,K] = (W if accumulate) + sum over m of C[m,n] A[m,k]; m ascends. Thread's share: rows of W.
 * Blocks of BLOCK_ROWS m by BLOCK_COLUMNS k; sums wait in W between blocks, so blocks change no bit.
 */
export function gemmTn(
  cOffset: i32,
  ldc: i32,
  aOffset: i32,
  lda: i32,
  wOffset: i32,
  ldw: i32,
  m: i32,
  n: i32,
  k: i32,
  accumulate: i32,
  thread: i32,
  threads: i32,
): void {
  const begin = firstItem(n, thread, threads);
  const units = firstItem(n, thread + 1, threads) - begin;
  if (units <= 0) return;
  if (m == 0 && !accumulate) {
    for (let unit = 0; unit < units; unit++) memory.fill(at(wOffset + (begin + unit) * ldw), 0, at(k));
    return;
  }
  for (let row = 0; row < m; row += BLOCK_ROWS) {
    const rows = min(BLOCK_ROWS, m - row);
    const c = at(cOffset + row * ldc + begin);
    for (let column = 0; column < k; column += BLOCK_COLUMNS) {
      const columns = min(BLOCK_COLUMNS, k - column);
      const a = at(aOffset + row * lda + column);
      const w = at(wOffset + begin * ldw + column);
      addBlock(c, at(ldc), a, at(lda), w, at(ldw), rows, units, columns, accumulate | <i32>(row > 0), thread);
    }
  }
}

/** One block, a packed in panels [rows,8] and c in [rows,6] when they are large; a's last columns, fewer than 8, always. */
function addBlock(
  c: usize,
  ldc: usize,
  a: usize,
  lda: usize,
  w: usize,
  ldw: usize,
  rows: i32,
  units: i32,
  columns: i32,
  accumulate: i32,
  thread: i32,
): void {
  const scratch = blockScratch(thread);
  const whole = columns >> 3;
  const packA = <i32>lda * rows > PACK_FROM_BYTES;
  if (packA) for (let panel = 0; panel < whole; panel++) packColumns(a + <usize>panel * 32, lda, scratch + <usize>(panel * rows) * 32, 8, rows);
  const edge = scratch + <usize>(whole * rows) * 32;
  if (columns & 7) packColumns(a + <usize>whole * 32, lda, edge, columns & 7, rows);
  const packC = <i32>ldc * rows > PACK_FROM_BYTES && columns > 8;
  const packed = unitsScratch(thread);
  const tile = tileScratch(thread);
  while (units > 0) {
    const taken = tileRows(units);
    if (packC) packUnits(c, ldc, packed, rows, taken);
    const from = packC ? packed : c;
    const distance = packC ? <usize>taken * 4 : ldc;
    if (packA) outerPanels(from, distance, scratch, 32, <usize>rows * 32, whole, w, ldw, rows, taken, accumulate);
    else outerPanels(from, distance, a, lda, 32, whole, w, ldw, rows, taken, accumulate);
    if (columns & 7) {
      if (accumulate) copyEdge(w + <usize>whole * 32, ldw, tile, 32, taken, columns & 7);
      outerPanels(from, distance, edge, 32, 0, 1, tile, 32, rows, taken, accumulate);
      copyEdge(tile, 32, w + <usize>whole * 32, ldw, taken, columns & 7);
    }
    units -= taken;
    c += <usize>taken * 4;
    w += <usize>taken * ldw;
  }
}

/** packed [rows,units] = c [rows,units], rows ldc bytes apart. */
function packUnits(c: usize, ldc: usize, packed: usize, rows: i32, units: i32): void {
  for (; rows > 0; rows--) {
    if (units == 6) {
      v128.store(packed, v128.load(c));
      store<u64>(packed, load<u64>(c, 16), 16);
    } else {
      storeTail(packed, loadTail(c, units), units);
      storeTail(packed + 16, loadTail(c + 16, units - 4), units - 4);
    }
    c += ldc;
    packed += <usize>units * 4;
  }
}

/** W[units, 8 panels] = (W if accumulate) + sum over m; a's panels `panel` bytes apart, rows of each lda apart. */
function outerPanels(
  c: usize,
  ldc: usize,
  a: usize,
  lda: usize,
  panel: usize,
  panels: i32,
  w: usize,
  ldw: usize,
  m: i32,
  units: i32,
  accumulate: i32,
): void {
  const zeros = at(RESERVED_ZEROS);
  const startRow = accumulate ? ldw : 0;
  const startPanel: usize = accumulate ? 32 : 0;
  if (wide()) {
    for (; panels >= 2; panels -= 2) {
      outer16(c, ldc, a, lda, panel, w, ldw, m, units, accumulate ? w : zeros, startRow, startPanel);
      a += 2 * panel;
      w += 64;
    }
  }
  for (; panels > 0; panels--) {
    outer8(c, ldc, a, lda, w, ldw, m, units, accumulate ? w : zeros, startRow);
    a += panel;
    w += 32;
  }
}

@inline
function outer8(c: usize, ldc: usize, a: usize, lda: usize, w: usize, ldw: usize, m: i32, units: i32, start: usize, startRow: usize): void {
  if (units == 6) outer6x8(c, ldc, a, lda, w, ldw, m, start, startRow);
  else if (units == 5) outer5x8(c, ldc, a, lda, w, ldw, m, start, startRow);
  else if (units == 4) outer4x8(c, ldc, a, lda, w, ldw, m, start, startRow);
  else if (units == 3) outer3x8(c, ldc, a, lda, w, ldw, m, start, startRow);
  else if (units == 2) outer2x8(c, ldc, a, lda, w, ldw, m, start, startRow);
  else outer1x8(c, ldc, a, lda, w, ldw, m, start, startRow);
}

@inline
function outer16(
  c: usize,
  ldc: usize,
  a: usize,
  lda: usize,
  panel: usize,
  w: usize,
  ldw: usize,
  m: i32,
  units: i32,
  start: usize,
  startRow: usize,
  startPanel: usize,
): void {
  if (units == 6) outer6x16(c, ldc, a, lda, panel, w, ldw, m, start, startRow, startPanel);
  else if (units == 5) outer5x16(c, ldc, a, lda, panel, w, ldw, m, start, startRow, startPanel);
  else if (units == 4) outer4x16(c, ldc, a, lda, panel, w, ldw, m, start, startRow, startPanel);
  else if (units == 3) outer3x16(c, ldc, a, lda, panel, w, ldw, m, start, startRow, startPanel);
  else if (units == 2) outer2x16(c, ldc, a, lda, panel, w, ldw, m, start, startRow, startPanel);
  else outer1x16(c, ldc, a, lda, panel, w, ldw, m, start, startRow, startPanel);
}
