import { add, madd, zero } from './vector';

/**
 * Register tiles of GEMM: R rows by one panel of 8 columns, panel after panel. a [R,K] rows lda apart, b panels of [K,8], c [R,8*panels] rows ldc apart, bias [8*panels] or 0; distances in bytes.
 * k ascends, one multiply-add per term, in every tile: a number does not depend on the tile its row falls in.
 * Loops over k are not unrolled: V8 then spills accumulators (15 registers: 12 sums, 2 of b, 1 of a).
 */
/** C[6, 8 panels] = (C if accumulate) + bias + A[6,K] B. */
export function rows6(a: usize, lda: usize, b: usize, c: usize, ldc: usize, k: i32, panels: i32, bias: usize, accumulate: i32): void {
  for (; panels > 0; panels--) {
    let c00 = bias ? v128.load(bias) : zero();
    let c01 = bias ? v128.load(bias, 16) : zero();
    let c10 = c00;
    let c11 = c01;
    let c20 = c00;
    let c21 = c01;
    let c30 = c00;
    let c31 = c01;
    let c40 = c00;
    let c41 = c01;
    let c50 = c00;
    let c51 = c01;
    if (accumulate) {
      c00 = add(v128.load(c), c00);
      c01 = add(v128.load(c, 16), c01);
      c10 = add(v128.load(c + ldc), c10);
      c11 = add(v128.load(c + ldc, 16), c11);
      c20 = add(v128.load(c + 2 * ldc), c20);
      c21 = add(v128.load(c + 2 * ldc, 16), c21);
      c30 = add(v128.load(c + 3 * ldc), c30);
      c31 = add(v128.load(c + 3 * ldc, 16), c31);
      c40 = add(v128.load(c + 4 * ldc), c40);
      c41 = add(v128.load(c + 4 * ldc, 16), c41);
      c50 = add(v128.load(c + 5 * ldc), c50);
      c51 = add(v128.load(c + 5 * ldc, 16), c51);
    }
    let a0 = a;
    let a1 = a + lda;
    let a2 = a + 2 * lda;
    let a3 = a + 3 * lda;
    let a4 = a + 4 * lda;
    let a5 = a + 5 * lda;
    for (let left = k; left > 0; left--) {
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
      x = v128.load_splat<f32>(a4);
      c40 = madd(x, b0, c40);
      c41 = madd(x, b1, c41);
      x = v128.load_splat<f32>(a5);
      c50 = madd(x, b0, c50);
      c51 = madd(x, b1, c51);
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
    bias = bias ? bias + 32 : 0;
  }
}

/** C[5, 8 panels] = (C if accumulate) + bias + A[5,K] B. */
export function rows5(a: usize, lda: usize, b: usize, c: usize, ldc: usize, k: i32, panels: i32, bias: usize, accumulate: i32): void {
  for (; panels > 0; panels--) {
    let c00 = bias ? v128.load(bias) : zero();
    let c01 = bias ? v128.load(bias, 16) : zero();
    let c10 = c00;
    let c11 = c01;
    let c20 = c00;
    let c21 = c01;
    let c30 = c00;
    let c31 = c01;
    let c40 = c00;
    let c41 = c01;
    if (accumulate) {
      c00 = add(v128.load(c), c00);
      c01 = add(v128.load(c, 16), c01);
      c10 = add(v128.load(c + ldc), c10);
      c11 = add(v128.load(c + ldc, 16), c11);
      c20 = add(v128.load(c + 2 * ldc), c20);
      c21 = add(v128.load(c + 2 * ldc, 16), c21);
      c30 = add(v128.load(c + 3 * ldc), c30);
      c31 = add(v128.load(c + 3 * ldc, 16), c31);
      c40 = add(v128.load(c + 4 * ldc), c40);
      c41 = add(v128.load(c + 4 * ldc, 16), c41);
    }
    let a0 = a;
    let a1 = a + lda;
    let a2 = a + 2 * lda;
    let a3 = a + 3 * lda;
    let a4 = a + 4 * lda;
    for (let left = k; left > 0; left--) {
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
      x = v128.load_splat<f32>(a4);
      c40 = madd(x, b0, c40);
      c41 = madd(x, b1, c41);
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
    bias = bias ? bias + 32 : 0;
  }
}
