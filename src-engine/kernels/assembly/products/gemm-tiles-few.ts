import { madd } from '../math/vector';

/**
 * Register tiles of GEMM for one or two rows: several panels at once, so that their sums hide the latency of the multiply-add; see gemm-tiles-8.ts.
 * The larger ones are for vectors of 256 bits.
 */
/** 2 rows, 16 columns at a time. */
export function tile2x16(a: usize, lda: usize, b: usize, c: usize, ldc: usize, k: i32, groups: i32, start: usize, startRow: usize, startPanel: usize): void {
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
    let b1 = b + panel;
    let a0 = a;
    let a1 = a0 + lda;
    for (let left = k; left > 0; left--) {
      const x0 = v128.load_splat<f32>(a0);
      const x1 = v128.load_splat<f32>(a1);
      c00 = madd(x0, v128.load(b), c00);
      c01 = madd(x0, v128.load(b, 16), c01);
      c10 = madd(x1, v128.load(b), c10);
      c11 = madd(x1, v128.load(b, 16), c11);
      c02 = madd(x0, v128.load(b1), c02);
      c03 = madd(x0, v128.load(b1, 16), c03);
      c12 = madd(x1, v128.load(b1), c12);
      c13 = madd(x1, v128.load(b1, 16), c13);
      a0 += 4;
      a1 += 4;
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
    b += panel;
    c += 64;
    start += 2 * startPanel;
  }
}

/** 2 rows, 32 columns at a time. */
export function tile2x32(a: usize, lda: usize, b: usize, c: usize, ldc: usize, k: i32, groups: i32, start: usize, startRow: usize, startPanel: usize): void {
  const panel = <usize>k * 32;
  for (; groups > 0; groups--) {
    let c00 = v128.load(start);
    let c01 = v128.load(start, 16);
    let c02 = v128.load(start + startPanel);
    let c03 = v128.load(start + startPanel, 16);
    let c04 = v128.load(start + 2 * startPanel);
    let c05 = v128.load(start + 2 * startPanel, 16);
    let c06 = v128.load(start + 3 * startPanel);
    let c07 = v128.load(start + 3 * startPanel, 16);
    let c10 = v128.load(start + startRow);
    let c11 = v128.load(start + startRow, 16);
    let c12 = v128.load(start + startPanel + startRow);
    let c13 = v128.load(start + startPanel + startRow, 16);
    let c14 = v128.load(start + 2 * startPanel + startRow);
    let c15 = v128.load(start + 2 * startPanel + startRow, 16);
    let c16 = v128.load(start + 3 * startPanel + startRow);
    let c17 = v128.load(start + 3 * startPanel + startRow, 16);
    let b1 = b + panel;
    let b2 = b1 + panel;
    let b3 = b2 + panel;
    let a0 = a;
    let a1 = a0 + lda;
    for (let left = k; left > 0; left--) {
      const x0 = v128.load_splat<f32>(a0);
      const x1 = v128.load_splat<f32>(a1);
      c00 = madd(x0, v128.load(b), c00);
      c01 = madd(x0, v128.load(b, 16), c01);
      c10 = madd(x1, v128.load(b), c10);
      c11 = madd(x1, v128.load(b, 16), c11);
      c02 = madd(x0, v128.load(b1), c02);
      c03 = madd(x0, v128.load(b1, 16), c03);
      c12 = madd(x1, v128.load(b1), c12);
      c13 = madd(x1, v128.load(b1, 16), c13);
      c04 = madd(x0, v128.load(b2), c04);
      c05 = madd(x0, v128.load(b2, 16), c05);
      c14 = madd(x1, v128.load(b2), c14);
      c15 = madd(x1, v128.load(b2, 16), c15);
      c06 = madd(x0, v128.load(b3), c06);
      c07 = madd(x0, v128.load(b3, 16), c07);
      c16 = madd(x1, v128.load(b3), c16);
      c17 = madd(x1, v128.load(b3, 16), c17);
      a0 += 4;
      a1 += 4;
      b += 32;
      b1 += 32;
      b2 += 32;
      b3 += 32;
    }
    v128.store(c, c00);
    v128.store(c, c01, 16);
    v128.store(c, c02, 32);
    v128.store(c, c03, 48);
    v128.store(c, c04, 64);
    v128.store(c, c05, 80);
    v128.store(c, c06, 96);
    v128.store(c, c07, 112);
    v128.store(c + ldc, c10);
    v128.store(c + ldc, c11, 16);
    v128.store(c + ldc, c12, 32);
    v128.store(c + ldc, c13, 48);
    v128.store(c + ldc, c14, 64);
    v128.store(c + ldc, c15, 80);
    v128.store(c + ldc, c16, 96);
    v128.store(c + ldc, c17, 112);
    b += 3 * panel;
    c += 128;
    start += 4 * startPanel;
  }
}

