import { add, madd, zero } from './vector';

/** Register tiles of GEMM with fewer rows; see gemm-rows-6-5.ts. */
/** C[4, 8 panels] = (C if accumulate) + bias + A[4,K] B. */
export function rows4(a: usize, lda: usize, b: usize, c: usize, ldc: usize, k: i32, panels: i32, bias: usize, accumulate: i32): void {
  for (; panels > 0; panels--) {
    let c00 = bias ? v128.load(bias) : zero();
    let c01 = bias ? v128.load(bias, 16) : zero();
    let c10 = c00;
    let c11 = c01;
    let c20 = c00;
    let c21 = c01;
    let c30 = c00;
    let c31 = c01;
    if (accumulate) {
      c00 = add(v128.load(c), c00);
      c01 = add(v128.load(c, 16), c01);
      c10 = add(v128.load(c + ldc), c10);
      c11 = add(v128.load(c + ldc, 16), c11);
      c20 = add(v128.load(c + 2 * ldc), c20);
      c21 = add(v128.load(c + 2 * ldc, 16), c21);
      c30 = add(v128.load(c + 3 * ldc), c30);
      c31 = add(v128.load(c + 3 * ldc, 16), c31);
    }
    let a0 = a;
    let a1 = a + lda;
    let a2 = a + 2 * lda;
    let a3 = a + 3 * lda;
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
    bias = bias ? bias + 32 : 0;
  }
}

/** C[3, 8 panels] = (C if accumulate) + bias + A[3,K] B. */
export function rows3(a: usize, lda: usize, b: usize, c: usize, ldc: usize, k: i32, panels: i32, bias: usize, accumulate: i32): void {
  for (; panels > 0; panels--) {
    let c00 = bias ? v128.load(bias) : zero();
    let c01 = bias ? v128.load(bias, 16) : zero();
    let c10 = c00;
    let c11 = c01;
    let c20 = c00;
    let c21 = c01;
    if (accumulate) {
      c00 = add(v128.load(c), c00);
      c01 = add(v128.load(c, 16), c01);
      c10 = add(v128.load(c + ldc), c10);
      c11 = add(v128.load(c + ldc, 16), c11);
      c20 = add(v128.load(c + 2 * ldc), c20);
      c21 = add(v128.load(c + 2 * ldc, 16), c21);
    }
    let a0 = a;
    let a1 = a + lda;
    let a2 = a + 2 * lda;
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
    bias = bias ? bias + 32 : 0;
  }
}

/** C[2, 8 panels] = (C if accumulate) + bias + A[2,K] B. */
export function rows2(a: usize, lda: usize, b: usize, c: usize, ldc: usize, k: i32, panels: i32, bias: usize, accumulate: i32): void {
  for (; panels > 0; panels--) {
    let c00 = bias ? v128.load(bias) : zero();
    let c01 = bias ? v128.load(bias, 16) : zero();
    let c10 = c00;
    let c11 = c01;
    if (accumulate) {
      c00 = add(v128.load(c), c00);
      c01 = add(v128.load(c, 16), c01);
      c10 = add(v128.load(c + ldc), c10);
      c11 = add(v128.load(c + ldc, 16), c11);
    }
    let a0 = a;
    let a1 = a + lda;
    for (let left = k; left > 0; left--) {
      const b0 = v128.load(b);
      const b1 = v128.load(b, 16);
      let x = v128.load_splat<f32>(a0);
      c00 = madd(x, b0, c00);
      c01 = madd(x, b1, c01);
      x = v128.load_splat<f32>(a1);
      c10 = madd(x, b0, c10);
      c11 = madd(x, b1, c11);
      a0 += 4;
      a1 += 4;
      b += 32;
    }
    v128.store(c, c00);
    v128.store(c, c01, 16);
    v128.store(c + ldc, c10);
    v128.store(c + ldc, c11, 16);
    c += 32;
    bias = bias ? bias + 32 : 0;
  }
}

/** C[1, 8 panels] = (C if accumulate) + bias + A[1,K] B. */
export function rows1(a: usize, lda: usize, b: usize, c: usize, ldc: usize, k: i32, panels: i32, bias: usize, accumulate: i32): void {
  for (; panels > 0; panels--) {
    let c00 = bias ? v128.load(bias) : zero();
    let c01 = bias ? v128.load(bias, 16) : zero();
    if (accumulate) {
      c00 = add(v128.load(c), c00);
      c01 = add(v128.load(c, 16), c01);
    }
    let a0 = a;
    for (let left = k; left > 0; left--) {
      const b0 = v128.load(b);
      const b1 = v128.load(b, 16);
      let x = v128.load_splat<f32>(a0);
      c00 = madd(x, b0, c00);
      c01 = madd(x, b1, c01);
      a0 += 4;
      b += 32;
    }
    v128.store(c, c00);
    v128.store(c, c01, 16);
    c += 32;
    bias = bias ? bias + 32 : 0;
  }
}
