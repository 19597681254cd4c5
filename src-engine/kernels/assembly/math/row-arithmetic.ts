import { at } from '../split';
import { add, loadLanes, madd, mul, storeLanes } from './vector';

/**
 * Arithmetic on whole rows. Loops over eight elements load both vectors, compute both, then store both side by side: what V8 needs to join them.
 */

/** dst[n] += scale * src[n] */
export function addScaled(src: usize, dst: usize, n: i32, scale: v128): void {
  for (; n >= 8; n -= 8) {
    const low = madd(scale, v128.load(src), v128.load(dst));
    const high = madd(scale, v128.load(src, 16), v128.load(dst, 16));
    v128.store(dst, low);
    v128.store(dst, high, 16);
    src += 32;
    dst += 32;
  }
  for (; n > 0; n -= 4) {
    const lanes = min(4, n);
    storeLanes(dst, madd(scale, loadLanes(src, lanes), loadLanes(dst, lanes)), lanes);
    src += 16;
    dst += 16;
  }
}

/** dst[n] = scale * src[n]; dst may be src. */
export function copyScaled(src: usize, dst: usize, n: i32, scale: v128): void {
  for (; n >= 8; n -= 8) {
    const low = mul(scale, v128.load(src));
    const high = mul(scale, v128.load(src, 16));
    v128.store(dst, low);
    v128.store(dst, high, 16);
    src += 32;
    dst += 32;
  }
  for (; n > 0; n -= 4) {
    const lanes = min(4, n);
    storeLanes(dst, mul(scale, loadLanes(src, lanes)), lanes);
    src += 16;
    dst += 16;
  }
}

/** dst[n] += src[n] */
export function addRow(src: usize, dst: usize, n: i32): void {
  for (; n >= 8; n -= 8) {
    const low = add(v128.load(dst), v128.load(src));
    const high = add(v128.load(dst, 16), v128.load(src, 16));
    v128.store(dst, low);
    v128.store(dst, high, 16);
    src += 32;
    dst += 32;
  }
  for (; n > 0; n -= 4) {
    const lanes = min(4, n);
    storeLanes(dst, add(loadLanes(dst, lanes), loadLanes(src, lanes)), lanes);
    src += 16;
    dst += 16;
  }
}

/** dst[n] += x[n] * y[n] */
export function addProduct(x: usize, y: usize, dst: usize, n: i32): void {
  for (; n >= 8; n -= 8) {
    const low = madd(v128.load(x), v128.load(y), v128.load(dst));
    const high = madd(v128.load(x, 16), v128.load(y, 16), v128.load(dst, 16));
    v128.store(dst, low);
    v128.store(dst, high, 16);
    x += 32;
    y += 32;
    dst += 32;
  }
  for (; n > 0; n -= 4) {
    const lanes = min(4, n);
    storeLanes(dst, madd(loadLanes(x, lanes), loadLanes(y, lanes), loadLanes(dst, lanes)), lanes);
    x += 16;
    y += 16;
    dst += 16;
  }
}

/** dst[n] = x[n] * y[n]; dst may be either. */
export function multiplyRows(x: usize, y: usize, dst: usize, n: i32): void {
  for (; n >= 8; n -= 8) {
    const low = mul(v128.load(x), v128.load(y));
    const high = mul(v128.load(x, 16), v128.load(y, 16));
    v128.store(dst, low);
    v128.store(dst, high, 16);
    x += 32;
    y += 32;
    dst += 32;
  }
  for (; n > 0; n -= 4) {
    const lanes = min(4, n);
    storeLanes(dst, mul(loadLanes(x, lanes), loadLanes(y, lanes)), lanes);
    x += 16;
    y += 16;
    dst += 16;
  }
}

/** dst[n] = src[n], or zeros where src is 0. */
export function copyRow(src: usize, dst: usize, n: i32): void {
  if (src) memory.copy(dst, src, at(n));
  else memory.fill(dst, 0, at(n));
}
