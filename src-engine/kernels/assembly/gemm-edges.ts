import { add, loadTail, madd, storeTail, zero } from './vector';

/** Tiles of GEMM for few rows and for a last panel of fewer than 8 columns; see gemm-rows-6-5.ts. */
/** C[1, 32] = (C if accumulate) + bias + A[1,K] B: 4 panels at once, so that 8 sums hide the latency of the multiply-add. */
export function wide1x32(a: usize, b: usize, c: usize, k: i32, bias: usize, accumulate: i32): void {
  let c00 = bias ? v128.load(bias, 0) : zero();
  let c01 = bias ? v128.load(bias, 16) : zero();
  let c02 = bias ? v128.load(bias, 32) : zero();
  let c03 = bias ? v128.load(bias, 48) : zero();
  let c04 = bias ? v128.load(bias, 64) : zero();
  let c05 = bias ? v128.load(bias, 80) : zero();
  let c06 = bias ? v128.load(bias, 96) : zero();
  let c07 = bias ? v128.load(bias, 112) : zero();
  if (accumulate) {
    c00 = add(v128.load(c, 0), c00);
    c01 = add(v128.load(c, 16), c01);
    c02 = add(v128.load(c, 32), c02);
    c03 = add(v128.load(c, 48), c03);
    c04 = add(v128.load(c, 64), c04);
    c05 = add(v128.load(c, 80), c05);
    c06 = add(v128.load(c, 96), c06);
    c07 = add(v128.load(c, 112), c07);
  }
  let b1 = b + <usize>k * 32;
  let b2 = b + <usize>k * 64;
  let b3 = b + <usize>k * 96;
  for (; k > 0; k--) {
    const x0 = v128.load_splat<f32>(a);
    let y = v128.load(b);
    c00 = madd(x0, y, c00);
    y = v128.load(b, 16);
    c01 = madd(x0, y, c01);
    y = v128.load(b1);
    c02 = madd(x0, y, c02);
    y = v128.load(b1, 16);
    c03 = madd(x0, y, c03);
    y = v128.load(b2);
    c04 = madd(x0, y, c04);
    y = v128.load(b2, 16);
    c05 = madd(x0, y, c05);
    y = v128.load(b3);
    c06 = madd(x0, y, c06);
    y = v128.load(b3, 16);
    c07 = madd(x0, y, c07);
    a += 4;
    b += 32;
    b1 += 32;
    b2 += 32;
    b3 += 32;
  }
  v128.store(c, c00, 0);
  v128.store(c, c01, 16);
  v128.store(c, c02, 32);
  v128.store(c, c03, 48);
  v128.store(c, c04, 64);
  v128.store(c, c05, 80);
  v128.store(c, c06, 96);
  v128.store(c, c07, 112);
}

/** C[2, 16] = (C if accumulate) + bias + A[2,K] B: 2 panels at once, so that 8 sums hide the latency of the multiply-add. */
export function wide2x16(a: usize, lda: usize, b: usize, c: usize, ldc: usize, k: i32, bias: usize, accumulate: i32): void {
  let c00 = bias ? v128.load(bias, 0) : zero();
  let c01 = bias ? v128.load(bias, 16) : zero();
  let c02 = bias ? v128.load(bias, 32) : zero();
  let c03 = bias ? v128.load(bias, 48) : zero();
  let c10 = c00;
  let c11 = c01;
  let c12 = c02;
  let c13 = c03;
  if (accumulate) {
    c00 = add(v128.load(c, 0), c00);
    c01 = add(v128.load(c, 16), c01);
    c02 = add(v128.load(c, 32), c02);
    c03 = add(v128.load(c, 48), c03);
    c10 = add(v128.load(c + ldc, 0), c10);
    c11 = add(v128.load(c + ldc, 16), c11);
    c12 = add(v128.load(c + ldc, 32), c12);
    c13 = add(v128.load(c + ldc, 48), c13);
  }
  let b1 = b + <usize>k * 32;
  let a1 = a + lda;
  for (; k > 0; k--) {
    const x0 = v128.load_splat<f32>(a);
    const x1 = v128.load_splat<f32>(a1);
    let y = v128.load(b);
    c00 = madd(x0, y, c00);
    c10 = madd(x1, y, c10);
    y = v128.load(b, 16);
    c01 = madd(x0, y, c01);
    c11 = madd(x1, y, c11);
    y = v128.load(b1);
    c02 = madd(x0, y, c02);
    c12 = madd(x1, y, c12);
    y = v128.load(b1, 16);
    c03 = madd(x0, y, c03);
    c13 = madd(x1, y, c13);
    a += 4;
    a1 += 4;
    b += 32;
    b1 += 32;
  }
  v128.store(c, c00, 0);
  v128.store(c, c01, 16);
  v128.store(c, c02, 32);
  v128.store(c, c03, 48);
  v128.store(c + ldc, c10, 0);
  v128.store(c + ldc, c11, 16);
  v128.store(c + ldc, c12, 32);
  v128.store(c + ldc, c13, 48);
}

/** C[4, columns] = (C if accumulate) + bias + A[4,K] B for a last panel of `columns` < 8; the panel is zeros past them. */
export function edge4(a: usize, lda: usize, b: usize, c: usize, ldc: usize, k: i32, columns: i32, bias: usize, accumulate: i32): void {
  let c00 = bias ? loadTail(bias, columns) : zero();
  let c01 = bias ? loadTail(bias + 16, columns - 4) : zero();
  let c10 = c00;
  let c11 = c01;
  let c20 = c00;
  let c21 = c01;
  let c30 = c00;
  let c31 = c01;
  if (accumulate) {
    c00 = add(loadTail(c, columns), c00);
    c01 = add(loadTail(c + 16, columns - 4), c01);
    c10 = add(loadTail(c + ldc, columns), c10);
    c11 = add(loadTail(c + ldc + 16, columns - 4), c11);
    c20 = add(loadTail(c + 2 * ldc, columns), c20);
    c21 = add(loadTail(c + 2 * ldc + 16, columns - 4), c21);
    c30 = add(loadTail(c + 3 * ldc, columns), c30);
    c31 = add(loadTail(c + 3 * ldc + 16, columns - 4), c31);
  }
  let a1 = a + lda;
  let a2 = a + 2 * lda;
  let a3 = a + 3 * lda;
  for (; k > 0; k--) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    let x = v128.load_splat<f32>(a);
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
    a += 4;
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

/** C[1, columns] = (C if accumulate) + bias + A[1,K] B for a last panel of `columns` < 8; the panel is zeros past them. */
export function edge1(a: usize, b: usize, c: usize, k: i32, columns: i32, bias: usize, accumulate: i32): void {
  let c00 = bias ? loadTail(bias, columns) : zero();
  let c01 = bias ? loadTail(bias + 16, columns - 4) : zero();
  if (accumulate) {
    c00 = add(loadTail(c, columns), c00);
    c01 = add(loadTail(c + 16, columns - 4), c01);
  }
  for (; k > 0; k--) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    let x = v128.load_splat<f32>(a);
    c00 = madd(x, b0, c00);
    c01 = madd(x, b1, c01);
    a += 4;
    b += 32;
  }
  storeTail(c, c00, columns);
  storeTail(c + 16, c01, columns - 4);
}
