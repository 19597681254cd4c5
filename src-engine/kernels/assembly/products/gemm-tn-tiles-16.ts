import { madd } from '../math/vector';

/**
 * Register tiles of GEMM_TN of 16 columns, for vectors of 256 bits: a's columns 8..15 stand `panel` bytes after the first 8; see gemm-tn-tiles-8.ts.
 */
/** 6 rows of W, 16 columns. */
export function outer6x16(c: usize, ldc: usize, a: usize, lda: usize, panel: usize, w: usize, ldw: usize, m: i32, start: usize, startRow: usize, startPanel: usize): void {
  let w00 = v128.load(start);
  let w01 = v128.load(start, 16);
  let w02 = v128.load(start + startPanel);
  let w03 = v128.load(start + startPanel, 16);
  let w10 = v128.load(start + startRow);
  let w11 = v128.load(start + startRow, 16);
  let w12 = v128.load(start + startPanel + startRow);
  let w13 = v128.load(start + startPanel + startRow, 16);
  let w20 = v128.load(start + 2 * startRow);
  let w21 = v128.load(start + 2 * startRow, 16);
  let w22 = v128.load(start + startPanel + 2 * startRow);
  let w23 = v128.load(start + startPanel + 2 * startRow, 16);
  let w30 = v128.load(start + 3 * startRow);
  let w31 = v128.load(start + 3 * startRow, 16);
  let w32 = v128.load(start + startPanel + 3 * startRow);
  let w33 = v128.load(start + startPanel + 3 * startRow, 16);
  let w40 = v128.load(start + 4 * startRow);
  let w41 = v128.load(start + 4 * startRow, 16);
  let w42 = v128.load(start + startPanel + 4 * startRow);
  let w43 = v128.load(start + startPanel + 4 * startRow, 16);
  let w50 = v128.load(start + 5 * startRow);
  let w51 = v128.load(start + 5 * startRow, 16);
  let w52 = v128.load(start + startPanel + 5 * startRow);
  let w53 = v128.load(start + startPanel + 5 * startRow, 16);
  let b = a + panel;
  for (; m > 0; m--) {
    const v0 = v128.load(a);
    const v1 = v128.load(a, 16);
    const v2 = v128.load(b);
    const v3 = v128.load(b, 16);
    let x = v128.load_splat<f32>(c);
    w00 = madd(x, v0, w00);
    w01 = madd(x, v1, w01);
    w02 = madd(x, v2, w02);
    w03 = madd(x, v3, w03);
    x = v128.load_splat<f32>(c, 4);
    w10 = madd(x, v0, w10);
    w11 = madd(x, v1, w11);
    w12 = madd(x, v2, w12);
    w13 = madd(x, v3, w13);
    x = v128.load_splat<f32>(c, 8);
    w20 = madd(x, v0, w20);
    w21 = madd(x, v1, w21);
    w22 = madd(x, v2, w22);
    w23 = madd(x, v3, w23);
    x = v128.load_splat<f32>(c, 12);
    w30 = madd(x, v0, w30);
    w31 = madd(x, v1, w31);
    w32 = madd(x, v2, w32);
    w33 = madd(x, v3, w33);
    x = v128.load_splat<f32>(c, 16);
    w40 = madd(x, v0, w40);
    w41 = madd(x, v1, w41);
    w42 = madd(x, v2, w42);
    w43 = madd(x, v3, w43);
    x = v128.load_splat<f32>(c, 20);
    w50 = madd(x, v0, w50);
    w51 = madd(x, v1, w51);
    w52 = madd(x, v2, w52);
    w53 = madd(x, v3, w53);
    a += lda;
    b += lda;
    c += ldc;
  }
  v128.store(w, w00);
  v128.store(w, w01, 16);
  v128.store(w, w02, 32);
  v128.store(w, w03, 48);
  v128.store(w + ldw, w10);
  v128.store(w + ldw, w11, 16);
  v128.store(w + ldw, w12, 32);
  v128.store(w + ldw, w13, 48);
  v128.store(w + 2 * ldw, w20);
  v128.store(w + 2 * ldw, w21, 16);
  v128.store(w + 2 * ldw, w22, 32);
  v128.store(w + 2 * ldw, w23, 48);
  v128.store(w + 3 * ldw, w30);
  v128.store(w + 3 * ldw, w31, 16);
  v128.store(w + 3 * ldw, w32, 32);
  v128.store(w + 3 * ldw, w33, 48);
  v128.store(w + 4 * ldw, w40);
  v128.store(w + 4 * ldw, w41, 16);
  v128.store(w + 4 * ldw, w42, 32);
  v128.store(w + 4 * ldw, w43, 48);
  v128.store(w + 5 * ldw, w50);
  v128.store(w + 5 * ldw, w51, 16);
  v128.store(w + 5 * ldw, w52, 32);
  v128.store(w + 5 * ldw, w53, 48);
}

