import { madd, zero } from './vector';

/**
 * Register tiles of GEMM_TN: R rows of W by 8 columns, summed over m ascending, one multiply-add per term. c [m,R] rows ldc apart, a [m,8] rows lda
 * apart (or both packed), w [R,8] rows ldw apart; distances in bytes.
 */
/** W[6, 8] = (W if accumulate) + sum over m of C[m, 0..6) A[m, 0..8). */
export function outer6(c: usize, ldc: usize, a: usize, lda: usize, w: usize, ldw: usize, m: i32, accumulate: i32): void {
  let w00 = accumulate ? v128.load(w) : zero();
  let w01 = accumulate ? v128.load(w, 16) : zero();
  let w10 = accumulate ? v128.load(w + ldw) : zero();
  let w11 = accumulate ? v128.load(w + ldw, 16) : zero();
  let w20 = accumulate ? v128.load(w + 2 * ldw) : zero();
  let w21 = accumulate ? v128.load(w + 2 * ldw, 16) : zero();
  let w30 = accumulate ? v128.load(w + 3 * ldw) : zero();
  let w31 = accumulate ? v128.load(w + 3 * ldw, 16) : zero();
  let w40 = accumulate ? v128.load(w + 4 * ldw) : zero();
  let w41 = accumulate ? v128.load(w + 4 * ldw, 16) : zero();
  let w50 = accumulate ? v128.load(w + 5 * ldw) : zero();
  let w51 = accumulate ? v128.load(w + 5 * ldw, 16) : zero();
  for (; m > 0; m--) {
    const a0 = v128.load(a);
    const a1 = v128.load(a, 16);
    let x = v128.load_splat<f32>(c);
    w00 = madd(x, a0, w00);
    w01 = madd(x, a1, w01);
    x = v128.load_splat<f32>(c, 4);
    w10 = madd(x, a0, w10);
    w11 = madd(x, a1, w11);
    x = v128.load_splat<f32>(c, 8);
    w20 = madd(x, a0, w20);
    w21 = madd(x, a1, w21);
    x = v128.load_splat<f32>(c, 12);
    w30 = madd(x, a0, w30);
    w31 = madd(x, a1, w31);
    x = v128.load_splat<f32>(c, 16);
    w40 = madd(x, a0, w40);
    w41 = madd(x, a1, w41);
    x = v128.load_splat<f32>(c, 20);
    w50 = madd(x, a0, w50);
    w51 = madd(x, a1, w51);
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

/** W[5, 8] = (W if accumulate) + sum over m of C[m, 0..5) A[m, 0..8). */
export function outer5(c: usize, ldc: usize, a: usize, lda: usize, w: usize, ldw: usize, m: i32, accumulate: i32): void {
  let w00 = accumulate ? v128.load(w) : zero();
  let w01 = accumulate ? v128.load(w, 16) : zero();
  let w10 = accumulate ? v128.load(w + ldw) : zero();
  let w11 = accumulate ? v128.load(w + ldw, 16) : zero();
  let w20 = accumulate ? v128.load(w + 2 * ldw) : zero();
  let w21 = accumulate ? v128.load(w + 2 * ldw, 16) : zero();
  let w30 = accumulate ? v128.load(w + 3 * ldw) : zero();
  let w31 = accumulate ? v128.load(w + 3 * ldw, 16) : zero();
  let w40 = accumulate ? v128.load(w + 4 * ldw) : zero();
  let w41 = accumulate ? v128.load(w + 4 * ldw, 16) : zero();
  for (; m > 0; m--) {
    const a0 = v128.load(a);
    const a1 = v128.load(a, 16);
    let x = v128.load_splat<f32>(c);
    w00 = madd(x, a0, w00);
    w01 = madd(x, a1, w01);
    x = v128.load_splat<f32>(c, 4);
    w10 = madd(x, a0, w10);
    w11 = madd(x, a1, w11);
    x = v128.load_splat<f32>(c, 8);
    w20 = madd(x, a0, w20);
    w21 = madd(x, a1, w21);
    x = v128.load_splat<f32>(c, 12);
    w30 = madd(x, a0, w30);
    w31 = madd(x, a1, w31);
    x = v128.load_splat<f32>(c, 16);
    w40 = madd(x, a0, w40);
    w41 = madd(x, a1, w41);
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

/** W[4, 8] = (W if accumulate) + sum over m of C[m, 0..4) A[m, 0..8). */
export function outer4(c: usize, ldc: usize, a: usize, lda: usize, w: usize, ldw: usize, m: i32, accumulate: i32): void {
  let w00 = accumulate ? v128.load(w) : zero();
  let w01 = accumulate ? v128.load(w, 16) : zero();
  let w10 = accumulate ? v128.load(w + ldw) : zero();
  let w11 = accumulate ? v128.load(w + ldw, 16) : zero();
  let w20 = accumulate ? v128.load(w + 2 * ldw) : zero();
  let w21 = accumulate ? v128.load(w + 2 * ldw, 16) : zero();
  let w30 = accumulate ? v128.load(w + 3 * ldw) : zero();
  let w31 = accumulate ? v128.load(w + 3 * ldw, 16) : zero();
  for (; m > 0; m--) {
    const a0 = v128.load(a);
    const a1 = v128.load(a, 16);
    let x = v128.load_splat<f32>(c);
    w00 = madd(x, a0, w00);
    w01 = madd(x, a1, w01);
    x = v128.load_splat<f32>(c, 4);
    w10 = madd(x, a0, w10);
    w11 = madd(x, a1, w11);
    x = v128.load_splat<f32>(c, 8);
    w20 = madd(x, a0, w20);
    w21 = madd(x, a1, w21);
    x = v128.load_splat<f32>(c, 12);
    w30 = madd(x, a0, w30);
    w31 = madd(x, a1, w31);
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

/** W[3, 8] = (W if accumulate) + sum over m of C[m, 0..3) A[m, 0..8). */
export function outer3(c: usize, ldc: usize, a: usize, lda: usize, w: usize, ldw: usize, m: i32, accumulate: i32): void {
  let w00 = accumulate ? v128.load(w) : zero();
  let w01 = accumulate ? v128.load(w, 16) : zero();
  let w10 = accumulate ? v128.load(w + ldw) : zero();
  let w11 = accumulate ? v128.load(w + ldw, 16) : zero();
  let w20 = accumulate ? v128.load(w + 2 * ldw) : zero();
  let w21 = accumulate ? v128.load(w + 2 * ldw, 16) : zero();
  for (; m > 0; m--) {
    const a0 = v128.load(a);
    const a1 = v128.load(a, 16);
    let x = v128.load_splat<f32>(c);
    w00 = madd(x, a0, w00);
    w01 = madd(x, a1, w01);
    x = v128.load_splat<f32>(c, 4);
    w10 = madd(x, a0, w10);
    w11 = madd(x, a1, w11);
    x = v128.load_splat<f32>(c, 8);
    w20 = madd(x, a0, w20);
    w21 = madd(x, a1, w21);
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

/** W[2, 8] = (W if accumulate) + sum over m of C[m, 0..2) A[m, 0..8). */
export function outer2(c: usize, ldc: usize, a: usize, lda: usize, w: usize, ldw: usize, m: i32, accumulate: i32): void {
  let w00 = accumulate ? v128.load(w) : zero();
  let w01 = accumulate ? v128.load(w, 16) : zero();
  let w10 = accumulate ? v128.load(w + ldw) : zero();
  let w11 = accumulate ? v128.load(w + ldw, 16) : zero();
  for (; m > 0; m--) {
    const a0 = v128.load(a);
    const a1 = v128.load(a, 16);
    let x = v128.load_splat<f32>(c);
    w00 = madd(x, a0, w00);
    w01 = madd(x, a1, w01);
    x = v128.load_splat<f32>(c, 4);
    w10 = madd(x, a0, w10);
    w11 = madd(x, a1, w11);
    a += lda;
    c += ldc;
  }
  v128.store(w, w00);
  v128.store(w, w01, 16);
  v128.store(w + ldw, w10);
  v128.store(w + ldw, w11, 16);
}

/** W[1, 8] = (W if accumulate) + sum over m of C[m, 0..1) A[m, 0..8). */
export function outer1(c: usize, ldc: usize, a: usize, lda: usize, w: usize, m: i32, accumulate: i32): void {
  let w00 = accumulate ? v128.load(w) : zero();
  let w01 = accumulate ? v128.load(w, 16) : zero();
  for (; m > 0; m--) {
    const a0 = v128.load(a);
    const a1 = v128.load(a, 16);
    let x = v128.load_splat<f32>(c);
    w00 = madd(x, a0, w00);
    w01 = madd(x, a1, w01);
    a += lda;
    c += ldc;
  }
  v128.store(w, w00);
  v128.store(w, w01, 16);
}
