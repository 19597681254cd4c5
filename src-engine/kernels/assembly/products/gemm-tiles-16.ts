import { madd } from '../math/vector';

/**
 * Register tiles of GEMM, two panels at a time: full speed where V8 joins adjacent vectors into 256 bits; see gemm-tiles-8.ts.
 */
/** 6 rows, 16 columns at a time. */
export function tile6x16(a: usize, lda: usize, b: usize, c: usize, ldc: usize, k: i32, groups: i32, start: usize, startRow: usize, startPanel: usize): void {
  const panel = <usize>k * 32;
  for (; groups > 0; groups--) {
    let c00 = v128.load(start);
    let c01 = v128.load(start, 16);
    let c02 = v128.load(start + startPanel);
    let c03 = v128.load(start + startPanel, 16);
    let c10 = v128.load(start + startRow);
    let c11 = v128.load(start + startRow, 16);
    let c12 = v128.load(start + startPanel + startRow);
    let c13 = v128.load(start + startPanel + startRow, 16);
    let c20 = v128.load(start + 2 * startRow);
    let c21 = v128.load(start + 2 * startRow, 16);
    let c22 = v128.load(start + startPanel + 2 * startRow);
    let c23 = v128.load(start + startPanel + 2 * startRow, 16);
    let c30 = v128.load(start + 3 * startRow);
    let c31 = v128.load(start + 3 * startRow, 16);
    let c32 = v128.load(start + startPanel + 3 * startRow);
    let c33 = v128.load(start + startPanel + 3 * startRow, 16);
    let c40 = v128.load(start + 4 * startRow);
    let c41 = v128.load(start + 4 * startRow, 16);
    let c42 = v128.load(start + startPanel + 4 * startRow);
    let c43 = v128.load(start + startPanel + 4 * startRow, 16);
    let c50 = v128.load(start + 5 * startRow);
    let c51 = v128.load(start + 5 * startRow, 16);
    let c52 = v128.load(start + startPanel + 5 * startRow);
    let c53 = v128.load(start + startPanel + 5 * startRow, 16);
    let b1 = b + panel;
    let a0 = a;
    let a1 = a0 + lda;
    let a2 = a1 + lda;
    let a3 = a2 + lda;
    let a4 = a3 + lda;
    let a5 = a4 + lda;
    for (let left = k; left > 0; left--) {
      const v0 = v128.load(b);
      const v1 = v128.load(b, 16);
      const v2 = v128.load(b1);
      const v3 = v128.load(b1, 16);
      let x = v128.load_splat<f32>(a0);
      c00 = madd(x, v0, c00);
      c01 = madd(x, v1, c01);
      c02 = madd(x, v2, c02);
      c03 = madd(x, v3, c03);
      x = v128.load_splat<f32>(a1);
      c10 = madd(x, v0, c10);
      c11 = madd(x, v1, c11);
      c12 = madd(x, v2, c12);
      c13 = madd(x, v3, c13);
      x = v128.load_splat<f32>(a2);
      c20 = madd(x, v0, c20);
      c21 = madd(x, v1, c21);
      c22 = madd(x, v2, c22);
      c23 = madd(x, v3, c23);
      x = v128.load_splat<f32>(a3);
      c30 = madd(x, v0, c30);
      c31 = madd(x, v1, c31);
      c32 = madd(x, v2, c32);
      c33 = madd(x, v3, c33);
      x = v128.load_splat<f32>(a4);
      c40 = madd(x, v0, c40);
      c41 = madd(x, v1, c41);
      c42 = madd(x, v2, c42);
      c43 = madd(x, v3, c43);
      x = v128.load_splat<f32>(a5);
      c50 = madd(x, v0, c50);
      c51 = madd(x, v1, c51);
      c52 = madd(x, v2, c52);
      c53 = madd(x, v3, c53);
      a0 += 4;
      a1 += 4;
      a2 += 4;
      a3 += 4;
      a4 += 4;
      a5 += 4;
      b += 32;
      b1 += 32;
    }
    v128.store(c, c00);
    v128.store(c, c01, 16);
    v128.store(c, c02, 32);
    v128.store(c, c03, 48);
    v128.store(c + ldc, c10);
    v128.store(c + ldc, c11, 16);
    v128.store(c + ldc, c12, 32);
    v128.store(c + ldc, c13, 48);
    v128.store(c + 2 * ldc, c20);
    v128.store(c + 2 * ldc, c21, 16);
    v128.store(c + 2 * ldc, c22, 32);
    v128.store(c + 2 * ldc, c23, 48);
    v128.store(c + 3 * ldc, c30);
    v128.store(c + 3 * ldc, c31, 16);
    v128.store(c + 3 * ldc, c32, 32);
    v128.store(c + 3 * ldc, c33, 48);
    v128.store(c + 4 * ldc, c40);
    v128.store(c + 4 * ldc, c41, 16);
    v128.store(c + 4 * ldc, c42, 32);
    v128.store(c + 4 * ldc, c43, 48);
    v128.store(c + 5 * ldc, c50);
    v128.store(c + 5 * ldc, c51, 16);
    v128.store(c + 5 * ldc, c52, 32);
    v128.store(c + 5 * ldc, c53, 48);
    b += panel;
    c += 64;
    start += 2 * startPanel;
  }
}

