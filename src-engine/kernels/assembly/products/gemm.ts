import { tile3x16, tile4x16, tile5x16, tile6x16 } from './gemm-tiles-16';
import { tile1x8, tile2x8, tile3x8, tile4x8, tile5x8, tile6x8 } from './gemm-tiles-8';
import { tile1x32, tile1x64, tile2x16, tile2x32 } from './gemm-tiles-few';
import { RESERVED_ZEROS } from '../reserved';
import { addRow } from '../math/row-arithmetic';
import { copyEdge, tileScratch } from '../scratch';
import { at, firstItem } from '../split';
import { tileRows, wide } from './tile-rows';

/** Bytes of packed b that stay in the first-level cache while the rows pass over them. */
const PANEL_BLOCK_BYTES: i32 = 16384;
/** Rows of a that stay in the second-level cache while the panels pass over them. */
const ROW_BLOCK: i32 = 96;

/** C[M,N] = (C if accumulate) + bias[N] + A[M,K] B[K,N]; b packed in panels of 8 columns. Thread's share: rows of C. */
export function gemm(
  aOffset: i32,
  lda: i32,
  b: i32,
  cOffset: i32,
  ldc: i32,
  m: i32,
  n: i32,
  k: i32,
  bias: i32,
  accumulate: i32,
  thread: i32,
  threads: i32,
): void {
  const end = firstItem(m, thread + 1, threads);
  const tile = tileScratch(thread);
  for (let row = firstItem(m, thread, threads); row < end; row += ROW_BLOCK) {
    const rows = min(ROW_BLOCK, end - row);
    const a = at(aOffset + row * lda);
    const c = at(cOffset + row * ldc);
    if (accumulate) {
      if (bias) for (let each = 0; each < rows; each++) addRow(at(bias), c + <usize>each * at(ldc), n);
      multiply(a, at(lda), at(b), c, at(ldc), rows, n, k, c, at(ldc), 32, tile);
    } else if (bias) {
      multiply(a, at(lda), at(b), c, at(ldc), rows, n, k, at(bias), 0, 32, tile);
    } else {
      multiply(a, at(lda), at(b), c, at(ldc), rows, n, k, at(RESERVED_ZEROS), 0, 0, tile);
    }
  }
}

/** C[rows,N] = start + A[rows,K] B: blocks of panels, the last of them perhaps not whole. Distances in bytes, as in gemm-tiles-8.ts. */
function multiply(
  a: usize,
  lda: usize,
  b: usize,
  c: usize,
  ldc: usize,
  rows: i32,
  n: i32,
  k: i32,
  start: usize,
  startRow: usize,
  startPanel: usize,
  tile: usize,
): void {
  let panels = n >> 3;
  const inBlock = rows <= 6 ? panels : max(2, (PANEL_BLOCK_BYTES / max(32, k * 32)) & ~1);
  while (panels > 0) {
    const taken = min(panels, inBlock);
    multiplyBlock(a, lda, b, c, ldc, rows, k, taken, start, startRow, startPanel);
    b += <usize>(taken * k) * 32;
    c += <usize>taken * 32;
    start += <usize>taken * startPanel;
    panels -= taken;
  }
  if (n & 7) multiplyEdge(a, lda, b, c, ldc, rows, k, n & 7, start, startRow, tile);
}

/** C[rows, 8 panels], whole panels. */
function multiplyBlock(
  a: usize,
  lda: usize,
  b: usize,
  c: usize,
  ldc: usize,
  rows: i32,
  k: i32,
  panels: i32,
  start: usize,
  startRow: usize,
  startPanel: usize,
): void {
  while (rows > 0) {
    const taken = tileRows(rows);
    const grouped = multiplyGroups(taken, a, lda, b, c, ldc, k, panels, start, startRow, startPanel);
    const left = panels - grouped;
    if (left) {
      const from = start + <usize>grouped * startPanel;
      multiplySingly(taken, a, lda, b + <usize>(grouped * k) * 32, c + <usize>grouped * 32, ldc, k, left, from, startRow, startPanel);
    }
    rows -= taken;
    a += <usize>taken * lda;
    c += <usize>taken * ldc;
    start += <usize>taken * startRow;
  }
}

/** The panels that tiles of several panels can do; returns how many. */
function multiplyGroups(
  rows: i32,
  a: usize,
  lda: usize,
  b: usize,
  c: usize,
  ldc: usize,
  k: i32,
  panels: i32,
  start: usize,
  startRow: usize,
  startPanel: usize,
): i32 {
  if (wide()) {
    if (rows == 1) return tile1x64(a, lda, b, c, ldc, k, panels >> 3, start, startRow, startPanel), panels & ~7;
    if (rows == 2) return tile2x32(a, lda, b, c, ldc, k, panels >> 2, start, startRow, startPanel), panels & ~3;
    if (rows == 6) tile6x16(a, lda, b, c, ldc, k, panels >> 1, start, startRow, startPanel);
    else if (rows == 5) tile5x16(a, lda, b, c, ldc, k, panels >> 1, start, startRow, startPanel);
    else if (rows == 4) tile4x16(a, lda, b, c, ldc, k, panels >> 1, start, startRow, startPanel);
    else tile3x16(a, lda, b, c, ldc, k, panels >> 1, start, startRow, startPanel);
    return panels & ~1;
  }
  if (rows == 1) return tile1x32(a, lda, b, c, ldc, k, panels >> 2, start, startRow, startPanel), panels & ~3;
  if (rows == 2) return tile2x16(a, lda, b, c, ldc, k, panels >> 1, start, startRow, startPanel), panels & ~1;
  return 0;
}

/** Panels one at a time. */
function multiplySingly(
  rows: i32,
  a: usize,
  lda: usize,
  b: usize,
  c: usize,
  ldc: usize,
  k: i32,
  panels: i32,
  start: usize,
  startRow: usize,
  startPanel: usize,
): void {
  if (rows == 6) tile6x8(a, lda, b, c, ldc, k, panels, start, startRow, startPanel);
  else if (rows == 5) tile5x8(a, lda, b, c, ldc, k, panels, start, startRow, startPanel);
  else if (rows == 4) tile4x8(a, lda, b, c, ldc, k, panels, start, startRow, startPanel);
  else if (rows == 3) tile3x8(a, lda, b, c, ldc, k, panels, start, startRow, startPanel);
  else if (rows == 2) tile2x8(a, lda, b, c, ldc, k, panels, start, startRow, startPanel);
  else tile1x8(a, lda, b, c, ldc, k, panels, start, startRow, startPanel);
}

/** C[rows, columns] of a last panel with fewer than 8 columns: whole tiles in `tile` [6,8], of which the columns go to C. */
function multiplyEdge(
  a: usize,
  lda: usize,
  b: usize,
  c: usize,
  ldc: usize,
  rows: i32,
  k: i32,
  columns: i32,
  start: usize,
  startRow: usize,
  tile: usize,
): void {
  const adds = start == c;
  while (rows > 0) {
    const taken = tileRows(rows);
    if (adds) copyEdge(c, ldc, tile, 32, taken, columns);
    if (adds) multiplySingly(taken, a, lda, b, tile, 32, k, 1, tile, 32, 0);
    else multiplySingly(taken, a, lda, b, tile, 32, k, 1, start, startRow, 0);
    copyEdge(tile, 32, c, ldc, taken, columns);
    rows -= taken;
    a += <usize>taken * lda;
    c += <usize>taken * ldc;
  }
}
