import { madd } from '../math/vector';

/**
 * Register tiles of GEMM, one panel at a time: full speed from 4 rows on with vectors of 128 bits.
 * C[R, groups of columns] = start + A[R,K] B, b in packed panels [K,8], start given by the distances of its rows and its panels (C itself; bias: rows 0
 * apart; zeros: panels 0 apart too). All distances in bytes. k ascends, one multiply-add per term, in every tile: a number does not depend on the tile
 * it falls in. The loops over k are not unrolled: V8 then spills sums (15 registers: 12 sums, 2 of b, 1 of a).
 */
/** 6 rows, 8 columns at a time. */
export function tile6x8(a: usize, lda: usize, b: usize, c: usize, ldc: usize, k: i32, groups: i32, start: usize, startRow: usize, startPanel: usize): void {
  for (; groups > 0; groups--) {
    let c00 = v128.load(start);
    let c01 = v128.load(start, 16);
    let c10 = v128.load(start + startRow);
    let c11 = v128.load(start + startRow, 16);
    let c20 = v128.load(start + 2 * startRow);
    let c21 = v128.load(start + 2 * startRow, 16);
    let c30 = v128.load(start + 3 * startRow);
    let c31 = v128.load(start + 3 * startRow, 16);
    let c40 = v128.load(start + 4 * startRow);
    let c41 = v128.load(start + 4 * startRow, 16);
    let c50 = v128.load(start + 5 * startRow);
    let c51 = v128.load(start + 5 * startRow, 16);
    let a0 = a;
    let a1 = a0 + lda;
    let a2 = a1 + lda;
    let a3 = a2 + lda;
    let a4 = a3 + lda;
    let a5 = a4 + lda;
    for (let left = k; left > 0; left--) {
      const v0 = v128.load(b);
      const v1 = v128.load(b, 16);
      let x = v128.load_splat<f32>(a0);
      c00 = madd(x, v0, c00);
      c01 = madd(x, v1, c01);
      x = v128.load_splat<f32>(a1);
      c10 = madd(x, v0, c10);
      c11 = madd(x, v1, c11);
      x = v128.load_splat<f32>(a2);
      c20 = madd(x, v0, c20);
      c21 = madd(x, v1, c21);
      x = v128.load_splat<f32>(a3);
      c30 = madd(x, v0, c30);
      c31 = madd(x, v1, c31);
      x = v128.load_splat<f32>(a4);
      c40 = madd(x, v0, c40);
      c41 = madd(x, v1, c41);
      x = v128.load_splat<f32>(a5);
      c50 = madd(x, v0, c50);
      c51 = madd(x, v1, c51);
      a0 += 4;
      a1 += 4;
      a2 += 4;
      a3 += 4;
      a4 += 4;
      a5 += 4;
      b += 32;
    }
    v128.store(c, c00);
    v128.store(c, c01, 16);
    v128.store(c + ldc, c10);
    v128.store(c + ldc, c11, 16);
    v128.store(c + 2 * ldc, c20);
    v128.store(c + 2 * ldc, c21, 16);
    v128.store(c + 3 * ldc, c30);
    v128.store(c + 3 * ldc, c31, 16);
    v128.store(c + 4 * ldc, c40);
    v128.store(c + 4 * ldc, c41, 16);
    v128.store(c + 5 * ldc, c50);
    v128.store(c + 5 * ldc, c51, 16);
    c += 32;
    start += startPanel;
  }
}

/** 5 rows, 8 columns at a time. */
export function tile5x8(a: usize, lda: usize, b: usize, c: usize, ldc: usize, k: i32, groups: i32, start: usize, startRow: usize, startPanel: usize): void {
  for (; groups > 0; groups--) {
    let c00 = v128.load(start);
    let c01 = v128.load(start, 16);
    let c10 = v128.load(start + startRow);
    let c11 = v128.load(start + startRow, 16);
    let c20 = v128.load(start + 2 * startRow);
    let c21 = v128.load(start + 2 * startRow, 16);
    let c30 = v128.load(start + 3 * startRow);
    let c31 = v128.load(start + 3 * startRow, 16);
    let c40 = v128.load(start + 4 * startRow);
    let c41 = v128.load(start + 4 * startRow, 16);
    let a0 = a;
    let a1 = a0 + lda;
    let a2 = a1 + lda;
    let a3 = a2 + lda;
    let a4 = a3 + lda;
    for (let left = k; left > 0; left--) {
      const v0 = v128.load(b);
      const v1 = v128.load(b, 16);
      let x = v128.load_splat<f32>(a0);
      c00 = madd(x, v0, c00);
      c01 = madd(x, v1, c01);
      x = v128.load_splat<f32>(a1);
      c10 = madd(x, v0, c10);
      c11 = madd(x, v1, c11);
      x = v128.load_splat<f32>(a2);
      c20 = madd(x, v0, c20);
      c21 = madd(x, v1, c21);
      x = v128.load_splat<f32>(a3);
      c30 = madd(x, v0, c30);
      c31 = madd(x, v1, c31);
      x = v128.load_splat<f32>(a4);
      c40 = madd(x, v0, c40);
      c41 = madd(x, v1, c41);
      a0 += 4;
      a1 += 4;
      a2 += 4;
      a3 += 4;
      a4 += 4;
      b += 32;
    }
    v128.store(c, c00);
    v128.store(c, c01, 16);
    v128.store(c + ldc, c10);
    v128.store(c + ldc, c11, 16);
    v128.store(c + 2 * ldc, c20);
    v128.store(c + 2 * ldc, c21, 16);
    v128.store(c + 3 * ldc, c30);
    v128.store(c + 3 * ldc, c31, 16);
    v128.store(c + 4 * ldc, c40);
    v128.store(c + 4 * ldc, c41, 16);
    c += 32;
    start += startPanel;
  }
}