/** 5 rows, 16 columns at a time. */
export function tile5x16(a: usize, lda: usize, b: usize, c: usize, ldc: usize, k: i32, groups: i32, start: usize, startRow: usize, startPanel: usize): void {
  const panel = <usize>k * 32;
  for (; groups > 0; groups--) {
    let c00 = v128.load(start);
    let c01 = v128.load(start, 16);
    let c02 = v128.load(start + startPanel);
    let c03 = v128.load(start + startPanel, 16);
    let c10 = v128.load(start + startRow);
    let c11 = v128.load(start + startRow, 16);
    let c12 = v128.load(start + startPanel + startRow);
    let c13 = v128.load(start + startPanel + startRow, 16);
    let c20 = v128.load(start + 2 * startRow);
    let c21 = v128.load(start + 2 * startRow, 16);
    let c22 = v128.load(start + startPanel + 2 * startRow);
    let c23 = v128.load(start + startPanel + 2 * startRow, 16);
    let c30 = v128.load(start + 3 * startRow);
    let c31 = v128.load(start + 3 * startRow, 16);
    let c32 = v128.load(start + startPanel + 3 * startRow);
    let c33 = v128.load(start + startPanel + 3 * startRow, 16);
    let c40 = v128.load(start + 4 * startRow);
    let c41 = v128.load(start + 4 * startRow, 16);
    let c42 = v128.load(start + startPanel + 4 * startRow);
    let c43 = v128.load(start + startPanel + 4 * startRow, 16);
    let b1 = b + panel;
    let a0 = a;
    let a1 = a0 + lda;
    let a2 = a1 + lda;
    let a3 = a2 + lda;
    let a4 = a3 + lda;
    for (let left = k; left > 0; left--) {
      const v0 = v128.load(b);
      const v1 = v128.load(b, 16);
      const v2 = v128.load(b1);
      const v3 = v128.load(b1, 16);
      let x = v128.load_splat<f32>(a0);
      c00 = madd(x, v0, c00);
      c01 = madd(x, v1, c01);
      c02 = madd(x, v2, c02);
      c03 = madd(x, v3, c03);
      x = v128.load_splat<f32>(a1);
      c10 = madd(x, v0, c10);
      c11 = madd(x, v1, c11);
      c12 = madd(x, v2, c12);
      c13 = madd(x, v3, c13);
      x = v128.load_splat<f32>(a2);
      c20 = madd(x, v0, c20);
      c21 = madd(x, v1, c21);
      c22 = madd(x, v2, c22);
      c23 = madd(x, v3, c23);
      x = v128.load_splat<f32>(a3);
      c30 = madd(x, v0, c30);
      c31 = madd(x, v1, c31);
      c32 = madd(x, v2, c32);
      c33 = madd(x, v3, c33);
      x = v128.load_splat<f32>(a4);
      c40 = madd(x, v0, c40);
      c41 = madd(x, v1, c41);
      c42 = madd(x, v2, c42);
      c43 = madd(x, v3, c43);
      a0 += 4;
      a1 += 4;
      a2 += 4;
      a3 += 4;
      a4 += 4;
      b += 32;
      b1 += 32;
    }
    v128.store(c, c00);
    v128.store(c, c01, 16);
    v128.store(c, c02, 32);
    v128.store(c, c03, 48);
    v128.store(c + ldc, c10);
    v128.store(c + ldc, c11, 16);
    v128.store(c + ldc, c12, 32);
    v128.store(c + ldc, c13, 48);
    v128.store(c + 2 * ldc, c20);
    v128.store(c + 2 * ldc, c21, 16);
    v128.store(c + 2 * ldc, c22, 32);
    v128.store(c + 2 * ldc, c23, 48);
    v128.store(c + 3 * ldc, c30);
    v128.store(c + 3 * ldc, c31, 16);
    v128.store(c + 3 * ldc, c32, 32);
    v128.store(c + 3 * ldc, c33, 48);
    v128.store(c + 4 * ldc, c40);
    v128.store(c + 4 * ldc, c41, 16);
    v128.store(c + 4 * ldc, c42, 32);
    v128.store(c + 4 * ldc, c43, 48);
    b += panel;
    c += 64;
    start += 2 * startPanel;
  }
}

