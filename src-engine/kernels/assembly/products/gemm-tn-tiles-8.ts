import { madd } from '../math/vector';

/**
 * Register tiles of GEMM_TN: W[R, 8] = start + sum over m of C[m, R] A[m, 8], m ascending, one multiply-add per term. c [m,R] rows ldc apart, a [m,8] rows
 * lda apart (or both packed), start given by the distance of its rows (W itself; zeros: 0). All distances in bytes.
 */
/** 6 rows of W, 8 columns. */
export function outer6x8(c: usize, ldc: usize, a: usize, lda: usize, w: usize, ldw: usize, m: i32, start: usize, startRow: usize): void {
  let w00 = v128.load(start);
  let w01 = v128.load(start, 16);
  let w10 = v128.load(start + startRow);
  let w11 = v128.load(start + startRow, 16);
  let w20 = v128.load(start + 2 * startRow);
  let w21 = v128.load(start + 2 * startRow, 16);
  let w30 = v128.load(start + 3 * startRow);
  let w31 = v128.load(start + 3 * startRow, 16);
  let w40 = v128.load(start + 4 * startRow);
  let w41 = v128.load(start + 4 * startRow, 16);
  let w50 = v128.load(start + 5 * startRow);
  let w51 = v128.load(start + 5 * startRow, 16);
  for (; m > 0; m--) {
    const v0 = v128.load(a);
    const v1 = v128.load(a, 16);
    let x = v128.load_splat<f32>(c);
    w00 = madd(x, v0, w00);
    w01 = madd(x, v1, w01);
    x = v128.load_splat<f32>(c, 4);
    w10 = madd(x, v0, w10);
    w11 = madd(x, v1, w11);
    x = v128.load_splat<f32>(c, 8);
    w20 = madd(x, v0, w20);
    w21 = madd(x, v1, w21);
    x = v128.load_splat<f32>(c, 12);
    w30 = madd(x, v0, w30);
    w31 = madd(x, v1, w31);
    x = v128.load_splat<f32>(c, 16);
    w40 = madd(x, v0, w40);
    w41 = madd(x, v1, w41);
    x = v128.load_splat<f32>(c, 20);
    w50 = madd(x, v0, w50);
    w51 = madd(x, v1, w51);
    a += lda;
    c += ldc;
  }
  v128.store(w, w00);
  v128.store(w, w01, 16);
  v128.store(w + ldw, w10);
  v128.store(w + ldw, w11, 16);
  v128.store(w + 2 * ldw, w20);
  v128.store(w + 2 * ldw, w21, 16);
  v128.store(w + 3 * ldw, w30);
  v128.store(w + 3 * ldw, w31, 16);
  v128.store(w + 4 * ldw, w40);
  v128.store(w + 4 * ldw, w41, 16);
  v128.store(w + 5 * ldw, w50);
  v128.store(w + 5 * ldw, w51, 16);
}

/** 5 rows of W, 8 columns. */
export function outer5x8(c: usize, ldc: usize, a: usize, lda: usize, w: usize, ldw: usize, m: i32, start: usize, startRow: usize): void {
  let w00 = v128.load(start);
  let w01 = v128.load(start, 16);
  let w10 = v128.load(start + startRow);
  let w11 = v128.load(start + startRow, 16);
  let w20 = v128.load(start + 2 * startRow);
  let w21 = v128.load(start + 2 * startRow, 16);
  let w30 = v128.load(start + 3 * startRow);
  let w31 = v128.load(start + 3 * startRow, 16);
  let w40 = v128.load(start + 4 * startRow);
  let w41 = v128.load(start + 4 * startRow, 16);
  for (; m > 0; m--) {
    const v0 = v128.load(a);
    const v1 = v128.load(a, 16);
    let x = v128.load_splat<f32>(c);
    w00 = madd(x, v0, w00);
    w01 = madd(x, v1, w01);
    x = v128.load_splat<f32>(c, 4);
    w10 = madd(x, v0, w10);
    w11 = madd(x, v1, w11);
    x = v128.load_splat<f32>(c, 8);
    w20 = madd(x, v0, w20);
    w21 = madd(x, v1, w21);
    x = v128.load_splat<f32>(c, 12);
    w30 = madd(x, v0, w30);
    w31 = madd(x, v1, w31);
    x = v128.load_splat<f32>(c, 16);
    w40 = madd(x, v0, w40);
    w41 = madd(x, v1, w41);
    a += lda;
    c += ldc;
  }
  v128.store(w, w00);
  v128.store(w, w01, 16);
  v128.store(w + ldw, w10);
  v128.store(w + ldw, w11, 16);
  v128.store(w + 2 * ldw, w20);
  v128.store(w + 2 * ldw, w21, 16);
  v128.store(w + 3 * ldw, w30);
  v128.store(w + 3 * ldw, w31, 16);
  v128.store(w + 4 * ldw, w40);
  v128.store(w + 4 * ldw, w41, 16);
}

