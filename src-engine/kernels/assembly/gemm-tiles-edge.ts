import { loadTail, madd, storeTail } from './vector';

/** Register tiles of GEMM for a last panel of fewer than 8 columns (zeros past them); see gemm-tiles-8.ts. */
/** 4 rows, the last columns < 8. */
export function edge4(a: usize, lda: usize, b: usize, c: usize, ldc: usize, k: i32, columns: i32, start: usize, startRow: usize): void {
  let c00 = loadTail(start, columns);
  let c01 = loadTail(start + 16, columns - 4);
  let c10 = loadTail(start + startRow, columns);
  let c11 = loadTail(start + startRow + 16, columns - 4);
  let c20 = loadTail(start + 2 * startRow, columns);
  let c21 = loadTail(start + 2 * startRow + 16, columns - 4);
  let c30 = loadTail(start + 3 * startRow, columns);
  let c31 = loadTail(start + 3 * startRow + 16, columns - 4);
  let a0 = a;
  let a1 = a0 + lda;
  let a2 = a1 + lda;
  let a3 = a2 + lda;
  for (; k > 0; k--) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    let x = v128.load_splat<f32>(a0);
    c00 = madd(x, b0, c00);
    c01 = madd(x, b1, c01);
    x = v128.load_splat<f32>(a1);
    c10 = madd(x, b0, c10);
    c11 = madd(x, b1, c11);
    x = v128.load_splat<f32>(a2);
    c20 = madd(x, b0, c20);
    c21 = madd(x, b1, c21);
    x = v128.load_splat<f32>(a3);
    c30 = madd(x, b0, c30);
    c31 = madd(x, b1, c31);
    a0 += 4;
    a1 += 4;
    a2 += 4;
    a3 += 4;
    b += 32;
  }
  storeTail(c, c00, columns);
  storeTail(c + 16, c01, columns - 4);
  storeTail(c + ldc, c10, columns);
  storeTail(c + ldc + 16, c11, columns - 4);
  storeTail(c + 2 * ldc, c20, columns);
  storeTail(c + 2 * ldc + 16, c21, columns - 4);
  storeTail(c + 3 * ldc, c30, columns);
  storeTail(c + 3 * ldc + 16, c31, columns - 4);
}

/** 1 row, the last columns < 8. */
export function edge1(a: usize, lda: usize, b: usize, c: usize, ldc: usize, k: i32, columns: i32, start: usize, startRow: usize): void {
  let c00 = loadTail(start, columns);
  let c01 = loadTail(start + 16, columns - 4);
  let a0 = a;
  for (; k > 0; k--) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const x = v128.load_splat<f32>(a0);
    c00 = madd(x, b0, c00);
    c01 = madd(x, b1, c01);
    a0 += 4;
    b += 32;
  }
  storeTail(c, c00, columns);
  storeTail(c + 16, c01, columns - 4);
}