/** 1 row, 32 columns at a time. */
export function tile1x32(a: usize, lda: usize, b: usize, c: usize, ldc: usize, k: i32, groups: i32, start: usize, startRow: usize, startPanel: usize): void {
  const panel = <usize>k * 32;
  for (; groups > 0; groups--) {
    let c00 = v128.load(start);
    let c01 = v128.load(start, 16);
    let c02 = v128.load(start + startPanel);
    let c03 = v128.load(start + startPanel, 16);
    let c04 = v128.load(start + 2 * startPanel);
    let c05 = v128.load(start + 2 * startPanel, 16);
    let c06 = v128.load(start + 3 * startPanel);
    let c07 = v128.load(start + 3 * startPanel, 16);
    let b1 = b + panel;
    let b2 = b1 + panel;
    let b3 = b2 + panel;
    let a0 = a;
    for (let left = k; left > 0; left--) {
      const x0 = v128.load_splat<f32>(a0);
      c00 = madd(x0, v128.load(b), c00);
      c01 = madd(x0, v128.load(b, 16), c01);
      c02 = madd(x0, v128.load(b1), c02);
      c03 = madd(x0, v128.load(b1, 16), c03);
      c04 = madd(x0, v128.load(b2), c04);
      c05 = madd(x0, v128.load(b2, 16), c05);
      c06 = madd(x0, v128.load(b3), c06);
      c07 = madd(x0, v128.load(b3, 16), c07);
      a0 += 4;
      b += 32;
      b1 += 32;
      b2 += 32;
      b3 += 32;
    }
    v128.store(c, c00);
    v128.store(c, c01, 16);
    v128.store(c, c02, 32);
    v128.store(c, c03, 48);
    v128.store(c, c04, 64);
    v128.store(c, c05, 80);
    v128.store(c, c06, 96);
    v128.store(c, c07, 112);
    b += 3 * panel;
    c += 128;
    start += 4 * startPanel;
  }
}

/** 1 row, 64 columns at a time. */
export function tile1x64(a: usize, lda: usize, b: usize, c: usize, ldc: usize, k: i32, groups: i32, start: usize, startRow: usize, startPanel: usize): void {
  const panel = <usize>k * 32;
  for (; groups > 0; groups--) {
    let c00 = v128.load(start);
    let c01 = v128.load(start, 16);
    let c02 = v128.load(start + startPanel);
    let c03 = v128.load(start + startPanel, 16);
    let c04 = v128.load(start + 2 * startPanel);
    let c05 = v128.load(start + 2 * startPanel, 16);
    let c06 = v128.load(start + 3 * startPanel);
    let c07 = v128.load(start + 3 * startPanel, 16);
    let c08 = v128.load(start + 4 * startPanel);
    let c09 = v128.load(start + 4 * startPanel, 16);
    let c010 = v128.load(start + 5 * startPanel);
    let c011 = v128.load(start + 5 * startPanel, 16);
    let c012 = v128.load(start + 6 * startPanel);
    let c013 = v128.load(start + 6 * startPanel, 16);
    let c014 = v128.load(start + 7 * startPanel);
    let c015 = v128.load(start + 7 * startPanel, 16);
    let b1 = b + panel;
    let b2 = b1 + panel;
    let b3 = b2 + panel;
    let b4 = b3 + panel;
    let b5 = b4 + panel;
    let b6 = b5 + panel;
    let b7 = b6 + panel;
    let a0 = a;
    for (let left = k; left > 0; left--) {
      const x0 = v128.load_splat<f32>(a0);
      c00 = madd(x0, v128.load(b), c00);
      c01 = madd(x0, v128.load(b, 16), c01);
      c02 = madd(x0, v128.load(b1), c02);
      c03 = madd(x0, v128.load(b1, 16), c03);
      c04 = madd(x0, v128.load(b2), c04);
      c05 = madd(x0, v128.load(b2, 16), c05);
      c06 = madd(x0, v128.load(b3), c06);
      c07 = madd(x0, v128.load(b3, 16), c07);
      c08 = madd(x0, v128.load(b4), c08);
      c09 = madd(x0, v128.load(b4, 16), c09);
      c010 = madd(x0, v128.load(b5), c010);
      c011 = madd(x0, v128.load(b5, 16), c011);
      c012 = madd(x0, v128.load(b6), c012);
      c013 = madd(x0, v128.load(b6, 16), c013);
      c014 = madd(x0, v128.load(b7), c014);
      c015 = madd(x0, v128.load(b7, 16), c015);
      a0 += 4;
      b += 32;
      b1 += 32;
      b2 += 32;
      b3 += 32;
      b4 += 32;
      b5 += 32;
      b6 += 32;
      b7 += 32;
    }
    v128.store(c, c00);
    v128.store(c, c01, 16);
    v128.store(c, c02, 32);
    v128.store(c, c03, 48);
    v128.store(c, c04, 64);
    v128.store(c, c05, 80);
    v128.store(c, c06, 96);
    v128.store(c, c07, 112);
    v128.store(c, c08, 128);
    v128.store(c, c09, 144);
    v128.store(c, c010, 160);
    v128.store(c, c011, 176);
    v128.store(c, c012, 192);
    v128.store(c, c013, 208);
    v128.store(c, c014, 224);
    v128.store(c, c015, 240);
    b += 7 * panel;
    c += 256;
    start += 8 * startPanel;
  }
}
