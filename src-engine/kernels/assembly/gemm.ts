import { edge1, edge4, wide1x32, wide2x16 } from './gemm-edges';
import { rows1, rows2, rows3, rows4 } from './gemm-rows-4-1';
import { rows5, rows6 } from './gemm-rows-6-5';
import { at, firstItem } from './split';
import { tileRows } from './tile-rows';

/** Bytes of packed b that stay in the first-level cache while the rows pass over them. */
const PANEL_BLOCK_BYTES: i32 = 16384;
/** Rows of a that stay in the second-level cache while the panels pass over them. */
const ROW_BLOCK: i32 = 96;

/** C[M,N] = (C if accumulate) + bias[N] + A[M,K] B[K,N]; b packed in panels of 8 columns. Thread's share: rows of C. */
export function gemm(
  aOffset: i32,
  lda: i32,
  bOffset: i32,
  cOffset: i32,
  ldc: i32,
  m: i32,
  n: i32,
  k: i32,
  biasOffset: i32,
  accumulate: i32,
  thread: i32,
  threads: i32,
): void {
  const end = firstItem(m, thread + 1, threads);
  const blockPanels = max(1, PANEL_BLOCK_BYTES / max(32, k * 32));
  const panels = n >> 3;
  for (let row = firstItem(m, thread, threads); row < end; row += ROW_BLOCK) {
    const rows = min(ROW_BLOCK, end - row);
    const a = at(aOffset + row * lda);
    const c = at(cOffset + row * ldc);
    for (let panel = 0; panel < panels; panel += blockPanels) {
      const bias = biasOffset ? at(biasOffset + panel * 8) : 0;
      const b = at(bOffset + panel * 8 * k);
      multiplyBlock(a, at(lda), b, c + <usize>panel * 32, at(ldc), rows, k, min(blockPanels, panels - panel), bias, accumulate);
    }
    if (n & 7) {
      const bias = biasOffset ? at(biasOffset + panels * 8) : 0;
      multiplyEdge(a, at(lda), at(bOffset + panels * 8 * k), c + <usize>panels * 32, at(ldc), rows, k, n & 7, bias, accumulate);
    }
  }
}

/** C[rows, 8 panels] of whole panels. */
function multiplyBlock(a: usize, lda: usize, b: usize, c: usize, ldc: usize, rows: i32, k: i32, panels: i32, bias: usize, accumulate: i32): void {
  while (rows > 0) {
    const taken = tileRows(rows);
    if (taken == 6) rows6(a, lda, b, c, ldc, k, panels, bias, accumulate);
    else if (taken == 5) rows5(a, lda, b, c, ldc, k, panels, bias, accumulate);
    else if (taken == 4) rows4(a, lda, b, c, ldc, k, panels, bias, accumulate);
    else if (taken == 3) rows3(a, lda, b, c, ldc, k, panels, bias, accumulate);
    else if (taken == 2) twoRows(a, lda, b, c, ldc, k, panels, bias, accumulate);
    else oneRow(a, b, c, k, panels, bias, accumulate);
    rows -= taken;
    a += <usize>taken * lda;
    c += <usize>taken * ldc;
  }
}

function twoRows(a: usize, lda: usize, b: usize, c: usize, ldc: usize, k: i32, panels: i32, bias: usize, accumulate: i32): void {
  const step = <usize>k * 32;
  for (; panels >= 2; panels -= 2) {
    wide2x16(a, lda, b, c, ldc, k, bias, accumulate);
    b += 2 * step;
    c += 64;
    bias = bias ? bias + 64 : 0;
  }
  rows2(a, lda, b, c, ldc, k, panels, bias, accumulate);
}

function oneRow(a: usize, b: usize, c: usize, k: i32, panels: i32, bias: usize, accumulate: i32): void {
  const step = <usize>k * 32;
  for (; panels >= 4; panels -= 4) {
    wide1x32(a, b, c, k, bias, accumulate);
    b += 4 * step;
    c += 128;
    bias = bias ? bias + 128 : 0;
  }
  rows1(a, 0, b, c, 0, k, panels, bias, accumulate);
}

/** C[rows, columns] of a last panel with fewer than 8 columns. */
function multiplyEdge(a: usize, lda: usize, b: usize, c: usize, ldc: usize, rows: i32, k: i32, columns: i32, bias: usize, accumulate: i32): void {
  for (; rows >= 4; rows -= 4) {
    edge4(a, lda, b, c, ldc, k, columns, bias, accumulate);
    a += 4 * lda;
    c += 4 * ldc;
  }
  for (; rows > 0; rows--) {
    edge1(a, b, c, k, columns, bias, accumulate);
    a += lda;
    c += ldc;
  }
}