/** 5 rows of W, 16 columns. */
export function outer5x16(c: usize, ldc: usize, a: usize, lda: usize, panel: usize, w: usize, ldw: usize, m: i32, start: usize, startRow: usize, startPanel: usize): void {
  let w00 = v128.load(start);
  let w01 = v128.load(start, 16);
  let w02 = v128.load(start + startPanel);
  let w03 = v128.load(start + startPanel, 16);
  let w10 = v128.load(start + startRow);
  let w11 = v128.load(start + startRow, 16);
  let w12 = v128.load(start + startPanel + startRow);
  let w13 = v128.load(start + startPanel + startRow, 16);
  let w20 = v128.load(start + 2 * startRow);
  let w21 = v128.load(start + 2 * startRow, 16);
  let w22 = v128.load(start + startPanel + 2 * startRow);
  let w23 = v128.load(start + startPanel + 2 * startRow, 16);
  let w30 = v128.load(start + 3 * startRow);
  let w31 = v128.load(start + 3 * startRow, 16);
  let w32 = v128.load(start + startPanel + 3 * startRow);
  let w33 = v128.load(start + startPanel + 3 * startRow, 16);
  let w40 = v128.load(start + 4 * startRow);
  let w41 = v128.load(start + 4 * startRow, 16);
  let w42 = v128.load(start + startPanel + 4 * startRow);
  let w43 = v128.load(start + startPanel + 4 * startRow, 16);
  let b = a + panel;
  for (; m > 0; m--) {
    const v0 = v128.load(a);
    const v1 = v128.load(a, 16);
    const v2 = v128.load(b);
    const v3 = v128.load(b, 16);
    let x = v128.load_splat<f32>(c);
    w00 = madd(x, v0, w00);
    w01 = madd(x, v1, w01);
    w02 = madd(x, v2, w02);
    w03 = madd(x, v3, w03);
    x = v128.load_splat<f32>(c, 4);
    w10 = madd(x, v0, w10);
    w11 = madd(x, v1, w11);
    w12 = madd(x, v2, w12);
    w13 = madd(x, v3, w13);
    x = v128.load_splat<f32>(c, 8);
    w20 = madd(x, v0, w20);
    w21 = madd(x, v1, w21);
    w22 = madd(x, v2, w22);
    w23 = madd(x, v3, w23);
    x = v128.load_splat<f32>(c, 12);
    w30 = madd(x, v0, w30);
    w31 = madd(x, v1, w31);
    w32 = madd(x, v2, w32);
    w33 = madd(x, v3, w33);
    x = v128.load_splat<f32>(c, 16);
    w40 = madd(x, v0, w40);
    w41 = madd(x, v1, w41);
    w42 = madd(x, v2, w42);
    w43 = madd(x, v3, w43);
    a += lda;
    b += lda;
    c += ldc;
  }
  v128.store(w, w00);
  v128.store(w, w01, 16);
  v128.store(w, w02, 32);
  v128.store(w, w03, 48);
  v128.store(w + ldw, w10);
  v128.store(w + ldw, w11, 16);
  v128.store(w + ldw, w12, 32);
  v128.store(w + ldw, w13, 48);
  v128.store(w + 2 * ldw, w20);
  v128.store(w + 2 * ldw, w21, 16);
  v128.store(w + 2 * ldw, w22, 32);
  v128.store(w + 2 * ldw, w23, 48);
  v128.store(w + 3 * ldw, w30);
  v128.store(w + 3 * ldw, w31, 16);
  v128.store(w + 3 * ldw, w32, 32);
  v128.store(w + 3 * ldw, w33, 48);
  v128.store(w + 4 * ldw, w40);
  v128.store(w + 4 * ldw, w41, 16);
  v128.store(w + 4 * ldw, w42, 32);
  v128.store(w + 4 * ldw, w43, 48);
}