/** 4 rows, 16 columns at a time. */
export function tile4x16(a: usize, lda: usize, b: usize, c: usize, ldc: usize, k: i32, groups: i32, start: usize, startRow: usize, startPanel: usize): void {
  const panel = <usize>k * 32;
  for (; groups > 0; groups--) {
    let c00 = v128.load(start);
    let c01 = v128.load(start, 16);
    let c02 = v128.load(start + startPanel);
    let c03 = v128.load(start + startPanel, 16);
    let c10 = v128.load(start + startRow);
    let c11 = v128.load(start + startRow, 16);
    let c12 = v128.load(start + startPanel + startRow);
    let c13 = v128.load(start + startPanel + startRow, 16);
    let c20 = v128.load(start + 2 * startRow);
    let c21 = v128.load(start + 2 * startRow, 16);
    let c22 = v128.load(start + startPanel + 2 * startRow);
    let c23 = v128.load(start + startPanel + 2 * startRow, 16);
    let c30 = v128.load(start + 3 * startRow);
    let c31 = v128.load(start + 3 * startRow, 16);
    let c32 = v128.load(start + startPanel + 3 * startRow);
    let c33 = v128.load(start + startPanel + 3 * startRow, 16);
    let b1 = b + panel;
    let a0 = a;
    let a1 = a0 + lda;
    let a2 = a1 + lda;
    let a3 = a2 + lda;
    for (let left = k; left > 0; left--) {
      const v0 = v128.load(b);
      const v1 = v128.load(b, 16);
      const v2 = v128.load(b1);
      const v3 = v128.load(b1, 16);
      let x = v128.load_splat<f32>(a0);
      c00 = madd(x, v0, c00);
      c01 = madd(x, v1, c01);
      c02 = madd(x, v2, c02);
      c03 = madd(x, v3, c03);
      x = v128.load_splat<f32>(a1);
      c10 = madd(x, v0, c10);
      c11 = madd(x, v1, c11);
      c12 = madd(x, v2, c12);
      c13 = madd(x, v3, c13);
      x = v128.load_splat<f32>(a2);
      c20 = madd(x, v0, c20);
      c21 = madd(x, v1, c21);
      c22 = madd(x, v2, c22);
      c23 = madd(x, v3, c23);
      x = v128.load_splat<f32>(a3);
      c30 = madd(x, v0, c30);
      c31 = madd(x, v1, c31);
      c32 = madd(x, v2, c32);
      c33 = madd(x, v3, c33);
      a0 += 4;
      a1 += 4;
      a2 += 4;
      a3 += 4;
      b += 32;
      b1 += 32;
    }
    v128.store(c, c00);
    v128.store(c, c01, 16);
    v128.store(c, c02, 32);
    v128.store(c, c03, 48);
    v128.store(c + ldc, c10);
    v128.store(c + ldc, c11, 16);
    v128.store(c + ldc, c12, 32);
    v128.store(c + ldc, c13, 48);
    v128.store(c + 2 * ldc, c20);
    v128.store(c + 2 * ldc, c21, 16);
    v128.store(c + 2 * ldc, c22, 32);
    v128.store(c + 2 * ldc, c23, 48);
    v128.store(c + 3 * ldc, c30);
    v128.store(c + 3 * ldc, c31, 16);
    v128.store(c + 3 * ldc, c32, 32);
    v128.store(c + 3 * ldc, c33, 48);
    b += panel;
    c += 64;
    start += 2 * startPanel;
  }
}