/** 4 rows of W, 8 columns. */
export function outer4x8(c: usize, ldc: usize, a: usize, lda: usize, w: usize, ldw: usize, m: i32, start: usize, startRow: usize): void {
  let w00 = v128.load(start);
  let w01 = v128.load(start, 16);
  let w10 = v128.load(start + startRow);
  let w11 = v128.load(start + startRow, 16);
  let w20 = v128.load(start + 2 * startRow);
  let w21 = v128.load(start + 2 * startRow, 16);
  let w30 = v128.load(start + 3 * startRow);
  let w31 = v128.load(start + 3 * startRow, 16);
  for (; m > 0; m--) {
    const v0 = v128.load(a);
    const v1 = v128.load(a, 16);
    let x = v128.load_splat<f32>(c);
    w00 = madd(x, v0, w00);
    w01 = madd(x, v1, w01);
    x = v128.load_splat<f32>(c, 4);
    w10 = madd(x, v0, w10);
    w11 = madd(x, v1, w11);
    x = v128.load_splat<f32>(c, 8);
    w20 = madd(x, v0, w20);
    w21 = madd(x, v1, w21);
    x = v128.load_splat<f32>(c, 12);
    w30 = madd(x, v0, w30);
    w31 = madd(x, v1, w31);
    a += lda;
    c += ldc;
  }
  v128.store(w, w00);
  v128.store(w, w01, 16);
  v128.store(w + ldw, w10);
  v128.store(w + ldw, w11, 16);
  v128.store(w + 2 * ldw, w20);
  v128.store(w + 2 * ldw, w21, 16);
  v128.store(w + 3 * ldw, w30);
  v128.store(w + 3 * ldw, w31, 16);
}

/** 3 rows of W, 8 columns. */
export function outer3x8(c: usize, ldc: usize, a: usize, lda: usize, w: usize, ldw: usize, m: i32, start: usize, startRow: usize): void {
  let w00 = v128.load(start);
  let w01 = v128.load(start, 16);
  let w10 = v128.load(start + startRow);
  let w11 = v128.load(start + startRow, 16);
  let w20 = v128.load(start + 2 * startRow);
  let w21 = v128.load(start + 2 * startRow, 16);
  for (; m > 0; m--) {
    const v0 = v128.load(a);
    const v1 = v128.load(a, 16);
    let x = v128.load_splat<f32>(c);
    w00 = madd(x, v0, w00);
    w01 = madd(x, v1, w01);
    x = v128.load_splat<f32>(c, 4);
    w10 = madd(x, v0, w10);
    w11 = madd(x, v1, w11);
    x = v128.load_splat<f32>(c, 8);
    w20 = madd(x, v0, w20);
    w21 = madd(x, v1, w21);
    a += lda;
    c += ldc;
  }
  v128.store(w, w00);
  v128.store(w, w01, 16);
  v128.store(w + ldw, w10);
  v128.store(w + ldw, w11, 16);
  v128.store(w + 2 * ldw, w20);
  v128.store(w + 2 * ldw, w21, 16);
}

/** 2 rows of W, 8 columns. */
export function outer2x8(c: usize, ldc: usize, a: usize, lda: usize, w: usize, ldw: usize, m: i32, start: usize, startRow: usize): void {
  let w00 = v128.load(start);
  let w01 = v128.load(start, 16);
  let w10 = v128.load(start + startRow);
  let w11 = v128.load(start + startRow, 16);
  for (; m > 0; m--) {
    const v0 = v128.load(a);
    const v1 = v128.load(a, 16);
    let x = v128.load_splat<f32>(c);
    w00 = madd(x, v0, w00);
    w01 = madd(x, v1, w01);
    x = v128.load_splat<f32>(c, 4);
    w10 = madd(x, v0, w10);
    w11 = madd(x, v1, w11);
    a += lda;
    c += ldc;
  }
  v128.store(w, w00);
  v128.store(w, w01, 16);
  v128.store(w + ldw, w10);
  v128.store(w + ldw, w11, 16);
}

/** 1 row of W, 8 columns. */
export function outer1x8(c: usize, ldc: usize, a: usize, lda: usize, w: usize, ldw: usize, m: i32, start: usize, startRow: usize): void {
  let w00 = v128.load(start);
  let w01 = v128.load(start, 16);
  for (; m > 0; m--) {
    const v0 = v128.load(a);
    const v1 = v128.load(a, 16);
    const x = v128.load_splat<f32>(c);
    w00 = madd(x, v0, w00);
    w01 = madd(x, v1, w01);
    a += lda;
    c += ldc;
  }
  v128.store(w, w00);
  v128.store(w, w01, 16);
}