/** 4 rows, 8 columns at a time. */
export function tile4x8(a: usize, lda: usize, b: usize, c: usize, ldc: usize, k: i32, groups: i32, start: usize, startRow: usize, startPanel: usize): void {
  for (; groups > 0; groups--) {
    let c00 = v128.load(start);
    let c01 = v128.load(start, 16);
    let c10 = v128.load(start + startRow);
    let c11 = v128.load(start + startRow, 16);
    let c20 = v128.load(start + 2 * startRow);
    let c21 = v128.load(start + 2 * startRow, 16);
    let c30 = v128.load(start + 3 * startRow);
    let c31 = v128.load(start + 3 * startRow, 16);
    let a0 = a;
    let a1 = a0 + lda;
    let a2 = a1 + lda;
    let a3 = a2 + lda;
    for (let left = k; left > 0; left--) {
      const v0 = v128.load(b);
      const v1 = v128.load(b, 16);
      let x = v128.load_splat<f32>(a0);
      c00 = madd(x, v0, c00);
      c01 = madd(x, v1, c01);
      x = v128.load_splat<f32>(a1);
      c10 = madd(x, v0, c10);
      c11 = madd(x, v1, c11);
      x = v128.load_splat<f32>(a2);
      c20 = madd(x, v0, c20);
      c21 = madd(x, v1, c21);
      x = v128.load_splat<f32>(a3);
      c30 = madd(x, v0, c30);
      c31 = madd(x, v1, c31);
      a0 += 4;
      a1 += 4;
      a2 += 4;
      a3 += 4;
      b += 32;
    }
    v128.store(c, c00);
    v128.store(c, c01, 16);
    v128.store(c + ldc, c10);
    v128.store(c + ldc, c11, 16);
    v128.store(c + 2 * ldc, c20);
    v128.store(c + 2 * ldc, c21, 16);
    v128.store(c + 3 * ldc, c30);
    v128.store(c + 3 * ldc, c31, 16);
    c += 32;
    start += startPanel;
  }
}

/** 3 rows, 8 columns at a time. */
export function tile3x8(a: usize, lda: usize, b: usize, c: usize, ldc: usize, k: i32, groups: i32, start: usize, startRow: usize, startPanel: usize): void {
  for (; groups > 0; groups--) {
    let c00 = v128.load(start);
    let c01 = v128.load(start, 16);
    let c10 = v128.load(start + startRow);
    let c11 = v128.load(start + startRow, 16);
    let c20 = v128.load(start + 2 * startRow);
    let c21 = v128.load(start + 2 * startRow, 16);
    let a0 = a;
    let a1 = a0 + lda;
    let a2 = a1 + lda;
    for (let left = k; left > 0; left--) {
      const v0 = v128.load(b);
      const v1 = v128.load(b, 16);
      let x = v128.load_splat<f32>(a0);
      c00 = madd(x, v0, c00);
      c01 = madd(x, v1, c01);
      x = v128.load_splat<f32>(a1);
      c10 = madd(x, v0, c10);
      c11 = madd(x, v1, c11);
      x = v128.load_splat<f32>(a2);
      c20 = madd(x, v0, c20);
      c21 = madd(x, v1, c21);
      a0 += 4;
      a1 += 4;
      a2 += 4;
      b += 32;
    }
    v128.store(c, c00);
    v128.store(c, c01, 16);
    v128.store(c + ldc, c10);
    v128.store(c + ldc, c11, 16);
    v128.store(c + 2 * ldc, c20);
    v128.store(c + 2 * ldc, c21, 16);
    c += 32;
    start += startPanel;
  }
}

/** 2 rows, 8 columns at a time. */
export function tile2x8(a: usize, lda: usize, b: usize, c: usize, ldc: usize, k: i32, groups: i32, start: usize, startRow: usize, startPanel: usize): void {
  for (; groups > 0; groups--) {
    let c00 = v128.load(start);
    let c01 = v128.load(start, 16);
    let c10 = v128.load(start + startRow);
    let c11 = v128.load(start + startRow, 16);
    let a0 = a;
    let a1 = a0 + lda;
    for (let left = k; left > 0; left--) {
      const v0 = v128.load(b);
      const v1 = v128.load(b, 16);
      let x = v128.load_splat<f32>(a0);
      c00 = madd(x, v0, c00);
      c01 = madd(x, v1, c01);
      x = v128.load_splat<f32>(a1);
      c10 = madd(x, v0, c10);
      c11 = madd(x, v1, c11);
      a0 += 4;
      a1 += 4;
      b += 32;
    }
    v128.store(c, c00);
    v128.store(c, c01, 16);
    v128.store(c + ldc, c10);
    v128.store(c + ldc, c11, 16);
    c += 32;
    start += startPanel;
  }
}

/** 1 row, 8 columns at a time. */
export function tile1x8(a: usize, lda: usize, b: usize, c: usize, ldc: usize, k: i32, groups: i32, start: usize, startRow: usize, startPanel: usize): void {
  for (; groups > 0; groups--) {
    let c00 = v128.load(start);
    let c01 = v128.load(start, 16);
    let a0 = a;
    for (let left = k; left > 0; left--) {
      const v0 = v128.load(b);
      const v1 = v128.load(b, 16);
      const x = v128.load_splat<f32>(a0);
      c00 = madd(x, v0, c00);
      c01 = madd(x, v1, c01);
      a0 += 4;
      b += 32;
    }
    v128.store(c, c00);
    v128.store(c, c01, 16);
    c += 32;
    start += startPanel;
  }
}