/** 4 rows of W, 16 columns. */
export function outer4x16(c: usize, ldc: usize, a: usize, lda: usize, panel: usize, w: usize, ldw: usize, m: i32, start: usize, startRow: usize, startPanel: usize): void {
  let w00 = v128.load(start);
  let w01 = v128.load(start, 16);
  let w02 = v128.load(start + startPanel);
  let w03 = v128.load(start + startPanel, 16);
  let w10 = v128.load(start + startRow);
  let w11 = v128.load(start + startRow, 16);
  let w12 = v128.load(start + startPanel + startRow);
  let w13 = v128.load(start + startPanel + startRow, 16);
  let w20 = v128.load(start + 2 * startRow);
  let w21 = v128.load(start + 2 * startRow, 16);
  let w22 = v128.load(start + startPanel + 2 * startRow);
  let w23 = v128.load(start + startPanel + 2 * startRow, 16);
  let w30 = v128.load(start + 3 * startRow);
  let w31 = v128.load(start + 3 * startRow, 16);
  let w32 = v128.load(start + startPanel + 3 * startRow);
  let w33 = v128.load(start + startPanel + 3 * startRow, 16);
  let b = a + panel;
  for (; m > 0; m--) {
    const v0 = v128.load(a);
    const v1 = v128.load(a, 16);
    const v2 = v128.load(b);
    const v3 = v128.load(b, 16);
    let x = v128.load_splat<f32>(c);
    w00 = madd(x, v0, w00);
    w01 = madd(x, v1, w01);
    w02 = madd(x, v2, w02);
    w03 = madd(x, v3, w03);
    x = v128.load_splat<f32>(c, 4);
    w10 = madd(x, v0, w10);
    w11 = madd(x, v1, w11);
    w12 = madd(x, v2, w12);
    w13 = madd(x, v3, w13);
    x = v128.load_splat<f32>(c, 8);
    w20 = madd(x, v0, w20);
    w21 = madd(x, v1, w21);
    w22 = madd(x, v2, w22);
    w23 = madd(x, v3, w23);
    x = v128.load_splat<f32>(c, 12);
    w30 = madd(x, v0, w30);
    w31 = madd(x, v1, w31);
    w32 = madd(x, v2, w32);
    w33 = madd(x, v3, w33);
    a += lda;
    b += lda;
    c += ldc;
  }
  v128.store(w, w00);
  v128.store(w, w01, 16);
  v128.store(w, w02, 32);
  v128.store(w, w03, 48);
  v128.store(w + ldw, w10);
  v128.store(w + ldw, w11, 16);
  v128.store(w + ldw, w12, 32);
  v128.store(w + ldw, w13, 48);
  v128.store(w + 2 * ldw, w20);
  v128.store(w + 2 * ldw, w21, 16);
  v128.store(w + 2 * ldw, w22, 32);
  v128.store(w + 2 * ldw, w23, 48);
  v128.store(w + 3 * ldw, w30);
  v128.store(w + 3 * ldw, w31, 16);
  v128.store(w + 3 * ldw, w32, 32);
  v128.store(w + 3 * ldw, w33, 48);
}