/** 3 rows, 16 columns at a time. */
export function tile3x16(a: usize, lda: usize, b: usize, c: usize, ldc: usize, k: i32, groups: i32, start: usize, startRow: usize, startPanel: usize): void {
  const panel = <usize>k * 32;
  for (; groups > 0; groups--) {
    let c00 = v128.load(start);
    let c01 = v128.load(start, 16);
    let c02 = v128.load(start + startPanel);
    let c03 = v128.load(start + startPanel, 16);
    let c10 = v128.load(start + startRow);
    let c11 = v128.load(start + startRow, 16);
    let c12 = v128.load(start + startPanel + startRow);
    let c13 = v128.load(start + startPanel + startRow, 16);
    let c20 = v128.load(start + 2 * startRow);
    let c21 = v128.load(start + 2 * startRow, 16);
    let c22 = v128.load(start + startPanel + 2 * startRow);
    let c23 = v128.load(start + startPanel + 2 * startRow, 16);
    let b1 = b + panel;
    let a0 = a;
    let a1 = a0 + lda;
    let a2 = a1 + lda;
    for (let left = k; left > 0; left--) {
      const v0 = v128.load(b);
      const v1 = v128.load(b, 16);
      const v2 = v128.load(b1);
      const v3 = v128.load(b1, 16);
      let x = v128.load_splat<f32>(a0);
      c00 = madd(x, v0, c00);
      c01 = madd(x, v1, c01);
      c02 = madd(x, v2, c02);
      c03 = madd(x, v3, c03);
      x = v128.load_splat<f32>(a1);
      c10 = madd(x, v0, c10);
      c11 = madd(x, v1, c11);
      c12 = madd(x, v2, c12);
      c13 = madd(x, v3, c13);
      x = v128.load_splat<f32>(a2);
      c20 = madd(x, v0, c20);
      c21 = madd(x, v1, c21);
      c22 = madd(x, v2, c22);
      c23 = madd(x, v3, c23);
      a0 += 4;
      a1 += 4;
      a2 += 4;
      b += 32;
      b1 += 32;
    }
    v128.store(c, c00);
    v128.store(c, c01, 16);
    v128.store(c, c02, 32);
    v128.store(c, c03, 48);
    v128.store(c + ldc, c10);
    v128.store(c + ldc, c11, 16);
    v128.store(c + ldc, c12, 32);
    v128.store(c + ldc, c13, 48);
    v128.store(c + 2 * ldc, c20);
    v128.store(c + 2 * ldc, c21, 16);
    v128.store(c + 2 * ldc, c22, 32);
    v128.store(c + 2 * ldc, c23, 48);
    b += panel;
    c += 64;
    start += 2 * startPanel;
  }
}