/** 3 rows of W, 16 columns. */
export function outer3x16(c: usize, ldc: usize, a: usize, lda: usize, panel: usize, w: usize, ldw: usize, m: i32, start: usize, startRow: usize, startPanel: usize): void {
  let w00 = v128.load(start);
  let w01 = v128.load(start, 16);
  let w02 = v128.load(start + startPanel);
  let w03 = v128.load(start + startPanel, 16);
  let w10 = v128.load(start + startRow);
  let w11 = v128.load(start + startRow, 16);
  let w12 = v128.load(start + startPanel + startRow);
  let w13 = v128.load(start + startPanel + startRow, 16);
  let w20 = v128.load(start + 2 * startRow);
  let w21 = v128.load(start + 2 * startRow, 16);
  let w22 = v128.load(start + startPanel + 2 * startRow);
  let w23 = v128.load(start + startPanel + 2 * startRow, 16);
  let b = a + panel;
  for (; m > 0; m--) {
    const v0 = v128.load(a);
    const v1 = v128.load(a, 16);
    const v2 = v128.load(b);
    const v3 = v128.load(b, 16);
    let x = v128.load_splat<f32>(c);
    w00 = madd(x, v0, w00);
    w01 = madd(x, v1, w01);
    w02 = madd(x, v2, w02);
    w03 = madd(x, v3, w03);
    x = v128.load_splat<f32>(c, 4);
    w10 = madd(x, v0, w10);
    w11 = madd(x, v1, w11);
    w12 = madd(x, v2, w12);
    w13 = madd(x, v3, w13);
    x = v128.load_splat<f32>(c, 8);
    w20 = madd(x, v0, w20);
    w21 = madd(x, v1, w21);
    w22 = madd(x, v2, w22);
    w23 = madd(x, v3, w23);
    a += lda;
    b += lda;
    c += ldc;
  }
  v128.store(w, w00);
  v128.store(w, w01, 16);
  v128.store(w, w02, 32);
  v128.store(w, w03, 48);
  v128.store(w + ldw, w10);
  v128.store(w + ldw, w11, 16);
  v128.store(w + ldw, w12, 32);
  v128.store(w + ldw, w13, 48);
  v128.store(w + 2 * ldw, w20);
  v128.store(w + 2 * ldw, w21, 16);
  v128.store(w + 2 * ldw, w22, 32);
  v128.store(w + 2 * ldw, w23, 48);
}

/** 2 rows of W, 16 columns. */
export function outer2x16(c: usize, ldc: usize, a: usize, lda: usize, panel: usize, w: usize, ldw: usize, m: i32, start: usize, startRow: usize, startPanel: usize): void {
  let w00 = v128.load(start);
  let w01 = v128.load(start, 16);
  let w02 = v128.load(start + startPanel);
  let w03 = v128.load(start + startPanel, 16);
  let w10 = v128.load(start + startRow);
  let w11 = v128.load(start + startRow, 16);
  let w12 = v128.load(start + startPanel + startRow);
  let w13 = v128.load(start + startPanel + startRow, 16);
  let b = a + panel;
  for (; m > 0; m--) {
    const v0 = v128.load(a);
    const v1 = v128.load(a, 16);
    const v2 = v128.load(b);
    const v3 = v128.load(b, 16);
    let x = v128.load_splat<f32>(c);
    w00 = madd(x, v0, w00);
    w01 = madd(x, v1, w01);
    w02 = madd(x, v2, w02);
    w03 = madd(x, v3, w03);
    x = v128.load_splat<f32>(c, 4);
    w10 = madd(x, v0, w10);
    w11 = madd(x, v1, w11);
    w12 = madd(x, v2, w12);
    w13 = madd(x, v3, w13);
    a += lda;
    b += lda;
    c += ldc;
  }
  v128.store(w, w00);
  v128.store(w, w01, 16);
  v128.store(w, w02, 32);
  v128.store(w, w03, 48);
  v128.store(w + ldw, w10);
  v128.store(w + ldw, w11, 16);
  v128.store(w + ldw, w12, 32);
  v128.store(w + ldw, w13, 48);
}

/** 1 row of W, 16 columns. */
export function outer1x16(c: usize, ldc: usize, a: usize, lda: usize, panel: usize, w: usize, ldw: usize, m: i32, start: usize, startRow: usize, startPanel: usize): void {
  let w00 = v128.load(start);
  let w01 = v128.load(start, 16);
  let w02 = v128.load(start + startPanel);
  let w03 = v128.load(start + startPanel, 16);
  let b = a + panel;
  for (; m > 0; m--) {
    const v0 = v128.load(a);
    const v1 = v128.load(a, 16);
    const v2 = v128.load(b);
    const v3 = v128.load(b, 16);
    const x = v128.load_splat<f32>(c);
    w00 = madd(x, v0, w00);
    w01 = madd(x, v1, w01);
    w02 = madd(x, v2, w02);
    w03 = madd(x, v3, w03);
    a += lda;
    b += lda;
    c += ldc;
  }
  v128.store(w, w00);
  v128.store(w, w01, 16);
  v128.store(w, w02, 32);
  v128.store(w, w03, 48);
}
